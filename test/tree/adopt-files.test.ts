import { execFileSync } from 'node:child_process';
import fs, { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adoptFiles } from '../../lib/tree/adopt-files';
import { ownershipFile, parseOwnership, sha256 } from '../../lib/tree/ownership';
import { isUpToDate } from '../../lib/tree/plan';
import { compareTree, writeTree } from '../../lib/tree/write';
import { put, snapshot, temporaryFolder, tree } from './folder';

const mine = { 'apps/web/ks.yaml': 'kind: A # mine\n', 'apps/web/app/cm.yaml': 'kind: B\n' };
const made = { 'apps/web/ks.yaml': 'kind: A\n', 'apps/web/app/cm.yaml': 'kind: B\n' };
const hashes = (files: Readonly<Record<string, string>>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, sha256(text)]));

/** A repository of people's files, of which two are taken over. */
function repository(): string {
  const root = temporaryFolder();
  put(root, { ...mine, 'README.md': 'mine\n', 'apps/other/ks.yaml': 'mine\n', 'apps/web/values.yaml': 'mine\n' });
  adoptFiles(root, hashes(mine));
  return root;
}
const ownership = (root: string) => parseOwnership(readFileSync(join(root, ownershipFile), 'utf8'), '');

test('what is taken over stays as it is; a tree that makes it replaces it, and then it is Espalier’s', () => {
  const root = repository();
  expect(ownership(root)).toEqual({ hashes: new Map(), adopted: hashes(mine), incomplete: false });
  expect(snapshot(root)).toMatchObject(mine);
  const result = writeTree(tree(made), root);
  expect(result).toMatchObject({
    conflicts: [],
    changed: [{ path: 'apps/web/ks.yaml' }],
    foreign: ['apps/web/values.yaml'],
  });
  expect(ownership(root)).toEqual({
    hashes: new Map([...hashes(made)].map(([path, hash]) => [path, [hash]])),
    incomplete: false,
  });
  expect(execFileSync('sha256sum', ['-c', '--strict', ownershipFile], { cwd: root, encoding: 'utf8' })).toBe(
    'apps/web/app/cm.yaml: OK\napps/web/ks.yaml: OK\n',
  );
  expect(snapshot(root)).toMatchObject({ 'README.md': 'mine\n', 'apps/other/ks.yaml': 'mine\n' });
});

test('what the tree does not make is neither deleted nor forgotten', () => {
  const root = repository();
  const { 'apps/web/ks.yaml': _, ...one } = made;
  for (let run = 0; run < 2; run += 1) {
    expect(writeTree(tree(one), root)).toMatchObject({ pruned: [], conflicts: [], written: run === 0 });
    expect(ownership(root).adopted).toEqual(hashes({ 'apps/web/ks.yaml': mine['apps/web/ks.yaml'] }));
    expect(snapshot(root)).toMatchObject(mine);
  }
  const state = compareTree(tree(one), root);
  expect([isUpToDate(state), state.ownershipCurrent]).toEqual([true, true]);
});

test('what was edited since it was taken over is not replaced', () => {
  const root = repository();
  writeFileSync(join(root, 'apps/web/ks.yaml'), 'kind: C\n');
  expect(() => writeTree(tree(made), root)).toThrow('apps/web/ks.yaml (edited)');
  expect(snapshot(root)).toMatchObject({ 'apps/web/ks.yaml': 'kind: C\n' });
});

test('what is Espalier’s already stays so', () => {
  const root = repository();
  writeTree(tree(made), root);
  const before = snapshot(root);
  adoptFiles(root, hashes(made));
  expect(snapshot(root)).toEqual(before);
});

