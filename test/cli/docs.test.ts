import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository, temporaryFolder } from '../repository';

const cwd = temporaryFolder();
const output = join(cwd, 'docs', 'clusters');
const page = join(output, 'home', 'shop.md');

/** A tree of one app. */
function write(data = 'hello'): void {
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(join(cwd, 'clusters', 'home'), { recursive: true });
  mkdirSync(join(cwd, 'apps', 'shop'), { recursive: true });
  writeFileSync(
    join(cwd, 'clusters', 'home', 'shop.yaml'),
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: shop }\nspec: { path: ./apps/shop, interval: 1h, sourceRef: { kind: GitRepository, name: flux-system } }\n',
  );
  writeFileSync(
    join(cwd, 'apps', 'shop', 'page.yaml'),
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${data}, namespace: shop }\ndata: { a: b }\n`,
  );
}

const docs = (...args: string[]) => espalier(['docs', ...args], { cwd });

test("this repository's pages are what its tree says", async () => {
  const { code, stdout, stderr } = await espalier(['docs', 'dist', '--check']);
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: 'docs/clusters/soyo/ is up to date with dist: 5 files.\n',
    stderr: '',
  });
});

test('it writes an index and a page for each app, and nothing when nothing has changed', async () => {
  write();
  expect(await docs()).toEqual({
    code: 0,
    stdout: 'docs/clusters/home/: 2 files, 2 created\n  + README.md\n  + shop.md\n',
    stderr: '',
  });
  expect(readdirSync(join(output, 'home')).sort()).toEqual(['.espalier.sha256', 'README.md', 'shop.md']);
  expect(readFileSync(page, 'utf8')).toContain('[apps/shop/page.yaml](../../../apps/shop/page.yaml)');
  expect((await docs()).stdout).toBe('docs/clusters/home/: 2 files, nothing to change\n');
  expect((await docs('--quiet')).stdout).toBe('');
});

test('--check writes nothing, and fails on pages that are stale, missing or left over', async () => {
  write();
  expect(await docs('--check')).toMatchObject({ code: 1, stderr: expect.stringContaining('2 created') });
  expect(existsSync(output)).toBe(false);
  await docs();
  expect(await docs('--check')).toMatchObject({ code: 0, stderr: '' });

  writeFileSync(
    join(cwd, 'apps', 'shop', 'page.yaml'),
    'apiVersion: v1\nkind: Secret\nmetadata: { name: other, namespace: shop }\ndata: { a: YWE= }\n',
  );
  const stale = await docs('--check');
  expect(stale.code).toBe(1);
  expect(stale.stdout).toContain('-- ConfigMap `hello` has the key `a`\n+- Secret `other` has the key `a`');
  expect(stale.stderr).toBe(
    'error: docs/clusters/home/ is not up to date with . (1 changed). Run espalier docs and commit the result.\n',
  );

  const ks = join(cwd, 'clusters', 'home', 'shop.yaml');
  writeFileSync(ks, readFileSync(ks, 'utf8').replace('name: shop,', 'name: store,'));
  expect(await docs('--check')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('1 created, 1 changed, 1 deleted'),
  });
});

test("people's own files stay, and edited pages are kept unless forced", async () => {
  write();
  await docs();
  writeFileSync(join(output, 'home', 'runbook.md'), 'ours');
  writeFileSync(page, `${readFileSync(page, 'utf8')}\nours, too\n`);
  const refused = await docs();
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain(
    'shop.md (edited)\nMove what was added there into the tree, for example into descriptions',
  );
  expect(refused.stderr).toContain('espalier docs --force overwrites or deletes it.');
  const forced = await docs('--force');
  expect(forced.stdout).toContain('kept, not written by espalier: runbook.md');
  expect(readFileSync(page, 'utf8')).not.toContain('ours, too');
  expect(readFileSync(join(output, 'home', 'runbook.md'), 'utf8')).toBe('ours');
});

test('--cluster names a single cluster, and chooses one of several', async () => {
  write();
  expect((await docs('--cluster', 'soyo', '--output', 'pages')).stdout).toContain('pages/soyo/: 2 files');
  expect(await docs('--cluster', '../x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('it becomes the name of a folder, so use only letters'),
  });
  const fleet = (...args: string[]) =>
    espalier(['docs', 'examples/fleet/dist', '--output', join(cwd, 'fleet'), ...args], { cwd: repository });
  expect((await fleet('--cluster', 'staging')).code).toBe(0);
  expect(readdirSync(join(cwd, 'fleet'))).toEqual(['staging']);
  expect(await fleet('--cluster', 'prod')).toMatchObject({
    code: 2,
    stderr: 'error: --cluster "prod": there is no such cluster. The clusters are production, staging.\n',
  });
});

test('a tree without Flux has nothing to document, and says what is needed', async () => {
  write();
  rmSync(join(cwd, 'clusters'), { recursive: true });
  expect(await docs()).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: \. has no Flux Kustomization .* Name the folder of a Flux tree/),
  });
  expect(await docs('nowhere')).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere does not exist') });
});
