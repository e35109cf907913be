import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside lib/ in the sources, beside build/ in the package. */
const folder = ['../../imports/schemas', '../../../imports/schemas']
  .map((path) => join(__dirname, path))
  .find((path) => existsSync(path));

/** The text of a file of `imports/schemas/`, which the checker knows kinds from; undefined when there is none. */
export function readSchemaFile(name: string): string | undefined {
  const path = folder && join(folder, name);
  return path && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
