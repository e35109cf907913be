import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChartCache } from '../../../lib/tree/charts/cache';
import type { Chart, ChartSource, Closed } from '../../../lib/tree/charts/chart';
import type { Credentials } from '../../../lib/tree/charts/credentials';
import { makeOpener, type OpenOptions } from '../../../lib/tree/charts/open';
import { temporaryFolder } from '../folder';
import { type ChartFolder, type Registry, type RegistryOptions, startRegistry } from './registry';

const chart = (name: string, version: string, more: Record<string, string> = {}): ChartFolder => ({
  'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
  'templates/config.yaml': `kind: ConfigMap # ${version}\n`,
  ...more,
});
const charts = ['1.0.0', '1.2.0', '1.10.0', '2.0.0-rc.1', '2.0.0+build.3'].map((version) => chart('web', version));
const nobody: Credentials = { registry: async () => undefined, repository: () => ({ everywhere: false }) };

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry({ charts: [...charts, chart('redis', '7.0.0')] });
});
afterAll(() => registry.close());

const opener = (options: Partial<OpenOptions> = {}) =>
  makeOpener({
    hosts: [registry.host],
    offline: false,
    cache: new ChartCache(temporaryFolder()),
    credentials: nobody,
    ...options,
  });

/** What a chart is, or why it is closed. */
const told = (opened: Chart | Closed) => ('type' in opened ? opened.why : `${opened.name} ${opened.version}`);
const open = async (source: ChartSource, options?: Partial<OpenOptions>) => told(await opener(options).open(source));

describe('a chart of a registry', () => {
  const web = (which: object): ChartSource => ({ type: 'oci', url: `${registry.oci}/web`, ...which });

  test('is the tag', async () => {
    expect(await open(web({ tag: '1.2.0' }))).toBe('web 1.2.0');
  });

  test('is the newest version in a range; a tag has an underscore for the plus', async () => {
    expect(await open(web({ semver: '1.x' }))).toBe('web 1.10.0');
    expect(await open(web({ semver: '>=1.0.0' }))).toBe('web 2.0.0+build.3');
    expect(await open(web({ semver: '<2.0.0-0' }))).toBe('web 1.10.0');
  });

  test('is the newest version that the filter finds', async () => {
    expect(await open(web({ semver: '*', semverFilter: '^1\\.[0-2]\\.' }))).toBe('web 1.2.0');
  });

  test('is what the digest says, before the tag', async () => {
    const found = await opener().open(web({ tag: '1.2.0' }));
    expect('digest' in found && found.digest).toBe(registry.digest('web', '1.2.0'));
    expect(await open(web({ tag: '1.2.0', digest: registry.digest('web', '1.2.0') }))).toMatch(
      /manifests\/sha256:.* answers 404$/,
    );
  });

  test('is not there', async () => {
    expect(await open(web({ semver: '^3' }))).toBe(
      `the chart cannot be opened: ${registry.oci}/web has no version that matches "^3"`,
    );
    expect(await open(web({}))).toBe(
      `the chart cannot be opened: ${registry.url}/v2/charts/web/manifests/latest answers 404`,
    );
  });

  test('has its files by their paths', async () => {
    const found = await opener().open(web({ tag: '1.0.0' }));
    expect('files' in found && Object.fromEntries(found.files)).toEqual({
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'templates/config.yaml': 'kind: ConfigMap # 1.0.0\n',
    });
  });
});

describe('a chart of a repository', () => {
  const web = (version: string, name = 'web'): ChartSource => ({
    type: 'repository',
    url: registry.url,
    name,
    version,
  });

  test.each([
    ['1.2.0', 'web 1.2.0'],
    ['~1.2', 'web 1.2.0'],
    ['*', 'web 2.0.0+build.3'],
    ['>=2.0.0-0 <2.0.0', 'web 2.0.0-rc.1'],
  ])('of version %s is %s', async (version, expected) => {
    expect(await open(web(version))).toBe(expected);
  });

  test('is not there', async () => {
    expect(await open(web('*', 'wep'))).toBe(`the chart cannot be opened: ${registry.url}/ has no chart wep`);
    expect(await open(web('^9'))).toBe(
      `the chart cannot be opened: ${registry.url}/ has no version of web that matches "^9"`,
    );
  });
});

