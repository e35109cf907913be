import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigSources } from '@backstage/config-loader';
import { AppConfig, BackstageDeployment } from '../../../lib/constructs/backstage';
import { emitYaml } from '../../../lib/tree';
import { temporaryFolder } from '../../repository';
import { refusal, type Stage, synthesize } from '../synthesize';
import { image, portal } from './parts';

const folder = temporaryFolder();
const substitutions = { substitute: { cluster_domain: 'soyo.example' } };
let files = 0;

/** What Flux writes in place of `$$` and `${…}`. (fluxcd/pkg, envsubst) */
function substitute(text: string): string {
  return text.replace(/\$\$|\$\{[^}]*\}/g, (found) => (found === '$$' ? '$' : 'REPLACED BY FLUX'));
}

/** What Backstage itself makes of an app-config, with exactly the variables that the container has. */
async function load(text: string, names: Iterable<string>): Promise<unknown> {
  const path = join(folder, `app-config-${files++}.yaml`);
  writeFileSync(path, text);
  const env = Object.fromEntries([...names].map((name) => [name, `<${name}>`]));
  const config = await ConfigSources.toConfig(
    ConfigSources.defaultForTargets({
      targets: [{ type: 'path', target: path }],
      watch: false,
      substitutionFunc: async (name) => env[name],
    }),
  );
  return config.get();
}

function compose(on: Stage, content: string | Record<string, unknown>) {
  const { directory, secret, database } = portal(on);
  const appConfig = new AppConfig(directory, 'app-config', { name: 'portal-app-config', content });
  const env = { LOG_LEVEL: 'info' };
  return new BackstageDeployment(directory, 'deployment', {
    ...{ name: 'portal', image, envFrom: [secret], database, env, appConfig, imageVariables: ['NODE_ENV'] },
  });
}

const content = {
  app: { title: 'Portal of ${LOG_LEVEL}', price: '$5, $$5, $(A) and $A', escaped: '$${GITHUB_TOKEN}' },
  backend: {
    auth: { keys: [{ secret: '${BACKEND_SECRET}' }] },
    database: {
      client: 'pg',
      connection: {
        host: '${POSTGRES_HOST}',
        port: '${POSTGRES_PORT}',
        user: '${POSTGRES_USER}',
        password: '${POSTGRES_PASSWORD}',
        database: '${POSTGRES_DB}',
      },
    },
  },
  integrations: { github: [{ host: 'github.com', token: { $env: 'GITHUB_TOKEN' } }] },
  mode: '${NODE_ENV} on ${KUBERNETES_SERVICE_HOST}',
  optional: 'x${SENTRY_DSN:-none}',
};

const loaded = {
  app: {
    title: 'Portal of <LOG_LEVEL>',
    price: '$5, $$5, $(A) and $A',
    escaped: '${GITHUB_TOKEN}',
  },
  backend: {
    auth: { keys: [{ secret: '<BACKEND_SECRET>' }] },
    database: {
      client: 'pg',
      connection: {
        host: '<POSTGRES_HOST>',
        port: '<POSTGRES_PORT>',
        user: '<POSTGRES_USER>',
        password: '<POSTGRES_PASSWORD>',
        database: '<POSTGRES_DB>',
      },
    },
  },
  integrations: { github: [{ host: 'github.com', token: '<GITHUB_TOKEN>' }] },
  mode: '<NODE_ENV> on <KUBERNETES_SERVICE_HOST>',
  optional: 'xnone',
};

