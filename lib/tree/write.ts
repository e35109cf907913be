import { existsSync, lstatSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EspalierError } from '../errors';
import {
  nothingOwned,
  type Ownership,
  ownershipFile,
  printOwnership,
  sha256,
  synthesis,
  type Writer,
} from './ownership';
import { newFoldersOf } from './paths';
import { type FolderState, isUpToDate, makePlan, type Plan, refuseConflicts } from './plan';
import { type ExpectedOwnership, readOwnershipText, readState, resolveFolder } from './read';
import { removeIfEmpty } from './staging';
import { unwritable, type Writing, whileLocked } from './writing';

/** How a tree is written. */
export interface WriteOptions {
  /**
   * Overwrite and delete also what somebody else made or edited: everything, or these paths.
   *
   * @default false
   */
  readonly force?: boolean | ReadonlySet<string>;
  /**
   * Overwrite and delete also what Git has changed where it merged, as this tells by a path; of a conflict in the ownership file
   * both sides count.
   *
   * @default - nothing is
   */
  readonly merged?: (path: string) => boolean;
  /**
   * Who writes, for messages and for the ownership file.
   *
   * @default - espalier synth
   */
  readonly writer?: Writer;
  /**
   * Whether a path is of the part of the folder that the tree is for: nothing else of the folder is looked at, and what the ownership
   * file says of it stays.
   *
   * @default - it is for the whole folder
   */
  readonly within?: (path: string) => boolean;
}

/** What a comparison found. */
export interface Comparison extends Plan {
  /** Whether the ownership file is the one that a write would leave. */
  readonly ownershipCurrent: boolean;
}

/** What a write did. */
export interface WriteResult extends Plan {
  /** Whether anything was written at all, if only the ownership file. */
  readonly written: boolean;
}

/**
 * What separates an output folder from a rendered tree; writes nothing.
 *
 * @throws EspalierError when the folder or its ownership file cannot be read, or something stands in a file's way
 */
export function compareTree(
  rendered: ReadonlyMap<string, string>,
  outdir: string,
  { writer = synthesis, within }: Pick<WriteOptions, 'writer' | 'within'> = {},
): Comparison {
  const expected = ownershipOf(rendered, writer);
  const { state, left } = partOf(readState(outdir, rendered, { writer, expected }), within);
  const final = finalOwnership(expected, state, rendered, writer, left);
  return { ...makePlan(rendered, state), ownershipCurrent: state.ownershipText === final.text };
}

/**
 * Writes a rendered tree, all or nothing, and of it only what changed:
 *
 * 1. compare: when nothing differs, nothing is written;
 * 2. stage: every new byte goes to a folder of its own; whatever fails here leaves the last tree as it was;
 * 3. commit: an ownership file marked incomplete, which knows the old hashes and the new, is renamed into place; then files are
 *    deleted, and new folders and files renamed; then the final ownership file is renamed over the other. Nothing is
 *    written here.
 *
 * So a reader sees the old tree, the new one, or one that says it is incomplete. The next run after a cut finishes the work.
 *
 * @throws EspalierError when files would be lost (all are listed), another run is writing, or the folder cannot be written
 */
export function writeTree(
  rendered: ReadonlyMap<string, string>,
  outdir: string,
  options: WriteOptions = {},
): WriteResult {
  const { writer = synthesis, within } = options;
  const expected = ownershipOf(rendered, writer);
  // Where the ownership file is another, something is to be written: one pass will do, under the lock.
  if (within !== undefined || readOwnershipText(outdir) === expected.text) {
    const { state, plan, left } = planFor(rendered, outdir, expected, options);
    const final = within === undefined ? expected : finalOwnership(expected, state, rendered, writer, left);
    const written = isUpToDate(plan) && state.ownershipText === final.text && !state.hasStaging;
    if (written) return { ...plan, written: false };
  }

  const made = makeOutdir(outdir, writer);
  try {
    return whileLocked(resolveFolder(outdir) ?? outdir, outdir, writer, (writing) => {
      const { state, plan, left } = planFor(rendered, outdir, expected, options);
      const upToDate = isUpToDate(plan);
      const final = finalOwnership(expected, state, rendered, writer, left);
      const written = state.ownershipText !== final.text || !upToDate;
      if (written) commit(writing, plan, state, final, upToDate ? undefined : writer);
      return { ...plan, written };
    });
  } catch (error) {
    undoOutdir(outdir, made);
    throw error;
  }
}

