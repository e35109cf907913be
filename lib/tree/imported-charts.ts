import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EspalierError } from '../errors';

/**
 * Writes what `espalier import` makes of a chart.
 *
 * @param mark how a file begins that may be replaced
 * @returns whether it was another before
 * @throws EspalierError for a file that somebody else wrote, and for a link
 */
export function writeImport(folder: string, name: string, text: string, mark: string): boolean {
  const file = join(folder, name);
  for (const path of [folder, file]) {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    throw new EspalierError(`${path} is a symbolic link, which is not followed. Replace it with what it leads to.`);
  }
  if (existsSync(file)) {
    const before = readFileSync(file, 'utf8');
    if (before === text) return false;
    if (!before.startsWith(mark)) {
      throw new EspalierError(
        `${file} was not made by \`espalier import\`: it is kept. Move it, or give another --output.`,
      );
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
  return true;
}

/** The texts in a folder of `espalier import`, by path; none where there is no such folder. */
export function readImports(folder: string): Map<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
  return new Map(names.sort().map((name) => [`${folder}/${name}`, readFileSync(join(folder, name), 'utf8')]));
}
