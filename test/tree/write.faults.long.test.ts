import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownershipFile, parseOwnership } from '../../lib/tree/ownership';
import { isUpToDate } from '../../lib/tree/plan';
import { compareTree, writeTree } from '../../lib/tree/write';
import { injectFault } from './faults';
import { put, snapshot, temporaryFolder, tree } from './folder';

const old = { 'a/keep.yaml': 'keep\n', 'a/change.yaml': 'old\n', 'gone/only/x.yaml': 'x\n', 'left/y.yaml': 'y\n' };
const next = { 'a/keep.yaml': 'keep\n', 'a/change.yaml': 'new, longer\n', 'n/e/w.yaml': 'w\n', 'n/z.yaml': 'z\n' };
const foreign = { 'left/README.md': 'mine\n', 'NOTES.md': 'mine\n' };

/** A run makes far fewer changes than this: a loop that gets here would never end, and fill the disk with folders. */
function endsBefore(at: number): void {
  if (at > 200) throw new Error('the fault that was put in is not the one that is met');
}

/** A folder with the old tree and files of somebody else. */
function folderWithOldTree(): string {
  const outdir = join(temporaryFolder(), 'dist');
  writeTree(tree(old), outdir);
  put(outdir, foreign);
  return outdir;
}

/** What a reader sees: the files of the tree and the ownership file, without folders and staging. */
function visible(outdir: string): { [path: string]: string } {
  return Object.fromEntries(
    Object.entries(snapshot(outdir)).filter(([path]) => !path.endsWith('/') && !path.includes('-staging')),
  );
}

const expected = (files: { readonly [path: string]: string }, force = {}): { [path: string]: string } => {
  const outdir = join(temporaryFolder(), 'dist');
  put(outdir, force);
  writeTree(tree(files), outdir);
  return snapshot(outdir);
};

/** All old, all new, or marked incomplete with every file that differs from the old tree known by its hash. */
function expectWholeOrMarked(
  outdir: string,
  before: { readonly [path: string]: string },
): 'old' | 'new' | 'incomplete' {
  const seen = visible(outdir);
  const files = (all: { readonly [path: string]: string }) =>
    Object.fromEntries(Object.entries(all).filter(([path]) => !path.endsWith('/')));
  if (JSON.stringify(seen) === JSON.stringify(files(before))) return 'old';
  const complete = files(expected(next, foreign));
  const ownership = seen[ownershipFile];
  expect(ownership).toBeDefined();
  if (parseOwnership(ownership ?? '', '').incomplete) return 'incomplete';
  expect(seen).toEqual(complete);
  return 'new';
}

describe.each(['before', 'halfway'] as const)('killed %s a change of the file system', (where) => {
  test('at any of them, in the process: old, new or marked; the next run completes it and leaves nothing behind', () => {
    const outcomes: string[] = [];
    for (let at = 0, killed = true; killed; at++) {
      endsBefore(at);
      const outdir = folderWithOldTree();
      const before = visible(outdir);
      const end = injectFault(at, where, () => {
        throw new Killed();
      });
      try {
        writeTree(tree(next), outdir);
        killed = false;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      } finally {
        end();
      }
      const outcome = expectWholeOrMarked(outdir, before);
      outcomes.push(outcome);
      if (outcome !== 'new') expect(isUpToDate(compareTree(tree(next), outdir))).toBe(false);
      writeTree(tree(next), outdir);
      expect(snapshot(outdir)).toEqual(expected(next, foreign));
    }
    expect([...new Set(outcomes)]).toEqual(['old', 'incomplete', 'new']);
    expect(outcomes.length).toBeGreaterThan(15);
  });

  test('at any of them, and then the author goes back to the old tree: nothing of the new one is left', () => {
    for (let at = 0, killed = true; killed; at++) {
      endsBefore(at);
      const outdir = folderWithOldTree();
      const before = snapshot(outdir);
      const end = injectFault(at, where, () => {
        throw new Killed();
      });
      try {
        writeTree(tree(next), outdir);
        killed = false;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      } finally {
        end();
      }
      writeTree(tree(old), outdir);
      // A run that finds nothing to do may leave a killed run's staging folder to the next that writes.
      writeTree(tree({ ...old, 'more.yaml': 'm\n' }), outdir);
      writeTree(tree(old), outdir);
      expect(snapshot(outdir)).toEqual(before);
    }
  });

  test('at any of them, when there was no tree', () => {
    for (let at = 0, killed = true; killed; at++) {
      endsBefore(at);
      const outdir = join(temporaryFolder(), 'new', 'dist');
      const end = injectFault(at, where, () => {
        throw new Killed();
      });
      try {
        writeTree(tree(next), outdir);
        killed = false;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      } finally {
        end();
      }
      const seen = visible(outdir);
      const ownership = seen[ownershipFile];
      if (ownership === undefined) expect(seen).toEqual({});
      else if (!parseOwnership(ownership, '').incomplete) expect(snapshot(outdir)).toMatchObject(expected(next));
      writeTree(tree(next), outdir);
      expect(snapshot(outdir)).toEqual(expected(next));
    }
  });

  test('by SIGKILL, in a process of its own', () => {
    const template = folderWithOldTree();
    const outcomes = new Set<string>();
    for (const at of [2, 6, 10, 12, 13, 14]) {
      const outdir = join(temporaryFolder(), 'dist');
      cpSync(template, outdir, { recursive: true });
      const args = [
        '--import',
        'tsx',
        join(__dirname, 'kill.child.ts'),
        String(at),
        where,
        outdir,
        JSON.stringify(next),
      ];
      expect(spawnSync(process.execPath, args).signal).toBe('SIGKILL');
      outcomes.add(expectWholeOrMarked(outdir, visible(template)));
      writeTree(tree(next), outdir);
      expect(snapshot(outdir)).toEqual(expected(next, foreign));
    }
    expect([...outcomes].sort()).toEqual(['incomplete', 'old']);
  }, 60_000);
});

