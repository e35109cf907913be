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
  /** Folders to remove once nothing is in them, the innermost first. */
  readonly emptied: readonly string[];
  /** The ownership file while files change: marked incomplete, with the old hashes and the new; undefined where none does. */
  readonly during: string | undefined;
  /** The ownership file afterwards. */
  readonly final: string;
}

/** What is renamed into place: a file, or a new folder with all that is in it. */
type Move = readonly [staged: string, path: string];

/**
 * Stages, then commits: first every new byte goes to the staging folder, and whatever fails there leaves the tree as it was; then
 * things are renamed and deleted, and nothing is written any more.
 *
 * Files of a folder that is not there yet are staged as that folder, which takes one rename however many they are.
 *
 * @param isFolder whether the folder of that path is there
 * @throws what the file system throws
 */
export function commit(writing: Writing, changes: Changes, isFolder: (path: string) => boolean): void {
  const { root, staging } = writing;
  const { moves, folders } = stage(writing, changes, isFolder);
  writeFileSync(join(staging, 'final'), changes.final);
  refuseTaken(root, folders, changes.emptied);
  if (changes.during !== undefined) {
    writeFileSync(join(staging, 'incomplete'), changes.during);
    renameSync(join(staging, 'incomplete'), join(root, ownershipFile));
    writing.committing = true;
    // Deleted first: on a file system that ignores case, the old name of a file or folder may be the new one's.
    for (const path of changes.deletes) unlinkSync(`${root}/${path}`);
    for (const folder of changes.emptied) removeIfEmpty(`${root}/${folder}`);
    for (const [staged, path] of moves) renameSync(`${staging}/${staged}`, `${root}/${path}`);
  }
  renameSync(join(staging, 'final'), join(root, ownershipFile));
}

function stage(
  { staging }: Writing,
  { writes }: Changes,
  isFolder: (path: string) => boolean,
): { readonly moves: Move[]; readonly folders: string[] } {
  const moves: Move[] = [];
  const folders: string[] = [];
  /** Folders that are not there, and where they are staged. */
  const staged = new Map<string, string>();
  const stageFolder = (path: string): string | undefined => {
    const known = staged.get(path);
    if (known !== undefined || path === '' || isFolder(path)) return known;
    const slash = path.lastIndexOf('/');
    const above = slash < 0 ? undefined : stageFolder(path.slice(0, slash));
    let place: string;
    if (above !== undefined) place = above + path.slice(slash);
    else {
      place = String(moves.length);
      moves.push([place, path]);
      folders.push(path);
    }
    mkdirSync(`${staging}/${place}`);
    staged.set(path, place);
    return place;
  };
  for (const { path, after } of writes) {
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? undefined : stageFolder(path.slice(0, slash));
    if (folder !== undefined) writeFileSync(`${staging}/${folder}${path.slice(slash)}`, after);
    else {
      writeFileSync(`${staging}/${moves.length}`, after);
      moves.push([String(moves.length), path]);
    }
  }
  return { moves, folders };
}

/** On a file system that ignores case, a new folder's name may be taken by one that stays. */
function refuseTaken(root: string, folders: readonly string[], emptied: readonly string[]): void {
  const going = new Set(emptied.map((folder) => folder.toLowerCase()));
  for (const folder of folders) {
    if (going.has(folder.toLowerCase())) continue;
    if (lstatSync(`${root}/${folder}`, { throwIfNoEntry: false }) === undefined) continue;
    throw new EspalierError(
      `${folder} appeared in the meantime, or exists with a name that differs only in case: espalier needs the name for a new folder. Move it away.`,
    );
  }
}
