import { readFileSync } from 'node:fs';

/** What Node says of the single executable that it may be. */
const sea = process.getBuiltinModule('node:sea');

/** Whether this is the single executable: no packages and no files lie beside it, and it cannot run programs of users. */
export const isSingleExecutable = sea.isSea();

/**
 * A file that Espalier brings along.
 *
 * @param name as scripts/executable.mjs puts it into the single executable
 * @param find where it is else
 */
export function readAsset(name: string, find: () => string): Buffer {
  return isSingleExecutable ? Buffer.from(sea.getRawAsset(name) as ArrayBuffer) : readFileSync(find());
}
