import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EspalierError } from '../errors';
import { type SchemaStore, schemaStore } from '../graph/schema/store';
import { readSchemaFile } from '../tree/schemas';
import { parseFile } from '../tree/source';
import { isJsonObject } from '../tree/tree';

/**
 * The schemas that come with Espalier, and those of folders: CustomResourceDefinitions in YAML or JSON, and JSON Schemas named
 * `{group}/{kind}_{version}.json`. Of a kind that several define, the last counts.
 *
 * @throws EspalierError when a folder is not there or holds no schemas
 */
export function readSchemas(folders: readonly string[]): SchemaStore {
  const store = schemaStore(readSchemaFile);
  for (const folder of folders) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new EspalierError(`--schemas ${folder}: there is no such folder.`);
    }
    const added = filesBelow(folder).map((path) => addFile(store, folder, path));
    if (!added.includes(true)) {
      throw new EspalierError(
        `--schemas ${folder}: it holds no schemas. It should have CustomResourceDefinitions (*.yaml) or JSON Schemas ({group}/{kind}_{version}.json).`,
      );
    }
  }
  return store;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** @returns whether the file holds a schema */
function addFile(store: SchemaStore, folder: string, path: string): boolean {
  const { documents } = parseFile(path, readFileSync(path));
  const added = documents.map(({ value }) => {
    if (!isJsonObject(value)) return false;
    return store.add(value) || (path.endsWith('.json') && store.addJsonSchema(relative(folder, path), value));
  });
  return added.includes(true);
}
