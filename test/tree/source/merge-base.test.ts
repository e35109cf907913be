import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRevision, mergeBase } from '../../../lib/tree/source';
import { temporaryFolder } from '../../repository';

const root = temporaryFolder();

/** Runs Git in a folder; yields what it says. */
function git(folder: string, ...args: string[]): string {
  return execFileSync(
    'git',
    ['-c', 'user.name=x', '-c', 'user.email=x@x', '-c', 'protocol.file.allow=always', ...args],
    { cwd: folder, stdio: 'pipe' },
  )
    .toString()
    .trim();
}

let commits = 0;
function commit(folder: string): string {
  commits += 1;
  writeFileSync(join(folder, 'a.yaml'), `a: ${commits}\n`);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', `${commits}`);
  return git(folder, 'rev-parse', 'HEAD');
}

/** A repository with one commit on a branch. */
function repository(branch = 'main'): string {
  const folder = mkdtempSync(join(root, 'repository-'));
  git(folder, 'init', '-q', '-b', branch);
  commit(folder);
  return folder;
}

function clone(of: string, ...args: string[]): string {
  const folder = join(mkdtempSync(join(root, 'clone-')), 'clone');
  git(root, 'clone', '-q', ...args, `file://${of}`, folder);
  return folder;
}

describe('where a branch left the main branch', () => {
  test('is found without a remote', () => {
    const folder = repository();
    const left = git(folder, 'rev-parse', 'HEAD');
    git(folder, 'switch', '-q', '-c', 'change');
    commit(folder);
    expect(mergeBase(folder)).toEqual({ revision: left, branch: 'merge base with main' });
    mkdirSync(join(folder, 'apps'));
    expect(mergeBase(join(folder, 'apps')).revision).toBe(left);
  });

  test('is where the main branch of the remote is, whatever it is called and however old the own one', () => {
    const upstream = repository('trunk');
    const folder = clone(upstream);
    const left = git(folder, 'rev-parse', 'HEAD');
    git(folder, 'switch', '-q', '-c', 'change');
    commit(folder);
    expect(mergeBase(folder)).toEqual({ revision: left, branch: 'merge base with origin/trunk' });
    const later = commit(upstream);
    git(folder, 'fetch', '-q');
    expect(mergeBase(folder).revision).toBe(left);
    git(folder, 'merge', '-q', '-X', 'ours', '-m', 'merge', 'origin/trunk');
    expect(mergeBase(folder).revision).toBe(later);
  });

  test('is the last commit on the main branch itself, and on a detached one', () => {
    const folder = repository('master');
    const head = git(folder, 'rev-parse', 'HEAD');
    expect(mergeBase(folder)).toEqual({ revision: head, branch: 'merge base with master' });
    git(folder, 'switch', '-q', '--detach');
    commit(folder);
    expect(mergeBase(folder)).toEqual({ revision: head, branch: 'merge base with master' });
  });

  test('is asked for where there is no main branch, and before the first commit', () => {
    const folder = repository('trunk');
    expect(() => mergeBase(folder)).toThrow(
      `${folder} has none of the branches origin/HEAD, origin/main, origin/master, main, master. Name what to compare with, such as HEAD~1.`,
    );
    const fresh = mkdtempSync(join(root, 'fresh-'));
    git(fresh, 'init', '-q', '-b', 'main');
    expect(() => mergeBase(fresh)).toThrow(/has none of the branches/);
  });

  test('is not in a shallow clone', () => {
    const upstream = repository();
    git(upstream, 'switch', '-q', '-c', 'change');
    commit(upstream);
    commit(upstream);
    git(upstream, 'switch', '-q', 'main');
    commit(upstream);
    const folder = clone(upstream, '--depth', '1', '--no-single-branch');
    git(folder, 'switch', '-q', 'change');
    expect(() => mergeBase(folder)).toThrow(
      /HEAD and origin\/HEAD have no common commit in this clone\. In a shallow clone, fetch the history \(git fetch --unshallow; fetch-depth: 0 in a workflow\)/,
    );
    git(folder, 'fetch', '-q', '--unshallow');
    expect(mergeBase(folder).branch).toBe('merge base with origin/main');
  });

  test('is not where histories have nothing in common', () => {
    const folder = repository();
    git(folder, 'switch', '-q', '--orphan', 'other');
    commit(folder);
    expect(() => mergeBase(folder)).toThrow(/HEAD and main have no common commit/);
  });

  test('is not outside of a repository', () => {
    const folder = mkdtempSync(join(root, 'none-'));
    expect(() => mergeBase(folder)).toThrow(
      /is not in a Git repository, so there is nothing to compare it with\. Name two folders: espalier diff \.\/old \.\/new/,
    );
  });
});

describe('a revision', () => {
  const folder = repository();
  git(folder, 'tag', 'v1');
  git(folder, 'branch', 'apps');

  test.each(['main', 'HEAD', 'v1', 'apps', 'HEAD~0', 'main@{0}'])('%s is one', (name) => {
    expect(isRevision(folder, name)).toBe(true);
  });

  test.each([
    '',
    'gone',
    'HEAD~9',
    '--all',
    '-h',
    './a',
    'a.yaml',
    'main:a.yaml',
    'main\nHEAD',
    'main\0',
    '$(id)',
    'main..v1',
    '^main',
  ])('%j is none', (name) => {
    expect(isRevision(folder, name)).toBe(false);
  });

  test('is none outside of a repository', () => {
    expect(isRevision(root, 'main')).toBe(false);
  });
});
