import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ChartCache } from '../../../lib/tree/charts/cache';
import type { Chart, ChartSource, Closed } from '../../../lib/tree/charts/chart';
import { helmIgnore } from '../../../lib/tree/charts/helm-ignore';
import { makeOpener } from '../../../lib/tree/charts/open';
import { packChart } from '../../../lib/tree/charts/pack';
import { readFolder } from '../../../lib/tree/source';
import { readRevision } from '../../../lib/tree/source/git';
import { put, temporaryFolder } from '../folder';
import { startRegistry } from './registry';

const yaml = (name: string, version = '1.0.0') => `apiVersion: v2\nname: ${name}\nversion: ${version}\n`;
const git = (folder: string, ...args: string[]) => {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
};
const nobody = { registry: async () => undefined, repository: () => ({ everywhere: false }) };
const why = (opened: Chart | Closed) =>
  'type' in opened ? opened.why.replace('the chart cannot be opened: ', '') : 'open';
const files = (opened: Chart | Closed) => ('type' in opened ? opened.why : [...opened.files.keys()].sort());

function openFolder(contents: Record<string, string | Buffer>, path = 'chart', hosts: string[] = []) {
  const folder = temporaryFolder();
  put(folder, contents);
  const cache = new ChartCache(temporaryFolder());
  const opener = makeOpener({ hosts, offline: false, cache, credentials: nobody });
  return opener.open({ type: 'folder', folder: path }, readFolder(folder));
}

describe('a chart that is a folder of the tree', () => {
  test('is what lies in it, without what .helmignore says', async () => {
    const contents = {
      'chart/Chart.yaml': yaml('web'),
      'chart/.helmignore': '# comment\n*.md\n/ci/\ntemplates/*.bak\n',
      'chart/README.md': '',
      'chart/ci/values.yaml': '',
      'chart/templates/web.yaml': '',
      'chart/templates/web.bak': '',
      'chart/templates/.hidden.yaml': '',
      'other.yaml': '',
    };
    expect(files(await openFolder(contents))).toEqual(['.helmignore', 'Chart.yaml', 'templates/web.yaml']);
    expect(files(await openFolder(contents, './chart/'))).toEqual(['.helmignore', 'Chart.yaml', 'templates/web.yaml']);
    expect(files(await openFolder(contents, '../../chart'))).toEqual([
      '.helmignore',
      'Chart.yaml',
      'templates/web.yaml',
    ]);
  });

  test('may be packed', async () => {
    const archive = packChart('web', new Map([['Chart.yaml', Buffer.from(yaml('web'))]]));
    expect(files(await openFolder({ 'web-1.0.0.tgz': archive }, 'web-1.0.0.tgz'))).toEqual(['Chart.yaml']);
  });

  test('has the same digest wherever it lies', async () => {
    const digest = async () => {
      const opened = await openFolder({ 'chart/Chart.yaml': yaml('web'), 'chart/templates/a.yaml': 'a: 1\n' });
      return 'digest' in opened && opened.digest;
    };
    expect(await digest()).toMatch(/^sha256:[\da-f]{64}$/);
    expect(await digest()).toBe(await digest());
  });

  test('is packed only where it is asked for, once its files are known', async () => {
    const folder = temporaryFolder();
    put(folder, { 'chart/Chart.yaml': yaml('web'), 'chart/templates/a.yaml': 'a: 1\n' });
    const cache = new ChartCache(temporaryFolder());
    const open = async () => {
      const opener = makeOpener({ hosts: [], offline: true, cache });
      return (await opener.open({ type: 'folder', folder: 'chart' }, readFolder(folder))) as Chart;
    };
    const archives = join(cache.folder, 'archives');
    expect(basename((await open()).archive)).toBe(readdirSync(archives)[0]);
    rmSync(archives, { recursive: true });
    const again = await open();
    expect([again.name, existsSync(archives)]).toEqual(['web', false]);
    expect(basename(again.archive)).toBe(readdirSync(archives)[0]);
    expect(files(again)).toEqual(['Chart.yaml', 'templates/a.yaml']);
    put(folder, { 'chart/templates/a.yaml': 'a: 2\n' });
    const changed = await open();
    expect([changed.digest === again.digest, changed.files.get('templates/a.yaml')]).toEqual([false, 'a: 2\n']);
  });

  test('may lie in a revision alone', async () => {
    const folder = temporaryFolder();
    put(folder, { 'chart/Chart.yaml': yaml('web', '2.0.0'), 'chart/values.yaml': 'a: 1\n' });
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      ['commit', '-qm', 'chart'],
      ['rm', '-rq', 'chart'],
    ])
      git(folder, ...args);
    const cache = new ChartCache(temporaryFolder());
    const tree = readRevision(folder, 'HEAD');
    const opened = await makeOpener({ hosts: [], offline: true, cache }).open(
      { type: 'folder', folder: 'chart' },
      tree,
    );
    expect(files(opened)).toEqual(['Chart.yaml', 'values.yaml']);
  });

  test.each([
    [{ 'other.yaml': '' }, 'there is no folder chart in its source'],
    [{ 'chart/values.yaml': '' }, 'it has no Chart.yaml, so it is no chart'],
    [{ 'chart/Chart.yaml': 'name: [' }, expect.stringMatching(/^its Chart.yaml cannot be read: /)],
    [
      { 'chart/Chart.yaml': 'name: ../evil\nversion: 1.0.0' },
      'its Chart.yaml has no version, or no name of letters, digits, dots and hyphens',
    ],
    [
      { 'chart/Chart.yaml': yaml('web'), 'chart/big.yaml': Buffer.alloc(6_000_000, '#') },
      'chart/big.yaml is larger than 5 MiB: Helm refuses it',
    ],
  ])('is closed: %#', async (contents, expected) => {
    expect(why(await openFolder(contents as Record<string, string>))).toEqual(expected);
  });
});

