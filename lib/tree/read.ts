import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { EspalierError } from '../errors';
import { nothingOwned, type Ownership, ownershipFile, owning, parseOwnership, type Writer } from './ownership';
import { newFoldersOf, ownPrefix, stagingFolder } from './paths';
import type { FolderState, OnDisk } from './plan';
import { readRegular } from './regular';

/** How an output folder is read. */
export interface ReadOptions {
  /**
   * Take an ownership file that cannot be read for none.
   *
   * @default false
   */
  readonly force?: boolean;
  /**
   * Take what stands on either side of a conflict that Git left in the ownership file.
   *
   * @default false
   */
  readonly bothSides?: boolean;
  /** @default espalier synth */
  readonly writer?: Writer;
  /**
   * The ownership file that is expected, as text and read: one of this text is not read again.
   *
   * @default - it is read
   */
  readonly expected?: ExpectedOwnership;
}

/** An ownership file before it is written: its text, and what that says. */
export interface ExpectedOwnership {
  readonly text: string;
  readonly ownership: Ownership;
}

/**
 * An output folder as it is, as far as a tree concerns it: it may be a repository of many files, and only the folders on the way to
 * what the tree wants or Espalier owns are looked into. Of their files only such are read, and of these only the bytes that
 * differ are kept. The folder itself may be a symbolic link; links below it are not followed. `.git` and Espalier's own files are
 * left out.
 *
 * @param wanted what the tree wants, by path
 * @throws EspalierError when the folder is no folder, or its ownership file cannot be read
 */
export function readState(outdir: string, wanted: ReadonlyMap<string, string>, options: ReadOptions = {}): FolderState {
  const root = resolveFolder(outdir);
  const files = new Map<string, OnDisk>();
  const folders = new Map<string, number>();
  if (root === undefined)
    return { ownership: nothingOwned, ownershipText: undefined, files, folders, hasStaging: false };
  const ownershipText = readText(join(root, ownershipFile));
  const ownership = owning(ownershipIn(ownershipText, join(outdir, ownershipFile), options), wanted);

  const ways = new Set<string>();
  for (const paths of [
    wanted,
    ownership.hashes,
    ownership.adopted ?? nothingOwned.hashes,
    ownership.moved ?? new Map(),
  ])
    for (const path of paths.keys()) newFoldersOf(path, ways);

  let hasStaging = false;
  const below = (folder: string): void => {
    const entries = readdirSync(`${root}/${folder}`, { withFileTypes: true });
    if (folder !== '') folders.set(folder, entries.length);
    for (const entry of entries) {
      if (folder === '' && entry.isDirectory() && entry.name.startsWith(stagingFolder)) hasStaging = true;
      if (entry.name === '.git' || entry.name.startsWith(ownPrefix)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && ways.has(path)) below(path);
      else if (entry.isDirectory()) folders.set(path, Infinity);
      else if (entry.isSymbolicLink()) files.set(path, { type: 'link' });
      else if (!entry.isFile()) files.set(path, { type: 'other' });
      else {
        const text = wanted.get(path);
        if (text === undefined && !ownership.hashes.has(path)) files.set(path, { type: 'unread' });
        else files.set(path, readFile(`${root}/${path}`, text));
      }
    }
  };
  try {
    below('');
  } catch (error) {
    throw codeOf(error) === undefined ? error : unreadable(outdir, error);
  }
  return { ownership, ownershipText, files, folders, hasStaging };
}

/**
 * The folder's real path, links resolved; undefined when there is nothing.
 *
 * @throws EspalierError when something else is there
 */
export function resolveFolder(outdir: string): string | undefined {
  let root: string;
  try {
    root = realpathSync(outdir);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && !isLink(outdir)) return undefined;
    throw unreadable(outdir, error);
  }
  if (lstatSync(root).isDirectory()) return root;
  throw new EspalierError(`${outdir} is not a folder. Move it away, or give another output folder.`);
}

/** The text of an output folder's ownership file; undefined where there is none. */
export function readOwnershipText(outdir: string): string | undefined {
  const root = resolveFolder(outdir);
  return root === undefined ? undefined : readText(join(root, ownershipFile));
}

/**
 * The paths in an output folder that are Espalier's; none where that cannot be known, which is told when it is written to.
 *
 * @param wanted what would be written, by path
 */
export function pathsWritten(outdir: string, wanted: ReadonlyMap<string, string>): Iterable<string> {
  try {
    const ownership = parseOwnership(readOwnershipText(outdir) ?? '', outdir, undefined, { bothSides: true });
    return owning(ownership, wanted).hashes.keys();
  } catch {
    return [];
  }
}

/** The code of an error of the operating system, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  // Not by instanceof: a test runner's sandbox has an Error of its own.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** An error's message, in one line. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

const same: OnDisk = { type: 'same' };

function readFile(path: string, wanted: string | undefined): OnDisk {
  const bytes = readRegular(path);
  return wanted !== undefined && bytes.equals(Buffer.from(wanted)) ? same : { type: 'file', bytes };
}

function ownershipIn(
  text: string | undefined,
  where: string,
  { force = false, bothSides, writer, expected }: ReadOptions,
): Ownership {
  if (text === undefined) return nothingOwned;
  if (text === expected?.text) return expected.ownership;
  try {
    return parseOwnership(text, where, writer, { bothSides });
  } catch (error) {
    if (force) return nothingOwned;
    throw error;
  }
}

function readText(path: string): string | undefined {
  try {
    return readRegular(path).toString('utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): EspalierError {
  return new EspalierError(`${path} cannot be read (${messageOf(error)}). Fix that, or give another output folder.`);
}
