import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EspalierError } from '../errors';
import { messageOf } from './read';

/** A file that is made of what somebody imports. */
export interface ImportedFile {
  /** The folder that it lies in, or below. */
  readonly folder: string;
  /** Below the folder. */
  readonly path: string;
  readonly text: string;
  /** How a file begins that may be replaced. @default - any may be */
  readonly mark?: string;
}

/** Those that are not there, or say something else. */
export function staleImports<F extends ImportedFile>(files: readonly F[]): F[] {
  return files.filter(({ folder, path, text }) => {
    const file = join(folder, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
}

/**
 * Writes what an import makes: all of it, or nothing.
 *
 * @param removed files that are not made any more
 * @returns those that were others before
 * @throws EspalierError for a file that somebody else wrote, for a link, and for a folder that cannot be written
 */
export function writeImports<F extends ImportedFile>(files: readonly F[], removed: readonly string[] = []): F[] {
  for (const { folder, path } of files) refuseLinks(folder, path);
  const stale = staleImports(files);
  for (const file of stale) refuseOthers(file);
  const paths = stale.map(({ folder, path }) => join(folder, path));
  try {
    stale.forEach(({ text }, i) => {
      mkdirSync(dirname(paths[i] as string), { recursive: true });
      writeFileSync(`${paths[i]}.new`, text);
    });
  } catch (error) {
    for (const path of paths) rmSync(`${path}.new`, { force: true });
    throw new EspalierError(`nothing was written: ${messageOf(error)}.`);
  }
  for (const path of paths) renameSync(`${path}.new`, path);
  for (const path of removed) rmSync(path);
  return stale;
}

function refuseLinks(folder: string, path: string): void {
  const parts = path.split('/');
  for (let i = 0; i <= parts.length; i += 1) {
    const part = join(folder, ...parts.slice(0, i));
    if (!lstatSync(part, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    throw new EspalierError(`${part} is a symbolic link, which is not followed. Replace it with what it leads to.`);
  }
}

function refuseOthers({ folder, path, mark }: ImportedFile): void {
  const file = join(folder, path);
  if (mark === undefined || !existsSync(file) || readFileSync(file, 'utf8').startsWith(mark)) return;
  throw new EspalierError(
    `${file} was not made by \`espalier import\`: it is kept. Move it, or give another --output.`,
  );
}

/** The texts in a folder of `espalier import`, by path; none where there is no such folder. */
export function readImports(folder: string): Map<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
  return new Map(names.sort().map((name) => [`${folder}/${name}`, readFileSync(join(folder, name), 'utf8')]));
}