describe('what a chart in a folder depends on', () => {
  const withDependency = (dependency: string) => `${yaml('web')}dependencies:\n- ${dependency}\n`;

  test('is taken where charts/ has it, unpacked or packed', async () => {
    const redis = packChart('redis', new Map([['Chart.yaml', Buffer.from(yaml('redis'))]]));
    const chart = withDependency('{name: redis, version: 1.x, repository: "https://charts.example.org"}');
    const both: Record<string, string | Buffer>[] = [
      { 'chart/charts/redis/Chart.yaml': yaml('redis') },
      { 'chart/charts/redis-1.0.0.tgz': redis },
    ];
    for (const vendored of both) {
      expect(files(await openFolder({ 'chart/Chart.yaml': chart, ...vendored }))).toEqual([
        'Chart.yaml',
        'charts/redis/Chart.yaml',
      ]);
    }
  });

  test('is taken from another folder', async () => {
    const contents = {
      'chart/Chart.yaml': withDependency('{name: common, version: ">=1.0.0", repository: "file://../common"}'),
      'common/Chart.yaml': yaml('common', '1.2.0'),
    };
    expect(files(await openFolder(contents))).toEqual(['Chart.yaml', 'charts/common/Chart.yaml']);
    expect(why(await openFolder({ ...contents, 'common/Chart.yaml': yaml('common', '0.9.0') }))).toBe(
      'chart lacks the dependency common >=1.0.0: file://../common is 0.9.0',
    );
  });

  test('is fetched, in the version of Chart.lock', async () => {
    const charts = ['1.0.0', '1.1.0'].map((version) => ({ 'Chart.yaml': yaml('redis', version) }));
    const registry = await startRegistry({ charts });
    try {
      for (const repository of [registry.url, registry.oci]) {
        const dependency = (version: string) => `{name: redis, version: ${version}, repository: "${repository}"}`;
        const contents = { 'chart/Chart.yaml': withDependency(dependency('1.x')) };
        const lock = { 'chart/Chart.lock': `dependencies:\n- ${dependency('1.0.0')}\n` };
        const version = (opened: Chart | Closed) => 'files' in opened && opened.files.get('charts/redis/Chart.yaml');
        expect(version(await openFolder(contents, 'chart', [registry.host]))).toBe(yaml('redis', '1.1.0'));
        expect(version(await openFolder({ ...contents, ...lock }, 'chart', [registry.host]))).toBe(
          yaml('redis', '1.0.0'),
        );
      }
    } finally {
      await registry.close();
    }
  });

  test('is known to what locks charts, be it there or not', async () => {
    const registry = await startRegistry({ charts: [{ 'Chart.yaml': yaml('redis') }] });
    try {
      const folder = temporaryFolder();
      const dependencies = ['redis', 'other'].map(
        (name) => `- {name: ${name}, version: 1.x, repository: "${registry.url}"}\n`,
      );
      put(folder, { 'chart/Chart.yaml': `${yaml('web')}dependencies:\n${dependencies.join('')}` });
      const cache = new ChartCache(temporaryFolder());
      const opener = makeOpener({ hosts: [registry.host], offline: false, cache, credentials: nobody });
      await opener.open({ type: 'folder', folder: 'chart' }, readFolder(folder));
      expect([...opener.opened.keys(), ...opener.closed.keys()]).toEqual([
        `${registry.url} redis 1.x`,
        `${registry.url} other 1.x`,
      ]);
    } finally {
      await registry.close();
    }
  });

  test.each([
    ['{name: redis, version: 1.x}', 'chart lacks the dependency redis, and no repository is named for it'],
    [
      '{name: redis, version: 1.x, repository: "@bitnami"}',
      'chart lacks the dependency redis, and "@bitnami" is none that Flux reads',
    ],
    [
      '{name: redis, version: 1.x, repository: "http://charts.example.org"}',
      'chart lacks the dependency redis: http://charts.example.org speaks plain HTTP, which anybody on the way can change',
    ],
  ])('is missing: %s', async (dependency, expected) => {
    expect(why(await openFolder({ 'chart/Chart.yaml': withDependency(dependency) }))).toBe(expected);
  });
});

