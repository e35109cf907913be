import { chmodSync, lstatSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EspalierError } from '../errors';
import { messageOf } from './read';
import { readRegular } from './regular';
import { isIn } from './source/seen-from';

/** A file that is there, and what it is to hold instead. */
export interface EditedFile {
  /** Its absolute path. */
  readonly path: string;
  /** As the user would name it. */
  readonly shown: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Why a file must not be edited: it lies outside the folder, or a link leads there; undefined where it may be. */
export function whyNotEdited(path: string, root: string): string | undefined {
  try {
    if (!isIn(realpathSync(dirname(path)), realpathSync(root))) return 'lies outside of the folder that is checked';
    return lstatSync(path).isFile() ? undefined : 'is no regular file';
  } catch (error) {
    return `cannot be read (${messageOf(error)})`;
  }
}

/**
 * Writes files that somebody else wrote, each at once or not at all. What has changed since it was read is not overwritten.
 *
 * @throws EspalierError before anything is written, where one has changed or may not be edited; and where one cannot be written
 */
export function editFiles(files: readonly EditedFile[], root: string): void {
  for (const { path, shown, before } of files) {
    const wrong = whyNotEdited(path, root) ?? (isStill(path, before) ? undefined : 'has changed since it was read');
    if (wrong !== undefined) throw new EspalierError(`${shown} ${wrong}; nothing is written. Run the command again.`);
  }
  for (const { path, shown, after } of files) {
    const staged = join(dirname(path), `.${basename(path)}.${process.pid}.espalier`);
    try {
      writeFileSync(staged, after, { flag: 'wx' });
      chmodSync(staged, lstatSync(path).mode & 0o7777);
      renameSync(staged, path);
    } catch (error) {
      rmSync(staged, { force: true });
      throw new EspalierError(
        `${shown} cannot be written (${messageOf(error)}). Files before it are written: git diff shows which.`,
      );
    }
  }
}

function isStill(path: string, bytes: Uint8Array): boolean {
  try {
    return Buffer.compare(readRegular(path), bytes) === 0;
  } catch {
    return false;
  }
}
