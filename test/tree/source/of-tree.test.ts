import { join, relative } from 'node:path';
import { renderTree } from '../../../lib/tree';
import { locate, sourceOfTree } from '../../../lib/tree/source';
import { temporaryFolder } from '../../repository';

const outdir = join(temporaryFolder(), 'dist');
const value = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { on: 'yes' } };
const files = [
  { path: 'apps/b.yaml', madeBy: 'B at b', documents: [value, { ...value, metadata: { name: 'y' } }] },
  { path: 'a.yaml', madeBy: 'A at a', documents: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }] },
];

test('a tree in memory is a source whose values are its own', () => {
  const tree = sourceOfTree({ files }, renderTree({ files }, { schemaHost: false }), outdir);
  expect([...tree.files.keys()]).toEqual(['a.yaml', 'apps/b.yaml']);
  expect(tree.location).toBe(outdir);
  expect(tree.prefix).toBe(relative(process.cwd(), outdir));
  expect(tree.list('')).toEqual([
    { name: 'a.yaml', type: 'file' },
    { name: 'apps', type: 'folder' },
  ]);
  expect([tree.typeOf('', 'apps'), tree.typeOf('apps', 'b.yaml')]).toEqual(['folder', 'file']);
  const file = tree.file('apps/b.yaml');
  expect(file?.documents[0]?.value).toBe(value);
  expect(file?.documents.map(({ index }) => index)).toEqual([0, 1]);
  expect(file?.text).toContain('# Made by B at b');
  expect(Buffer.from(tree.read('apps/b.yaml') ?? []).toString()).toBe(file?.text);
  const second = file?.documents[1];
  expect(second && locate(second, ['metadata', 'name'])).toEqual({ line: 13, column: 9 });
});
