import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { espalier, has, run, temporaryFolder } from '../repository';

const folder = temporaryFolder();
const clone = join(folder, 'clone');

const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  retryInterval: 2m
  path: ./tree/app
  prune: true
  wait: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;
const settings = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: default }\ndata: { mode: ${value} }\n`;

function write(root: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: clone });

/** main has `slow`, the branch `fast` and the work tree `faster`. */
beforeAll(() => {
  write(clone, { 'tree/flux.yaml': flux, 'tree/app/settings.yaml': settings('slow'), 'other/notes.txt': '' });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'slow');
  git('checkout', '-q', '-b', 'change');
  write(clone, { 'tree/app/settings.yaml': settings('fast') });
  git('commit', '-q', '-a', '-m', 'fast');
  write(clone, { 'tree/app/settings.yaml': settings('faster') });
  write(folder, { 'old/tree/flux.yaml': flux, 'old/tree/app/settings.yaml': settings('slow') });
  write(folder, { 'new/tree/flux.yaml': flux, 'new/tree/app/settings.yaml': settings('quick') });
});

const diff = async (args: readonly string[], cwd = clone) => {
  const { code, stdout, stderr } = await espalier(['diff', ...args], { cwd });
  const [from] = /[-] .*\n *\+ .*/.exec(stdout) ?? [];
  return { code, stderr, fields: from?.replace(/\n */, ' '), stdout };
};

const test = has('git') ? it : it.skip;

describe('what is compared', () => {
  test('the work tree with where its branch left main, unless said otherwise', async () => {
    const { stdout, fields } = await diff([]);
    expect(fields).toBe('- slow + faster');
    expect(stdout).toMatch(/^From merge base with main \([\da-f]{7}\) to the work tree\.$/m);
  });

  test.each([
    [['HEAD'], '- fast + faster'],
    [['main', 'change'], '- slow + fast'],
    [['change', 'main'], '- fast + slow'],
    [['main', '--path', 'tree'], '- slow + faster'],
    [['main', '../new/'], '- slow + quick'],
    [['../old/', '../new/'], '- slow + quick'],
  ])('%j: %s', async (args, fields) => {
    expect(await diff(args)).toMatchObject({ code: 0, stderr: '', fields });
  });

  test('folders without Git', async () => {
    expect(await diff(['./old', './new'], folder)).toMatchObject({ code: 0, stderr: '', fields: '- slow + quick' });
  });

  test('a revision counts before a folder of its name, and ./ says that the folder is meant', async () => {
    write(clone, {
      'main/tree/flux.yaml': flux.replace('./tree', './main/tree'),
      'main/tree/app/settings.yaml': settings('folder'),
    });
    expect((await diff(['main', 'HEAD', '--path', 'tree'])).fields).toBe('- slow + fast');
    expect((await diff(['HEAD', './main', '--path', 'tree'])).stdout).toMatch(/- fast\n *\+ folder/);
    rmSync(join(clone, 'main'), { recursive: true });
  });

  test('a tree that is new, or gone, is created or deleted as a whole', async () => {
    expect((await diff(['main', './other', '--path', 'tree'])).stdout).toContain('2 removed');
    expect((await diff(['./other', 'main', '--path', 'tree'])).stdout).toContain('2 created');
  });
});

describe('how it ends', () => {
  test.each([
    [['main'], 0],
    [['main', '--exit-code'], 1],
    [['main', 'main', '--exit-code'], 0],
  ])('%j: %s', async (args, code) => {
    expect(await diff(args)).toMatchObject({ code, stderr: '' });
  });

  test.each([
    [['main..HEAD'], '"main..HEAD" is a range of Git. Write its ends: espalier diff main HEAD'],
    [['main...'], '"main..." is a range of Git. Write its ends: espalier diff main HEAD'],
    [['nowhere'], '"nowhere" is neither a Git revision of . nor a folder. Give a branch, a tag or a commit'],
    [['main', 'nowhere'], '"nowhere" is neither a Git revision of . nor a folder.'],
    [
      ['mian'],
      '"mian" is neither a Git revision of . nor a folder; did you mean main? Give a branch, a tag or a commit',
    ],
    [['--path', 'nowhere'], 'nowhere does not exist. Give a folder that holds a Flux tree'],
    [['--path', 'other'], 'other has no YAML files, neither in merge base with main'],
    [['--format', 'xml'], '--format "xml": it must be one of pretty, json, markdown, html.'],
    [['--', '-x'], '"-x" is neither a Git revision of . nor a folder.'],
    [['a', 'b', 'c'], 'unexpected "c": espalier diff takes at most 2 arguments.'],
  ])('%j says why it cannot run, without a stack trace', async (args, message) => {
    const { code, stderr, stdout } = await diff(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('says what to name where there is no Git', async () => {
    expect(await diff([], join(folder, 'old'))).toMatchObject({
      code: 2,
      stderr:
        'error: . is not in a Git repository, so there is nothing to compare it with. Name two folders: espalier diff ./old ./new\n',
    });
    expect((await diff(['main'], join(folder, 'old'))).stderr).toContain(
      '. is not in a Git repository: name two folders (espalier diff ./old ./new).\n',
    );
  });
});

test('prints no value of a Secret, not even where a variable brings it elsewhere', async () => {
  const tree = (password: string): Record<string, string> => ({
    'flux.yaml': `${flux}  postBuild: { substituteFrom: [{ kind: Secret, name: login }] }\n`.replace(
      './tree/app',
      './app',
    ),
    'app/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: login, namespace: flux-system }\nstringData: { password: ${password} }\n`,
    'app/settings.yaml': settings('"login with ${password}"'),
  });
  write(join(folder, 'before'), tree('hunter2-before'));
  write(join(folder, 'after'), tree('hunter2-after'));
  for (const format of ['pretty', 'json', 'markdown', 'html']) {
    const { stdout, code } = await diff(['./before', './after', '--format', format], folder);
    expect({ code, told: stdout.includes('(hidden)'), secret: /hunter2/.test(stdout) }).toEqual({
      code: 0,
      told: true,
      secret: false,
    });
  }
});