/** @throws EspalierError where files would be lost */
function planFor(
  rendered: ReadonlyMap<string, string>,
  outdir: string,
  expected: ExpectedOwnership,
  options: WriteOptions,
): Part & { readonly plan: Plan } {
  const { force = false, merged, writer, within } = options;
  const whole = readState(outdir, rendered, {
    force: force === true,
    writer,
    expected,
    bothSides: merged !== undefined,
  });
  const { state, left } = partOf(whole, within);
  const plan = makePlan(rendered, state);
  if (force === true) return { state, plan, left };
  const mayReplace = (path: string) => merged?.(path) === true || (force !== false && force.has(path));
  const conflicts = plan.conflicts.filter(({ path }) => !mayReplace(path));
  refuseConflicts({ conflicts }, outdir, writer);
  return { state, plan, left };
}

/** The part of a folder that a tree is for, and what the ownership file says of the rest. */
interface Part {
  readonly state: FolderState;
  readonly left: Ownership;
}

function partOf(state: FolderState, within: WriteOptions['within']): Part {
  if (within === undefined) return { state, left: nothingOwned };
  const { ownership } = state;
  const split = <T>(map: ReadonlyMap<string, T> = new Map(), inside: boolean) =>
    new Map([...map].filter(([path]) => within(path) === inside));
  const half = (inside: boolean): Ownership => ({
    hashes: split(ownership.hashes, inside),
    adopted: split(ownership.adopted, inside),
    moved: split(ownership.moved, inside),
    incomplete: ownership.incomplete,
  });
  const files = new Map([...state.files].filter(([path, { type }]) => type === 'link' || within(path)));
  return { state: { ...state, ownership: half(true), files }, left: half(false) };
}

/** The ownership file that a finished write of this tree leaves. */
function ownershipOf(rendered: ReadonlyMap<string, string>, writer: Writer): ExpectedOwnership {
  const hashes = new Map<string, readonly string[]>();
  for (const [path, text] of rendered) hashes.set(path, [sha256(text)]);
  const ownership = { hashes, incomplete: false };
  return { text: printOwnership(ownership, writer), ownership };
}

/** With what was taken over and the tree does not make yet, and what is left of the rest of the folder. */
function finalOwnership(
  expected: ExpectedOwnership,
  { ownership, files }: FolderState,
  rendered: ReadonlyMap<string, string>,
  writer: Writer,
  left: Ownership,
): ExpectedOwnership {
  const isLeft = (path: string) => !rendered.has(path) && files.has(path);
  const adopted = new Map([...(ownership.adopted ?? [])].filter(([path]) => isLeft(path)));
  const moved = new Map([...(ownership.moved ?? [])].filter(([path, { to }]) => isLeft(path) && !rendered.has(to)));
  if (adopted.size + moved.size + left.hashes.size + (left.adopted?.size ?? 0) + (left.moved?.size ?? 0) === 0)
    return expected;
  const both = {
    hashes: new Map([...expected.ownership.hashes, ...left.hashes]),
    adopted: new Map([...adopted, ...(left.adopted ?? [])]),
    moved: new Map([...moved, ...(left.moved ?? [])]),
    // A run that was cut short may have left a mix of old and new in the rest.
    incomplete: left.incomplete && left.hashes.size > 0,
  };
  return { text: printOwnership(both, writer), ownership: both };
}

