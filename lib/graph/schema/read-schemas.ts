import { EspalierError } from '../../errors';
import { isJsonObject } from '../../json/json';
import { lazy } from '../../text/memoize';
import { readPackedSchemas, readSchemaFolder } from '../../tree/schemas';
import { type Pack, readPack } from './pack';
import { type SchemaStore, schemaStore } from './store';

/** The schemas that come with Espalier. */
export const packedSchemas: () => Pack = lazy(() => readPack(readPackedSchemas()));

/**
 * The schemas that come with Espalier, and those of folders: CustomResourceDefinitions in YAML or JSON, and JSON Schemas named
 * `{group}/{kind}_{version}.json`. Of a kind that several define, the last counts.
 *
 * @param kubernetes the release whose own kinds count, such as 1.33
 * @throws EspalierError when a folder is not there or holds no schemas
 */
export function readSchemas(folders: readonly string[], kubernetes?: string): SchemaStore {
  const pack = packedSchemas();
  const store = schemaStore(pack, kubernetes === undefined ? undefined : releaseOf(kubernetes, pack.releases));
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

/** @throws EspalierError for what is no release whose kinds are known */
function releaseOf(kubernetes: string, [first, last]: Pack['releases']): number {
  const minor = Number(/^v?1\.(\d+)(?:[.+-].*)?$/.exec(kubernetes.trim())?.[1]);
  if (minor >= first && minor <= last) return minor;
  throw new EspalierError(
    `--kubernetes ${JSON.stringify(kubernetes)}: it must be a release whose kinds are known: 1.${first} to 1.${last}, such as 1.${last - 1}.`,
  );
}
