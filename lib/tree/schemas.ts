import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readAsset } from './assets';
import { parseFile, type SourceFile } from './source';

/** The file of schemas that comes with Espalier (`npm run import` makes it): beside lib/ in the sources, beside build/ in the package. */
export function readPackedSchemas(): Buffer {
  return readAsset('schemas.br', () => {
    const paths = ['../../imports/schemas.br', '../../../imports/schemas.br'].map((path) => join(__dirname, path));
    return paths.find((path) => existsSync(path)) ?? (paths[0] as string);
  });
}

/** The YAML and JSON files of a folder that a user names, with their paths below it; undefined where there is no such folder. */
export function readSchemaFolder(folder: string): SourceFile[] | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  return schemaFiles(folder).map((path) => parseFile(relative(folder, path), readFileSync(path)));
}

/** The YAML and JSON files of a folder, in their order. Links are not followed. */
export function schemaFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