test('says that a changed policy has to be written to Vault, which Flux does not do', async () => {
  const tree = (key: string, allowed: string): Record<string, string> => ({
    'flux.yaml': flux.replace('./tree/app', './app'),
    'vault/eso.hcl': `path "kv/data/${allowed}" {\n  capabilities = ["read"]\n}\n`,
    'app/store.yaml': `apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: vault }
spec: { provider: { vault: { server: https://vault.example.com, path: kv, auth: { kubernetes: { role: eso } } } } }
`,
    'app/secret.yaml': `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: shop, namespace: default }
spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, dataFrom: [{ extract: { key: ${key} } }] }
`,
  });
  write(join(folder, 'old-policy'), tree('shop', 'shop'));
  write(join(folder, 'new-policy'), tree('shop2', 'shop2'));
  write(join(folder, 'same-policy'), tree('shop2', 'shop'));
  write(join(folder, 'wide-policy'), tree('shop', '*'));
  const todo = async (from: string, to: string) =>
    (await diff([`./${from}`, `./${to}`], folder)).stdout.match(/Before the merge, (?:write `vault|extend).*/)?.[0];
  expect(await todo('old-policy', 'new-policy')).toBe(
    'Before the merge, write `vault/eso.hcl` to Vault (Flux does not): the policy of role `eso` has to allow `kv/data/shop2` (read).',
  );
  expect(await todo('old-policy', 'same-policy')).toBe(
    'Before the merge, extend the policy of role `eso` to allow `kv/data/shop2` (read); `espalier policy` prints it.',
  );
  expect(await todo('wide-policy', 'new-policy')).toBeUndefined();
});
