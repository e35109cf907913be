import { EspalierError } from '../errors';
import { hasConflict, type Ownership, sha256, synthesis, type Writer } from './ownership';
import { folderOf, newFoldersOf, pathFault } from './paths';

/** What lies at a path of the output folder. */
export type OnDisk =
  /** A regular file that is byte for byte what the tree wants. */
  | { readonly type: 'same' }
  /** A regular file with other bytes than the tree wants, or one that Espalier owns and the tree does not want. */
  | { readonly type: 'file'; readonly bytes: Buffer }
  /** A regular file that is nobody's business here, and so was not read. */
  | { readonly type: 'unread' }
  /** A symbolic link, never followed. */
  | { readonly type: 'link' }
  /** A device, a socket, a pipe. */
  | { readonly type: 'other' };

/** An output folder as it is: what the planner needs to know of it, without the file system. */
export interface FolderState {
  /** What the ownership file says. */
  readonly ownership: Ownership;
  /** The ownership file's own text; undefined when there is none. */
  readonly ownershipText: string | undefined;
  /** The files of the folder, and of those on the way to what the tree wants or Espalier owns, by path. */
  readonly files: ReadonlyMap<string, OnDisk>;
  /** The folders in these, by path, with the number of their entries: infinite of one that nobody looked into. */
  readonly folders: ReadonlyMap<string, number>;
  /** Whether a staging folder is there: another run is writing, or one was killed. */
  readonly hasStaging: boolean;
}

/** A file that is written: what is there and what comes. */
export interface Change {
  readonly path: string;
  /** What is there; undefined when it is created, or when what is there is no regular file. */
  readonly before: string | undefined;
  /** What comes; undefined when it is deleted. */
  readonly after: string | undefined;
}

/** A file that somebody else made or edited, and that the new tree needs. */
export interface Conflict {
  readonly path: string;
  readonly why:
    | 'edited'
    | 'edited, and no longer part of the tree'
    | "Git's conflict markers"
    | 'not written by espalier'
    | 'a symbolic link'
    | 'not a regular file';
}

/** What separates an output folder from a tree. Every list is by path, in the order of code units. */
export interface Plan {
  /** Files to make. */
  readonly created: readonly Change[];
  /** Files to overwrite. */
  readonly changed: readonly Change[];
  /** Files of an earlier run that the tree no longer has. */
  readonly pruned: readonly Change[];
  /** Paths of files that are as they should be. */
  readonly unchanged: readonly string[];
  /** Files that are overwritten or deleted only by force; they stand in `changed` or `pruned` too. */
  readonly conflicts: readonly Conflict[];
  /** Paths of files that are nobody's business here and lie in folders beside files of Espalier's: kept, and named. */
  readonly foreign: readonly string[];
  /** Folders that hold nothing once the pruned files are gone, the innermost first. */
  readonly emptied: readonly string[];
  /** Whether a run was cut short. */
  readonly incomplete: boolean;
}

/** Whether nothing is to be written but, perhaps, the ownership file. */
export function isUpToDate(plan: Plan): boolean {
  return plan.created.length + plan.changed.length + plan.pruned.length === 0 && !plan.incomplete;
}

/**
 * Compares a rendered tree with an output folder.
 *
 * A file that already has the right bytes is fine whoever wrote it. One that has other bytes is Espalier's to overwrite or delete
 * when its hash is in the ownership file; otherwise it is a conflict.
 *
 * @throws EspalierError where a folder stands in a file's place or a file in a folder's
 */
export function makePlan(rendered: ReadonlyMap<string, string>, state: FolderState): Plan {
  const { ownership, files } = state;
  const created: Change[] = [];
  const changed: Change[] = [];
  const pruned: Change[] = [];
  const unchanged: string[] = [];
  const conflicts: Conflict[] = [];
  const foreign: string[] = [];

  const keeping = new Set<string>();
  for (const [path, after] of rendered) {
    checkWay(path, state, keeping);
    const found = files.get(path);
    if (found === undefined) {
      created.push({ path, before: undefined, after });
      continue;
    }
    if (found.type === 'same') {
      unchanged.push(path);
      continue;
    }
    changed.push({ path, before: textOf(found), after });
    const why = conflictOf(found, leaveToReplace(ownership, path));
    if (why !== undefined) conflicts.push({ path, why });
  }

  const homes = new Set([...rendered.keys(), ...ownership.hashes.keys()].map(folderOf));
  for (const [path, found] of files) {
    if (rendered.has(path)) continue;
    const hashes = ownership.hashes.get(path);
    if (hashes === undefined || isAsAdopted(found, ownership.adopted?.get(path))) {
      if (homes.has(folderOf(path))) foreign.push(path);
      continue;
    }
    pruned.push({ path, before: textOf(found), after: undefined });
    const why = conflictOf(found, hashes);
    if (why !== undefined)
      conflicts.push({ path, why: why === 'edited' ? 'edited, and no longer part of the tree' : why });
  }

  const stale = [...ownership.hashes.keys()].filter((path) => !rendered.has(path));
  return {
    created: byPath(created),
    changed: byPath(changed),
    pruned: byPath(pruned),
    unchanged: unchanged.sort(),
    conflicts: byPath(conflicts),
    foreign: foreign.sort(),
    emptied: emptiedBy(stale, state, keeping),
    incomplete: ownership.incomplete,
  };
}

