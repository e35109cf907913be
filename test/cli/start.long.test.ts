import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command, repository, run, spawnEspalier } from '../repository';

/** What a run loads, what it takes from the run before, and which kinds of apps it runs. Apps live in the checkout, so that packages are at hand. */
const folder = join(repository, 'build', 'test-start');
const lib = JSON.stringify(join(repository, 'lib'));

const app = (body = '') => `import { App, Application, Cluster } from ${lib};
import { ApiObject } from 'cdk8s';
const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
const shop = new Application(home, 'shop');
const add = (kind: string, more: object) => new ApiObject(shop.directory, kind, { apiVersion: 'v1', kind, metadata: { name: 'shop' }, ...more });
${body || "add('ConfigMap', { data: { LEVEL: 'info' } });"}
app.synth();
`;

/** The same as an ES module, which finds no names in the sources of a CommonJS library (test/package has a built one). */
const esModule = (body: string) =>
  `import { createRequire } from 'node:module';\n${app(body).replace(/import (\{.*\}) from (.*lib.*);/, 'const $1 = createRequire(import.meta.url)($2);')}`;

/** A project with packages of its own, none of them, so that it has a place for the cache. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const cwd = join(folder, name);
  for (const [path, text] of Object.entries({ 'node_modules/.keep': '', ...files })) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return cwd;
}

const cacheOf = (cwd: string) => join(cwd, 'node_modules', '.cache', 'cdk8s-espalier');
const keptIn = (cwd: string) => readdirSync(cacheOf(cwd)).map((name) => readFileSync(join(cacheOf(cwd), name), 'utf8'));

/** The folders and files of lib/ that a run of the command loads, sorted. */
function loadedBy(args: readonly string[], cwd: string): string[] {
  const list = join(folder, 'list.cjs');
  const output = join(folder, 'loaded.json');
  writeFileSync(
    list,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(output)}, JSON.stringify(Object.keys(require.cache))));`,
  );
  expect(run(process.execPath, ['--require', list, command, ...args], { cwd })).toMatchObject({ code: 0, stderr: '' });
  return (JSON.parse(readFileSync(output, 'utf8')) as string[]).map((path) => path.slice(repository.length + 1)).sort();
}

const stages = (paths: readonly string[]) =>
  [...new Set(paths.map((path) => /^lib\/(?!cli\/)[^/]+/.exec(path)?.[0] ?? '').filter((path) => path !== ''))].sort();

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

describe('what is loaded', () => {
  test('espalier --help loads no command, no stage and no package', () => {
    // Sources that changed are compiled by the first run.
    loadedBy(['--help'], folder);
    expect(loadedBy(['--help'], folder).filter((path) => /^(?:lib|node_modules)\/.*\.[jt]s$/.test(path))).toEqual([
      'lib/cli/arguments.ts',
      'lib/cli/choice.ts',
      'lib/cli/commands.ts',
      'lib/cli/failure.ts',
      'lib/cli/help.ts',
      'lib/cli/main.ts',
      'lib/cli/run.ts',
      'lib/cli/terminal.ts',
      'lib/errors.ts',
      'lib/report/columns.ts',
      'lib/report/log.ts',
      'lib/text/count.ts',
      'lib/text/nearest.ts',
    ]);
  });

  test('espalier synth on a tree that is as it was loads no graph of a tree and no rule, and no package but those that main.ts imports', () => {
    const cwd = project('unchanged', { 'main.ts': app() });
    expect(stages(loadedBy(['synth'], cwd))).toContain('lib/graph');
    const loaded = loadedBy(['synth'], cwd);
    expect(loaded.filter((path) => /^lib\/(?:changes|checks|graph|pictures|report)\//.test(path))).toEqual([
      'lib/checks/cdk8s-validation.ts',
      // What lockdown refuses, of constructs as of a tree.
      'lib/graph/references/crossings.ts',
      'lib/graph/references/walk.ts',
      'lib/graph/schema/definition.ts',
      'lib/report/columns.ts',
      'lib/report/log.ts',
    ]);
    const packages = loaded.flatMap(
      (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*\/node_modules)/.exec(path)?.[1] ?? [],
    );
    expect(
      [...new Set(packages)].filter(
        (name) => !/^(cdk8s|cdk8s-plus-28|constructs|fast-json-patch|tsx|esbuild)$/.test(name),
      ),
    ).toEqual([]);
    expect(loaded.filter((path) => /^imports\/|^lib\/systems\/kubernetes\/admission\/index/.test(path))).toEqual([]);
    expect(loadedBy(['synth', '--check'], cwd)).not.toContain('lib/graph/make-graph.ts');
    expect(loadedBy(['synth', '--no-cache'], cwd)).toContain('lib/graph/make-graph.ts');
  });
});

describe('what is taken from the run before', () => {
  const twice = (cwd: string, args: readonly string[] = []) => [
    spawnEspalier(['synth', ...args], { cwd }),
    spawnEspalier(['synth', ...args], { cwd }),
  ];

  test('errors, as they were', () => {
    const missing =
      "add('Pod', { spec: { containers: [{ name: 'a', image: 'a:1', envFrom: [{ secretRef: { name: 'gone' } }] }] } });";
    const cwd = project('errors', { 'main.ts': app(missing) });
    const [first, second] = twice(cwd);
    expect(first).toMatchObject({ code: 2, stdout: '' });
    expect(first?.stderr).toContain('nothing creates Secret shop/gone');
    expect(second).toEqual(first);
    expect(keptIn(cwd)).toHaveLength(1);
  });

  test('warnings, as they were, unless they are not wanted', () => {
    const cwd = project('warnings', {
      'main.ts': app("add('Secret', { stringData: { PASSWORD: 'correct horse' } });"),
      'espalier.config.json': '{ "rules": { "security/plaintext-secret": "warning" } }',
    });
    const [first, second] = twice(cwd);
    expect(first).toMatchObject({ code: 0 });
    expect(first?.stderr).toContain('warning');
    expect({ ...second, stdout: '' }).toEqual({ ...first, stdout: '' });
    expect(spawnEspalier(['synth', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    // Neither in what is kept nor in what is said.
    expect(keptIn(cwd).join('')).toContain('warning');
    expect([...keptIn(cwd), first?.stderr].filter((text) => text?.includes('correct horse'))).toEqual([]);
  });

  test('all, when an image has another tag, which is written', () => {
    const run = (tag: string) => `add('Pod', { spec: { containers: [{ name: 'a', image: 'shop:${tag}' }] } });`;
    const cwd = project('tags', { 'main.ts': app(run('1.0.0')) });
    spawnEspalier(['synth'], { cwd });
    writeFileSync(join(cwd, 'main.ts'), app(run('1.0.1')));
    expect(loadedBy(['synth'], cwd)).not.toContain('lib/graph/make-graph.ts');
    expect(keptIn(cwd)).toHaveLength(1);
    expect(
      readdirSync(join(cwd, 'dist'), { recursive: true, withFileTypes: true }).filter(
        (entry) =>
          entry.isFile() && readFileSync(join(entry.parentPath, entry.name), 'utf8').includes('image: shop:1.0.1'),
      ),
    ).toHaveLength(1);
  });

  test('nothing, when main.ts or the configuration says something else', () => {
    const cwd = project('changes', { 'main.ts': app() });
    spawnEspalier(['synth'], { cwd });
    writeFileSync(join(cwd, 'main.ts'), app("add('ConfigMap', { data: { LEVEL: 'debug' } });"));
    spawnEspalier(['synth'], { cwd });
    expect(keptIn(cwd)).toHaveLength(2);
    writeFileSync(join(cwd, 'espalier.config.json'), '{ "rules": { "eso/two-owner": "off" } }');
    expect(spawnEspalier(['synth'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean eso/two-owners?'),
    });
    expect(keptIn(cwd)).toHaveLength(2);
    writeFileSync(join(cwd, 'espalier.config.json'), '{ "rules": { "eso/two-owners": "off" } }');
    expect(spawnEspalier(['synth'], { cwd })).toMatchObject({ code: 0 });
    expect(keptIn(cwd)).toHaveLength(3);
  });

  test('nothing that somebody broke', () => {
    const cwd = project('broken', { 'main.ts': app() });
    const [first] = twice(cwd);
    const [name = ''] = readdirSync(cacheOf(cwd));
    writeFileSync(join(cacheOf(cwd), name), '{"findings":[]}');
    expect(spawnEspalier(['synth'], { cwd })).toEqual({ ...first, stdout: 'dist/: 8 files, nothing to change\n' });
    expect(keptIn(cwd)[0]).toMatch(/^[\da-f]{64}\n\{"result":/);
  });

  test('the policies that are written with the tree', () => {
    const body = `const vault = new VaultStore(home, 'vault', { operator: new ExternalSecrets(home, { version: '2.9.0' }), server: 'http://vault.vault.svc:8200' });
