import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { EspalierError } from '../errors';
import { nothingOwned, type Ownership, ownershipFile, parseOwnership, type Writer } from './ownership';
import { ownPrefix } from './paths';
import type { FolderState, OnDisk } from './plan';

/** How an output folder is read. */
export interface ReadOptions {
  /**
   * Take an ownership file that cannot be read for none.
   *
   * @default false
   */
  readonly force?: boolean;
  /** @default espalier synth */
  readonly writer?: Writer;
}

/**
 * An output folder as it is. One walk; of the files only those that the tree wants or Espalier owns are read. The folder itself
 * may be a symbolic link; links below it are not followed. `.git` and Espalier's own files are left out.
 *
 * @param wanted has the paths whose content matters
 * @throws EspalierError when the folder is no folder, or its ownership file cannot be read
 */
export function readState(
  outdir: string,
  wanted: { has(path: string): boolean },
  options: ReadOptions = {},
): FolderState {
  const root = resolveFolder(outdir);
  const files = new Map<string, OnDisk>();
  const folders = new Map<string, number>();
  if (root === undefined)
    return { ownership: nothingOwned, ownershipText: undefined, files, folders, leftovers: false };
  const ownershipText = readText(join(root, ownershipFile));
  const ownership =
    ownershipText === undefined ? nothingOwned : parse(ownershipText, join(outdir, ownershipFile), options);

  let leftovers = false;
  const below = (folder: string): void => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    if (folder !== '') folders.set(folder, entries.length);
    for (const entry of entries) {
      if (folder === '' && entry.isDirectory() && entry.name.startsWith(ownPrefix)) leftovers = true;
      if (entry.name === '.git' || entry.name.startsWith(ownPrefix)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) below(path);
      else if (entry.isSymbolicLink()) files.set(path, { type: 'link' });
      else if (!entry.isFile()) files.set(path, { type: 'other' });
      else if (!wanted.has(path) && !ownership.hashes.has(path)) files.set(path, { type: 'unread' });
      else files.set(path, { type: 'file', bytes: readFileSync(`${root}/${path}`) });
    }
  };
  try {
    below('');
  } catch (error) {
    throw codeOf(error) === undefined ? error : unreadable(outdir, error);
  }
  return { ownership, ownershipText, files, folders, leftovers };
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

function parse(text: string, where: string, { force = false, writer }: ReadOptions): Ownership {
  try {
    return parseOwnership(text, where, writer);
  } catch (error) {
    if (force) return nothingOwned;
    throw error;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): EspalierError {
  return new EspalierError(`${path} cannot be read (${messageOf(error)}). Mend that, or give another output folder.`);
}
