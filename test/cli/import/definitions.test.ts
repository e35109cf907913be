import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { packChart } from '../../../lib/tree/charts/pack';
import { command, espalier, has, temporaryFolder } from '../../repository';
import { type Registry, startRegistry } from '../../tree/charts/registry';

const root = temporaryFolder();
let made = 0;

/** A working directory with these files. */
function project(files: Readonly<Record<string, string | Buffer>> = {}): string {
  made += 1;
  const cwd = join(root, String(made));
  mkdirSync(cwd);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  return cwd;
}

function definition(kind: string, { group = 'acme.example', field = 'size', names = ['v1'] } = {}): string {
  const spec = { type: 'object', properties: { [field]: { type: 'integer', description: 'for people' } } };
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.${group}` },
    spec: {
      group,
      names: { kind },
      scope: 'Namespaced',
      versions: names.map((name) => ({ name, served: true, schema })),
    },
  });
}

const at = (cwd: string, path: string) => readFileSync(join(cwd, path), 'utf8');
const classes = (cwd: string, path: string) => at(cwd, path).match(/^export class \w+/gm);

describe('definitions of a file', () => {
  const cwd = project({ 'widget.yaml': `---\n${definition('Widget', { names: ['v1beta1', 'v1'] })}\n` });

  test('become constructs, types of Manifests, schemas and a line of the record', async () => {
    expect(await espalier(['import', 'widget.yaml'], { cwd })).toEqual({
      code: 0,
      stdout:
        'imports/acme.example.ts: Widget v1, Widget v1beta1\n1 kind, with schemas in .espalier/schemas; 4 files written\n',
      stderr: '',
    });
    expect(at(cwd, 'cdk8s.yaml')).toBe('language: typescript\nimports:\n  - widget.yaml\n');
    expect(classes(cwd, 'imports/acme.example.ts')).toEqual(['export class Widget', 'export class WidgetV1beta1']);
    expect(at(cwd, 'imports/acme.example.ts')).toContain("apiVersion: 'acme.example/v1', kind: 'Widget' }");
    expect(at(cwd, 'imports/kinds.ts')).toContain("    'acme.example/v1/Widget': Widget;\n");
  });

  test('are what check knows', async () => {
    const widget = (spec: string) =>
      `---\napiVersion: acme.example/v1\nkind: Widget\nmetadata: { name: a, namespace: a }\nspec: ${spec}\n`;
    mkdirSync(join(cwd, 'app'));
    writeFileSync(join(cwd, 'app/widget.yaml'), widget('{ sise: 1 }'));
    writeFileSync(join(cwd, 'app/kustomization.yaml'), 'resources: [widget.yaml]\n');
    expect((await espalier(['check', 'app'], { cwd })).stdout).toContain(
      'unknown field `sise` in `spec`; did you mean `size`?',
    );
  });

  test('are stale when the definition is another one, and made anew of the record', async () => {
    expect(await espalier(['import', '--check'], { cwd })).toMatchObject({
      code: 0,
      stdout: '3 files, none of which is stale\n',
    });
    writeFileSync(join(cwd, 'widget.yaml'), definition('Widget', { field: 'length' }));
    expect(await espalier(['import', '--check'], { cwd })).toMatchObject({
      code: 1,
      stdout: [
        '.espalier/schemas/acme.example/widget.json is stale',
        'imports/acme.example.ts is stale',
        'imports/kinds.ts is stale',
        '3 files to write: run espalier import\n',
      ].join('\n'),
    });
    expect((await espalier(['import'], { cwd })).stdout).toBe(
      'imports/acme.example.ts: Widget v1\n1 kind, with schemas in .espalier/schemas; 3 files written\n',
    );
    expect((await espalier(['import'], { cwd })).stdout).toBe(
      'imports/acme.example.ts: Widget v1, unchanged\n1 kind, with schemas in .espalier/schemas; 0 files written\n',
    );
  });

  test('are not made any more when the record does not have them', async () => {
    writeFileSync(join(cwd, 'other.yaml'), definition('Other', { group: 'other.example' }));
    writeFileSync(join(cwd, 'cdk8s.yaml'), 'language: typescript\nimports:\n  - other.yaml\n');
    writeFileSync(join(cwd, 'imports/mine.ts'), 'export {};\n');
    expect((await espalier(['import', '--check'], { cwd })).stdout).toContain(
      'imports/acme.example.ts is stale: nothing in cdk8s.yaml makes it\n',
    );
    await espalier(['import'], { cwd });
    expect(readdirSync(join(cwd, 'imports'))).toEqual(['kinds.ts', 'mine.ts', 'other.example.ts']);
  });
});

test('a folder is the whole tree: what is no definition may be anything; a group has the kinds of several sources', async () => {
  const cwd = project({
    'tree/a/widget.yaml': definition('Widget'),
    'tree/b.yml': `kind: Other\n---\n${definition('Part')}\n`,
    'tree/broken.yaml': 'a: [\n',
    'tree/node_modules/x/c.yaml': definition('Ignored'),
    'more.json': JSON.stringify({ kind: 'List', items: [JSON.parse(definition('Gadget'))] }),
  });
  await espalier(['import', 'tree'], { cwd });
  await espalier(['import', 'more.json'], { cwd });
  const all = ['export class Gadget', 'export class Part', 'export class Widget'];
  expect(classes(cwd, 'imports/acme.example.ts')).toEqual(all);
  expect(at(cwd, 'cdk8s.yaml')).toBe('language: typescript\nimports:\n  - tree\n  - more.json\n');
  expect((await espalier(['import', '--check'], { cwd })).code).toBe(0);
});

test('what a cluster prints is recorded as it is kept, and counts where nothing else defines it', () => {
  const cwd = project({ 'widget.yaml': definition('Widget', { field: 'length' }) });
  const run = (args: readonly string[], input = '') =>
    spawnSync(process.execPath, [command, 'import', ...args], { cwd, input, encoding: 'utf8' });
  const list = { kind: 'List', items: [JSON.parse(definition('Widget')), JSON.parse(definition('Part'))] };
  expect(run(['-'], JSON.stringify(list))).toMatchObject({
    status: 0,
    stdout:
      'imports/acme.example.ts: Part v1, Widget v1\n2 kinds, with schemas in .espalier/schemas; 5 files written\n',
  });
  expect(at(cwd, 'cdk8s.yaml')).toBe('language: typescript\nimports:\n  - .espalier/schemas/acme.example\n');
  run(['widget.yaml']);
  expect(run(['--check'])).toMatchObject({ status: 0, stdout: '4 files, none of which is stale\n' });
  expect(at(cwd, 'imports/acme.example.ts')).toContain('spec?: { length?: number | null } | null;');
});

describe('of a chart', () => {
  const chart = (more: Readonly<Record<string, string>>) => ({
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.0\n',
    'values.yaml': 'crds: { enabled: false }\n',
    ...more,
  });
  const inFolder = (files: object) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`shop/${path}`, text as string]));

  test('the folder crds/, of an archive as well', async () => {
    const files = chart({ 'crds/widget.yaml': definition('Widget') });
    const packed = packChart('shop', new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));
    const cwd = project({ ...inFolder(files), 'shop.tgz': packed });
    expect((await espalier(['import', 'shop', '--crds'], { cwd })).stdout).toContain(
      'imports/acme.example.ts: Widget v1\n',
    );
    expect(at(cwd, 'cdk8s.yaml')).toContain('  - crds:shop\n');
    expect((await espalier(['import', 'crds:shop.tgz'], { cwd })).stdout).toContain('Widget v1, unchanged');
    expect((await espalier(['import', '--check'], { cwd })).code).toBe(0);
  });

  (has('helm', ['version']) ? test : test.skip)(
    'what its templates make, with the value that turns it on',
    async () => {
      const template = `{{- if .Values.crds.enabled }}\n${definition('Widget')}\n{{- end }}\n`;
      const cwd = project(inFolder(chart({ 'templates/widget.yaml': template })));
      expect((await espalier(['import', 'shop', '--crds'], { cwd })).stdout).toContain(
        'imports/acme.example.ts: Widget v1\n',
      );
    },
  );
});

describe('of a registry', () => {
  const cache = process.env.XDG_CACHE_HOME;
  let registry: Registry;
  beforeAll(async () => {
    process.env.XDG_CACHE_HOME = join(root, 'cache');
    const charts = ['1.2.0', '1.3.0'].map((version) => ({
      'Chart.yaml': `apiVersion: v2\nname: shop\nversion: ${version}\n`,
      'crds/widget.yaml': definition('Widget', { field: `of${version}` }),
    }));
    registry = await startRegistry({ charts });
  });
  afterAll(() => {
    if (cache === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = cache;
    return registry.close();
  });

  test('a chart is recorded with its version, and another takes its place', async () => {
    const cwd = project({ 'espalier.config.json': JSON.stringify({ charts: { hosts: [registry.host] } }) });
    const record = () => at(cwd, 'cdk8s.yaml').match(/- .*/g);
    await espalier(['import', `${registry.oci}/shop`, '--crds', '--version', '1.2.0'], { cwd });
    expect(record()).toEqual([`- crds:${registry.oci}/shop@1.2.0`]);
    expect((await espalier(['import', '--check'], { cwd })).code).toBe(0);
    await espalier(['import', `${registry.oci}/shop`, '--crds'], { cwd });
    expect(record()).toEqual([`- crds:${registry.oci}/shop@1.3.0`]);
    expect(at(cwd, 'imports/acme.example.ts')).toContain("'of1.3.0'?: number");
    await espalier(['import', registry.url, 'shop', '--crds', '--version', '1.2.0'], { cwd });
    expect((await espalier(['import'], { cwd })).stderr).toContain('Widget of acme.example is defined in two ways: ');
  });
});

(has('helm', ['version']) ? test : test.skip)(
  'of a Flux tree: with --charts those of its releases as well',
  async () => {
    const cache = process.env.XDG_CACHE_HOME;
    const cwd = project({
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.0\n',
      'charts/shop/templates/widget.yaml': `{{- if .Values.crds }}\n${definition('Widget')}\n{{- end }}\n`,
      'flux/ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`,
      'apps/part.yaml': definition('Part'),
      'apps/shop.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1h, url: https://git.example.org/fleet }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 1h
  chart: { spec: { chart: ./charts/shop, sourceRef: { kind: GitRepository, name: flux-system } } }
  values: { crds: true }
`,
    });
    process.env.XDG_CACHE_HOME = join(cwd, '..', 'cache-of-tree');
    try {
      expect((await espalier(['import', '.', '--charts'], { cwd })).stdout).toContain(
        'imports/acme.example.ts: Part v1, Widget v1\n',
      );
      expect(at(cwd, 'cdk8s.yaml')).toContain('  - tree:.\n');
      expect((await espalier(['import', '--check'], { cwd })).code).toBe(0);
    } finally {
      if (cache === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = cache;
    }
  },
);

describe('of a URL', () => {
  let server: Server;
  let host: string;
  beforeAll(async () => {
    server = createServer(
      (request, response) => void response.end(definition('Widget', { field: request.url?.slice(1, 7) })),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  test('another version takes the place of the one before', async () => {
    const settings = JSON.stringify({ charts: { hosts: [host] } });
    const cwd = project({
      'espalier.config.json': settings,
      'cdk8s.yaml': `# Mine\nlanguage: typescript\nimports:\n- k8s\n# Widgets\n- http://${host}/v1.0.0/widgets.yaml\n- helm:https://a/b@1\n`,
    });
    expect((await espalier(['import'], { cwd })).stdout).toContain('Left to cdk8s import: k8s, helm:https://a/b@1\n');
    expect((await espalier(['import', `http://${host}/v1.1.0/widgets.yaml`], { cwd })).stdout).toContain(
      `cdk8s.yaml: http://${host}/v1.1.0/widgets.yaml instead of http://${host}/v1.0.0/widgets.yaml\n`,
    );
    expect(at(cwd, 'cdk8s.yaml')).toBe(
      `# Mine\nlanguage: typescript\nimports:\n- k8s\n# Widgets\n- http://${host}/v1.1.0/widgets.yaml\n- helm:https://a/b@1\n`,
    );
    expect(at(cwd, 'imports/acme.example.ts')).toContain("'v1.1.0'?: number | null");
  });

  test('on a private address is not asked unless the configuration allows it', async () => {
    const { code, stderr } = await espalier(['import', `https://${host}/crds.yaml`], { cwd: project() });
    expect(code).toBe(2);
    expect(stderr).toContain('127.0.0.1 is an address that is not on the public internet.');
  });
});