new ExternalSecret(shop.directory, 'secret', { store: vault, extract: vault.app('shop', 'app'), required: ['TOKEN'] });`;
    const main = app(body).replace('{ App,', '{ App, ExternalSecret, ExternalSecrets, VaultStore,');
    const cwd = project('policies', { 'main.ts': main });
    const [first, second] = twice(cwd);
    expect(first?.stdout).toContain('+ vault/external-secrets.hcl\n');
    expect(second).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('nothing to change') });
    rmSync(join(cwd, 'dist'), { recursive: true });
    expect(spawnEspalier(['synth'], { cwd })).toEqual(first);
  });
});

describe('apps of every kind', () => {
  const commonJs = '{ "private": true }';
  const esModules = '{ "private": true, "type": "module" }';
  const helper = 'export const level: string = "info";\n';
  const esOnly = {
    'node_modules/es-only/package.json':
      '{ "name": "es-only", "type": "module", "exports": { "import": "./index.js" } }',
    'node_modules/es-only/index.js': 'export const level = "info";\n',
  };
  const esAndRequired = {
    'node_modules/es/package.json': '{ "name": "es", "type": "module", "exports": "./index.js" }',
    'node_modules/es/index.js': 'export const level = "info";\n',
  };
  const put = (expression: string) => `add('ConfigMap', { data: { LEVEL: ${expression} } });`;
  const late = (from: string) => `void import('${from}').then(({ level }) => {\n${put('level')}\napp.synth();\n});`;
  const lateApp = (from: string) => app(late(from)).replace(/\napp\.synth\(\);\n$/, '\n');

  test.each<[string, Record<string, string>, string]>([
    ['CommonJS', { 'package.json': commonJs, 'main.ts': app() }, 'main.ts'],
    ['no package.json of its own', { 'main.ts': app() }, 'main.ts'],
    ['main.cts', { 'package.json': esModules, 'main.cts': app() }, 'main.cts'],
    [
      'main.mts',
      { 'package.json': commonJs, 'main.mts': esModule(`await Promise.resolve();\n${put("'info'")}`) },
      'main.mts',
    ],
    [
      'ES modules, awaiting',
      { 'package.json': esModules, 'main.ts': esModule(`await Promise.resolve();\n${put("'info'")}`) },
      'main.ts',
    ],
    [
      'CommonJS that imports TypeScript late',
      { 'package.json': commonJs, 'main.ts': lateApp('./level'), 'level.ts': helper },
      'main.ts',
    ],
    [
      'CommonJS that imports an ES module late',
      { 'package.json': commonJs, 'main.ts': lateApp('./level.mjs'), 'level.mts': helper },
      'main.ts',
    ],
    [
      'CommonJS that imports a package of ES modules late',
      { 'package.json': commonJs, 'main.ts': lateApp('es-only'), ...esOnly },
      'main.ts',
    ],
    [
      'CommonJS with a package of ES modules',
      { 'package.json': commonJs, 'main.ts': `import { level } from 'es';\n${app(put('level'))}`, ...esAndRequired },
      'main.ts',
    ],
    [
      'ES modules with a package of ES modules',
      {
        'package.json': esModules,
        'main.ts': `import { level } from 'es-only';\n${esModule(put('level'))}`,
        ...esOnly,
      },
      'main.ts',
    ],
    [
      'paths of tsconfig.json',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@own/*": ["./own/*"] } } }',
        'own/level.ts': helper,
        'main.ts': `import { level } from '@own/level';\n${app(put('level'))}`,
      },
      'main.ts',
    ],
  ])('%s', (name, files, main) => {
    const cwd = project(name.replaceAll(/\W+/g, '-'), files);
    expect(spawnEspalier(['synth', main], { cwd })).toMatchObject({ code: 0, stderr: '' });
    const written = readFileSync(join(cwd, 'dist/kubernetes/apps/shop/shop/app/ConfigMap.yaml'), 'utf8');
    expect(written).toContain('\ndata:\n  LEVEL: info\n');
  });

  test.each([
    ['CommonJS', commonJs, app, 9],
    ['ES modules', esModules, esModule, 10],
  ])("%s: a mistake is told with its author's line", (name, json, make, line) => {
    const cwd = project(`mistake-${name.slice(0, 2)}`, {
      'package.json': json,
      'main.ts': make("\n\nnew Application(home, 'Shop!');"),
    });
    expect(spawnEspalier(['synth'], { cwd }).stderr).toContain(`\n  at main.ts:${line}:1\n`);
  });

  test('a configuration in TypeScript, of either kind', () => {
    const text = "const external: string[] = ['Secret/shop/gone'];\nexport default { external };\n";
    for (const [name, json] of Object.entries({ commonJs, esModules })) {
      const cwd = project(`config-${name}`, { 'package.json': json, 'main.cts': app(), 'espalier.config.ts': text });
      expect(spawnEspalier(['synth', 'main.cts'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    }
  });
});
