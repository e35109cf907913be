import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ownershipFile, parseOwnership, patchOwnership, printOwnership, sha256 } from '../../lib/tree/ownership';
import { patchTree } from '../../lib/tree/patch';
import { compareTree, writeTree } from '../../lib/tree/write';
import { injectFault } from './faults';
import { identity, put, snapshot, temporaryFolder, tree } from './folder';

const files = { 'a/b.yaml': 'b\n', 'a/c.yaml': 'c\n', 'd/e/f.yaml': 'f\n', 'g.yaml': 'g\n' };
const patch = { 'a/b.yaml': 'b2\n', 'd/e/f.yaml': undefined, 'n/e/w.yaml': 'w\n', 'a/new.yaml': 'n\n' };
const patched = { 'a/b.yaml': 'b2\n', 'a/c.yaml': 'c\n', 'a/new.yaml': 'n\n', 'g.yaml': 'g\n', 'n/e/w.yaml': 'w\n' };

function changesOf(files: { readonly [path: string]: string | undefined }): Map<string, string | undefined> {
  return new Map(Object.entries(files));
}

function written(): { outdir: string; ownership: string } {
  const outdir = join(temporaryFolder(), 'dist');
  return { outdir, ownership: writeTree(tree(files), outdir).ownership };
}

function asWritten(all: { readonly [path: string]: string }): { [path: string]: string } {
  const outdir = join(temporaryFolder(), 'dist');
  writeTree(tree(all), outdir);
  return snapshot(outdir);
}

test('files are changed, made and deleted, folders with them, and the ownership file is that of a whole write', () => {
  const { outdir, ownership } = written();
  const result = patchTree(changesOf(patch), ownership, outdir);
  expect(result).toEqual({
    created: [
      { path: 'a/new.yaml', before: undefined, after: 'n\n' },
      { path: 'n/e/w.yaml', before: undefined, after: 'w\n' },
    ],
    changed: [{ path: 'a/b.yaml', before: 'b\n', after: 'b2\n' }],
    pruned: [{ path: 'd/e/f.yaml', before: 'f\n', after: undefined }],
    written: true,
    ownership: readFileSync(join(outdir, ownershipFile), 'utf8'),
  });
  expect(snapshot(outdir)).toEqual(asWritten(patched));
  expect(compareTree(tree(patched), outdir).ownershipCurrent).toBe(true);
});

test('files that are not named are neither read nor touched', () => {
  const { outdir, ownership } = written();
  put(outdir, { 'g.yaml': 'edited\n' });
  const before = identity(join(outdir, 'g.yaml'));
  const first = patchTree(changesOf(patch), ownership, outdir);
  if ('impossible' in first) throw new Error(first.impossible);
  expect(patchTree(changesOf({ 'a/b.yaml': 'b3\n' }), first.ownership, outdir)).toMatchObject({ written: true });
  expect(identity(join(outdir, 'g.yaml'))).toEqual(before);
});

test('what is as it should be is not written', () => {
  const { outdir, ownership } = written();
  const before = identity(join(outdir, ownershipFile));
  const result = patchTree(changesOf({ 'a/b.yaml': 'b\n', 'none.yaml': undefined }), ownership, outdir);
  expect(result).toEqual({ created: [], changed: [], pruned: [], written: false, ownership });
  expect(identity(join(outdir, ownershipFile))).toEqual(before);
});

test('a folder that still holds something is kept', () => {
  const { outdir, ownership } = written();
  put(outdir, { 'd/README.md': 'mine\n' });
  patchTree(changesOf({ 'd/e/f.yaml': undefined, 'a/b.yaml': undefined }), ownership, outdir);
  expect(Object.keys(snapshot(outdir)).sort()).toEqual([
    '.espalier.sha256',
    'a/',
    'a/c.yaml',
    'd/',
    'd/README.md',
    'g.yaml',
  ]);
});