describe('an index', () => {
  const entry = (version: string, more = '') =>
    `  - version: ${version}\n    urls: ["archives/web-${version}.tgz"]\n${more}`;
  const oddly: Record<string, string> = {
    'in JSON': JSON.stringify({ entries: { web: [{ version: '1.2.0', urls: ['archives/web-1.2.0.tgz'] }] } }),
    'with further charts around': `entries:\n  other:\n${entry('9.0.0')}  web:\n${entry('1.2.0')}  xyz:\n${entry('9.0.0')}generated: x\n`,
    'with quoted names': `entries:\n  "web":\n${entry('1.2.0')}`,
    'with lists further in': `entries:\n  web:\n    - version: 1.2.0\n      urls:\n        - archives/web-1.2.0.tgz\n  other: []\n`,
    'with anchors elsewhere': `entries:\n  other: &x\n${entry('1.2.0')}  web:\n    - &y {<<: {}, version: 1.2.0, urls: [archives/web-1.2.0.tgz]}\n    - *y\n`,
    'with aliases of another chart': `entries:\n  other: &x\n${entry('1.2.0')}  web: *x\n`,
    'with lines of Windows': `entries:\r\n  web:\r\n${entry('1.2.0').replaceAll('\n', '\r\n')}`,
    'with texts of several lines': `entries:\n  web:\n${entry('1.2.0', '    description: |\n      web:\n       entries:\n    home: "a\n      b"\n')}  a:\n${entry('9.0.0')}`,
  };
  test.each(Object.keys(oddly))('%s is read', async (name) => {
    const answer: RegistryOptions['answer'] = ({ url }, response) => {
      if (url === '/index.yaml') response.end(oddly[name]);
      return url === '/index.yaml';
    };
    const odd = await startRegistry({ charts, answer });
    try {
      const source: ChartSource = { type: 'repository', url: odd.url, name: 'web', version: '*' };
      expect(await open(source, { hosts: [odd.host] })).toBe('web 1.2.0');
    } finally {
      await odd.close();
    }
  });
});

test('an address in messages and locks is without what may be secret in it', async () => {
  const one = opener();
  const web = { type: 'repository', name: 'web', version: '1.0.0' } as const;
  await one.open({ ...web, url: `${registry.url}?token=secret` });
  await one.open({ ...web, version: '1.2.0', url: registry.url.replace('//', '//me:secret@') });
  expect(JSON.stringify([...one.opened, ...one.closed])).not.toContain('secret');
  expect([one.opened.size, one.closed.size]).toEqual([1, 1]);
});

test('asks for the same chart once, and of what it has had for nothing but what may have changed', async () => {
  const cache = new ChartCache(temporaryFolder());
  const sources: ChartSource[] = [
    { type: 'oci', url: `${registry.oci}/web`, tag: '1.2.0' },
    { type: 'repository', url: registry.url, name: 'web', version: '1.2.0' },
    { type: 'oci', url: `${registry.oci}/redis`, semver: '7.x' },
  ];
  const asked = async (offline: boolean) => {
    const before = registry.requests.length;
    const one = opener({ cache, offline });
    const all = await Promise.all([...sources, ...sources].map((source) => one.open(source)));
    expect(all.map(told)).toEqual(['web 1.2.0', 'web 1.2.0', 'redis 7.0.0', 'web 1.2.0', 'web 1.2.0', 'redis 7.0.0']);
    return registry.requests.slice(before).filter((request) => !/token|index/.test(request));
  };
  expect((await asked(false)).length).toBeGreaterThan(5);
  // The registry asks for a token first.
  expect(new Set(await asked(false))).toEqual(
    new Set(['GET /v2/charts/redis/tags/list?n=1000', 'GET /v2/charts/redis/manifests/7.0.0']),
  );
  expect(await asked(true)).toEqual([]);
});

