import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { has, repository, run, temporaryFolder } from '../repository';

/** What a user of another project meets: the packed tarball, installed in an empty folder. */
const folder = temporaryFolder();
const project = join(folder, 'project');
const npm = (args: readonly string[], cwd = project) => run('npm', [...args, '--loglevel=error'], { cwd });
const bin = (name: string) => join(project, 'node_modules', '.bin', name);
const version = (name: string) =>
  JSON.parse(readFileSync(join(repository, 'node_modules', name, 'package.json'), 'utf8')).version as string;

const main = `import { App, Cluster, ExternalSecrets, Application, ExternalSecret, VaultStore } from 'cdk8s-espalier';

const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
const eso = new ExternalSecrets(home, { version: '2.9.0' });
const vault = new VaultStore(home, 'vault', { operator: eso, server: 'http://vault.vault.svc:8200' });
const shop = new Application(home, 'shop');
const { secret } = new ExternalSecret(shop.directory, 'secret', { store: vault, extract: vault.app('shop', 'app'), required: ['TOKEN'] });
secret.key('TOKEN');
app.synth();
`;

let files: string[];
let size: number;

beforeAll(() => {
  mkdirSync(project);
  const packed = npm(['pack', '--json', '--pack-destination', folder], repository);
  if (packed.code !== 0) throw new Error(packed.stderr);
  const [tarball] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[')));
  size = tarball.size;
  files = tarball.files.map(({ path }: { path: string }) => path);
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "private": true }');
  const peers = ['cdk8s', 'cdk8s-plus-28', 'constructs', 'tsx', 'typescript'].map((name) => `${name}@${version(name)}`);
  const installed = npm([
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    join(folder, tarball.filename),
    ...peers,
  ]);
  if (installed.code !== 0) throw new Error(installed.stderr);
}, 300_000);

test('the tarball holds the compiled library, its types and the API facts, and nothing of the repository', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'package.json',
      'build/lib/index.js',
      'build/lib/index.d.ts',
      'bin/espalier.js',
      'bin/node-version.js',
      'build/lib/cli/main.js',
      'build/imports/external-secret.d.ts',
      'build/lib/tree/tree-sitter-hcl.wasm',
      'build/lib/tree/tree-sitter-hcl.LICENSE',
      'imports/crds/external-secrets.io_externalsecrets.yaml',
      'imports/schemas.br',
    ]),
  );
  expect(files.filter((path) => /^(test|dist|scripts|bench|examples|lib|node_modules|main\.ts)/.test(path))).toEqual(
    [],
  );
});

test('the tarball is smaller than 3 MB', () => {
  expect(size).toBeLessThan(3_000_000);
});

test('ten lines of TypeScript compile against its types and are synthesized by its espalier command', () => {
  writeFileSync(join(project, 'main.ts'), main);
  const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', 'main.ts'];
  expect(run(bin('tsc'), options, { cwd: project })).toMatchObject({ code: 0, stdout: '' });

  const { code, stderr } = run(bin('espalier'), ['synth'], { cwd: project });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const secret = readFileSync(join(project, 'dist/kubernetes/apps/shop/shop/app/secret.yaml'), 'utf8');
  expect(secret).toContain('key: acme/prod/clusters/home/apps/shop/app\n');
});

test('an app that is an ES module yields the same; what is found out of its tree is kept beside the packages', () => {
  writeFileSync(join(project, 'main.mts'), `await Promise.resolve();\n${main}`);
  const { code, stdout, stderr } = run(bin('espalier'), ['synth', 'main.mts'], { cwd: project });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'dist/: 18 files, nothing to change\n', stderr: '' });
  expect(readdirSync(join(project, 'node_modules', '.cache', 'cdk8s-espalier'))).toHaveLength(1);
});

test('its pictures, pages and reviews find what they load', () => {
  const espalier = (...args: string[]) => {
    const { code, stdout, stderr } = run(bin('espalier'), args, { cwd: project });
    return { code, stderr, stdout };
  };
  expect(espalier('graph', 'dist', '--format', 'svg').stdout).toContain('</svg>');
  const html = espalier('graph', 'dist', '--format', 'html').stdout;
  expect([html.includes('Secret flow'), html.includes('pointerdown')]).toEqual([true, true]);
  expect(espalier('docs', 'dist')).toMatchObject({ code: 0, stderr: '' });
  expect(espalier('docs', 'dist', '--check')).toMatchObject({ code: 0, stderr: '' });
  expect(espalier('diff', 'dist/', 'dist/', '--format', 'html').stdout).toContain('</html>');
  expect(espalier('explain', 'vault/policy-misses')).toMatchObject({ code: 0, stderr: '' });
});