describe('is left to writeTree, and nothing is written', () => {
  const unwritten: [why: string, change: (outdir: string) => void, says: string][] = [
    [
      'a file that was edited',
      (outdir) => put(outdir, { 'a/b.yaml': 'mine\n' }),
      'a/b.yaml is not as espalier left it',
    ],
    ['a file that is gone', (outdir) => rmSync(join(outdir, 'd/e/f.yaml')), 'd/e/f.yaml is not as espalier left it'],
    ["somebody else's file", (outdir) => put(outdir, { 'n/e/w.yaml': 'w\n' }), 'n/e/w.yaml is not as espalier left it'],
    [
      'a folder in the place',
      (outdir) => put(outdir, { 'n/e/w.yaml/x': 'x' }),
      'n/e/w.yaml is not as espalier left it',
    ],
    ['a file in the way', (outdir) => put(outdir, { n: 'x' }), 'something is in the way of n/e/w.yaml'],
    ['a link in the way', (outdir) => symlinkSync('a', join(outdir, 'n')), 'something is in the way of n/e/w.yaml'],
    [
      'a file that is a link to its own content',
      (outdir) => {
        put(outdir, { copy: 'b\n' });
        rmSync(join(outdir, 'a/b.yaml'));
        symlinkSync('../copy', join(outdir, 'a/b.yaml'));
      },
      'a/b.yaml is not as espalier left it',
    ],
    ['no ownership file', (outdir) => rmSync(join(outdir, ownershipFile)), '.espalier.sha256 is not as it was left'],
    [
      'another write since',
      (outdir) => writeTree(tree({ ...files, 'more.yaml': 'm\n' }), outdir),
      '.espalier.sha256 is not as it was left',
    ],
  ];
  test.each(unwritten)('%s', (_, change, says) => {
    const { outdir, ownership } = written();
    change(outdir);
    const before = snapshot(outdir);
    expect(patchTree(changesOf(patch), ownership, outdir)).toEqual({ impossible: says });
    expect(snapshot(outdir)).toEqual(before);
  });

  test('no folder, a path that leaves it, an incomplete state, a file that is not of the writer', () => {
    const { outdir, ownership } = written();
    const impossible = (...args: Parameters<typeof patchTree>) =>
      expect(patchTree(...args)).toHaveProperty('impossible');
    impossible(changesOf(patch), ownership, join(outdir, 'none'));
    impossible(changesOf({ '../x': 'x' }), ownership, outdir);
    impossible(changesOf({ '.git/config': undefined }), ownership, outdir);
    const incomplete = printOwnership({ ...parseOwnership(ownership, ''), incomplete: true });
    put(outdir, { [ownershipFile]: incomplete });
    impossible(changesOf(patch), incomplete, outdir);
    impossible(changesOf(patch), ownership, outdir, { writer: { command: 'another', instead: 'Fix that' } });
    impossible(changesOf(patch), ownership.trimEnd(), outdir);
  });

  test('a folder that changes its case: on some file systems both are one', () => {
    const { outdir, ownership } = written();
    expect(patchTree(changesOf({ 'd/e/f.yaml': undefined, 'D/e/f.yaml': 'f\n' }), ownership, outdir)).toEqual({
      impossible: 'the folder d changes its case',
    });
  });
});

test('a folder that cannot be written is named, and as it was (not as root, whom no mode stops)', () => {
  if (process.getuid?.() === 0) return;
  const { outdir, ownership } = written();
  chmodSync(outdir, 0o555);
  expect(() => patchTree(changesOf(patch), ownership, outdir)).toThrow('cannot be written');
  chmodSync(outdir, 0o755);
});

/** Stands for SIGKILL within the process: every later change throws it again. */
class Killed extends Error {}