test.each([
  ['*.md', 'docs/a.md', false, true],
  ['/a', 'b/a', false, false],
  ['b/a', 'b/a', false, true],
  ['ci/', 'ci', true, true],
  ['ci/', 'ci', false, false],
  ['[a-c]?.txt', 'b1.txt', false, true],
  ['[^a-c]1.txt', 'b1.txt', false, false],
  ['a.b', 'axb', false, false],
  ['!keep', 'other', false, true],
  ['!keep', 'keep', false, false],
  ['', 'templates/_helpers.tpl', false, false],
])('.helmignore %j leaves %s behind: %s, %s', (pattern, path, isFolder, is) => {
  expect(helmIgnore(pattern)(path, isFolder)).toBe(is);
});

describe('a chart in another repository of Git', () => {
  let server: Server;
  const above = mkdtempSync(join(tmpdir(), 'espalier-git-test-'));
  const repository = join(above, 'charts');
  let commit: string;
  let url: string;
  let host: string;

  beforeAll(async () => {
    mkdirSync(repository);
    git(repository, 'init', '-q', '-b', 'master');
    for (const version of ['1.0.0', '1.1.0']) {
      put(repository, { 'web/Chart.yaml': yaml('web', version) });
      git(repository, 'add', '.');
      git(repository, 'commit', '-qm', version);
      git(repository, 'tag', '-a', '-m', version, `v${version}`);
      if (version === '1.0.0') commit = git(repository, 'rev-parse', 'HEAD');
    }
    git(repository, 'checkout', '-qb', 'next');
    put(repository, { 'web/Chart.yaml': yaml('web', '2.0.0') });
    git(repository, 'commit', '-qam', 'next');
    git(repository, 'config', 'uploadpack.allowReachableSHA1InWant', 'true');
    server = createServer((request, response) => serveGit(repository, request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    url = `http://${host}/charts`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(above, { recursive: true, force: true });
  });

  const cache = () => new ChartCache(temporaryFolder());
  const open = (which: object, options: object = {}) =>
    makeOpener({ hosts: [host], offline: false, cache: cache(), credentials: nobody, ...options }).open({
      type: 'git',
      url,
      folder: 'web',
      ...which,
    } as ChartSource);

  test.each([
    [{}, '1.1.0'],
    [{ branch: 'next' }, '2.0.0'],
    [{ tag: 'v1.0.0' }, '1.0.0'],
    [{ semver: '<1.1.0' }, '1.0.0'],
    [{ semver: '*' }, '1.1.0'],
  ])('at %j is %s', async (which, version) => {
    expect(await open(which)).toMatchObject({ name: 'web', version });
  });

  test('at a commit is what it was, and is not asked for again', async () => {
    const kept = cache();
    expect(await open({ commit }, { cache: kept })).toMatchObject({ version: '1.0.0' });
    expect(await open({ commit }, { cache: kept, offline: true })).toMatchObject({ version: '1.0.0' });
  });

  test('is not there', async () => {
    expect(why(await open({ branch: 'none' }))).toBe(`${url} has no refs/heads/none`);
    expect(why(await open({ semver: '^9' }))).toBe(`${url} has no tag that matches "^9"`);
    expect(why(await open({ folder: 'none' }))).toBe('there is no folder none in its source');
    expect(why(await open({ commit: 'abc' }))).toBe('"abc" is not the whole hash of a commit');
  });

  test.each([
    ['ssh://git@example.org/charts', '"ssh://example.org/charts" is not an https address of Git'],
    ['git@example.org:charts', '"git@example.org:charts" is not an https address of Git'],
    ['ext::sh -c id', '"ext::sh -c id" is not an https address of Git'],
    ['file:///etc', '"file:///etc" is not an https address of Git'],
    ['https://127.0.0.1/charts', '127.0.0.1 is an address that is not on the public internet'],
    ['http://example.org/charts', 'http://example.org speaks plain HTTP, which anybody on the way can change'],
  ])('is not fetched from %s', async (address, expected) => {
    expect(why(await open({ url: address }, { hosts: [] }))).toBe(expected);
  });
});

/** Git's own program for servers (git http-backend, a CGI). */
function serveGit(repository: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://git');
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { stdout } = spawnSync('git', ['http-backend'], {
      input: Buffer.concat(chunks),
      maxBuffer: 64_000_000,
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: join(repository, '..'),
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: pathname.replace('/charts', '/charts/.git'),
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: (request.headers['git-protocol'] as string) ?? '',
      },
    });
    const end = stdout.indexOf('\r\n\r\n');
    const headers = stdout
      .toString('latin1', 0, end)
      .split('\r\n')
      .map((line) => line.split(': ') as [string, string]);
    const status = Number(headers.find(([name]) => name === 'Status')?.[1]?.slice(0, 3) ?? 200);
    response.writeHead(status, Object.fromEntries(headers));
    response.end(stdout.subarray(end + 4));
  });
}
