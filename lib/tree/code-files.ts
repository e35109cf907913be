import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EspalierError } from '../errors';
import { sha256 } from './ownership';
import { ownPrefix } from './paths';

/** Code that is added to a project, by path below its folder. */
export interface CodeFiles {
  /** New files, which nothing uses until main does. */
  readonly modules: ReadonlyMap<string, string>;
  /** The file that uses them; there may be one already. */
  readonly main: { readonly path: string; readonly text: string };
}

/** Code that stands in a project and is used by nothing yet. */
export interface AddedCode {
  /** The main file that will be, beside the one that is. */
  readonly main: string;
  /** Puts it in the place of the one that is: from then on the code is used. */
  use(): void;
  /** Takes everything out again. */
  undo(): void;
}

/** The new files with their hashes, while they are not used. */
const journal = `${ownPrefix}-adopting.json`;

/**
 * Adds code to a project. The main file is replaced last, in one step, so that a run that is killed before leaves new files alone that
 * nothing uses; the next run deletes them.
 *
 * @param folder the project's, absolute
 * @throws EspalierError for a file that is there already and says something else
 */
export function addCode(folder: string, { modules, main }: CodeFiles): AddedCode {
  removeLeftOver(folder);
  const fresh = [...modules].filter(([path, text]) => {
    const file = join(folder, path);
    if (!existsSync(file)) return true;
    if (readFileSync(file, 'utf8') === text) return false;
    throw new EspalierError(
      `${path} exists already, and says something else. Move it away, or name another folder by --output.`,
    );
  });
  const staged = main.path.replace(/(\.[cm]?[jt]s)$/, `.adopting$1`);
  const all = [...fresh, [staged, main.text] as const];
  writeFileSync(
    join(folder, journal),
    JSON.stringify(Object.fromEntries(all.map(([path, text]) => [path, sha256(text)]))),
  );
  for (const [path, text] of all) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return {
    main: join(folder, staged),
    use: () => {
      renameSync(join(folder, staged), join(folder, main.path));
      rmSync(join(folder, journal));
    },
    undo: () => removeLeftOver(folder),
  };
}

/** Deletes what a run has left that was killed before its code was used: files that nobody has changed since. */
function removeLeftOver(folder: string): void {
  const path = join(folder, journal);
  if (!existsSync(path)) return;
  const files = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  const folders = new Set<string>();
  for (const [name, hash] of Object.entries(files)) {
    const file = join(folder, name);
    if (!file.startsWith(`${folder}/`) || !existsSync(file) || sha256(readFileSync(file)) !== hash) continue;
    rmSync(file);
    for (let above = dirname(name); above !== '.'; above = dirname(above)) folders.add(above);
  }
  for (const each of [...folders].sort((a, b) => b.length - a.length)) {
    try {
      rmdirSync(join(folder, each));
    } catch {
      // Something else lies in it.
    }
  }
  rmSync(path);
}
