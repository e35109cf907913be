import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, run } from '../repository';
import { type Registry, startRegistry } from '../tree/charts/registry';
import { put, temporaryFolder } from '../tree/folder';

let registry: Registry;
let cwd: string;
const path = process.env.PATH;
beforeEach(async () => {
  registry = await startRegistry({ charts: [] });
  cwd = temporaryFolder();
  put(cwd, { 'espalier.config.yaml': `charts:\n  hosts: ["${registry.host}"]\n`, 'dist/a.yaml': 'kind: A\n' });
});
afterEach(() => {
  process.env.PATH = path;
  return registry.close();
});

const origin = ['--source', 'https://example.org/fleet', '--revision', 'main@sha1:0123'];
const push = (...args: string[]) => espalier(['push', `oci://${registry.host}/trees/fleet:v1`, ...args], { cwd });

/** A cosign that keeps what it is called with. */
function putCosign(code: number): void {
  put(cwd, { 'bin/cosign': `#!/bin/sh\necho "$@" > "${cwd}/called"\nexit ${code}\n` });
  chmodSync(join(cwd, 'bin/cosign'), 0o755);
  process.env.PATH = `${join(cwd, 'bin')}:${path}`;
}

test('prints the reference with the digest, and the same once more', async () => {
  const first = await push('dist', ...origin);
  expect(first).toEqual({
    code: 0,
    stdout: expect.stringMatching(new RegExp(`^oci://${registry.host}/trees/fleet@sha256:[\\da-f]{64}\n$`)),
    stderr: `oci://${registry.host}/trees/fleet:v1: 1 file of main@sha1:0123\n`,
  });
  expect(await push('dist', ...origin)).toEqual(first);
});

test('takes tags, annotations and a login', async () => {
  await registry.close();
  registry = await startRegistry({ charts: [], login: { username: 'me', password: 'a:b' } });
  put(cwd, { 'espalier.config.yaml': `charts:\n  hosts: ["${registry.host}"]\n` });
  const more = ['--tag', 'latest', '--tag', 'production', '--annotations', 'example.org/team=a=b'];
  expect((await push('dist', ...origin, ...more, '--creds', 'me:a:b')).code).toBe(0);
  const manifests = registry.requests.filter((request) => request.includes('/manifests/'));
  expect(manifests).toEqual([
    'PUT /v2/trees/fleet/manifests/v1 (login)',
    'PUT /v2/trees/fleet/manifests/latest (login)',
    'PUT /v2/trees/fleet/manifests/production (login)',
  ]);
  expect((await push('dist', ...origin, '--creds', 'me:wrong')).stderr).not.toContain('wrong');
});

test('warns where the tree is not as its commit has it', async () => {
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd });
  git('init', '-q', '-b', 'main');
  git('add', 'dist');
  git('commit', '-q', '-m', 'One');
  expect((await push('dist', '--source', 'https://example.org/fleet')).stderr).not.toContain('warning');
  put(cwd, { 'dist/a.yaml': 'kind: B\n' });
  const { code, stderr } = await push('dist', '--source', 'https://example.org/fleet');
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^warning: 1 file differs from the commit that the artifact names\. Commit first, or say --revision\.\noci:/,
  );
});

test('--sign has cosign sign the digest', async () => {
  putCosign(0);
  const { code, stdout } = await push('dist', '--sign', ...origin);
  expect(code).toBe(0);
  expect(readFileSync(join(cwd, 'called'), 'utf8')).toBe(`sign --yes ${stdout.replace('oci://', '')}`);
});

test('says that cosign did not sign', async () => {
  putCosign(3);
  const { code, stdout, stderr } = await push('dist', '--sign', ...origin);
  const reference = stdout.trim().replace('oci://', '');
  expect(code).toBe(1);
  expect(stderr).toContain(`${reference} is pushed, but cosign did not sign it.`);
});

test('pushes nothing that it cannot sign', async () => {
  process.env.PATH = join(cwd, 'bin');
  expect(await push('dist', '--sign', ...origin)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: cosign is not on the PATH, so nothing is pushed. Install it, or leave --sign out.\n',
  });
  expect(registry.requests).toEqual([]);
  expect(existsSync(join(cwd, 'called'))).toBe(false);
});

test.each([
  [['push'], 'name where to push to: espalier push oci://HOST/REPO:TAG PATH.'],
  [
    ['push', 'dist'],
    '"dist" is not a reference. Write oci://HOST/REPO:TAG, with a repository of at least two characters, in small letters.',
  ],
  [['push', 'oci://r.example/tree:v1', 'none'], 'none does not exist. Name the folder of a tree.'],
  [
    ['push', 'oci://10.0.0.1/tree:v1', 'dist', ...origin],
    'dist cannot be pushed: http://10.0.0.1 speaks plain HTTP, which anybody on the way can change. If you trust it, allow it in the configuration: charts: { hosts: ["10.0.0.1"] }.',
  ],
  [
    ['push', 'oci://r.example/tree:v1', 'dist', '--annotations', 'team'],
    '--annotations is "team". It must be KEY=VALUE, such as org.opencontainers.image.licenses=MIT.',
  ],
  [
    ['push', 'oci://r.example/tree:v1', 'dist', '--creds', 'secret'],
    '--creds must be USER:PASSWORD. A token is a password: the registry says for which user.',
  ],
])('%j is refused in one sentence', async (args, message) => {
  expect(await espalier(args, { cwd })).toEqual({ code: 2, stdout: '', stderr: `error: ${message}\n` });
});
