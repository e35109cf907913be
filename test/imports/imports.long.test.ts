import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { ClusterGenerator, ClusterGeneratorSpecKind } from '../../imports/cluster-generator';
import { SecretStore } from '../../imports/secret-store';
import { readPack } from '../../lib/graph/schema/pack';
import { readConfig } from '../../scripts/import/config';
import { generateImports, reduceKinds } from '../../scripts/import/generate';
import { downloadSources, findDefinitions, readSources } from '../../scripts/import/sources';

const root = resolve(__dirname, '../..');
const imports = join(root, 'imports');
const crds = join(imports, 'crds');
const config = readConfig(join(root, 'cdk8s.yaml'));
const released = process.env.ESPALIER_CRDS;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'espalier-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Path to text, README.md aside: what `npm run import` makes. */
function filesOf(dir: string): Record<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^(crds\/)?[^/]+\.(ts|yaml)$/.test(path),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(dir, path), 'utf8')]));
}

const passwordCrd = () => readFileSync(join(crds, 'generators.external-secrets.io_passwords.yaml'), 'utf8');

/** A project that imports Password alone. */
function project(upstream: string[] = []): string {
  const file = join(folder, 'cdk8s.yaml');
  writeFileSync(file, JSON.stringify({ kinds: { password: 'passwords.generators.external-secrets.io' }, upstream }));
  return file;
}

describe('regenerating changes nothing', () => {
  test('of imports/, from the committed facts', () => {
    const changes = generateImports({ ...config, root: folder }, readSources(crds));
    expect(changes.removed).toEqual([]);
    expect(filesOf(join(folder, 'imports'))).toEqual(filesOf(imports));
  });

  test('of a folder that has it all: no file is written; one of a kind no longer listed is removed', () => {
    const file = project();
    const sources = readSources(crds);
    expect(generateImports(readConfig(file), sources)).toEqual({
      written: ['crds/generators.external-secrets.io_passwords.yaml', 'password.ts'],
      removed: [],
    });
    writeFileSync(join(folder, 'imports/database.ts'), '');
    writeFileSync(join(folder, 'imports/README.md'), '');
    expect(generateImports(readConfig(file), sources)).toEqual({ written: [], removed: ['database.ts'] });
    expect(readdirSync(join(folder, 'imports')).sort()).toEqual(['README.md', 'crds', 'password.ts']);
  });

  const why = released ? '' : ' (skipped: ESPALIER_CRDS names no folder of the released definitions)';
  (released ? test : test.skip)(`of imports/crds/, from the released definitions${why}`, () => {
    const facts = reduceKinds(config, readSources(resolve(root, released ?? '')));
    expect(Object.fromEntries(facts)).toEqual(filesOf(crds));
  });
});

test('every kind is there in its served versions', () => {
  const table = Object.values(filesOf(crds)).flatMap((text) => {
    const { spec } = parse(text);
    return spec.versions.map(
      (version: Record<string, unknown>) =>
        `${spec.names.kind} ${spec.group}/${version.name} ${spec.scope} served=${version.served} storage=${version.storage}`,
    );
  });
  expect(table).toEqual([
    'ObjectStore barmancloud.cnpg.io/v1 Namespaced served=true storage=true',
    'ClusterExternalSecret external-secrets.io/v1 Cluster served=true storage=true',
    'ClusterSecretStore external-secrets.io/v1 Cluster served=true storage=true',
    'ExternalSecret external-secrets.io/v1 Namespaced served=true storage=true',
    'PushSecret external-secrets.io/v1alpha1 Namespaced served=true storage=true',
    'SecretStore external-secrets.io/v1 Namespaced served=true storage=true',
    'HTTPRoute gateway.networking.k8s.io/v1 Namespaced served=true storage=true',
    'HTTPRoute gateway.networking.k8s.io/v1beta1 Namespaced served=true storage=false',
    'ClusterGenerator generators.external-secrets.io/v1alpha1 Cluster served=true storage=true',
    'Password generators.external-secrets.io/v1alpha1 Namespaced served=true storage=true',
    'HelmRelease helm.toolkit.fluxcd.io/v2 Namespaced served=true storage=true',
    'Kustomization kustomize.toolkit.fluxcd.io/v1 Namespaced served=true storage=true',
    'Backup postgresql.cnpg.io/v1 Namespaced served=true storage=true',
    'Cluster postgresql.cnpg.io/v1 Namespaced served=true storage=true',
    'Database postgresql.cnpg.io/v1 Namespaced served=true storage=true',
    'ImageCatalog postgresql.cnpg.io/v1 Namespaced served=true storage=true',
    'Pooler postgresql.cnpg.io/v1 Namespaced served=true storage=true',
    'ScheduledBackup postgresql.cnpg.io/v1 Namespaced served=true storage=true',
    'Bucket source.toolkit.fluxcd.io/v1 Namespaced served=true storage=true',
    'GitRepository source.toolkit.fluxcd.io/v1 Namespaced served=true storage=true',
    'HelmRepository source.toolkit.fluxcd.io/v1 Namespaced served=true storage=true',
    'OCIRepository source.toolkit.fluxcd.io/v1 Namespaced served=true storage=true',
  ]);
});

