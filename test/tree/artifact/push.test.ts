import { chmodSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { originOf, parseReference, pushArtifact } from '../../../lib/tree/artifact/push';
import type { Credentials, Login } from '../../../lib/tree/charts/credentials';
import { makeHttp } from '../../../lib/tree/charts/http';
import { findInRegistry } from '../../../lib/tree/charts/oci';
import { sha256 } from '../../../lib/tree/charts/pack';
import { readTar } from '../../../lib/tree/charts/tar';
import { has, run } from '../../repository';
import { type Registry, type RegistryOptions, startRegistry } from '../charts/registry';
import { put, temporaryFolder } from '../folder';

const running: Registry[] = [];
afterEach(() => Promise.all(running.splice(0).map((registry) => registry.close())));

async function start(options: Partial<RegistryOptions> = {}): Promise<Registry> {
  const registry = await startRegistry({ charts: [], ...options });
  running.push(registry);
  return registry;
}

const as = (login?: Login): Credentials => ({ registry: async () => login, repository: () => ({ everywhere: false }) });
const origin = { source: 'https://example.org/fleet', revision: 'main@sha1:0123', created: '2026-01-02T03:04:05Z' };
const push = (folder: string, { host }: Registry, login?: Login) =>
  pushArtifact({ path: folder, origin }, { repository: `${host}/trees/fleet`, tags: ['v1'] }, [host], as(login));

/** What Espalier's own client pulls. */
async function pull({ host }: Registry, login?: Login): Promise<Record<string, string>> {
  const source = { type: 'oci', url: `oci://${host}/trees/fleet`, tag: 'v1' } as const;
  const archive = await (await findInRegistry(source, makeHttp([host]), as(login))).fetch();
  return Object.fromEntries([...readTar(gunzipSync(archive))].map(({ path, content }) => [path, content.toString()]));
}

const long = `${'folder/'.repeat(20)}a.yaml`;
const files = { 'b.yaml': 'kind: B\n', 'a/b.yaml': 'kind: A\n', [long]: 'é\n' };

test('what is pushed is pulled', async () => {
  const [folder, registry] = [temporaryFolder(), await start()];
  put(folder, files);
  expect((await push(folder, registry)).files).toBe(3);
  expect(await pull(registry)).toEqual(files);
});

test('a file is pushed as a tree of that file', async () => {
  const [folder, registry] = [temporaryFolder(), await start()];
  put(folder, files);
  await push(join(folder, 'a/b.yaml'), registry);
  expect(await pull(registry)).toEqual({ 'b.yaml': 'kind: A\n' });
});

test('goes without what flux leaves out, and with the other dot files', async () => {
  const [folder, registry] = [temporaryFolder(), await start()];
  const taken = ['.github/ci.yml', '.sops.yaml', '.sourceignore', '.espalier.sha256', 'a.JPG', 'a.tgz', 'sub/.env'];
  const left = ['.git/config', '.gitignore', 'sub/.gitattributes', '.gitmodules', 'a.png', 'b.zip/c.yaml', 'a.tar.gz'];
  put(folder, Object.fromEntries([...taken, ...left].map((path) => [path, '*'])));
  symlinkSync('a.tgz', join(folder, 'link'));
  await push(folder, registry);
  expect(Object.keys(await pull(registry)).sort()).toEqual([...taken].sort());
});

test('further tags name the same artifact', async () => {
  const [folder, registry] = [temporaryFolder(), await start()];
  put(folder, files);
  const place = parseReference(`oci://${registry.host}/trees/fleet:v2`, ['v1', 'v2']);
  await pushArtifact({ path: folder, origin }, place, [registry.host], as());
  expect(await pull(registry)).toEqual(files);
  expect(registry.requests.filter((request) => request.startsWith('PUT /v2/trees/fleet/manifests/'))).toEqual([
    'PUT /v2/trees/fleet/manifests/v2',
    'PUT /v2/trees/fleet/manifests/v1',
  ]);
  expect(() => parseReference('oci://r.example/fleet:v1', ['a/b'])).toThrow(
    '--tag is "a/b". It must be a tag, such as latest.',
  );
});

test('a layer is compressed, to the same bytes everywhere', async () => {
  const [folder, registry] = [temporaryFolder(), await start()];
  put(folder, { 'a.yaml': 'kind: A\n'.repeat(10_000) });
  const { reference } = await push(folder, registry);
  expect(reference).toBe(
    `${registry.host}/trees/fleet@sha256:b513c9e474cd6b1bdf8660f21b49d2e98b48bab84bad28dd502f470e5671e73a`,
  );
});

test('the manifest says what source-controller looks for', async () => {
  const manifests: string[] = [];
  const registry = await start({
    answer: (request) => {
      if (request.method === 'PUT' && request.url?.includes('/manifests/')) {
        request.on('data', (part) => manifests.push(String(part)));
      }
      return false;
    },
  });
  const folder = temporaryFolder();
  put(folder, files);
  const annotations = { 'example.org/team': 'a=b', 'org.opencontainers.image.created': '2020-01-01T00:00:00Z' };
  const place = { repository: `${registry.host}/trees/fleet`, tags: ['v1'] };
  const { reference } = await pushArtifact({ path: folder, origin, annotations }, place, [registry.host], as());
  const sent = manifests.join('');
  expect(reference).toBe(`${registry.host}/trees/fleet@${sha256(sent)}`);
  const digest = expect.stringMatching(/^sha256:[\da-f]{64}$/);
  const size = expect.any(Number);
  expect(JSON.parse(sent)).toEqual({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.cncf.flux.config.v1+json', size, digest },
    layers: [{ mediaType: 'application/vnd.cncf.flux.content.v1.tar+gzip', size, digest }],
    annotations: {
      'example.org/team': 'a=b',
      'org.opencontainers.image.created': '2020-01-01T00:00:00Z',
      'org.opencontainers.image.revision': 'main@sha1:0123',
      'org.opencontainers.image.source': 'https://example.org/fleet',
    },
  });
});

test('the same tree is the same artifact, whatever its times and modes, and is sent once', async () => {
  const [one, other, registry] = [temporaryFolder(), temporaryFolder(), await start()];
  put(one, files);
  put(other, Object.fromEntries(Object.entries(files).reverse()));
  utimesSync(join(other, 'b.yaml'), 1, 1);
  chmodSync(join(other, 'b.yaml'), 0o600);
  const first = await push(one, registry);
  const before = registry.requests.length;
  expect(await push(other, registry)).toEqual(first);
  const again = registry.requests.slice(before).map((request) => request.replace(/sha256:\w+/, 'DIGEST'));
  expect(again).toEqual([
    'HEAD /v2/trees/fleet/blobs/DIGEST',
    'GET /token?service=registry&scope=repository%3Atrees%2Ffleet%3Apull%2Cpush',
    'HEAD /v2/trees/fleet/blobs/DIGEST',
    'HEAD /v2/trees/fleet/blobs/DIGEST',
    'PUT /v2/trees/fleet/manifests/v1',
  ]);
});

test('who may push logs in, and others are refused', async () => {
  const login = { username: 'me', password: 'p' };
  const [folder, registry] = [temporaryFolder(), await start({ login })];
  put(folder, files);
  await push(folder, registry, login);
  expect(await pull(registry, login)).toEqual(files);
  await expect(push(folder, registry, { ...login, password: 'no' })).rejects.toThrow(
    `${folder} cannot be pushed: http://${registry.host}/token answers 401: it wants a login. Log in as one who may push: docker login ${registry.host}.`,
  );
});

test('the token goes nowhere but to the registry', async () => {
  const elsewhere: (string | undefined)[] = [];
  const other = await start({
    answer: ({ headers }, response) => {
      elsewhere.push(headers.authorization);
      response.writeHead(201).end();
      return true;
    },
  });
  const registry = await start({
    answer: ({ method, headers }, response) => {
      if (method !== 'POST' || headers.authorization === undefined) return false;
      response.writeHead(202, { location: `http://${other.host}/upload` }).end();
      return true;
    },
  });
  const folder = temporaryFolder();
  put(folder, files);
  const place = { repository: `${registry.host}/trees/fleet`, tags: ['v1'] };
  await pushArtifact({ path: folder, origin }, place, [registry.host, other.host], as());
  expect(elsewhere).toEqual([undefined, undefined]);
  await expect(push(folder, registry)).rejects.toThrow(
    `http://${other.host} speaks plain HTTP, which anybody on the way can change. If you trust it, allow it`,
  );
});

test.each([
  ['an empty folder', {}, ' has no files to push. Name the folder of a tree.'],
  ['what Flux does not unpack', { a: Buffer.alloc(101 * 1024 ** 2) }, ' is larger than 100 MiB, which Flux does not'],
])('%s is refused', async (_, content, message) => {
  const [folder, registry] = [temporaryFolder(), await start()];
  put(folder, content);
  await expect(push(folder, registry)).rejects.toThrow(`${folder}${message}`);
  expect(registry.requests).toEqual([]);
});

test.each([
  'registry.example/a:v1',
  'oci://registry.example/a',
  'oci://a:v1',
  'oci://r.example/A:v1',
  // Registries take it, source-controller does not.
  'oci://r.example/a:v1',
  'oci://r.example/a/../b:v1',
])('%s is no reference', (text) => {
  expect(() => parseReference(text)).toThrow(
    `"${text}" is not a reference. Write oci://HOST/REPO:TAG, with a repository of at least two characters, in small letters.`,
  );
});

(has('git') ? describe : describe.skip)('an artifact is from', () => {
  const date = '2026-01-02T03:04:05+01:00';
  function clone(remote?: string): { folder: string; git(...args: string[]): string } {
    const folder = temporaryFolder();
    const env = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: folder, env }).stdout.trim();
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'One');
    if (remote !== undefined) git('remote', 'add', 'origin', remote);
    return { folder, git };
  }

  test('the remote and the commit, by its branch, its tag or alone', () => {
    const { folder, git } = clone('git@example.org:acme/fleet.git');
    const commit = git('rev-parse', 'HEAD');
    const known = { source: 'git@example.org:acme/fleet.git', created: '2026-01-02T02:04:05Z', altered: 0 };
    expect(originOf(folder, {})).toEqual({ ...known, revision: `main@sha1:${commit}` });
    git('checkout', '-q', '--detach');
    expect(originOf(folder, {})).toEqual({ ...known, revision: `sha1:${commit}` });
    git('tag', 'v1');
    expect(originOf(folder, {})).toEqual({ ...known, revision: `v1@sha1:${commit}` });
  });

  test('files that its commit has otherwise, unless they are ignored or the revision is given', () => {
    const { folder, git } = clone('https://example.org/acme/fleet');
    put(folder, { '.gitignore': 'made\n', 'dist/a.yaml': '1\n', 'dist/b.yaml': '1\n', 'other.yaml': '1\n' });
    git('add', '.');
    git('commit', '-q', '-m', 'Two');
    expect(originOf(join(folder, 'dist'), {}).altered).toBe(0);
    put(folder, { 'dist/a.yaml': '2\n', 'dist/new/c.yaml': '1\n', 'dist/new/d.yaml': '1\n', 'dist/made': '1\n' });
    put(folder, { 'other.yaml': '2\n' });
    expect(originOf(join(folder, 'dist'), {}).altered).toBe(3);
    expect(originOf(join(folder, 'dist/a.yaml'), {}).altered).toBe(1);
    expect(originOf(join(folder, 'dist/b.yaml'), {}).altered).toBe(0);
    expect(originOf(join(folder, 'dist'), { revision: 'main@sha1:0123' }).altered).toBe(0);
  });

  test.each([
    ['https://ci:token@example.org/acme/fleet', 'https://example.org/acme/fleet'],
    ['https://token@example.org/acme/fleet', 'https://example.org/acme/fleet'],
    ['ssh://git:secret@example.org/acme/fleet', 'ssh://git@example.org/acme/fleet'],
    ['ssh://git@example.org/acme/fleet', 'ssh://git@example.org/acme/fleet'],
  ])('%s without what logs in', (remote, source) => {
    expect(originOf(clone(remote).folder, {}).source).toBe(source);
  });

  test('what the options say, where Git does not', () => {
    const folder = temporaryFolder();
    expect(originOf(folder, origin)).toEqual({ ...origin, created: '1970-01-01T00:00:00Z', altered: 0 });
    expect(() => originOf(folder, {})).toThrow(
      `Git does not say where ${folder} is from. Add --source URL and --revision BRANCH@sha1:COMMIT.`,
    );
    const { folder: local } = clone();
    expect(() => originOf(local, {})).toThrow(`Git does not say where ${local} is from. Add --source URL.`);
    expect(() => originOf(join(folder, 'none'), origin)).toThrow('none does not exist. Name the folder of a tree.');
  });
});
