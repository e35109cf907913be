import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packChart } from '../../../lib/tree/charts/pack';
import { espalier, has, run, temporaryFolder } from '../../repository';
import { type Registry, startRegistry } from '../../tree/charts/registry';

const root = temporaryFolder();
const chart = {
  'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.0\ndescription: Sells things\n',
  'values.yaml': '# How many\nreplicas: 1\n',
};

/** A folder with files in it. */
function project(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const cwd = join(root, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  return cwd;
}

const inFolder = (folder: string) =>
  Object.fromEntries(Object.entries(chart).map(([path, text]) => [`${folder}/${path}`, text]));
const packed = packChart('shop', new Map(Object.entries(chart).map(([path, text]) => [path, Buffer.from(text)])));
const written = (cwd: string, path = 'imports/charts/shop.ts') => readFileSync(join(cwd, path), 'utf8');

test.each([
  [
    'an archive with the place that releases get it from',
    ['shop.tgz', '--location', 'oci://example.org/charts/shop'],
    "  oci: 'oci://example.org/charts/shop',",
  ],
  [
    'an archive of a repository',
    ['shop.tgz', '--location', 'https://example.org/charts/'],
    "  repository: 'https://example.org/charts',\n  name: 'shop',",
  ],
])('%s', async (_, args, location) => {
  const cwd = project(args.join(' ').replace(/\W+/g, '-'), { 'shop.tgz': packed });
  expect(await espalier(['import', ...args], { cwd })).toEqual({
    code: 0,
    stdout: 'imports/charts/shop.ts: shop 1.2.0\n',
    stderr: '',
  });
  expect(written(cwd)).toContain(
    `export const shopChart: ImportedChart<ShopValues> = {\n${location}\n  version: '1.2.0',\n`,
  );
  expect(written(cwd)).toContain(
    '  /**\n   * How many\n   * @default 1\n   */\n  readonly replicas?: number | null;\n',
  );
});

(has('git') ? test : test.skip)(
  'a folder of the repository is where Flux gets it; the same chart makes the same file',
  async () => {
    const cwd = project('repository', inFolder('charts/shop'));
    run('git', ['init', '-q'], { cwd });
    expect((await espalier(['import', 'charts/shop'], { cwd })).stdout).toBe('imports/charts/shop.ts: shop 1.2.0\n');
    const before = written(cwd);
    expect(before).toContain("  folder: 'charts/shop',\n");
    expect((await espalier(['import', 'charts/shop'], { cwd })).stdout).toBe(
      'imports/charts/shop.ts: shop 1.2.0, unchanged\n',
    );
    expect(written(cwd)).toBe(before);
  },
);

test('an archive without a place makes types alone', async () => {
  const cwd = project('types', { 'shop.tgz': packed });
  expect((await espalier(['import', 'shop.tgz', '--output', 'types'], { cwd })).stdout).toBe(
    'types/shop.ts: shop 1.2.0\nOnly the types are written: where Flux gets the chart is not known. --location names it.\n',
  );
  expect(written(cwd, 'types/shop.ts')).not.toContain('ImportedChart');
});

describe('from a registry and a repository on the loopback', () => {
  const cache = process.env.XDG_CACHE_HOME;
  let registry: Registry;
  beforeAll(async () => {
    process.env.XDG_CACHE_HOME = join(root, 'cache');
    registry = await startRegistry({
      charts: [chart, { ...chart, 'Chart.yaml': chart['Chart.yaml'].replace('1.2.0', '1.3.0') }],
    });
  });
  afterAll(() => {
    if (cache === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = cache;
    return registry.close();
  });
  const settings = () => JSON.stringify({ charts: { hosts: [registry.host] } });

  test('the version that is asked for, or the newest', async () => {
    const cwd = project('registry', { 'espalier.config.json': settings() });
    const oci = `${registry.oci}/shop`;
    expect(await espalier(['import', oci, '--version', '1.2.0'], { cwd })).toMatchObject({
      stdout: 'imports/charts/shop.ts: shop 1.2.0\n',
      stderr: '',
    });
    expect(written(cwd)).toContain(
      `  oci: '${oci}',\n  version: '1.2.0',\n  digest: '${registry.digest('shop', '1.2.0')}',\n`,
    );
    expect((await espalier(['import', oci, '--version', '^1.0.0'], { cwd })).stdout).toBe(
      'imports/charts/shop.ts: shop 1.3.0\n',
    );
    expect((await espalier(['import', registry.url, 'shop'], { cwd })).stdout).toBe(
      'imports/charts/shop.ts: shop 1.3.0\n',
    );
    expect(written(cwd)).toContain(`  repository: '${registry.url}',\n  name: 'shop',\n  version: '1.3.0',\n`);
  });

  test('a host on a private address is not asked unless the configuration allows it', async () => {
    const cwd = project('private', {});
    mkdirSync(cwd, { recursive: true });
    const { code, stderr } = await espalier(['import', `${registry.oci}/shop`], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(`allow it in the configuration: charts: { hosts: ["${registry.host}"] }.`);
  });
});

describe('what is refused', () => {
  const cwd = project('refused', { 'shop.tgz': packed, 'broken.tgz': 'no archive', 'empty/values.yaml': 'a: 1\n' });
  const hostile = packChart('x', new Map([['Chart.yaml', Buffer.from('name: ..\nversion: 1.0.0\n')]]));

  test.each([
    [
      ['none'],
      "error: none does not exist. Name definitions (a file or folder), a chart's folder, its archive (.tgz), oci://… or https://….",
    ],
    [['broken.tgz'], 'error: broken.tgz is no chart that Helm reads: its archive is damaged, or no archive (.tgz).'],
    [['empty'], 'error: empty: there is no CustomResourceDefinition.'],
    [
      ['https://example.org'],
      'error: https://example.org is a repository: name the chart in it. espalier import oci://HOST/PATH, https://REPOSITORY NAME, a folder or an archive (.tgz).',
    ],
    [
      ['shop.tgz', '--version', '1'],
      'error: shop.tgz is a folder or an archive, which has one version. Leave --version out: it is for registries and repositories.',
    ],
  ])('%j', async (args, message) => {
    expect(await espalier(['import', ...args], { cwd })).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
  });

  test('a name that leads elsewhere', async () => {
    writeFileSync(join(cwd, 'hostile.tgz'), hostile);
    expect((await espalier(['import', 'hostile.tgz'], { cwd })).stderr).toBe(
      'error: hostile.tgz: the chart\'s name is "..", which Helm does not allow.\n',
    );
  });

  test('to write over what somebody else wrote, or through a link', async () => {
    const other = project('other', {
      'shop.tgz': packed,
      'imports/charts/shop.ts': 'export {};\n',
      'elsewhere/a.ts': '',
    });
    expect((await espalier(['import', 'shop.tgz'], { cwd: other })).stderr).toBe(
      'error: imports/charts/shop.ts was not made by `espalier import`: it is kept. Move it, or give another --output.\n',
    );
    symlinkSync('elsewhere', join(other, 'link'));
    expect((await espalier(['import', 'shop.tgz', '--output', 'link'], { cwd: other })).stderr).toBe(
      'error: link is a symbolic link, which is not followed. Replace it with what it leads to.\n',
    );
  });
});