test('without the network, what was never had is closed', async () => {
  expect(await open({ type: 'oci', url: `${registry.oci}/web`, tag: '1.2.0' }, { offline: true })).toBe(
    'the chart cannot be opened: it is not in the cache, and --offline leaves the network alone',
  );
});

test('charts of a host that cannot be reached are closed for one reason, which says what to do', async () => {
  const nowhere = await startRegistry({ charts: [] });
  await nowhere.close();
  const { open } = opener({ hosts: [nowhere.host] });
  const sources: readonly ChartSource[] = [
    { type: 'oci', url: `${nowhere.oci}/web`, tag: '1.2.0' },
    { type: 'oci', url: `${nowhere.oci}/redis`, semver: '1.x' },
    { type: 'repository', url: nowhere.url, name: 'web', version: '*' },
  ];
  const closed = {
    type: 'closed',
    why: `the chart cannot be opened: ${nowhere.url} cannot be reached: nothing answers there`,
    fix: 'Correct the address, or run where the network leads there.',
  };
  expect(await Promise.all(sources.map((source) => open(source, undefined)))).toEqual([closed, closed, closed]);
});

describe('a lock', () => {
  const source = (): ChartSource => ({ type: 'oci', url: `${registry.oci}/web`, semver: '1.x' });
  const name = () => `${registry.oci}/web 1.x`;

  test('says which version a range is', async () => {
    const lock = new Map([[name(), { version: '1.2.0', digest: registry.digest('web', '1.2.0') }]]);
    expect(await open(source(), { lock })).toBe('web 1.2.0');
  });

  test('refuses what has another digest', async () => {
    const digest = registry.digest('web', '1.0.0');
    const found = await opener({ lock: new Map([[name(), { version: '1.2.0', digest }]]) }).open(source());
    expect(found).toEqual({
      type: 'closed',
      why: `the chart cannot be opened: ${name()} is not what espalier.charts.lock says: its digest is ${registry.digest('web', '1.2.0')}, and should be ${digest}`,
      fix: 'If the change is meant, lock the charts anew: espalier lock.',
    });
  });

  test('is what was opened', async () => {
    const one = opener();
    await one.open(source());
    expect([...one.opened]).toEqual([[name(), { version: '1.10.0', digest: registry.digest('web', '1.10.0') }]]);
  });
});

describe('the cache', () => {
  const source = (): ChartSource => ({ type: 'oci', url: `${registry.oci}/web`, tag: '1.2.0' });

  test('is read by nobody else', async () => {
    const folder = join(temporaryFolder(), 'cache');
    await open(source(), { cache: new ChartCache(folder) });
    expect([folder, join(folder, 'archives')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  test('that is damaged is made again', async () => {
    const folder = temporaryFolder();
    await open(source(), { cache: new ChartCache(folder) });
    for (const kind of readdirSync(folder)) {
      for (const name of readdirSync(join(folder, kind))) writeFileSync(join(folder, kind, name), 'damaged');
    }
    expect(await open(source(), { cache: new ChartCache(folder) })).toBe('web 1.2.0');
    expect(await open(source(), { cache: new ChartCache(folder), offline: true })).toBe('web 1.2.0');
  });

  test('that cannot be written is done without', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'used'));
    writeFileSync(join(folder, 'used', 'archives'), 'no folder');
    writeFileSync(join(folder, 'used', 'sources'), 'no folder');
    const found = await opener({ cache: new ChartCache(join(folder, 'used')) }).open(source());
    expect('archive' in found && statSync(found.archive).isFile() && told(found)).toBe('web 1.2.0');
  });
});
