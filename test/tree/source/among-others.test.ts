import { join } from 'node:path';
import { liesAmongOthers } from '../../../lib/tree/source';
import { writeTree } from '../../../lib/tree/write';
import { put, temporaryFolder, tree } from '../folder';

const files = tree({ 'kubernetes/apps/shop/shop/app/a.yaml': 'a\n', 'kubernetes/flux/ks.yaml': 'a\n' });

test.each<[string, Readonly<Record<string, string>>, boolean]>([
  ['nothing else', {}, false],
  ['what is not YAML', { 'README.md': '', 'vault/a.hcl': '' }, false],
  ['hidden folders', { '.github/a.yaml': '', 'node_modules/a/b.yaml': '' }, false],
  ['a file beside the folders of the tree', { 'kubernetes/a.yaml': '' }, true],
  ['a folder of apps', { 'kubernetes/apps/media/jellyfin/ks.yaml': '' }, true],
  ['a repository', { '.git/config': '' }, true],
])('with %s', (_, others, expected) => {
  const outdir = join(temporaryFolder(), 'dist');
  put(outdir, others);
  writeTree(files, outdir);
  expect(liesAmongOthers(files, outdir)).toBe(expected);
});

test('what an earlier run wrote is nobody else’s', () => {
  const outdir = join(temporaryFolder(), 'dist');
  writeTree(tree({ 'old/a.yaml': 'a\n' }), outdir);
  expect(liesAmongOthers(files, outdir)).toBe(false);
});

test('the folder that the command runs in, or one above', () => {
  for (const outdir of ['.', '..']) expect(liesAmongOthers(files, outdir)).toBe(true);
});

test('one that is not there yet', () => {
  expect(liesAmongOthers(files, join(temporaryFolder(), 'none'))).toBe(false);
});