test.each(['before', 'halfway'] as const)(
  'killed %s any change of the file system: old, new or marked incomplete; the next write finishes it',
  (where) => {
    const outcomes = new Set<string>();
    for (let at = 0, killed = true; killed; at++) {
      if (at > 100) throw new Error('it would never end');
      const { outdir, ownership } = written();
      const end = injectFault(at, where, () => {
        throw new Killed();
      });
      try {
        patchTree(changesOf(patch), ownership, outdir);
        killed = false;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      } finally {
        end();
      }
      const text = readFileSync(join(outdir, ownershipFile), 'utf8');
      const outcome = parseOwnership(text, '').incomplete ? 'incomplete' : text === ownership ? 'old' : 'new';
      outcomes.add(outcome);
      const plan = compareTree(tree(outcome === 'old' ? files : patched), outdir);
      if (outcome !== 'incomplete') expect(plan).toMatchObject({ created: [], changed: [], pruned: [] });
      expect(plan.conflicts).toEqual([]);
      if (outcome !== 'new') writeTree(tree(patched), outdir);
      // A run that finds nothing to do may leave a killed run's staging folder to the next that writes.
      writeTree(tree(files), outdir);
      expect(snapshot(outdir)).toEqual(asWritten(files));
    }
    expect([...outcomes]).toEqual(['old', 'incomplete', 'new']);
  },
);

test('a disk that is full at any write: byte for byte as it was', () => {
  for (let at = 0, failed = true; failed; at++) {
    if (at > 100) throw new Error('it would never end');
    const { outdir, ownership } = written();
    const before = snapshot(outdir);
    const end = injectFault(at, 'halfway', (name) => {
      if (name === 'writeFileSync' || name === 'mkdirSync') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    try {
      patchTree(changesOf(patch), ownership, outdir);
      failed = false;
    } catch (error) {
      expect(String(error)).toContain('cannot be written (full); it is as it was. The disk is full');
      expect(snapshot(outdir)).toEqual(before);
    } finally {
      end();
    }
  }
});

const paths = fc.constantFrom('a', 'b/a', 'b/b', 'b/c/d', 'B/a', 'e/f/g', 'ä/ö', '\u{1F600}', '\uFF5E');
const contents = fc.constantFrom('1\n', '2\n', 'ä\n');
const trees = fc.dictionary(paths, contents);

test('from any tree to any other: the folder is that of a whole write', () => {
  fc.assert(
    fc.property(trees, trees, (from, to) => {
      const outdir = join(temporaryFolder(), 'dist');
      mkdirSync(outdir);
      const { ownership } = writeTree(tree(from), outdir);
      const changes = changesOf({ ...Object.fromEntries(Object.keys(from).map((path) => [path, undefined])), ...to });
      const result = patchTree(changes, ownership, outdir);
      if ('impossible' in result) {
        expect(result.impossible).toMatch(/changes its case$/);
        expect(snapshot(outdir)).toEqual(asWritten(from));
      } else {
        const { created, changed, pruned, ownershipCurrent } = compareTree(tree(to), outdir);
        expect([created, changed, pruned, ownershipCurrent]).toEqual([[], [], [], true]);
        expect(result.ownership).toBe(readFileSync(join(outdir, ownershipFile), 'utf8'));
        if (Object.keys(to).length > 0) expect(snapshot(outdir)).toEqual(asWritten(to));
      }
    }),
  );
});

test('the ownership file while files change is what a whole write prints', () => {
  fc.assert(
    fc.property(trees, fc.dictionary(paths, fc.option(contents, { nil: undefined })), (from, changes) => {
      const before = new Map(Object.entries(from).map(([path, text]) => [path, [sha256(text)]]));
      const during = new Map(before);
      const final = new Map(before);
      const hashes = new Map<string, string | undefined>();
      for (const [path, text] of Object.entries(changes)) {
        const hash = text === undefined ? undefined : sha256(text);
        hashes.set(path, hash);
        if (hash === undefined) final.delete(path);
        else {
          final.set(path, [hash]);
          during.set(path, [...new Set([...(before.get(path) ?? []), hash])]);
        }
      }
      expect(patchOwnership(printOwnership({ hashes: before, incomplete: false }), hashes)).toMatchObject({
        during: printOwnership({ hashes: during, incomplete: true }),
        final: printOwnership({ hashes: final, incomplete: false }),
      });
    }),
  );
});