test('a run that was cut short before it replaced a file does not make it Espalier’s to delete', () => {
  const root = repository();
  const { renameSync } = fs;
  const rename = jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (String(to).endsWith('ks.yaml')) throw Object.assign(new Error('cut'), { code: 'EIO' });
    renameSync(from, to);
  });
  expect(() => writeTree(tree(made), root)).toThrow('is incomplete');
  rename.mockRestore();
  expect(ownership(root).incomplete).toBe(true);
  writeTree(tree({ 'x.yaml': 'x\n' }), root);
  expect(snapshot(root)).toMatchObject({ 'apps/web/ks.yaml': mine['apps/web/ks.yaml'] });
});

test('folders that hold nothing of Espalier’s are not looked into', () => {
  const root = repository();
  mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
  mkdirSync(join(root, '.espalier', 'schemas'), { recursive: true });
  const read = jest.spyOn(fs, 'readdirSync');
  writeTree(tree(made), root);
  const looked = new Set(read.mock.calls.map(([path]) => String(path).slice(root.length).replace(/^\/$/, '')));
  read.mockClear();
  writeTree(tree(made), root);
  // Without the lock: nothing is to be written, and another folder of Espalier's is no lock.
  expect(read.mock.calls).toHaveLength(4);
  read.mockRestore();
  expect([...looked].sort()).toEqual(['', '/apps', '/apps/web', '/apps/web/app']);
});

describe('what the tree has under another path', () => {
  const old = { 'apps/web/both.yaml': 'kind: A\n---\nkind: B\n' };
  const tidied = { 'apps/web/a.yaml': 'kind: A\n', 'apps/web/b.yaml': 'kind: B\n' };
  const moved = new Map([['apps/web/both.yaml', { hash: sha256(old['apps/web/both.yaml']), to: 'apps/web/a.yaml' }]]);
  function moving(): string {
    const root = temporaryFolder();
    put(root, { ...old, 'README.md': 'mine\n' });
    adoptFiles(root, new Map(), moved);
    return root;
  }
  const there = { ...tidied, 'README.md': 'mine\n' };
  const files = (root: string) => {
    const all = Object.entries(snapshot(root));
    return Object.fromEntries(all.filter(([path]) => path !== ownershipFile && !path.endsWith('/')));
  };

  test('is deleted by the write of that tree alone', () => {
    const root = moving();
    writeTree(tree({ 'x.yaml': 'x\n' }), root);
    expect(files(root)).toEqual({ ...old, 'README.md': 'mine\n', 'x.yaml': 'x\n' });
    expect(ownership(root).moved).toEqual(moved);
    expect(writeTree(tree(tidied), root)).toMatchObject({ conflicts: [], written: true });
    expect(files(root)).toEqual(there);
    expect(ownership(root)).toEqual({
      hashes: new Map([...hashes(tidied)].map(([path, hash]) => [path, [hash]])),
      incomplete: false,
    });
  });

  test('is kept where somebody has edited it since', () => {
    const root = moving();
    writeFileSync(join(root, 'apps/web/both.yaml'), 'kind: C\n');
    expect(() => writeTree(tree(tidied), root)).toThrow('apps/web/both.yaml (edited, and no longer part of the tree)');
    expect(files(root)).toEqual({ 'apps/web/both.yaml': 'kind: C\n', 'README.md': 'mine\n' });
  });

  test.each(['unlinkSync', 'renameSync'] as const)('after a run that was cut short at %s', (name) => {
    const root = moving();
    const original = fs[name] as (...args: unknown[]) => void;
    const cut = jest.spyOn(fs, name).mockImplementation((...args: unknown[]) => {
      if (args.some((path) => /(?:both|b)\.yaml$/.test(String(path))))
        throw Object.assign(new Error('cut'), { code: 'EIO' });
      original(...args);
    });
    expect(() => writeTree(tree(tidied), root)).toThrow('is incomplete');
    cut.mockRestore();
    // Code that does not have it deletes nothing.
    if (name === 'unlinkSync') writeTree(tree({ 'x.yaml': 'x\n' }), root);
    if (name === 'unlinkSync') expect(files(root)).toMatchObject(old);
    writeTree(tree(tidied), root);
    expect(files(root)).toEqual(there);
  });
});