test('what cdk8s import made stays, and its kinds are known', async () => {
  const text = '// generated by cdk8s\nexport class Widget {}\n';
  const cwd = project({ 'widget.yaml': definition('Widget'), 'imports/acme.example.ts': text });
  expect((await espalier(['import', 'widget.yaml'], { cwd })).stdout).toContain(
    'imports/acme.example.ts: Widget v1, left as cdk8s import made it\n',
  );
  expect(at(cwd, 'imports/acme.example.ts')).toBe(text);
  expect(at(cwd, 'imports/kinds.ts')).toContain("'acme.example/v1/Widget': Widget;");
});

describe('nothing is written', () => {
  const deep = `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`;
  test.each([
    ['of nothing', [], {}, /^name a source: espalier import FILE, FOLDER, /],
    [
      'of what is no definition',
      ['a.yaml'],
      { 'a.yaml': 'kind: A\n' },
      'a.yaml: there is no CustomResourceDefinition.',
    ],
    [
      'of what is nested too deep',
      ['a.json'],
      { 'a.json': deep },
      'a.json is nested in more than 200 levels, more than espalier reads.',
    ],
    [
      'of names that are none',
      ['a.json'],
      { 'a.json': definition("A';x") },
      'a.json: a CustomResourceDefinition is of {"group":"acme.example","kind":"A\';x","versions":["v1"]}, names that Kubernetes does not take.',
    ],
    [
      'of a group that is a path',
      ['a.json'],
      { 'a.json': definition('A', { group: '../..' }) },
      'a.json: a CustomResourceDefinition is of {"group":"../..","kind":"A","versions":["v1"]}, names that Kubernetes does not take.',
    ],
    [
      'of a kind that is defined in two ways',
      ['.'],
      { 'a.yaml': definition('A'), 'b.yaml': definition('A', { field: 'b' }) },
      'A of acme.example is defined in two ways: a.yaml and b.yaml. Name the source that counts, and take the other out of imports in cdk8s.yaml.',
    ],
    [
      'of a definition without versions',
      ['a.yaml'],
      { 'a.yaml': 'kind: CustomResourceDefinition\n' },
      /^a\.yaml has a CustomResourceDefinition without group/,
    ],
    [
      'of a record that is none',
      [],
      { 'cdk8s.yaml': 'imports: [1]\n' },
      'cdk8s.yaml: imports has 1, which is no source.',
    ],
    [
      'where somebody else has written',
      ['a.yaml'],
      { 'a.yaml': definition('A'), 'imports/kinds.ts': 'export {};\n' },
      'imports/kinds.ts was not made by `espalier import`: it is kept. Move it, or give another --output.',
    ],
  ])('%s', async (_, args, files, message) => {
    const cwd = project(files as Readonly<Record<string, string>>);
    const { code, stdout, stderr } = await espalier(['import', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const told = stderr.replace(/^error: /, '').trim();
    expect(told).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(existsSync(join(cwd, '.espalier'))).toBe(false);
  });

  test('through a link', async () => {
    const cwd = project({ 'a.yaml': definition('A'), 'elsewhere/a': '' });
    symlinkSync('elsewhere', join(cwd, 'imports'));
    expect((await espalier(['import', 'a.yaml'], { cwd })).stderr).toContain('imports is a symbolic link');
    expect(existsSync(join(cwd, '.espalier'))).toBe(false);
  });
});
