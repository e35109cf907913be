import { lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gitTop } from './source/folder';

/** Where `espalier schemas add` keeps schemas: in the repository that a path lies in or, outside of Git, in the working directory. */
export function keptSchemasFolder(path: string): string {
  return join(gitTop(resolve(path)) ?? process.cwd(), '.espalier', 'schemas');
}

/** That folder, if there is one. What a link leads to is not read: whoever proposes a change may not have other files read. */
export function keptSchemas(path: string): string[] {
  const folder = keptSchemasFolder(path);
  const isThere = [dirname(folder), folder].every((one) => lstatSync(one, { throwIfNoEntry: false })?.isDirectory());
  return isThere ? [folder] : [];
}
