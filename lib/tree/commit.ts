import { lstatSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EspalierError } from '../errors';
import { ownershipFile } from './ownership';
import { removeIfEmpty } from './staging';
import type { Writing } from './writing';

/** What is to happen in an output folder. */
export interface Changes {
  /** Files to make or overwrite. */
  readonly writes: readonly { readonly path: string; readonly after: string }[];
  /** Files to delete. */
  readonly deletes: readonly string[];
  /** Folders to make, the outermost first. */
  readonly folders: readonly string[];
  /** Folders to remove once nothing is in them, the innermost first. */
  readonly emptied: readonly string[];
  /** The ownership file while files change: marked incomplete, with the old hashes and the new; undefined where none does. */
  readonly during: string | undefined;
  /** The ownership file afterwards. */
  readonly final: string;
}

/**
 * Stages, then commits: first every new byte goes to the staging folder, and whatever fails there leaves the tree as it was; then
 * things are renamed and deleted, and nothing is written any more.
 *
 * @throws what the file system throws
 */
export function commit(writing: Writing, changes: Changes): void {
  const { root, staging } = writing;
  for (const [i, { after }] of changes.writes.entries()) writeFileSync(`${staging}/${i}`, after);
  writeFileSync(join(staging, 'final'), changes.final);
  refuseTaken(root, changes);
  if (changes.during !== undefined) {
    writeFileSync(join(staging, 'incomplete'), changes.during);
    renameSync(join(staging, 'incomplete'), join(root, ownershipFile));
    writing.committing = true;
    // Deleted first: on a file system that ignores case, the old name of a file or folder may be the new one's.
    for (const path of changes.deletes) unlinkSync(`${root}/${path}`);
    for (const folder of changes.emptied) removeIfEmpty(`${root}/${folder}`);
    for (const folder of changes.folders) mkdirSync(`${root}/${folder}`);
    for (const [i, { path }] of changes.writes.entries()) renameSync(`${staging}/${i}`, `${root}/${path}`);
  }
  renameSync(join(staging, 'final'), join(root, ownershipFile));
}

/** On a file system that ignores case, a new folder's name may be taken by one that stays. */
function refuseTaken(root: string, { folders, emptied }: Changes): void {
  const going = new Set(emptied.map((folder) => folder.toLowerCase()));
  for (const folder of folders) {
    if (going.has(folder.toLowerCase())) continue;
    if (lstatSync(`${root}/${folder}`, { throwIfNoEntry: false }) === undefined) continue;
    throw new EspalierError(
      `${folder} appeared in the meantime, or exists with a name that differs only in case: espalier needs the name for a new folder. Move it away.`,
    );
  }
}
