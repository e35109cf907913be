import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EspalierError, isEspalierError } from '../errors';
import { sha256 } from './ownership';
import { ownPrefix } from './paths';
import { messageOf } from './read';

/** Code that is added to a project, by path below its folder. */
export interface CodeFiles {
  /** New files, which nothing uses until main does. */
  readonly modules: ReadonlyMap<string, string>;
  /** Files that are written anew, or for the first time, before main is. */
  readonly replaced: ReadonlyMap<string, string>;
  /** The file that uses the modules; there may be one already. */
  readonly main: { readonly path: string; readonly text: string };
}

/** Code that stands in a project and is used by nothing yet. */
export interface AddedCode {
  /** The main file that will be, beside the one that is. */
  readonly main: string;
  /** Puts it in the place of the one that is: from then on the code is used. */
  use(): void;
  /** Says that nothing is to be undone any more. */
  keep(): void;
  /** Takes everything out again. */
  undo(): void;
}

/** Where texts wait until they are whole, and what they replace is kept. */
const stagingFolder = `${ownPrefix}-adopting`;
const listName = 'files.json';

/** What is added, by path below the project's folder, with the SHA-256 of what is written. */
interface Listed {
  /** The main file that will be. */
  readonly staged: string;
  readonly modules: readonly (readonly [path: string, hash: string])[];
  /** The files that are written anew, in their order; what they were is `before-<n>` beside the list, where there was one. */
  readonly replaced: readonly (readonly [path: string, hash: string])[];
}

/**
 * Adds code to a project. Every text is written to a folder of Espalier's own first, and then renamed: the main file beside the one
 * that is, then the modules. When it is used, the main file takes its place last. So a run that is killed before leaves new files alone
 * that nothing uses; the next run deletes them.
 *
 * @param folder the project's, absolute
 * @throws EspalierError for a file that is there already and says something else, and for a folder that cannot be written
 */
export function addCode(folder: string, { modules, replaced, main }: CodeFiles): AddedCode {
  return writing(() => {
    removeLeftOver(folder);
    const staged = main.path.replace(/(\.[cm]?[jt]s)$/, '.adopting$1');
    const placed = [[staged, main.text] as const, ...[...modules].filter(([path, text]) => isNew(folder, path, text))];
    const anew = [...replaced, [main.path, main.text] as const];
    const inStaging = (name: string) => join(folder, stagingFolder, name);
    try {
      mkdirSync(inStaging(''));
      writeFileSync(inStaging('.gitignore'), '*\n');
      for (const [i, [, text]] of placed.entries()) writeFileSync(inStaging(`new-${i}`), text);
      for (const [i, [path, text]] of anew.entries()) {
        writeFileSync(inStaging(`replacement-${i}`), text);
        const before = textOf(join(folder, path));
        if (before !== undefined) writeFileSync(inStaging(`before-${i}`), before);
      }
      const hashed = (files: readonly (readonly [string, string])[]) =>
        files.map(([path, text]) => [path, sha256(text)] as const);
      const list: Listed = { staged, modules: hashed(placed.slice(1)), replaced: hashed(anew) };
      writeFileSync(inStaging('list'), JSON.stringify(list));
      renameSync(inStaging('list'), inStaging(listName));
      for (const [i, [path]] of placed.entries()) place(inStaging(`new-${i}`), folder, path);
      return {
        main: join(folder, staged),
        use: () => {
          for (const [i, [path]] of anew.slice(0, -1).entries()) place(inStaging(`replacement-${i}`), folder, path);
          renameSync(join(folder, staged), join(folder, main.path));
        },
        keep: () => rmSync(inStaging(''), { recursive: true, force: true }),
        undo: () => takeOut(folder, list),
      };
    } catch (error) {
      removeLeftOver(folder);
      throw error;
    }
  });
}

/** @throws EspalierError where something else is there */
function isNew(folder: string, path: string, text: string): boolean {
  const there = textOf(join(folder, path));
  if (there === undefined || there === text) return there === undefined;
  throw new EspalierError(
    `${path} exists already, and says something else. Move it away, or name another folder by --output. Nothing was written.`,
  );
}

function place(from: string, folder: string, path: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  renameSync(from, join(folder, path));
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Deletes what a run has left that was killed before its code was used. @throws EspalierError where it cannot */
export function clearCode(folder: string): void {
  writing(() => removeLeftOver(folder));
}

function removeLeftOver(folder: string): void {
  const staging = join(folder, stagingFolder);
  const text = textOf(join(staging, listName));
  const list = text === undefined ? undefined : (JSON.parse(text) as Listed);
  // Without its main file, the code is used, or none of it has come to its place.
  if (list && existsSync(join(folder, list.staged))) takeOut(folder, list);
  else rmSync(staging, { recursive: true, force: true });
}

/** Puts all back as it was, but for what somebody has changed since. The main file goes last: it says that something is to be done. */
function takeOut(folder: string, { staged, modules, replaced }: Listed): void {
  for (const [i, [path, hash]] of replaced.entries()) {
    if (!isAs(folder, path, hash)) continue;
    const before = join(folder, stagingFolder, `before-${i}`);
    if (existsSync(before)) renameSync(before, join(folder, path));
    else remove(folder, path);
  }
  for (const [path, hash] of modules) if (isAs(folder, path, hash)) remove(folder, path);
  if (existsSync(join(folder, staged))) unlinkSync(join(folder, staged));
  rmSync(join(folder, stagingFolder), { recursive: true, force: true });
}

function isAs(folder: string, path: string, hash: string): boolean {
  const text = textOf(join(folder, path));
  return text !== undefined && sha256(text) === hash;
}

/** Deletes a file, and the folders above it that are empty without it. */
function remove(folder: string, path: string): void {
  unlinkSync(join(folder, path));
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    if (readdirSync(join(folder, above)).length > 0) return;
    rmdirSync(join(folder, above));
  }
}

/** @throws EspalierError for what the file system says */
function writing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isEspalierError(error)) throw error;
    throw new EspalierError(
      `The code cannot be written (${messageOf(error)}); nothing has changed. Fix that, and run espalier adopt again.`,
    );
  }
}
