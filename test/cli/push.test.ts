import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier } from '../repository';
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
  [['push', 'dist'], '"dist" is not a reference. Write oci://HOST/REPO:TAG, with the repository in small letters.'],
  [['push', 'oci://r.example/a:v1', 'none'], 'none does not exist. Name the folder of a tree.'],
  [
    ['push', 'oci://10.0.0.1/a:v1', 'dist', ...origin],
    'dist cannot be pushed: http://10.0.0.1 speaks plain HTTP, which anybody on the way can change. If you trust it, allow it in the configuration: charts: { hosts: ["10.0.0.1"] }.',
  ],
])('%j is refused in one sentence', async (args, message) => {
  expect(await espalier(args, { cwd })).toEqual({ code: 2, stdout: '', stderr: `error: ${message}\n` });
});
