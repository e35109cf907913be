import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isEspalierError } from '../errors';
import { commit } from './commit';
import { ownershipFile, patchOwnership, sha256, synthesis } from './ownership';
import { foldersOf, pathFault } from './paths';
import type { Change, Plan } from './plan';
import { codeOf, resolveFolder } from './read';
import { readRegular } from './regular';
import type { WriteOptions } from './write';
import { whileLocked } from './writing';

/** What a patch did. */
export interface Patched extends Pick<Plan, 'created' | 'changed' | 'pruned'> {
  /** Whether anything was written at all. */
  readonly written: boolean;
  /** The ownership file as it is now: what the next patch asks for. */
  readonly ownership: string;
}

/** Why a few files could not be written on their own; nothing was written. */
export interface Unpatched {
  /** A clause: `shop/app.yaml is not as espalier wrote it`. */
  readonly impossible: string;
}

/**
 * Writes a few files of a tree that Espalier wrote, without reading the others: what `writeTree` would do, with the same promises,
 * in a time that does not follow from how many others there are (but for the ownership file, which lists them).
 *
 * It does so only where the folder's ownership file is the one expected and each of these files is byte for byte what Espalier
 * wrote, or not there when it is new. Everything else (edited files, links, a run that was cut short) is left to `writeTree`,
 * which knows what to do or what to say. What happened to the other files stays unseen until then.
 *
 * @param changes the new text by path; undefined deletes the file
 * @param expected the ownership file's text as `writeTree` or the last patch gave it
 * @throws EspalierError when another run is writing, or the folder cannot be written
 */
export function patchTree(
  changes: ReadonlyMap<string, string | undefined>,
  expected: string,
  outdir: string,
  { writer = synthesis }: Pick<WriteOptions, 'writer'> = {},
): Patched | Unpatched {
  const hashes = new Map<string, string | undefined>();
  for (const [path, after] of changes) {
    const fault = pathFault(path);
    if (fault !== undefined) return { impossible: `${JSON.stringify(path)} ${fault}` };
    hashes.set(path, after === undefined ? undefined : sha256(after));
  }
  const ownership = patchOwnership(expected, hashes, writer);
  if (ownership === undefined) return { impossible: `${ownershipFile} is not of a whole tree` };
  const root = rootOf(outdir);
  if (root === undefined) return { impossible: `${outdir} is not there` };

  return whileLocked(root, outdir, writer, (writing) => {
    if (read(join(root, ownershipFile))?.toString() !== expected)
      return { impossible: `${ownershipFile} is not as it was left` };
    const folders = new Map<string, boolean>();
    const plan = planOf(changes, hashes, ownership.before, root, folders);
    if ('impossible' in plan) return plan;
    const { created, changed, pruned, emptied } = plan;
    const written = created.length + changed.length + pruned.length > 0;
    if (written) {
      const writes = [...created, ...changed].map(({ path, after = '' }) => ({ path, after }));
      const deletes = pruned.map(({ path }) => path);
      const { during, final } = ownership;
      commit(writing, { writes, deletes, emptied, during, final }, (folder) => folders.get(folder) ?? false);
    }
    return { created, changed, pruned, written, ownership: ownership.final };
  });
}

/**
 * What is to be done to the files.
 *
 * @param before the hashes that the ownership file has of them
 * @param folders takes which folders are there
 */
function planOf(
  changes: ReadonlyMap<string, string | undefined>,
  hashes: ReadonlyMap<string, string | undefined>,
  before: ReadonlyMap<string, readonly string[]>,
  root: string,
  folders: Map<string, boolean>,
): Pick<Plan, 'created' | 'changed' | 'pruned' | 'emptied'> | Unpatched {
  const created: Change[] = [];
  const changed: Change[] = [];
  const pruned: Change[] = [];
  for (const [path, [hash]] of before) {
    if (hash === hashes.get(path)) continue;
    if (!isWayFree(root, path, folders)) return { impossible: `something is in the way of ${path}` };
    const stats = lstatSync(`${root}/${path}`, { throwIfNoEntry: false });
    const bytes = stats?.isFile() ? read(`${root}/${path}`) : undefined;
    const asLeft = hash === undefined ? stats === undefined : bytes !== undefined && sha256(bytes) === hash;
    if (!asLeft) return { impossible: `${path} is not as espalier left it` };
    const after = changes.get(path);
    const list = after === undefined ? pruned : hash === undefined ? created : changed;
    list.push({ path, before: bytes?.toString(), after });
  }
  const needed = foldersOfAll([...created, ...changed]);
  const left = [...foldersOfAll(pruned)].filter((folder) => !needed.has(folder));
  // On a file system that ignores case, the two are one folder, of which the planner must see all.
  const ignoringCase = new Set([...needed].map((folder) => folder.toLowerCase()));
  const twice = left.find((folder) => ignoringCase.has(folder.toLowerCase()));
  if (twice !== undefined) return { impossible: `the folder ${twice} changes its case` };
  return { created, changed, pruned, emptied: left.sort((a, b) => b.length - a.length) };
}

function foldersOfAll(files: readonly Change[]): Set<string> {
  return new Set(files.flatMap(({ path }) => foldersOf(path)));
}

/** What is wrong with the folder is for writeTree to say. */
function rootOf(outdir: string): string | undefined {
  try {
    return resolveFolder(outdir);
  } catch (error) {
    if (isEspalierError(error)) return undefined;
    throw error;
  }
}

/** Whether every folder of a path is one, or not there yet. */
function isWayFree(root: string, path: string, known: Map<string, boolean>): boolean {
  for (const folder of foldersOf(path)) {
    if (known.has(folder)) continue;
    const stats = lstatSync(`${root}/${folder}`, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isDirectory()) return false;
    known.set(folder, stats !== undefined);
  }
  return true;
}

function read(path: string): Buffer | undefined {
  try {
    return readRegular(path);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}