describe('AppConfig', () => {
  describe.each([
    ['where Flux replaces variables', { substitutions }, substitute],
    ['where Flux replaces nothing', {}, (text: string) => text],
  ])('%s', (_, props, flux) => {
    test.each([
      ['an object', content],
      ['a text', `# Flux, leave \${this} and $$ alone.\n${emitYaml(content)}`],
    ])('Backstage loads %s as it was given', async (_, given) => {
      const { built, find } = synthesize((on) => compose(on, given), props);
      const { 'app-config.yaml': written } = find('ConfigMap', 'portal-app-config').data as Record<string, string>;
      expect(await load(flux(written as string), built.variables)).toEqual(loaded);
    });
  });

  test('is escaped for Flux, and only where Flux replaces variables', () => {
    const text = 'a: ${LOG_LEVEL} $${B} $5\n';
    const escaped = synthesize((on) => compose(on, text), { substitutions }).find('ConfigMap', 'portal-app-config');
    expect(escaped.data).toEqual({ 'app-config.yaml': 'a: $${LOG_LEVEL} $$$${B} $5\n' });
    const plain = synthesize((on) => compose(on, text)).find('ConfigMap', 'portal-app-config');
    expect(plain.data).toEqual({ 'app-config.yaml': text });
  });

  test('comes after the configs of the image, which Backstage would no longer read otherwise', () => {
    const { find } = synthesize((on) => compose(on, content));
    expect(find('Deployment', 'portal')).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                args: [
                  ...['node', 'packages/backend'],
                  ...['--config', 'app-config.yaml', '--config', 'app-config.production.yaml'],
                  ...['--config', '/etc/backstage/app-config.yaml'],
                ],
                volumeMounts: [
                  { name: 'tmp', mountPath: '/tmp' },
                  { name: 'app-config', mountPath: '/etc/backstage', readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: 'tmp', emptyDir: {} },
              { name: 'app-config', configMap: { name: 'portal-app-config' } },
            ],
          },
        },
      },
    });
  });

  test('the image may start otherwise', () => {
    const { find } = synthesize((on) => {
      const { directory } = portal(on);
      const appConfig = new AppConfig(directory, 'app-config', { content: { app: { title: 'x' } } });
      const start = ['node', 'dist/index.js'];
      new BackstageDeployment(directory, 'portal', { image, appConfig, start, imageConfigs: [] });
    });
    expect(find('Deployment', 'portal')).toMatchObject({
      spec: {
        template: {
          spec: { containers: [{ args: ['node', 'dist/index.js', '--config', '/etc/backstage/app-config.yaml'] }] },
        },
      },
    });
  });

  test('a variable that the container lacks is refused: Backstage would leave the value out', async () => {
    const text = 'integrations:\n  github:\n    - host: github.com\n      token: ${GITHUB_TOKNE}\n';
    expect(() => synthesize((on) => compose(on, text))).toThrow(
      'soyo/apps/portal/portal/app/deployment: appConfig is "${GITHUB_TOKNE} (line 4)". ' +
        'Allowed: a variable of the container, because Backstage drops a value whose variable is not set: ' +
        'BACKEND_SECRET, GITHUB_TOKEN, HOSTNAME, KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT, LOG_LEVEL, NODE_ENV, ' +
        'POSTGRES_DB, POSTGRES_HOST, POSTGRES_PASSWORD, POSTGRES_PORT, POSTGRES_USER. ' +
        'Example: "${GITHUB_TOKEN}".',
    );
    expect(await load(text, ['GITHUB_TOKEN'])).toEqual({ integrations: { github: [{ host: 'github.com' }] } });
  });

  test('all variables that are missing are named at once, with a way out', () => {
    const config = { a: { b: '${SENTRY_DSN}' }, c: ['x', '${REGION}'] };
    expect(() => synthesize((on) => compose(on, config))).toThrow(
      /appConfig is "\$\{SENTRY_DSN\} \(a\.b\), \$\{REGION\} \(c\[1\]\)"\. .* Example: "\$\{SENTRY_DSN:-value\}" if the variable may be missing\.$/,
    );
  });

  test.each([
    ['a: { $file: ./ca.pem }', 'line 1', './ca.pem', '/app/ca.pem'],
    ['a:\n  $include: "../more.yaml#b"', 'line 2', '../more.yaml#b', '/app/more.yaml#b'],
  ])('a file beside it is refused: there is none (%j)', (text, at, path, example) => {
    expect(() => synthesize((on) => compose(on, text))).toThrow(
      `soyo/apps/portal/portal/app/app-config: the file read at ${at} is "${path}". ` +
        'Allowed: an absolute path in the container, because the folder of /etc/backstage/app-config.yaml holds no other file. ' +
        `Example: "${example}".`,
    );
  });

  test('a file of the image may be read', () => {
    expect(() => synthesize((on) => compose(on, { a: { $file: '/app/ca.pem' } }))).not.toThrow();
  });

  test.each([['  \n'], [{}]])('nothing is refused (%j)', (nothing) => {
    expect(() => synthesize((on) => compose(on, nothing))).toThrow(
      /app-config: content is .*\. Allowed: the text of an app-config, or an object with its settings\. Example: \{ app: \{ title: 'Webgrip' \} \}\.$/,
    );
  });

  const example = "Example: { app: { title: 'Webgrip' } }.";
  const secret = 'hunter2';
  test.each<[string, string, string]>([
    [
      'tabs',
      `a:\n\tb: ${secret}\n`,
      'content, line 2. Allowed: YAML that Backstage can read; there: Tabs are not allowed as indentation',
    ],
    [
      'a wrong indentation',
      `a:\n    b: ${secret}\n  c: ${secret}\n`,
      'content, line 3. Allowed: YAML that Backstage can read; there: All mapping items must start at the same column',
    ],
    [
      'a key twice',
      `a: 1\nb: 2\na: ${secret}\n`,
      'content, line 3. Allowed: YAML that Backstage can read; there: Map keys must be unique',
    ],
    [
      'an unknown escape',
      `a: "\\${secret}"\n`,
      'content, line 1. Allowed: YAML that Backstage can read; there: Invalid escape sequence',
    ],
    [
      'a text after a text',
      `a: "b" ${secret}\n`,
      'content, line 1. Allowed: YAML that Backstage can read; there: Unexpected scalar at node end',
    ],
    [
      'several documents',
      `a: 1\n---\nb: ${secret}\n`,
      'content, line 2. Allowed: one document; a second one begins here',
    ],
    ['a list', `- ${secret}\n`, 'content. Allowed: a mapping of settings; this is a list'],
    ['a sentence', `${secret}\n`, 'content. Allowed: a mapping of settings; this is not a mapping'],
    ['nothing but a comment', `# ${secret}\n`, 'content. Allowed: a mapping of settings; this is not a mapping'],
    ['an empty mapping', '{}', 'content. Allowed: a mapping of settings; this is an empty one'],
  ])('a text that is not one mapping is refused, and not printed: %s', (_, text, message) => {
    expect(refusal(() => synthesize((on) => compose(on, text)))).toBe(
      `soyo/apps/portal/portal/app/app-config: ${message}. ${example}`,
    );
    expect(message).not.toContain(secret);
  });

  test('an alias of nothing is refused', () => {
    expect(refusal(() => synthesize((on) => compose(on, 'a: *b\n')))).toBe(
      'soyo/apps/portal/portal/app/app-config: content. Allowed: YAML that Backstage can read: Unresolved alias (the anchor must be set before the alias). Example: an anchor (&name) before its alias (*name).',
    );
  });

  test.each([
    ['a list', ['x'], 'content'],
    ['nothing', undefined, 'content is not set'],
    ['a number', 5, 'content is 5'],
  ])('%s instead of an object is refused', (_, given, found) => {
    expect(refusal(() => synthesize((on) => compose(on, given as never)))).toBe(
      `soyo/apps/portal/portal/app/app-config: ${found}. Allowed: the text of an app-config, or an object with its settings. ${example}`,
    );
  });

  test.each([
    ['in blocks', 'backend:\n  database:\n    # for small ones\n    pluginDivisionMode: schema # all in one\n'],
    ['in braces', 'backend: { database: { client: pg, "pluginDivisionMode": "schema" } }\n'],
    ['by an alias', 'x: &x\n  pluginDivisionMode: schema\nbackend:\n  database: *x\n'],
  ])('a text says how the databases of plugins are divided: %s', (_, text) => {
    expect(refusal(() => synthesize((on) => compose(on, text)))).toBe(
      'soyo/apps/portal/portal/app/deployment: backend.database.pluginDivisionMode of appConfig is "schema". Allowed: "database", as in the property pluginDivisionMode. Example: pluginDivisionMode: \'schema\'.',
    );
  });

  test('a setting of the same name elsewhere, or in a text, divides nothing', () => {
    const text =
      'other:\n  pluginDivisionMode: schema\nnote: |\n  backend:\n    database:\n      pluginDivisionMode: schema\n';
    expect(() => synthesize((on) => compose(on, text))).not.toThrow();
  });

  test('what YAML cannot say is refused, naming the field', () => {
    expect(() => synthesize((on) => compose(on, { app: { title: Number.NaN } }))).toThrow(
      /^appConfig of soyo\/apps\/portal\/portal\/app\/app-config.*app\.title/,
    );
  });
});
