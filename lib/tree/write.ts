import { existsSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EspalierError, isEspalierError } from '../errors';
import { type Ownership, ownershipFile, printOwnership, sha256, synthesis, type Writer } from './ownership';
import { foldersOf } from './paths';
import { type FolderState, isUpToDate, makePlan, type Plan, refuseConflicts } from './plan';
import { codeOf, messageOf, readState, resolveFolder } from './read';
import { dropStaging, makeFolders, removeIfEmpty, takeStaging } from './staging';

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
  const state = readState(outdir, rendered, { writer });
  return { ...makePlan(rendered, state), ownershipCurrent: state.ownershipText === ownershipOf(rendered, writer) };
}

/**
 * Writes a rendered tree, all or nothing, and of it only what changed:
 *
 * 1. compare: when nothing differs, nothing is written;
 * 2. stage: every new byte goes to a folder of its own; whatever fails here leaves the last tree as it was;
 * 3. commit: an ownership file marked incomplete, which knows the old hashes and the new, is renamed into place; then files are
 *    deleted and renamed; then the final ownership file is renamed over the other. Nothing is written here, only renamed.
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
  const ownership = ownershipOf(rendered, writer);
  const first = planFor(rendered, outdir, options);
  if (isWritten(first, ownership)) return { ...first.plan, written: false };

  const made = makeOutdir(outdir, writer);
  const root = resolveFolder(outdir) ?? outdir;
  let staging: string;
  try {
    staging = takeStaging(root, outdir);
  } catch (error) {
    undoOutdir(outdir, made);
    throw unwritable(error, outdir, writer);
  }
  let committing = false;
  let written = false;
  try {
    // Again, now that nobody else writes: another run may have ended since, or a killed one been cleared away.
    const { state, plan } = planFor(rendered, outdir, options);
    written = state.ownershipText !== ownership || !isUpToDate(plan);
    const writes = [...plan.created, ...plan.changed];
    makeFolders(
      root,
      staging,
      newFolders(
        writes.map(({ path }) => path),
        state,
      ),
    );
    for (const [i, { after = '' }] of writes.entries()) writeFileSync(`${staging}/${i}`, after);
    writeFileSync(join(staging, 'final'), ownership);
    writeFileSync(join(staging, 'incomplete'), printOwnership(ownershipDuring(plan, state, rendered), writer));

    if (!isUpToDate(plan)) {
      renameSync(join(staging, 'incomplete'), join(root, ownershipFile));
      committing = true;
      // Deleted first: on a file system that ignores case, the old name of a file may be the new one's.
      for (const { path } of plan.pruned) unlinkSync(`${root}/${path}`);
      for (const [i, { path }] of writes.entries()) renameSync(`${staging}/${i}`, `${root}/${path}`);
      for (const folder of plan.emptied) removeIfEmpty(`${root}/${folder}`);
    }
    if (written) renameSync(join(staging, 'final'), join(root, ownershipFile));
    tryDropStaging(root, staging);
    return { ...plan, written };
  } catch (error) {
    tryDropStaging(root, staging);
    undoOutdir(outdir, made);
    throw committing ? cutShort(error, outdir, writer) : unwritable(error, outdir, writer);
  }
}

interface Planned {
  readonly state: FolderState;
  readonly plan: Plan;
}

/** @throws EspalierError where files would be lost */
function planFor(rendered: ReadonlyMap<string, string>, outdir: string, options: WriteOptions): Planned {
  const state = readState(outdir, rendered, options);
  const plan = makePlan(rendered, state);
  if (options.force !== true) refuseConflicts(plan, outdir, options.writer);
  return { state, plan };
}

/** Whether all is as it should be, and no killed run has left anything. */
function isWritten({ state, plan }: Planned, ownership: string): boolean {
  return isUpToDate(plan) && state.ownershipText === ownership && !state.leftovers;
}

/** The ownership file that a finished write of this tree leaves. */
function ownershipOf(rendered: ReadonlyMap<string, string>, writer: Writer): string {
  return printOwnership({ hashes: hashesOf(rendered), incomplete: false }, writer);
}

function hashesOf(rendered: ReadonlyMap<string, string>): Map<string, readonly string[]> {
  return new Map([...rendered].map(([path, text]) => [path, [sha256(text)]]));
}

/** While files change: what was Espalier's and what will be, and what force gives it leave to overwrite. */
function ownershipDuring(plan: Plan, before: FolderState, rendered: ReadonlyMap<string, string>): Ownership {
  const hashes = hashesOf(rendered);
  const add = (path: string, more: readonly string[]) =>
    hashes.set(path, [...new Set([...more, ...(hashes.get(path) ?? [])])]);
  for (const { path } of [...plan.changed, ...plan.pruned]) add(path, before.ownership.hashes.get(path) ?? []);
  for (const { path } of plan.conflicts) {
    const found = before.files.get(path);
    if (found?.type === 'file') add(path, [sha256(found.bytes)]);
  }
  return { hashes, incomplete: true };
}

/** The folders that the files need and that are not there, the outermost first. */
function newFolders(paths: readonly string[], { folders }: FolderState): string[] {
  return [...new Set(paths.flatMap(foldersOf))].filter((folder) => !folders.has(folder)).sort();
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

/** As far as it goes: the tree is written or a worse fault is to be reported, and the next run clears the rest away. */
function tryDropStaging(root: string, staging: string): void {
  try {
    dropStaging(root, staging);
  } catch {}
}

function undoOutdir(outdir: string, made: string | undefined): void {
  if (made === undefined) return;
  for (let folder = resolve(outdir); folder.length >= made.length; folder = dirname(folder)) removeIfEmpty(folder);
}

const remedies: { readonly [code: string]: string } = {
  ENOSPC: 'The disk is full: make room',
  EDQUOT: 'The quota is used up: make room',
  EROFS: 'The file system is read-only: write to another folder',
  EACCES: 'It is not yours to write: change its owner or mode, or write to another folder',
  EPERM: 'It is not yours to write: change its owner or mode, or write to another folder',
  ENOTDIR: 'A part of its path is a file: write to another folder',
  EEXIST: 'A part of its path is a file: write to another folder',
};

function remedyFor(error: unknown): string {
  return remedies[codeOf(error) ?? ''] ?? 'See to that';
}

function unwritable(error: unknown, outdir: string, { command }: Writer): unknown {
  if (isEspalierError(error) || codeOf(error) === undefined) return error;
  return new EspalierError(
    `${outdir} cannot be written (${messageOf(error)}); it is as it was. ${remedyFor(error)}, and run ${command} again.`,
  );
}

function cutShort(error: unknown, outdir: string, { command }: Writer): unknown {
  if (codeOf(error) === undefined) return error;
  return new EspalierError(
    `${outdir} is incomplete: writing was cut short (${messageOf(error)}), so that files are of the old tree or the new one. ${remedyFor(error)}, and run ${command} again.`,
  );
}
