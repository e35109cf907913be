import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, spawnEspalier } from '../repository';
import { folder, lib } from './project';

const yaml = 'dist/kubernetes/apps/shop/shop/app/shop.yaml';

/** A folder with an app whose images are in a file of their own, and its tree. */
async function project(name: string, images: string): Promise<string> {
  const cwd = join(folder, 'images', name);
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(join(cwd, 'apps'), { recursive: true });
  writeFileSync(
    join(cwd, 'main.ts'),
    `import { App, Application, Cluster, Manifest } from ${JSON.stringify(lib)};
import { values } from './apps/shop';
const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
new Manifest(new Application(home, 'shop').directory, 'shop', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'shop' }, data: values });
app.synth();
`,
  );
  const begin = `import { pinned, pinnedParts } from ${JSON.stringify(lib)};\n`;
  writeFileSync(join(cwd, 'apps', 'shop.ts'), `${begin}${images}`);
  expect((await espalier(['synth', '--quiet'], { cwd })).stderr).toBe('');
  return cwd;
}

const read = (cwd: string, path: string) => readFileSync(join(cwd, path), 'utf8');

/** Writes the tree's file as image-automation-controller does: see test/tree/image-edits.test.ts. */
function automate(cwd: string, ...values: [before: string, after: string][]): string {
  const written = read(cwd, yaml);
  let text = written.replace('---\n', '');
  for (const [before, after] of values) {
    expect(text).toContain(before);
    text = text.replace(before, after);
  }
  writeFileSync(join(cwd, yaml), text);
  return written;
}

const shop = `export const values = {
  web: pinned('ghcr.io/acme/shop', '1.4.2', { policy: 'flux-system:shop' }),
  other: pinned('ghcr.io/acme/other', '1.4.2', { policy: 'flux-system:other' }),
  ...pinnedParts(
    "ghcr.io/acme/worker",
    '2.0.0',
    { policy: 'flux-system:worker' },
  ),
};
`;