test('its command knows its version', () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  expect(run(bin('espalier'), ['--version'], { cwd: project })).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test.each(['check', 'diff'])('lib/cli/%s, which is bundled, has all that other files import of it', (name) => {
  const built = join(project, 'node_modules', 'cdk8s-espalier', 'build', 'lib', 'cli', name);
  const { stdout } = run(process.execPath, ['-p', `Object.keys(require(${JSON.stringify(built)})).sort().join()`]);
  expect(stdout.trim()).toBe(
    Object.keys(require(`../../lib/cli/${name}`))
      .sort()
      .join(),
  );
});

test('a key that the Secret lacks does not compile', () => {
  writeFileSync(join(project, 'wrong.ts'), main.replace("secret.key('TOKEN')", "secret.key('TOKN')"));
  const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', 'wrong.ts'];
  expect(run(bin('tsc'), options, { cwd: project }).stdout).toContain(
    `Argument of type '"TOKN"' is not assignable to parameter of type '"TOKEN"'`,
  );
});

test('it can be required by CommonJS and imported by ES modules, with the L1s under imports/', () => {
  const code = 'console.log(typeof App, typeof Cluster, typeof ExternalSecret)';
  const common = `const { App, Cluster } = require('cdk8s-espalier'); const { ExternalSecret } = require('cdk8s-espalier/imports/external-secret'); ${code}`;
  const module = `import { App, Cluster } from 'cdk8s-espalier'; import { ExternalSecret } from 'cdk8s-espalier/imports/external-secret'; ${code}`;
  writeFileSync(join(project, 'common.cjs'), common);
  writeFileSync(join(project, 'module.mjs'), module);
  for (const file of ['common.cjs', 'module.mjs']) {
    expect(run(process.execPath, [file], { cwd: project })).toMatchObject({
      code: 0,
      stdout: 'function function function\n',
    });
  }
});

test('the classes that it exports are called as they are exported: the tree says which construct made a file', () => {
  const code =
    "console.log(Object.entries(require('cdk8s-espalier')).filter(([name, { name: own }]) => /^[A-Z]/.test(name) && own !== undefined && own !== name).join())";
  expect(run(process.execPath, ['-e', code], { cwd: project })).toEqual({ code: 0, stderr: '', stdout: '\n' });
});

test('the app runs without the command, too: node main.js writes the tree', () => {
  const script = main.replace(/import \{(.*?)\} from 'cdk8s-espalier';/, "const {$1} = require('cdk8s-espalier');");
  writeFileSync(join(project, 'plain.js'), script.replace('new App()', "new App({ outdir: 'plain' })"));
  expect(run(process.execPath, ['plain.js'], { cwd: project })).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(project, 'plain/kubernetes/flux/cluster/ks.yaml'))).toBe(true);
});

test('its check proves a tree, with the schemas that it brings', () => {
  run(bin('espalier'), ['synth'], { cwd: project });
  expect(run(bin('espalier'), ['check', 'dist'], { cwd: project })).toEqual({
    code: 0,
    stderr: '',
    stdout:
      'Not judged: what the chart of HelmRelease external-secrets/external-secrets makes is not checked: run with --charts\n\n' +
      'No findings: 16 files, 10 resources, 4 Kustomizations checked\n',
  });
});

test('a configuration in TypeScript has its types, and says what check does', () => {
  const config = (settings: string) =>
    `import { defineConfig } from 'cdk8s-espalier/config';\nexport default defineConfig(${settings});\n`;
  const file = join(project, 'espalier.config.ts');
  const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', 'espalier.config.ts'];
  writeFileSync(file, config("{ external: ['Namespace/gone'], faelOn: 'never' }"));
  expect(run(bin('tsc'), options, { cwd: project }).stdout).toContain("Did you mean to write 'failOn'?");
  expect(run(bin('espalier'), ['check', 'dist'], { cwd: project })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no setting "faelOn"; did you mean failOn?'),
  });
  writeFileSync(file, config("{ failOn: 'never' }"));
  expect(run(bin('tsc'), options, { cwd: project }).stdout).toBe('');
  expect(run(bin('espalier'), ['check', 'dist'], { cwd: project })).toMatchObject({ code: 0, stderr: '' });
  rmSync(file);
});