test('one file a kind, so that no file of a group overwrites another', () => {
  const exported = Object.entries(filesOf(imports)).flatMap(([path, text]) =>
    [...text.matchAll(/^export class (\w+) extends ApiObject/gm)].map(([, name]) => `${path} ${name}`),
  );
  expect(exported).toEqual([
    'cluster-external-secret.ts ClusterExternalSecret',
    'cluster-generator.ts ClusterGenerator',
    'cluster-secret-store.ts ClusterSecretStore',
    'cnpg-backup.ts Backup',
    'cnpg-cluster.ts Cluster',
    'cnpg-database.ts Database',
    'cnpg-image-catalog.ts ImageCatalog',
    'cnpg-object-store.ts ObjectStore',
    'cnpg-pooler.ts Pooler',
    'cnpg-scheduled-backup.ts ScheduledBackup',
    'external-secret.ts ExternalSecret',
    'flux-bucket.ts Bucket',
    'flux-kustomization.ts Kustomization',
    'git-repository.ts GitRepository',
    'helm-release.ts HelmRelease',
    'helm-repository.ts HelmRepository',
    'http-route.ts HttpRoute',
    'http-route.ts HttpRouteV1Beta1',
    'oci-repository.ts OciRepository',
    'password.ts Password',
    'push-secret.ts PushSecret',
    'secret-store.ts SecretStore',
  ]);
});