/** @throws EspalierError listing every file that somebody else made or edited, when there are any */
export function refuseConflicts(
  plan: Pick<Plan, 'conflicts'>,
  outdir: string,
  { command, instead, resolve }: Writer = synthesis,
): void {
  if (plan.conflicts.length === 0) return;
  const list = plan.conflicts.map(({ path, why }) => `  ${path} (${why})`);
  const ofMerge =
    resolve === undefined || !plan.conflicts.some(({ why }) => /^edited|^Git/.test(why))
      ? ''
      : `\nAfter a merge or rebase, ${resolve} makes anew what Git alone has changed.`;
  throw new EspalierError(
    `${outdir}: ${list.length === 1 ? 'this file would be lost' : `these ${list.length} files would be lost`}:\n${list.join('\n')}\n` +
      `${instead}, or the file elsewhere; ${command} --force overwrites or deletes it.${ofMerge}`,
  );
}

/** What a file may hold that is replaced: nothing of anybody's is lost. */
function leaveToReplace({ hashes, adopted }: Ownership, path: string): readonly string[] | undefined {
  const taken = adopted?.get(path);
  return taken === undefined ? hashes.get(path) : [...(hashes.get(path) ?? []), taken];
}

/** Of a run that was cut short, a file that it was to replace and has not. */
function isAsAdopted(found: OnDisk, adopted: string | undefined): boolean {
  return adopted !== undefined && conflictOf(found, [adopted]) === undefined;
}

function conflictOf(found: OnDisk, hashes: readonly string[] | undefined): Conflict['why'] | undefined {
  if (found.type === 'link') return 'a symbolic link';
  if (found.type === 'other') return 'not a regular file';
  if (found.type === 'same') return undefined;
  if (found.type === 'unread' || hashes === undefined) return 'not written by espalier';
  if (hashes.includes(sha256(found.bytes))) return undefined;
  // Git may have given the file Windows' line ends; ours have no carriage returns, so nothing of anybody's is lost.
  const text = found.bytes.toString();
  if (hashes.includes(sha256(text.replaceAll('\r\n', '\n')))) return undefined;
  return hasConflict(text) ? "Git's conflict markers" : 'edited';
}

/**
 * Of the folders that Espalier's stale files lie in, or lay in before a run was cut short, those that hold nothing once these are
 * gone; the innermost first.
 */
function emptiedBy(stale: readonly string[], { files, folders }: FolderState, keeping: ReadonlySet<string>): string[] {
  const left = new Map(folders);
  const leave = (path: string) => {
    const folder = folderOf(path);
    left.set(folder, (left.get(folder) ?? 0) - 1);
  };
  for (const path of stale) if (files.has(path)) leave(path);
  const emptied: string[] = [];
  const seen = new Set<string>();
  const candidates = stale.flatMap((path) => newFoldersOf(path, seen));
  candidates.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  for (const folder of candidates) {
    if (left.get(folder) !== 0 || keeping.has(folder)) continue;
    emptied.push(folder);
    leave(folder);
  }
  return emptied;
}

function textOf(found: OnDisk): string | undefined {
  return found.type === 'file' ? found.bytes.toString() : undefined;
}

/**
 * @param checked the folders whose way was found free; those of the path are added
 * @throws EspalierError where the path leaves the folder, or where what is there cannot give way to it
 */
function checkWay(path: string, { files, folders }: FolderState, checked: Set<string>): void {
  const fault = pathFault(path);
  if (fault !== undefined)
    throw new EspalierError(`${JSON.stringify(path)} ${fault}: it cannot be a file of the tree.`);
  if (folders.has(path)) throw inTheWay(path, 'the folder', path);
  for (const folder of newFoldersOf(path, checked)) {
    const found = files.get(folder);
    if (found !== undefined) throw inTheWay(folder, found.type === 'link' ? 'the symbolic link' : 'the file', path);
  }
}

function inTheWay(path: string, what: string, wanted: string): EspalierError {
  return new EspalierError(
    `${what} ${path} is in the way of the file ${wanted}; espalier neither follows links nor deletes folders. Delete it or move it away, or give the file another name in main.ts.`,
  );
}

function byPath<T extends { readonly path: string }>(list: T[]): T[] {
  return list.sort((a, b) => (a.path < b.path ? -1 : 1));
}