/** Stands for SIGKILL within the process: the writer must not tidy up after it, so every later change throws it again. */
class Killed extends Error {}

describe.each(['before', 'halfway'] as const)('a disk that is full %s a write', (where) => {
  test('at any of them: the last tree is byte for byte as it was, nothing is left behind, and the message says what to do', () => {
    for (let at = 0, failed = true; failed; at++) {
      endsBefore(at);
      const outdir = folderWithOldTree();
      const before = snapshot(outdir);
      const end = injectFault(at, where, (name) => {
        // Room for nothing new; renaming and deleting still work.
        if (name === 'writeFileSync' || name === 'mkdirSync')
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      });
      let message = '';
      try {
        writeTree(tree(next), outdir);
        failed = false;
      } catch (error) {
        message = String(error);
      } finally {
        end();
      }
      if (!failed) break;
      expect(message).toMatch(
        /^EspalierError: .*dist cannot be written \(ENOSPC: no space left on device, write\); nothing in it has changed\. The disk is full: make room, and run espalier synth again\.$/,
      );
      expect(snapshot(outdir)).toEqual(before);
    }
  });

  test('when there was no tree: not even the folder is left', () => {
    for (let at = 1, failed = true; failed; at++) {
      endsBefore(at);
      const parent = temporaryFolder();
      const end = injectFault(at, where, (name) => {
        if (name === 'writeFileSync' || name === 'mkdirSync')
          throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      });
      try {
        writeTree(tree(next), join(parent, 'new', 'dist'));
        failed = false;
      } catch (error) {
        if (!String(error).includes('ENOSPC')) throw error;
      } finally {
        end();
      }
      if (failed) expect(snapshot(parent)).toEqual({});
    }
  });
});

test('a rename that fails once renaming has begun: the message says that the folder is incomplete, and so does its ownership file', () => {
  const outcomes: string[] = [];
  for (let at = 0, failed = true; failed; at++) {
    endsBefore(at);
    const outdir = folderWithOldTree();
    const before = visible(outdir);
    let count = 0;
    const end = injectFault(0, 'before', (name) => {
      if (name === 'renameSync' && count++ === at) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
    });
    let message = '';
    try {
      writeTree(tree(next), outdir);
      failed = false;
    } catch (error) {
      message = String(error);
    } finally {
      end();
    }
    const outcome = expectWholeOrMarked(outdir, before);
    outcomes.push(outcome);
    if (outcome === 'incomplete') {
      expect(message).toContain('dist is incomplete: writing was interrupted (EIO: i/o error)');
      expect(compareTree(tree(next), outdir).incomplete).toBe(true);
    }
    if (outcome === 'old') expect(message).toContain('nothing in it has changed');
    writeTree(tree(next), outdir);
    expect(snapshot(outdir)).toEqual(expected(next, foreign));
  }
  expect([...new Set(outcomes)]).toEqual(['old', 'incomplete', 'new']);
});

test('a new folder that somebody else makes meanwhile stops a run before it changes anything', () => {
  const outdir = folderWithOldTree();
  const before = snapshot(outdir);
  let isThere = false;
  const end = injectFault(0, 'before', () => {
    // Copying is a change, too, at which this would happen.
    if (isThere || !existsSync(join(outdir, '.espalier-staging/0'))) return;
    isThere = true;
    cpSync(join(outdir, 'left'), join(outdir, 'n'), { recursive: true });
  });
  try {
    expect(() => writeTree(tree(next), outdir)).toThrow('n appeared in the meantime');
  } finally {
    end();
  }
  expect(snapshot(outdir)).toEqual({ ...before, 'n/': '', 'n/README.md': 'mine\n', 'n/y.yaml': 'y\n' });
});

test('while it is incomplete, the ownership file lists old and new hashes and sha256sum does not confirm it', () => {
  const outdir = folderWithOldTree();
  let renames = 0;
  const end = injectFault(0, 'before', (name) => {
    if (name === 'renameSync' && ++renames > 3) throw new Killed();
    if (renames > 3) throw new Killed();
  });
  expect(() => writeTree(tree(next), outdir)).toThrow(Killed);
  end();
  const text = readFileSync(join(outdir, ownershipFile), 'utf8');
  expect(text).toMatch(/^# incomplete: a run was interrupted, .* Run espalier synth again\.$/m);
  expect(parseOwnership(text, '').hashes.get('a/change.yaml')).toHaveLength(2);
  expect(parseOwnership(text, '').hashes.get('a/keep.yaml')).toHaveLength(1);
  if (spawnSync('sha256sum', ['--version']).status === 0) {
    expect(spawnSync('sha256sum', ['-c', ownershipFile], { cwd: outdir }).status).not.toBe(0);
  }
});