describe('facts, no prose', () => {
  test('no text of the releases in imports/crds/: a property may be named description, a schema has none', () => {
    const prose = ['description', 'title', 'example', 'externalDocs', 'message', 'deprecationWarning', 'annotations'];
    const found: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, child] of Object.entries(value)) {
        if (prose.includes(key) && !path.endsWith('.properties')) found.push(`${path}.${key}`);
        visit(child, `${path}.${key}`);
      }
    };
    for (const [path, text] of Object.entries(filesOf(crds))) visit(parse(text), path);
    expect(found).toEqual([]);
  });

  test('what a checker needs stays: rules, patterns, enums, defaults, required fields', () => {
    const [definition] = findDefinitions(
      [
        {
          origin: 'things.yaml',
          text: JSON.stringify({
            kind: 'CustomResourceDefinition',
            metadata: { name: 'passwords.generators.external-secrets.io', annotations: { tool: '1' } },
            spec: {
              group: 'generators.external-secrets.io',
              names: { kind: 'Password', plural: 'passwords' },
              scope: 'Namespaced',
              conversion: { strategy: 'None' },
              versions: [
                { name: 'v1beta1', served: false, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
                { name: 'v1alpha1', served: true, storage: false, deprecated: true, deprecationWarning: 'old', schema },
                { name: 'v1', served: true, storage: true, additionalPrinterColumns: [], schema },
              ],
            },
          }),
        },
      ],
      ['passwords.generators.external-secrets.io'],
    ).values();
    writeFileSync(join(folder, 'things.yaml'), JSON.stringify(definition?.[0]?.manifest));
    const text = [...reduceKinds(readConfig(project()), readSources(folder)).values()].join('');
    const facts = {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          required: ['title'],
          properties: {
            title: { type: 'string', pattern: '^a', enum: ['a', 'on'], default: 'on', maxLength: 3 },
            description: { type: 'array', items: { type: 'string', format: 'int32' } },
          },
          'x-kubernetes-validations': [{ rule: 'has(self.title)', reason: 'FieldValueInvalid' }],
        },
        status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    };
    expect(parse(text)).toEqual({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'passwords.generators.external-secrets.io' },
      spec: {
        group: 'generators.external-secrets.io',
        names: { kind: 'Password', plural: 'passwords' },
        scope: 'Namespaced',
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: facts } },
          { name: 'v1alpha1', served: true, storage: false, deprecated: true, schema: { openAPIV3Schema: facts } },
        ],
      },
    });
    expect(text).toContain('enum: [ a, "on" ]');
  });

  const schema = {
    openAPIV3Schema: {
      description: 'Prose.',
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          required: ['title'],
          properties: {
            title: {
              description: 'Prose.',
              example: 'abc',
              title: 'Prose',
              type: 'string',
              pattern: '^a',
              enum: ['a', 'on'],
              default: 'on',
              maxLength: 3,
            },
            description: { type: 'array', items: { description: 'Prose.', type: 'string', format: 'int32' } },
          },
          'x-kubernetes-validations': [
            { rule: 'has(self.title)', message: 'title is required', reason: 'FieldValueInvalid' },
          ],
        },
        status: { type: 'object', properties: { phase: { type: 'string', description: 'Prose.' } } },
      },
    },
  };

  test('no comment of the releases and no path of a machine in imports/*.ts', () => {
    const known = [
      /^\/\/ (generated by cdk8s|filter undefined values)$/,
      /^\* @schema [\w#./$-]+$/,
      /^\* (Returns the apiVersion and kind for|Renders a Kubernetes manifest for|Defines a) "\w+"( API object|\.)?$/,
      /^\* This can be used to inline resource manifests inside other objects \(e\.g\. as templates\)\.$/,
      /^\* @param (props initialization props|scope the scope .* object|id a scope-local name for the object)$/,
      /^\* Renders the object to Kubernetes JSON\.$/,
      /^\* Converts an object of type '\w+' to JSON representation\.$/,
      /^\/\* eslint-(dis|en)able [@\w\s,/-]+ \*\/$/,
      /^\/\*\* [^\s]+ \*\/$/, // the value beside an enum's member
      /^(\/\*\*|\*|\*\/)$/,
    ];
    const comments = Object.entries(filesOf(imports))
      .filter(([path]) => path.endsWith('.ts'))
      .flatMap(([, text]) => text.split('\n').map((line) => line.trim()))
      .filter((line) => /^(\/\/|\/\*|\*)/.test(line));
    expect(comments.filter((line) => !known.some((pattern) => pattern.test(line)))).toEqual([]);
  });
});

describe('lean: what is not typed is taken as given', () => {
  test('a store has Vault, Kubernetes and Fake typed, and passes any other provider through', () => {
    const chart = new Chart(Testing.app(), 'chart');
    const aws = {
      service: 'SecretsManager',
      region: 'eu-west-1',
      auth: { jwt: { serviceAccountRef: { name: 'eso' } } },
    };
    const store = new SecretStore(chart, 'aws', { spec: { provider: { aws } } });
    expect(store.toJson().spec).toEqual({ provider: { aws } });
    const vault = { server: 'http://vault:8200', auth: { kubernetes: { mountPath: 'kubernetes', role: 'eso' } } };
    expect(new SecretStore(chart, 'vault', { spec: { provider: { vault } } }).toJson().spec).toEqual({
      provider: { vault },
    });
    // @ts-expect-error: a typed provider knows its fields
    new SecretStore(chart, 'typo', { spec: { provider: { vault: { ...vault, serverr: '' } } } });
    // @ts-expect-error: a provider that the API does not know
    new SecretStore(chart, 'unknown', { spec: { provider: { valut: {} } } });
  });

  test('a ClusterGenerator has every kind typed: the constructs of the generators take their types from it', () => {
    const auth = { token: { name: 'grafana', key: 'token' } };
    const spec = {
      kind: ClusterGeneratorSpecKind.GRAFANA,
      generator: { grafanaSpec: { url: 'http://grafana', auth, serviceAccount: { name: 'x', role: 'Viewer' } } },
    };
    const generator = new ClusterGenerator(new Chart(Testing.app(), 'chart'), 'grafana', { spec });
    expect(generator.toJson().spec).toEqual({ ...spec, kind: 'Grafana' });
  });

  test('a store still takes exactly one provider, of a known name', () => {
    for (const kind of ['secretstores', 'clustersecretstores']) {
      const [version] = parse(readFileSync(join(crds, `external-secrets.io_${kind}.yaml`), 'utf8')).spec.versions;
      const { provider } = version.schema.openAPIV3Schema.properties.spec.properties;
      expect([provider.minProperties, provider.maxProperties]).toEqual([1, 1]);
      const asGiven = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
      const typed = Object.keys(provider.properties).filter(
        (name) => JSON.stringify(provider.properties[name]) !== JSON.stringify(asGiven),
      );
      expect(typed).toEqual(['fake', 'kubernetes', 'vault']);
      expect(Object.keys(provider.properties)).toContain('azurekv');
    }
  });
});

