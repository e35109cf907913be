import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';

/**
 * What lies at a path; undefined where nothing does. A file in the place of a folder above it, a link to itself and what is somebody
 * else's are errors to Node, also where a file that is not there is none.
 */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** What is in a folder; nothing where it is gone, none, or somebody else's. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
