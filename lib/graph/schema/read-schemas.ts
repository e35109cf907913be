import { EspalierError } from '../../errors';
import { isJsonObject } from '../../json/json';
import { lazy } from '../../text/memoize';
import { keptSchemas } from '../../tree/kept-schemas';
import { readPackedSchemas, readSchemaFolder } from '../../tree/schemas';
import { type Pack, readPack } from './pack';
import { type SchemaStore, schemaStore } from './store';

/** The schemas that come with Espalier. */
export const packedSchemas: () => Pack = lazy(() => readPack(readPackedSchemas()));

export interface SchemaSettings {
  /** Folders that the user names. */
  readonly folders?: readonly string[] | undefined;
  /** The release of Kubernetes whose own kinds count, such as 1.33. @default - the newest that is known */
  readonly kubernetes?: string | undefined;
  /** A path of the tree: what `espalier schemas add` keeps in its repository counts, too. @default - nothing does */
  readonly tree?: string;
}

/**
 * The schemas that come with Espalier, those that the repository keeps, and those of folders: CustomResourceDefinitions in YAML
 * or JSON, and JSON Schemas named `{group}/{kind}_{version}.json`. Of a kind that several define, the last counts.
 *
 * @throws EspalierError when a folder is not there or holds no schemas
 */
export function readSchemas({ folders = [], kubernetes, tree }: SchemaSettings = {}): SchemaStore {
  const pack = packedSchemas();
  const store = schemaStore(pack, kubernetes === undefined ? undefined : releaseOf(kubernetes, pack.releases));
  const kept = tree === undefined ? [] : keptSchemas(tree);
  for (const folder of [...kept, ...folders]) {
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