describe('sources', () => {
  test('a kind is picked out of a bundle of any number of documents, and out of a List', () => {
    const bundle = [
      '# a release\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n',
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  text: |\n    --- passwords.generators.external-secrets.io\n    CustomResourceDefinition: {\n',
      '--- \n',
      passwordCrd(),
      '{ not: [yaml',
    ].join('\n---\n');
    const names = ['passwords.generators.external-secrets.io'];
    const origins = (text: string) =>
      [...findDefinitions([{ origin: 'bundle.yaml', text }], names)].map(([name, [found]]) => [name, found?.origin]);
    expect(origins(bundle)).toEqual([['passwords.generators.external-secrets.io', 'bundle.yaml']]);
    const list = JSON.stringify({ kind: 'List', items: [{ kind: 'Service' }, parse(passwordCrd())] });
    expect(origins(list)).toEqual([['passwords.generators.external-secrets.io', 'bundle.yaml']]);
  });

  test('the releases are downloaded, redirects followed', async () => {
    const [first] = await served((url) =>
      url === '/crds.yaml' ? { status: 200, body: passwordCrd() } : { status: 302, location: '/crds.yaml' },
    )((base) => downloadSources([`${base}/latest.yaml`]));
    expect(first?.text).toBe(passwordCrd());
  });
});

describe('mistakes are told in a sentence', () => {
  test('a folder that is not there, is a file, or holds no YAML', () => {
    writeFileSync(join(folder, 'a.txt'), '');
    expect(() => readSources('no/such')).toThrow(
      '--from no/such: no such folder; give a folder of CustomResourceDefinition files (*.yaml)',
    );
    expect(() => readSources(join(folder, 'a.txt'))).toThrow(/a\.txt: is a file; give a folder/);
    expect(() => readSources(folder)).toThrow(/^--from .*: no \*\.yaml file in it$/);
  });

  test('a kind that no source defines', () => {
    const sources = [{ origin: 'a.yaml', text: passwordCrd().replaceAll('passwords', 'sshkeys') }];
    expect(() => reduceKinds({ ...readConfig(project()), path: 'cdk8s.yaml' }, sources)).toThrow(
      'cdk8s.yaml lists passwords.generators.external-secrets.io, but none of these sources defines it:\n' +
        '  a.yaml\n' +
        'add the release file that does, or take the kind out of kinds',
    );
    expect(readdirSync(folder)).toEqual(['cdk8s.yaml']);
  });

  test('two sources that contradict each other, a source that is not YAML, a kind that serves nothing', () => {
    const { kinds, ...rest } = readConfig(project());
    const reduceTexts = (...texts: string[]) =>
      reduceKinds(
        { kinds, ...rest },
        texts.map((text, i) => ({ origin: `${'ab'[i]}.yaml`, text })),
      );
    expect(reduceTexts(passwordCrd(), passwordCrd()).size).toBe(1);
    expect(() => reduceTexts(passwordCrd(), passwordCrd().replace('default: raw', 'default: hex'))).toThrow(
      'passwords.generators.external-secrets.io is defined differently in a.yaml and b.yaml; keep one',
    );
    expect(() => reduceTexts(`${passwordCrd()}\n- x`)).toThrow(/^a\.yaml: not YAML: /);
    expect(() => reduceTexts(passwordCrd().replace('served: true', 'served: false'))).toThrow(
      'a.yaml: passwords.generators.external-secrets.io serves no version',
    );
  });

  test('a URL that answers 404, and one that does not answer', async () => {
    await served(() => ({ status: 404 }))(async (base) => {
      await expect(downloadSources([`${base}/v9/crds.yaml`])).rejects.toThrow(
        `${base}/v9/crds.yaml: HTTP 404 Not Found; correct the URL under upstream, or give the files with --from DIR`,
      );
    });
    await expect(downloadSources(['http://127.0.0.1:1/x.yaml'])).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/x\.yaml: not downloaded \(.+\); correct the URL under upstream/,
    );
  });

  test.each([
    [undefined, 'no such file; --config takes a cdk8s.yaml that lists kinds and upstream'],
    ['', 'kinds must map file names to definitions, e.g. push-secret: pushsecrets.external-secrets.io'],
    ['kinds: "', 'not readable as YAML: Missing closing "quote at line'],
    ['kinds: {a: b}', 'kinds: a: "b" is not plural.group, e.g. pushsecrets.external-secrets.io'],
    ['kinds: {a/b: c.d}', 'kinds: "a/b" is no file name; use a-z, 0-9 and -'],
    [
      'kinds: {a: b.c}\nupstream: [ftp://x]',
      'upstream must be a list of URLs of release files, e.g. [https://…/crds.yaml]',
    ],
  ])('cdk8s.yaml: %j', (text, message) => {
    const file = join(folder, 'cdk8s.yaml');
    const upstream = text?.includes('upstream') ? '' : '\nupstream: []';
    if (text !== undefined) writeFileSync(file, text + upstream);
    expect(() => readConfig(file)).toThrow(`${file}: ${message}`);
  });
});

