import { EspalierError } from '../../errors';
import { isJsonObject } from '../../json/json';
import { readSchemaFile, readSchemaFolder } from '../../tree/schemas';
import { type SchemaStore, schemaStore } from './store';

/**
 * The schemas that come with Espalier, and those of folders: CustomResourceDefinitions in YAML or JSON, and JSON Schemas named
 * `{group}/{kind}_{version}.json`. Of a kind that several define, the last counts.
 *
 * @throws EspalierError when a folder is not there or holds no schemas
 */
export function readSchemas(folders: readonly string[]): SchemaStore {
  const store = schemaStore(readSchemaFile);
  for (const folder of folders) {
    const files = readSchemaFolder(folder);
    if (files === undefined)
      throw new EspalierError(
        `schemas: there is no folder ${folder}. Correct --schemas, or schemas in the configuration.`,
      );
    const added = files.flatMap(({ path, documents }) =>
      documents.map(({ value }) => {
        if (!isJsonObject(value)) return false;
        return store.add(value) || (path.endsWith('.json') && store.addJsonSchema(path, value));
      }),
    );
    if (!added.includes(true)) {
      throw new EspalierError(
        `schemas: ${folder} has no schemas. It should have CustomResourceDefinitions (*.yaml) or JSON Schemas ({group}/{kind}_{version}.json).`,
      );
    }
  }
  return store;
}
