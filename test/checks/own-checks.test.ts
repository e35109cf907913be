import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownChecks } from '../../lib/checks/own-checks';
import { runChecks } from '../../lib/checks/run';
import { checkFixtures, findingsOf, lineOf } from '../../lib/checks/testing';
import { followTree } from '../../lib/graph/follow-tree';
import { readSchemas } from '../../lib/graph/schema/read-schemas';
import { defineRule, type Rule } from '../../lib/rules';
import { sourceOfTexts } from '../../lib/tree/source';
import { espalier, repository, spawnEspalier, temporaryFolder } from '../repository';

const top = temporaryFolder();
let number = 0;

/** A folder with these files. */
function folder(files: Readonly<Record<string, string>>): string {
  number += 1;
  const cwd = join(top, String(number));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return cwd;
}

const settings = (more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n${more}data: { level: debug }\n`;

const rule = (id: string, body: string, more = '') =>
  `{ id: '${id}', title: 'Loud settings', atRunTime: 'logs grow', remedy: 'use info', ${more} check: (cluster, options) => { ${body} } }`;
const loud = rule(
  'acme/loud',
  "return cluster.ofKind('ConfigMap').filter((object) => object.get('data', 'level') === options.level).map((object) => ({ object, path: ['data', 'level'], message: `${object.name} logs at ${options.level}` }));",
  "options: { level: 'debug' },",
);
const config = (rules: readonly string[], more = '') =>
  `export default { ownRules: [${rules.join(', ')}], ${more} };\n`;

describe("a rule of one's own", () => {
  it('is told with its place, its remedy and its severity', async () => {
    const cwd = folder({
      'tree/settings.yaml': settings(),
      'espalier.config.mjs': config([loud], "rules: { 'acme/loud': 'info' }"),
    });
    const { code, stdout } = await espalier(['check', 'tree'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `tree/settings.yaml
  info 6:16 settings logs at debug  acme/loud
      5 |   namespace: shop
    > 6 | data: { level: debug }
        |                ^
    object: ConfigMap shop/settings
    fix: Use info.

1 info in 1 file; 1 file, 1 resource, 0 Kustomizations checked
`,
    });
  });

  it.each([
    ['error', 'error', 1],
    ['warning', 'warning', 1],
    ['info', 'warning', 0],
    ['warning', 'error', 0],
  ])('of severity %s exits with %s at %s', async (severity, failOn, code) => {
    const cwd = folder({
      'tree/settings.yaml': settings(),
      'espalier.config.mjs': config([loud], `rules: { 'acme/loud': '${severity}' }`),
    });
    expect(await espalier(['check', 'tree', '--fail-on', failOn], { cwd })).toMatchObject({ code });
  });

  it('is suppressed by an annotation of the object, and an unused annotation is told', async () => {
    const ignored = settings('  annotations:\n    espalier/ignore: "acme/loud: until March"\n');
    const cwd = folder({ 'tree/settings.yaml': ignored, 'espalier.config.mjs': config([loud]) });
    expect((await espalier(['check', 'tree'], { cwd })).stdout).toContain(
      'No findings: 1 file, 1 resource, 0 Kustomizations checked; 1 suppressed',
    );
    const quiet = folder({
      'tree/settings.yaml': ignored.replace('debug', 'info'),
      'espalier.config.mjs': config([loud]),
    });
    expect((await espalier(['check', 'tree'], { cwd: quiet })).stdout).toContain(
      'acme/loud finds nothing in this object',
    );
  });

  it('is explained, listed, and run alone', async () => {
    const cwd = folder({ 'tree/settings.yaml': settings(), 'espalier.config.mjs': config([loud]) });
    expect((await espalier(['explain', 'acme/loud'], { cwd })).stdout).toBe(`acme/loud (error)
Loud settings

At run time:  Logs grow.
Fix:          Use info.
Option:       level: "debug"
Source:       the configuration

To turn it off for one object, with the reason:

  metadata:
    annotations:
      espalier/ignore: |
        acme/loud: …

For the whole tree, in espalier.config.ts:

  export default { rules: { 'acme/loud': 'off' } };
`);
    expect((await espalier(['explain', 'acme'], { cwd })).stdout).toBe('acme/loud  error    Loud settings\n');
    expect(await espalier(['check', 'tree', '--only', 'acme'], { cwd })).toMatchObject({ code: 1 });
    expect(await espalier(['check', 'tree', '--only', 'eso'], { cwd })).toMatchObject({ code: 0 });
    expect(await espalier(['explain', 'acme/lout'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean acme/loud?'),
    });
  });

  it('takes options from the configuration', async () => {
    const more = "rules: { 'acme/loud': { severity: 'warning', options: { level: 'trace' } } }";
    const cwd = folder({
      'tree/settings.yaml': settings().replace('debug', 'trace'),
      'espalier.config.mjs': config([loud], more),
    });
    expect((await espalier(['check', 'tree'], { cwd })).stdout).toContain('warning 6:16 settings logs at trace');
    const { stdout } = await espalier(['explain', 'acme/loud'], { cwd });
    expect(stdout).toContain('acme/loud (error; warning in the configuration)\n');
    expect(stdout).toContain('Option:       level: "debug"; "trace" in the configuration\n');
    const json = JSON.parse((await espalier(['explain', 'acme/loud', '--format', 'json'], { cwd })).stdout);
    expect(json.rules).toMatchObject([
      {
        severity: 'error',
        configured: 'warning',
        options: [{ name: 'level', default: 'debug', configured: 'trace' }],
      },
    ]);
  });

  it('is known to a baseline', async () => {
    const cwd = folder({
      'tree/settings.yaml': settings(),
      'espalier.config.mjs': config([loud], "baseline: 'known'"),
    });
    expect(await espalier(['check', 'tree', '--write-baseline'], { cwd })).toMatchObject({ code: 0 });
    expect((await espalier(['check', 'tree'], { cwd })).stdout).toContain('1 known finding');
  });

  it('shows nothing secret in what it says', async () => {
    const tells = rule(
      'acme/tells',
      "return cluster.objects.map((object) => ({ object, message: 'it is ' + object.get('stringData', 'password') }));",
    );
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: correct-horse-battery }\n';
    const cwd = folder({ 'tree/secret.yaml': secret, 'espalier.config.mjs': config([tells]) });
    const { stdout } = await espalier(['check', 'tree', '--only', 'acme'], { cwd });
    expect(stdout).toContain('it is ');
    expect(stdout).not.toContain('correct-horse');
  });

  it('that cannot tell for sure is counted as not judged', async () => {
    const unsure = rule(
      'acme/unsure',
      "return cluster.objects.map((object) => ({ object, message: 'x', unless: 'the mesh may do it' }));",
    );
    const cwd = folder({ 'tree/settings.yaml': settings(), 'espalier.config.mjs': config([unsure]) });
    const { code, stdout } = await espalier(['check', 'tree'], { cwd });
    expect({ code, told: stdout.includes('the mesh may do it') }).toEqual({ code: 0, told: true });
  });

  it('is in diff: what a change brings', async () => {
    const cwd = folder({
      'old/settings.yaml': settings().replace('debug', 'info'),
      'new/settings.yaml': settings(),
      'espalier.config.mjs': config([loud]),
    });
    const { stdout } = await espalier(['diff', 'old/', 'new/'], { cwd });
    expect(stdout).toContain('settings logs at debug');
  });
});

describe("a rule of one's own that does not come to an end", () => {
  const of = (id: string, check: Rule['check']) => defineRule({ id, title: 'x', atRunTime: 'x', remedy: 'x', check });
  it('is stopped and told as its own fault, where it is defined; the others run', () => {
    const others = {
      ...{ 'a/flux-system/gotk-sync.yaml': sync('a'), 'b/flux-system/gotk-sync.yaml': sync('b') },
      ...{ 'a/settings.yaml': settings(), 'b/settings.yaml': settings() },
    };
    let asked = 0;
    const endless = of('acme/endless', () => {
      asked += 1;
      for (;;);
    });
    const each = of('acme/each', ({ objects }) =>
      objects.filter(({ kind }) => kind === 'ConfigMap').map((object) => ({ object, message: 'seen' })),
    );
    const { findings } = runChecks(followTree(sourceOfTexts(others), { schemas: readSchemas({}) }), {
      checks: ownChecks([endless, each], 100),
    });
    expect(findings.map(({ file, rule, message }) => `${file} ${rule} ${message}`)).toEqual([
      'a/settings.yaml acme/each seen',
      'b/settings.yaml acme/each seen',
      'test/checks/own-checks.test.ts espalier/rule-fails rule acme/endless fails: it does not come to an end: it was stopped after 0.1 seconds',
    ]);
    expect(asked).toBe(1);
  });

  it('is told where it is defined, also by another copy of the module, as tsx loads it', () => {
    let rule: Rule | undefined;
    jest.isolateModules(() => {
      const other = require('../../lib/rules') as typeof import('../../lib/rules');
      rule = other.defineRule({ id: 'acme/nothing', title: 'x', atRunTime: 'x', remedy: 'x', check: () => 5 as never });
    });
    const tree = sourceOfTexts({ 'settings.yaml': settings() });
    const { findings } = runChecks(followTree(tree, { schemas: readSchemas({}) }), {
      checks: ownChecks(rule === undefined ? [] : [rule]),
    });
    expect(findings.map(({ file, rule: id }) => `${file} ${id}`)).toEqual([
      'test/checks/own-checks.test.ts espalier/rule-fails',
    ]);
  });
});

/** What Flux begins with in a cluster of its own folder. */
const sync = (cluster: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./${cluster}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;

describe("a rule of one's own that fails", () => {
  it('is told as its own fault, with the line in the configuration, beside what the other rules find', async () => {
    const text = `const loud = ${loud};
const broken = {
  id: 'acme/broken', title: 'x', atRunTime: 'x', remedy: 'x',
  *check(cluster) {
    for (const object of cluster.objects) yield { object, message: object.value.spec.replicas };
  },
};
export default { ownRules: [broken, loud] };
`;
    const cwd = folder({ 'tree/settings.yaml': settings(), 'espalier.config.mjs': text });
    const { code, stdout, stderr } = spawnEspalier(['check', 'tree', '--format', 'json'], { cwd });
    const { findings } = JSON.parse(stdout) as {
      findings: { rule: string; file: string; line: number; message: string }[];
    };
    expect({
      code,
      stderr,
      findings: findings.map(({ rule, file, line, message }) => `${file}:${line} ${rule} ${message}`),
    }).toEqual({
      code: 1,
      stderr: '',
      findings: [
        "espalier.config.mjs:5 espalier/rule-fails rule acme/broken fails: TypeError: Cannot read properties of undefined (reading 'replicas')",
        'tree/settings.yaml:6 acme/loud settings logs at debug',
      ],
    });
  });

  it.each([
    ["throw 'nothing'", 'nothing'],
    ['return 5', 'TypeError: its check returns 5; write *check and yield problems, or return a list of them'],
    ['', 'TypeError: its check returns nothing; write *check and yield problems, or return a list of them'],
    [
      'return Promise.reject(new Error("later"))',
      'TypeError: its check is asynchronous; leave async out: all that it may ask is there at once',
    ],
    [
      'return (async function* () {})()',
      'TypeError: its check is asynchronous; leave async out: all that it may ask is there at once',
    ],
    ['return [{ object: {}, message: "x" }]', 'TypeError: it yields a problem whose object is none of the cluster'],
    ['throw null', 'it throws null'],
    ['throw Object.create(null)', 'it throws what is no error (object)'],
    [
      'throw Object.defineProperty(new Error(), "message", { get() { throw 5; } })',
      'it throws what is no error (object)',
    ],
    ['return [null]', 'TypeError: it yields what is no problem'],
    [
      'return [{ object: cluster.objects[0], message: "x", path: "data.level" }]',
      'TypeError: it yields a problem whose path is not a list of names and indices',
    ],
    [
      'return [{ object: cluster.objects[0], message: "x", severity: "fatal" }]',
      'TypeError: it yields a problem whose severity is not error, warning, info',
    ],
    [
      'return [{ object: cluster.objects[0], message: "x", chain: [1] }]',
      'TypeError: it yields a problem whose chain is not a list of texts',
    ],
    [
      'return (function* () { for (;;) yield { object: cluster.objects[0], message: "x" }; })()',
      'TypeError: it yields more than 100000 problems',
    ],
    ['return [{ object: cluster.objects[0] }]', 'TypeError: it yields a problem without a message'],
    [
      'cluster.objects[0].value.data.level = "info"',
      "TypeError: Cannot assign to read only property 'level' of object '[object Object]'",
    ],
  ])('%s', async (body, message) => {
    const cwd = folder({
      'tree/settings.yaml': settings(),
      'espalier.config.mjs': `'use strict';\n${config([rule('acme/x', body)])}`,
    });
    const { stdout } = await espalier(['check', 'tree', '--format', 'json'], { cwd });
    const [finding] = (JSON.parse(stdout) as { findings: { message: string }[] }).findings;
    expect(finding?.message).toBe(`rule acme/x fails: ${message}`);
  });
});

describe('a configuration', () => {
  it.each([
    [config([loud, loud]), 'ownRules: there are two rules acme/loud.'],
    [
      config([rule('eso/mine', '')]),
      "ownRules: eso/mine: the rules of eso/ are Espalier's. Begin with a name of your own.",
    ],
    [
      config([rule('Loud', '')]),
      'ownRules must be a list of rules that defineRule makes: id is "Loud", and must be of the form team/fault',
    ],
    [config(["{ id: 'a/b' }"]), 'a/b: title must be a text'],
    [
      config([loud], "rules: { 'acme/lout': 'off' }"),
      'rules has "acme/lout", which is not a rule; did you mean acme/loud?',
    ],
    [
      config([loud], "rules: { 'acme/loud': { options: { levl: 'x' } } }"),
      'acme/loud: there is no option "levl"; did you mean level? Its options are level.',
    ],
    [
      config([loud], "rules: { 'acme/loud': { options: { level: 5 } } }"),
      'acme/loud: level is 5, and must be a string, such as "debug".',
    ],
    [config([], "rules: { 'eso/two-owners': { options: { level: 5 } } }"), 'eso/two-owners: it has no options.'],
    [
      config([], "rules: { 'flux/no-retry-interval': { options: { interval: 'long' } } }"),
      'interval is "long", and must be a duration, such as "10m".',
    ],
    [config([], "ruleSets: ['pods']"), 'ruleSets must be a list of sets of rules: pod-security.'],
  ])('%#: is refused with what is allowed', async (text, message) => {
    const cwd = folder({ 'tree/settings.yaml': settings(), 'espalier.config.mjs': text });
    const { code, stderr } = await espalier(['check', 'tree'], { cwd });
    expect({ code, said: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, said: message });
  });

  it('that is data has none', async () => {
    const cwd = folder({ 'tree/settings.yaml': settings(), 'espalier.config.yaml': 'ownRules: [{ id: acme/x }]\n' });
    expect(await espalier(['check', 'tree'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('rules of your own are code: write espalier.config.ts'),
    });
  });
});

describe('options of built-in rules', () => {
  const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: a, namespace: flux-system }
spec: { interval: 30m, path: ./app, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
  const files = {
    'ks.yaml': kustomization,
    'app/settings.yaml': settings().replace('level: debug', 'db_password: aK9x2LmQ7pR4tZ'),
  };

  it.each([
    ['flux/no-retry-interval', '30m', { interval: '30m' }],
    ['security/literal-credential', 'db_password', { allow: ['db_password'] }],
  ])('%s', async (id, told, options) => {
    const check = async (rules: object) =>
      (
        await espalier(['check', '.', '--only', id], {
          cwd: folder({ ...files, 'espalier.config.json': JSON.stringify({ rules }) }),
        })
      ).stdout;
    expect(await check({})).toContain(told);
    expect(await check({ [id]: { options } })).toContain('No findings');
  });

  it('tree/unreached', async () => {
    const unlisted = {
      'app/kustomization.yaml': 'resources: []\n',
      'app/later/settings.yaml': settings(),
      'ks.yaml': kustomization,
    };
    const check = async (rules: object) =>
      (
        await espalier(['check', '.', '--only', 'tree/unreached'], {
          cwd: folder({ ...unlisted, 'espalier.config.json': JSON.stringify({ rules }) }),
        })
      ).stdout;
    expect(await check({})).toContain('ConfigMap shop/settings is never applied');
    expect(await check({ 'tree/unreached': { options: { ignore: ['app/lat*'] } } })).toContain('No findings');
  });
});

test("synth refuses a tree with an error of a rule of one's own, run after run", () => {
  const cwd = join(repository, 'build', 'test-own-rules');
  mkdirSync(cwd, { recursive: true });
  writeFileSync(
    join(cwd, 'main.ts'),
    `import { App, Cluster, ConfigMap, Application } from 'cdk8s-espalier';
const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
new ConfigMap(new Application(home, 'shop').directory, 'settings', { data: { level: 'debug' } });
app.synth();
`,
  );
  writeFileSync(join(cwd, 'espalier.config.mjs'), config([loud]));
  for (const _ of [1, 2]) {
    const { code, stderr } = spawnEspalier(['synth'], { cwd });
    expect({ code, told: stderr.includes('logs at debug') }).toEqual({ code: 2, told: true });
  }
});

describe('checkFixtures', () => {
  const named = defineRule({
    id: 'acme/named',
    title: 'x',
    atRunTime: 'x',
    remedy: 'x',
    options: { name: 'settings' },
    *check({ objects }, { name }) {
      for (const object of objects) if (object.name === name) yield { object, message: `called ${name}` };
    },
  });
  const fixtures = (text: string) =>
    folder({
      'flagged/a.yaml': settings(),
      'flagged.txt': text,
      'clean/a.yaml': settings().replace('name: settings', 'name: x'),
    });

  it('passes where each tree has what the text beside it says', () => {
    expect(() => checkFixtures(named, fixtures('a.yaml:4:9 error called settings\n'))).not.toThrow();
  });

  it('says what differs', () => {
    expect(() => checkFixtures(named, fixtures(''))).toThrow(
      'acme/named finds in flagged/\n  a.yaml:4:9 error called settings\nand should find what flagged.txt says:',
    );
    expect(() => checkFixtures(named, fixtures('a.yaml:4:9 error called settings\n'), { name: 'x' })).toThrow(
      'acme/named finds in clean/\n  a.yaml:4:9 error called x\nand should find nothing',
    );
    expect(() => checkFixtures(named, folder({ 'flagged/a.yaml': settings() }))).toThrow(
      'has no folder clean: each rule shows both.',
    );
  });

  it('and findingsOf throw what the rule throws', () => {
    const broken = defineRule({
      ...named,
      check: () => {
        throw new RangeError('of mine');
      },
    });
    expect(() => findingsOf(broken, { yaml: settings() })).toThrow(RangeError);
    expect(findingsOf(named, { files: { 'a/b.yaml': settings() } }).map(lineOf)).toEqual([
      'a/b.yaml:4:9 error called settings',
    ]);
  });
});