test('an image that Flux has set is written into the source, where the next run finds it', async () => {
  const cwd = await project('accepted', shop);
  const written = automate(
    cwd,
    ['web: ghcr.io/acme/shop:1.4.2 #', 'web: ghcr.io/acme/shop:1.5.0 #'],
    ['tag: "2.0.0" #', 'tag: "2.1" #'],
  );
  const source = read(cwd, 'apps/shop.ts');

  const refused = await espalier(['synth'], { cwd });
  expect(refused).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: dist/: image automation wrote this file, in which nothing else was edited:
  kubernetes/apps/shop/shop/app/shop.yaml, ghcr.io/acme/shop:1.4.2 → ghcr.io/acme/shop:1.5.0, 2.0.0 → 2.1
Run espalier synth --accept-images: it writes the images into the source, too.
`,
  });
  expect(await espalier(['synth', '--check'], { cwd })).toEqual({ ...refused, code: 1 });
  expect(read(cwd, 'apps/shop.ts')).toBe(source);

  const { code, stdout, stderr } = spawnEspalier(['synth', '--accept-images'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('  ~ kubernetes/apps/shop/shop/app/shop.yaml\n');
  expect(stdout).toContain("apps/shop.ts:3: pinned('ghcr.io/acme/shop', '1.5.0'\n");
  expect(read(cwd, 'apps/shop.ts')).toBe(
    source.replace("shop', '1.4.2'", "shop', '1.5.0'").replace("'2.0.0'", "'2.1'"),
  );
  expect(read(cwd, yaml)).toBe(written.replace('shop:1.4.2', 'shop:1.5.0').replace('tag: "2.0.0" #', 'tag: "2.1" #'));
  expect((await espalier(['synth', '--check'], { cwd })).code).toBe(0);
  expect((await espalier(['synth', '--accept-images'], { cwd })).stdout).toContain('nothing to change');
});

test('with a digest, and where the source has the image already', async () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const cwd = await project('digest', shop);
  const after = `web: ghcr.io/acme/shop:1.5.0@${digest} #`;
  const written = automate(cwd, ['web: ghcr.io/acme/shop:1.4.2 #', after]);
  expect(spawnEspalier(['synth', '--accept-images'], { cwd }).code).toBe(0);
  expect(read(cwd, 'apps/shop.ts')).toContain(`pinned('ghcr.io/acme/shop', '1.5.0@${digest}',`);
  expect(read(cwd, yaml)).toBe(written.replace('web: ghcr.io/acme/shop:1.4.2 #', after));

  // Renovate was there first: the file differs in its form alone.
  automate(cwd);
  expect((await espalier(['synth'], { cwd })).stderr).toContain('Run espalier synth --accept-images');
  expect(spawnEspalier(['synth', '--accept-images', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(read(cwd, yaml)).toBe(written.replace('web: ghcr.io/acme/shop:1.4.2 #', after));
});

test('a version that somebody has set in the source is no edit of the tree', async () => {
  const cwd = await project('source', shop);
  writeFileSync(join(cwd, 'apps/shop.ts'), read(cwd, 'apps/shop.ts').replace("shop', '1.4.2'", "shop', '1.6.0'"));
  expect((await espalier(['synth'], { cwd })).code).toBe(0);
  expect(read(cwd, yaml)).toContain('ghcr.io/acme/shop:1.6.0 #');
});

const next: [string, string] = ['web: ghcr.io/acme/shop:1.4.2 #', 'web: ghcr.io/acme/shop:1.5.0 #'];

test.each<[string, string, [string, string][], string]>([
  [
    'another edit beside the image',
    shop,
    [next, ['name: shop', 'name: shop2']],
    'dist: this file would be lost:\n  kubernetes/apps/shop/shop/app/shop.yaml (edited)',
  ],
  [
    'an image that is no literal text in the source',
    "const tag = '1.4.2';\nexport const values = { web: pinned('ghcr.io/acme/shop', tag, { policy: 'flux-system:shop' }) };\n",
    [next],
    "ImagePolicy flux-system:shop: no source file below ./ has its image as literal texts. Write pinned('ghcr.io/acme/shop', '1.4.2', { policy: 'flux-system:shop' }) there",
  ],
  [
    'an image that may be from several calls',
    "const policy = 'flux-system:shop';\nexport const values = { web: pinned('ghcr.io/acme/shop', '1.4.2', { policy }), b: pinned('ghcr.io/acme/shop', '1.4.2', { policy: policy }) };\n",
    [next],
    'its image may be from any of apps/shop.ts:3, apps/shop.ts:3. Name the policy in one of them',
  ],
  [
    'code in place of a tag',
    shop,
    [['web: ghcr.io/acme/shop:1.4.2 #', `web: "ghcr.io/acme/shop:1.5'+evil()+'" #`]],
    'ImagePolicy flux-system:shop: the tree has "ghcr.io/acme/shop:1.5\'+evil()+\'". Allowed: an image pinned',
  ],
  [
    'a tag that moves, which the source refuses',
    shop,
    [['web: ghcr.io/acme/shop:1.4.2 #', 'web: ghcr.io/acme/shop:latest #']],
    'ImagePolicy flux-system:shop: the tree has "ghcr.io/acme/shop:latest". Allowed: an image pinned',
  ],
  [
    'two values of one policy',
    shop.replaceAll(
      /other: pinned\(.*\)/g,
      "other: pinned('ghcr.io/acme/shop', '1.4.2', { policy: 'flux-system:shop' })",
    ),
    [
      ['web: ghcr.io/acme/shop:1.4.2 #', 'web: ghcr.io/acme/shop:1.5.0 #'],
      ['other: ghcr.io/acme/shop:1.4.2 #', 'other: ghcr.io/acme/shop:1.6.0 #'],
    ],
    'ImagePolicy flux-system:shop: the tree has two values of its tag, 1.5.0 and 1.6.0',
  ],
])('%s is refused, and all files stay', async (name, images, edits, message) => {
  const cwd = await project(name.replaceAll(' ', '-'), images);
  automate(cwd, ...edits);
  const files = () => [read(cwd, yaml), read(cwd, 'apps/shop.ts'), read(cwd, 'dist/.espalier.sha256')];
  const before = files();
  const { code, stderr } = await espalier(['synth', '--accept-images'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  expect(files()).toEqual(before);
});

test('an image that another file has, too, in which the automation did not set it, is refused', async () => {
  const cwd = await project('clusters', shop);
  const main = read(cwd, 'main.ts');
  const second =
    "new Manifest(new Application(home, 'shop2').directory, 'shop', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'shop2' }, data: values });";
  writeFileSync(join(cwd, 'main.ts'), main.replace('app.synth', `${second}\napp.synth`));
  expect((await espalier(['synth'], { cwd })).code).toBe(0);
  automate(cwd, next);
  const { code, stderr } = spawnEspalier(['synth', '--accept-images'], { cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(
      'set ghcr.io/acme/shop:1.5.0 in kubernetes/apps/shop/shop/app/shop.yaml, and not in kubernetes/apps/shop2/shop2/app/shop.yaml',
    ),
  });
  expect(read(cwd, 'apps/shop.ts')).not.toContain('1.5.0');
});

test('where the run after it fails, the source is as it was', async () => {
  const cwd = await project('failing', shop);
  const main = join(cwd, 'main.ts');
  writeFileSync(main, `${read(cwd, 'main.ts')}if (values.web.includes('1.5.0')) throw new Error('not this one');\n`);
  automate(cwd, next);
  const source = read(cwd, 'apps/shop.ts');
  const { code, stderr } = spawnEspalier(['synth', '--accept-images'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('not this one') });
  expect(read(cwd, 'apps/shop.ts')).toBe(source);
});

test('it is not for --check or --watch', async () => {
  const { code, stderr } = await espalier(['synth', '--accept-images', '--check'], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--accept-images writes the source') });
});
