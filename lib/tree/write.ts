import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Changes, commit } from './commit';
import { type Ownership, printOwnership, sha256, synthesis, type Writer } from './ownership';
import { newFoldersOf } from './paths';
import { type FolderState, isUpToDate, makePlan, type Plan, refuseConflicts } from './plan';
import { type ExpectedOwnership, readOwnershipText, readState, resolveFolder } from './read';
import { removeIfEmpty } from './staging';
import { unwritable, whileLocked } from './writing';

/** How a tree is written. */
export interface WriteOptions {
  /**
   * Overwrite and delete also what somebody else made or edited.
   *
   * @default false
   */
  readonly force?: boolean;
  /**
   * Who writes, for messages and for the ownership file.
   *
   * @default - espalier synth
   */
  readonly writer?: Writer;
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
  { writer = synthesis }: Pick<WriteOptions, 'writer'> = {},
): Comparison {
  const expected = ownershipOf(rendered, writer);
  const state = readState(outdir, rendered, { writer, expected });
  return { ...makePlan(rendered, state), ownershipCurrent: state.ownershipText === expected.text };
}

/**
 * Writes a rendered tree, all or nothing, and of it only what changed:
 *
 * 1. compare: when nothing differs, nothing is written;
 * 2. stage: every new byte goes to a folder of its own; whatever fails here leaves the last tree as it was;
 * 3. commit: an ownership file marked incomplete, which knows the old hashes and the new, is renamed into place; then files are
 *    deleted, new folders made, and files renamed; then the final ownership file is renamed over the other. Nothing is
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
  const { writer = synthesis } = options;
  const expected = ownershipOf(rendered, writer);
  // Where the ownership file is another, something is to be written: one pass will do, under the lock.
  if (readOwnershipText(outdir) === expected.text) {
    const { state, plan } = planFor(rendered, outdir, expected, options);
    const written = isUpToDate(plan) && state.ownershipText === expected.text && !state.hasStaging;
    if (written) return { ...plan, written: false };
  }

  const made = makeOutdir(outdir, writer);
  try {
    return whileLocked(resolveFolder(outdir) ?? outdir, outdir, writer, (writing) => {
      const { state, plan } = planFor(rendered, outdir, expected, options);
      const upToDate = isUpToDate(plan);
      const written = state.ownershipText !== expected.text || !upToDate;
      if (written) {
        const writes = [...plan.created, ...plan.changed].map(({ path, after = '' }) => ({ path, after }));
        const known = new Set(state.folders.keys());
        const changes: Changes = {
          writes,
          folders: writes.flatMap(({ path }) => newFoldersOf(path, known)),
          deletes: plan.pruned.map(({ path }) => path),
          emptied: plan.emptied,
          during: upToDate ? undefined : printOwnership(ownershipDuring(plan, state, expected.ownership), writer),
          final: expected.text,
        };
        commit(writing, changes);
      }
      return { ...plan, written };
    });
  } catch (error) {
    undoOutdir(outdir, made);
    throw error;
  }
}

interface Planned {
  readonly state: FolderState;
  readonly plan: Plan;
}

/** @throws EspalierError where files would be lost */
function planFor(
  rendered: ReadonlyMap<string, string>,
  outdir: string,
  expected: ExpectedOwnership,
  options: WriteOptions,
): Planned {
  const state = readState(outdir, rendered, { ...options, expected });
  const plan = makePlan(rendered, state);
  if (options.force !== true) refuseConflicts(plan, outdir, options.writer);
  return { state, plan };
}

/** The ownership file that a finished write of this tree leaves. */
function ownershipOf(rendered: ReadonlyMap<string, string>, writer: Writer): ExpectedOwnership {
  const hashes = new Map<string, readonly string[]>();
  for (const [path, text] of rendered) hashes.set(path, [sha256(text)]);
  const ownership = { hashes, incomplete: false };
  return { text: printOwnership(ownership, writer), ownership };
}

/** While files change: what was Espalier's and what will be, and what force gives it leave to overwrite. */
function ownershipDuring(plan: Plan, before: FolderState, after: Ownership): Ownership {
  const hashes = new Map(after.hashes);
  const add = (path: string, more: readonly string[]) =>
    hashes.set(path, [...new Set([...more, ...(hashes.get(path) ?? [])])]);
  for (const { path } of [...plan.changed, ...plan.pruned]) add(path, before.ownership.hashes.get(path) ?? []);
  for (const { path } of plan.conflicts) {
    const found = before.files.get(path);
    if (found?.type === 'file') add(path, [sha256(found.bytes)]);
  }
  return { hashes, incomplete: true };
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

function undoOutdir(outdir: string, made: string | undefined): void {
  if (made === undefined) return;
  for (let folder = resolve(outdir); folder.length >= made.length; folder = dirname(folder)) removeIfEmpty(folder);
}