/** While files change: what was Espalier's and what will be, and what force gives it leave to overwrite. */
function ownershipDuring(plan: Plan, before: FolderState, after: Ownership): Ownership {
  const hashes = new Map(after.hashes);
  const add = (path: string, more: readonly string[]) =>
    hashes.set(path, [...new Set([...more, ...(hashes.get(path) ?? [])])]);
  const both = <T>(one?: ReadonlyMap<string, T>, other?: ReadonlyMap<string, T>) =>
    new Map([...(one ?? []), ...(other ?? [])]);
  const adopted = both(before.ownership.adopted, after.adopted);
  const moved = both(before.ownership.moved, after.moved);
  for (const { path } of [...plan.changed, ...plan.pruned])
    if (!moved.has(path)) add(path, before.ownership.hashes.get(path) ?? []);
  for (const { path } of plan.conflicts) {
    const found = before.files.get(path);
    if (found?.type === 'file') add(path, [sha256(found.bytes)]);
  }
  return { hashes, adopted, moved, incomplete: true };
}

/**
 * Stages, then commits: first every new byte goes to the staging folder, and whatever fails there leaves the tree as it was; then
 * things are renamed and deleted, and nothing is written any more.
 *
 * @param changing who changes files; undefined where the ownership file alone differs
 * @throws what the file system throws
 */
function commit(
  writing: Writing,
  plan: Plan,
  state: FolderState,
  expected: ExpectedOwnership,
  changing: Writer | undefined,
): void {
  const { root, staging } = writing;
  const writes = [...plan.created, ...plan.changed];
  const known = new Set(state.folders.keys());
  const folders = writes.flatMap(({ path }) => newFoldersOf(path, known));
  for (const [i, { after = '' }] of writes.entries()) writeFileSync(`${staging}/${i}`, after);
  for (const i of folders.keys()) mkdirSync(`${staging}/folder-${i}`);
  writeFileSync(join(staging, 'final'), expected.text);
  refuseTaken(root, folders, plan.emptied);
  if (changing !== undefined) {
    const during = ownershipDuring(plan, state, expected.ownership);
    writeFileSync(join(staging, 'incomplete'), printOwnership(during, changing));
    renameSync(join(staging, 'incomplete'), join(root, ownershipFile));
    writing.committing = true;
    // Deleted first: on a file system that ignores case, the old name of a file or folder may be the new one's.
    for (const { path } of plan.pruned) unlinkSync(`${root}/${path}`);
    for (const folder of plan.emptied) removeIfEmpty(`${root}/${folder}`);
    // Not made here: a disk that is full has no room for a folder, either.
    for (const [i, folder] of folders.entries()) renameSync(`${staging}/folder-${i}`, `${root}/${folder}`);
    for (const [i, { path }] of writes.entries()) renameSync(`${staging}/${i}`, `${root}/${path}`);
  }
  renameSync(join(staging, 'final'), join(root, ownershipFile));
}

/** On a file system that ignores case, a new folder's name may be taken by one that stays. */
function refuseTaken(root: string, folders: readonly string[], emptied: readonly string[]): void {
  const going = new Set(emptied.map((folder) => folder.toLowerCase()));
  const taken = folders.find((folder) => {
    return !going.has(folder.toLowerCase()) && lstatSync(`${root}/${folder}`, { throwIfNoEntry: false }) !== undefined;
  });
  if (taken === undefined) return;
  throw new EspalierError(
    `${taken} appeared in the meantime, or exists with a name that differs only in case: espalier needs the name for a new folder. Move it away.`,
  );
}

/**
 * Makes the output folder and those above it; the outermost that it made. One by one, for Node's own recursive mkdir never ends
 * where a folder refuses new ones with ENOENT, as /proc does.
 */
function makeOutdir(outdir: string, writer: Writer): string | undefined {
  const missing: string[] = [];
  for (let folder = resolve(outdir); !existsSync(folder); folder = dirname(folder)) missing.push(folder);
  const made = missing.at(-1);
  try {
    for (const folder of missing.reverse()) mkdirSync(folder);
  } catch (error) {
    undoOutdir(outdir, made);
    throw unwritable(error, outdir, writer);
  }
  return made;
}

/** As far as it goes: the fault that made it necessary is the one to be told. */
function undoOutdir(outdir: string, made: string | undefined): void {
  if (made === undefined) return;
  try {
    for (let folder = resolve(outdir); folder.length >= made.length; folder = dirname(folder)) removeIfEmpty(folder);
  } catch {}
}