describe('npm run import', () => {
  test('makes imports/ beside the --config file from what it downloads', async () => {
    await served(() => ({ status: 200, body: passwordCrd() }))(async (base) => {
      const { code, stdout, stderr } = await run('--config', project([`${base}/crds.yaml`]));
      expect({ code, stdout, stderr }).toEqual({
        code: 0,
        stdout:
          '1 kinds: 2 files written, 0 removed in imports/\n' +
          '  crds/generators.external-secrets.io_passwords.yaml\n' +
          '  password.ts\n',
        stderr: '',
      });
      expect(readFileSync(join(folder, 'imports/password.ts'), 'utf8')).toBe(
        readFileSync(join(imports, 'password.ts'), 'utf8'),
      );
    });
  });

  test('makes schemas.br as well of a folder of definitions, OpenAPI and a catalog, and tells which kinds differ', async () => {
    const from = mkdtempSync(join(tmpdir(), 'espalier-from-'));
    writeFileSync(join(from, 'password.yaml'), passwordCrd());
    writeFileSync(join(from, 'v1.36.json'), JSON.stringify({ definitions: {} }));
    mkdirSync(join(from, 'example.com'));
    writeFileSync(join(from, 'example.com/thing_v1.json'), JSON.stringify({ type: 'object' }));
    const args = ['--config', project([]), '--from', from, '--schemas', from];
    const { stdout } = await run(...args);
    expect(stdout.split('\n').slice(-4)).toEqual([
      'imports/schemas.br: 2 kinds differ',
      '  example.com/v1 thing (new)',
      '  generators.external-secrets.io/v1alpha1 Password (new)',
      '',
    ]);
    const { releases, find } = readPack(readFileSync(join(folder, 'imports/schemas.br')));
    expect(releases).toEqual([36, 36]);
    expect(find('example.com', 'thing')).toMatchObject({ catalog: true });
    expect((await run(...args)).stdout).toMatch(/imports\/schemas\.br: 0 kinds differ\n$/);
    rmSync(from, { recursive: true });
  });

  test('tells a mistake without a stack trace and exits with 2', async () => {
    expect(await run('--from', 'no/such')).toEqual({
      code: 2,
      stdout: '',
      stderr: '--from no/such: no such folder; give a folder of CustomResourceDefinition files (*.yaml)\n',
    });
    const { code, stderr } = await run('--form', 'x');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^Unknown option '--form'.*\nnpm run import -- \[--from DIR\] \[--schemas DIR\]\.\.\. \[--config FILE\]\n/,
    );
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/import.ts', ...args],
      { cwd: root, encoding: 'utf8' },
      (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** Answers on 127.0.0.1 while the function runs. */
function served(answer: (url: string) => { status: number; body?: string; location?: string }) {
  return async <T>(use: (base: string) => Promise<T>): Promise<T> => {
    const server = createServer(({ url = '' }, response) => {
      const { status, body, location } = answer(url);
      response.writeHead(status, location ? { location } : {}).end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
    }
  };
}
