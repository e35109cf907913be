import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EspalierError } from '../../errors';
import type { Change } from '../../tree/plan';
import { messageOf } from '../../tree/read';

/**
 * Writes files below a folder: all of them, or none.
 *
 * @throws EspalierError when one cannot be written; then all are as they were
 */
export function writeFiles(top: string, changes: readonly Change[]): void {
  const made: string[] = [];
  const done: Change[] = [];
  const staged = (path: string) => `${join(top, path)}.espalier-new`;
  try {
    for (const { path, after = '' } of changes) {
      for (const folder of missing(dirname(join(top, path)))) {
        mkdirSync(folder);
        made.push(folder);
      }
      // What a run has left that was killed.
      rmSync(staged(path), { force: true });
      writeFileSync(staged(path), after, { flag: 'wx' });
    }
    // Nothing but renaming is left, for which a full disk has room.
    for (const change of changes) {
      renameSync(staged(change.path), join(top, change.path));
      done.push(change);
    }
  } catch (error) {
    for (const { path, before } of done) {
      if (before === undefined) rmSync(join(top, path), { force: true });
      else writeFileSync(join(top, path), before);
    }
    for (const { path } of changes) rmSync(staged(path), { force: true });
    for (const folder of made.reverse()) rmSync(folder, { recursive: true, force: true });
    throw new EspalierError(
      `The files cannot be written (${messageOf(error)}); nothing has changed. Fix that, and run espalier init again.`,
    );
  }
}

/** The folders of a path that are not there, the outermost first. */
function missing(folder: string): string[] {
  return existsSync(folder) ? [] : [...missing(dirname(folder)), folder];
}
