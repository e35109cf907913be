import { isJsonObject, type JsonObject } from '../../json/json';
import { type GroupKind, groupKind, groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import { lazy } from '../../text/memoize';
import { type Definition, readDefinition, resource } from './definition';
import { jsonSchemaKind, structural } from './json-schema';
import { type Node, nodeMaker } from './node';
import type { Schema } from './schema';
import type { KindSchema } from './validate';

/** What is known of a kind in a version. */
export type Lookup =
  | { readonly state: 'found'; readonly schema: KindSchema }
  /** The kind is known, but not in this version: which apiVersions it has. */
  | { readonly state: 'not-served'; readonly served: readonly string[] }
  | { readonly state: 'unknown' };

/** The schemas of all kinds that are known. */
export interface SchemaStore {
  lookup(apiVersion: string, kind: string): Lookup;
  /** Whether objects of a kind lie in no namespace, as its definition says; undefined for kinds of which nobody knows. */
  isClusterScoped(kind: GroupKind): boolean | undefined;
  /** Takes over the schemas of a CustomResourceDefinition in place of all others of its kind; false when it is none. */
  add(definition: JsonObject): boolean;
  /**
   * Takes over a JSON Schema of one kind and version.
   *
   * @param path ends in `{group}/{kind}_{version}.json`, which tells the kind
   * @returns false when the path tells none
   */
  addJsonSchema(path: string, schema: JsonObject): boolean;
  /** A store that knows what this one does, but for CustomResourceDefinitions: each in place of all others of its kind. */
  withDefinitions(definitions: readonly JsonObject[]): SchemaStore;
}

/** A kind's versions, each made ready when it is asked for. */
interface Kind {
  /** Undefined when only its name in lower case is known. */
  readonly name: string | undefined;
  readonly clusterScoped: boolean | undefined;
  readonly versions: ReadonlyMap<string, () => Node>;
}

type Definitions = Readonly<Record<string, Schema>>;

/** The file of `imports/schemas/` that holds what several kinds share. */
const shared = 'definitions.json';

/**
 * @param read gives the text of a file of `imports/schemas/`; undefined when there is none. Each is asked for once, when a kind
 *   is looked up
 */
export function schemaStore(read: (name: string) => string | undefined): SchemaStore {
  const kinds = new Map<string, Kind | undefined>();
  const definitions = new Map<string, Definitions>();

  const definitionsOf = (file: string): Definitions => {
    const known = definitions.get(file);
    if (known) return known;
    const found = (JSON.parse(read(file) ?? '{}') as { $defs?: Definitions }).$defs ?? {};
    definitions.set(file, found);
    return found;
  };
  /** Makes the versions of a kind whose references without a file name lead into `own`. */
  const makeKind = ({ kind, clusterScoped, versions }: Omit<Definition, 'group'>, own: string): Kind => {
    const make = nodeMaker((ref) => {
      const [file = '', name = ''] = ref.split('#/$defs/');
      return definitionsOf(file || own)[name];
    });
    const nodes = versions.map(
      ([version, schema]) => [version, lazy(() => make(resource(schema, definitionsOf(shared).ObjectMeta)))] as const,
    );
    return { name: kind, clusterScoped, versions: new Map(nodes) };
  };
  const builtIn = (group: string, kind: string): Kind | undefined => {
    const name = `${group || 'core'}_${kind}.json`;
    const text = /^[a-z0-9.-]+_[a-z0-9]+\.json$/.test(name) ? read(name) : undefined;
    if (text === undefined) return undefined;
    const file = JSON.parse(text) as { kind: string; scope: string; versions: Definitions; $defs?: Definitions };
    definitions.set(name, file.$defs ?? {});
    return makeKind(
      { kind: file.kind, clusterScoped: file.scope === 'Cluster', versions: Object.entries(file.versions) },
      name,
    );
  };
  const kindOf = (group: string, kind: string): Kind | undefined => {
    const key = `${group}/${kind}`;
    if (!kinds.has(key)) kinds.set(key, builtIn(group, kind));
    return kinds.get(key);
  };

  const find = (apiVersion: string, kind: string): Lookup => {
    const { group = '', version = '' } = /^(?:(?<group>[^/]+)\/)?(?<version>[^/]+)$/.exec(apiVersion)?.groups ?? {};
    // The core group has no name; its files have.
    const found = version === '' || group === 'core' ? undefined : kindOf(group, kind.toLowerCase());
    if (!found || (found.name !== undefined && found.name !== kind)) return { state: 'unknown' };
    const node = found.versions.get(version)?.();
    if (node) return { state: 'found', schema: { apiVersion, kind, node } };
    return {
      state: 'not-served',
      served: [...found.versions.keys()].map((name) => (group ? `${group}/${name}` : name)),
    };
  };
  /** By kind, then by apiVersion: no text is put together for each look. */
  const found = new Map<string, Map<string, Lookup>>();

  const store: SchemaStore = {
    lookup(apiVersion, kind) {
      let versions = found.get(kind);
      if (versions === undefined) {
        versions = new Map();
        found.set(kind, versions);
      }
      const known = versions.get(apiVersion) ?? find(apiVersion, kind);
      versions.set(apiVersion, known);
      return known;
    },
    isClusterScoped: ({ group, kind }) =>
      kindOf(group, kind.toLowerCase())?.clusterScoped ?? isClusterScoped({ group, kind }),
    add(manifest) {
      const definition = readDefinition(manifest);
      if (!definition) return false;
      found.clear();
      kinds.set(`${definition.group}/${definition.kind.toLowerCase()}`, makeKind(definition, ''));
      return true;
    },
    addJsonSchema(path, schema) {
      const name = jsonSchemaKind(path);
      if (!name || !isJsonObject(schema)) return false;
      const { group, kind, version } = name;
      found.clear();
      const other = kindOf(group, kind);
      const added = makeKind({ kind, clusterScoped: undefined, versions: [[version, structural(schema)]] }, '');
      const versions = new Map([...(other?.versions ?? []), ...added.versions]);
      kinds.set(`${group}/${kind}`, { name: other?.name, clusterScoped: other?.clusterScoped, versions });
      return true;
    },
    withDefinitions(definitions) {
      const own = schemaStore(read);
      const added = new Set<string>();
      for (const manifest of definitions) {
        const definition = own.add(manifest) ? readDefinition(manifest) : undefined;
        if (definition !== undefined) added.add(groupKind(definition));
      }
      const of = (kind: GroupKind) => (added.has(groupKind(kind)) ? own : store);
      return {
        ...store,
        lookup: (apiVersion, kind) => of({ ...groupVersion(apiVersion), kind }).lookup(apiVersion, kind),
        isClusterScoped: (kind) => of(kind).isClusterScoped(kind),
      };
    },
  };
  return store;
}
