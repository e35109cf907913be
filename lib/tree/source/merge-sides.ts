import { relative, resolve } from 'node:path';
import { type Ownership, ownershipFile, parseOwnership, sha256 } from '../ownership';
import { gitTop } from './folder';
import { git } from './git-process';
import { realPath, slashes } from './seen-from';

/** What Git calls the other side while it merges, by what is going on. */
const otherSides = ['MERGE_HEAD', 'REBASE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD'];

/**
 * Tells what Git alone has changed in an output folder: a file that on both sides of the merge, rebase or the like that is going on or
 * was the last thing done was as Espalier wrote it there, or was not there. Nothing that a person wrote is in it.
 */
export function mergedByGit(outdir: string): (path: string) => boolean {
  const folder = realPath(resolve(outdir));
  const root = gitTop(folder);
  if (root === undefined) return () => false;
  const below = slashes(relative(root, folder));
  const at = (revision: string, path: string) =>
    git(root, ['cat-file', 'blob', `${revision}:${below === '' ? '' : `${below}/`}${path}`]).output;
  const sides = sidesOf(root).map((revision) => ({
    ownership: ownershipIn(at(revision, ownershipFile)?.toString('utf8') ?? ''),
    read: (path: string) => at(revision, path),
  }));
  return (path) =>
    sides.length > 0 &&
    sides.every(({ ownership: { hashes, adopted }, read }) => {
      const bytes = read(path);
      if (bytes === undefined) return true;
      const hash = sha256(bytes);
      return hashes.get(path)?.includes(hash) === true || adopted?.get(path) === hash;
    });
}

function ownershipIn(text: string): Ownership {
  return parseOwnership(text, ownershipFile, undefined, { bothSides: true });
}

/** The two commits that are merged, or were last; none where there is no such thing. */
function sidesOf(root: string): readonly string[] {
  const isThere = (revision: string) => git(root, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]).output;
  const other = otherSides.find(isThere);
  if (other !== undefined) return ['HEAD', other];
  if (isThere('HEAD^2')) return ['HEAD^1', 'HEAD^2'];
  // A rebase that is done: its branch as it was, and what it was put upon.
  const log = git(root, ['reflog', '-n', '100', '--format=%H %gs']).output?.toString('utf8') ?? '';
  const onto = /^([\da-f]+) (?:rebase|pull)\b.*\(start\)/m.exec(log)?.[1];
  return onto !== undefined && isThere('ORIG_HEAD') ? ['ORIG_HEAD', onto] : [];
}