test('it reads HCL with the grammar that it brings', () => {
  expect(existsSync(join(project, 'node_modules', '@tree-sitter-grammars'))).toBe(false);
  const args = ['policy', 'dist', '--against', 'dist/vault/external-secrets.hcl', '--strict'];
  expect(run(bin('espalier'), args, { cwd: project })).toMatchObject({ code: 0, stderr: '' });
});

test('cdk8s synth runs it as a validation plugin on what another app writes', () => {
  const app = join(project, 'another');
  mkdirSync(app);
  const spec = "{ refreshPolicy: 'Sometimes', dataFrom: [{ extract: { key: 'shop' } }] }";
  writeFileSync(
    join(app, 'main.js'),
    `const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
new ApiObject(new Chart(app, 'shop'), 'es', { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'shop' }, spec: ${spec} });
app.synth();
`,
  );
  writeFileSync(
    join(app, 'cdk8s.yaml'),
    `language: typescript
app: node main.js
validations:
  - { package: ${join(project, 'node_modules', 'cdk8s-espalier')}, version: 0.1.0, class: EspalierValidation }
`,
  );
  const cdk8s = join(repository, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
  const env = { CDK8S_CHECK_UPGRADE: 'false' };
  const { code, stdout } = run(process.execPath, [cdk8s, 'synth'], { cwd: app, env });
  expect({ failed: code !== 0, said: stdout.includes('`spec.refreshPolicy` is "Sometimes"') }).toEqual({
    failed: true,
    said: true,
  });
});

describe('a chart', () => {
  const chart = {
    'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'values.yaml': '# How many\nreplicas: 1\n',
    'templates/a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  replicas: "{{ .Values.replicas }}"\n',
  };
  const app = (release: string) => `import { App, Application, Cluster, HelmRelease } from 'cdk8s-espalier';
import { webChart } from './imports/charts/web';

const app = new App({ outdir: 'charted' });
const { directory } = new Application(new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' }), 'web');
new HelmRelease(directory, 'web', { ${release} });
app.synth();
`;
  const compiled = (release: string) => {
    writeFileSync(join(project, 'charted.ts'), app(release));
    const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', 'charted.ts'];
    return run(bin('tsc'), options, { cwd: project }).stdout;
  };

  beforeAll(() => {
    mkdirSync(join(project, 'charts/web/templates'), { recursive: true });
    for (const [path, text] of Object.entries(chart)) writeFileSync(join(project, 'charts/web', path), text);
  });

  test('that is imported types the values of a release', () => {
    const args = ['import', 'charts/web', '--location', 'oci://example.org/charts/web'];
    expect(run(bin('espalier'), args, { cwd: project })).toEqual({
      code: 0,
      stdout: 'imports/charts/web.ts: web 1.0.0\n',
      stderr: '',
    });
    expect(compiled('chart: webChart, values: { replicas: 2 }')).toBe('');
    expect(compiled('chart: webChart, values: { replica: 2 }')).toContain(
      "'replica' does not exist in type 'WebValues'. Did you mean to write 'replicas'?",
    );
  });

  (has('helm', ['version']) ? test : test.skip)('is rendered into the tree (needs helm on the PATH)', () => {
    writeFileSync(
      join(project, 'charted.ts'),
      app("chart: { folder: 'charts/web' }, version: '1.0.0', rendered: true, values: { replicas: 2 }"),
    );
    expect(run(bin('espalier'), ['synth', 'charted.ts'], { cwd: project })).toMatchObject({ code: 0, stderr: '' });
    const path = 'charted/kubernetes/apps/web/web/app/web/configmap-web.yaml';
    expect(readFileSync(join(project, path), 'utf8')).toContain('\ndata:\n  replicas: "2"\n');
    expect(run(bin('espalier'), ['synth', 'charted.ts', '--check'], { cwd: project })).toMatchObject({ code: 0 });
  });
});
