import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseFile, type SourceFile } from './source';

/** Beside lib/ in the sources, beside build/ in the package. */
const folder = ['../../imports/schemas', '../../../imports/schemas']
  .map((path) => join(__dirname, path))
  .find((path) => existsSync(path));

/** The text of a file of `imports/schemas/`, which the checker knows kinds from; undefined when there is none. */
export function readSchemaFile(name: string): string | undefined {
  const path = folder && join(folder, name);
  return path && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** The YAML and JSON files of a folder that a user names, with their paths below it; undefined where there is no such folder. */
export function readSchemaFolder(folder: string): SourceFile[] | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  return schemaFiles(folder).map((path) => parseFile(relative(folder, path), readFileSync(path)));
}

/** Those files, in their order. Links are not followed. */
function schemaFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
