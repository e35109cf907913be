import { isJsonObject, type JsonObject } from '../../json/json';
import { type GroupKind, groupKind, groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import { lazy } from '../../text/memoize';
import { type Definition, readDefinition, resource } from './definition';
import { jsonSchemaKind, structural } from './json-schema';
import { type Node, nodeMaker } from './node';
import type { Pack } from './pack';
import type { KindSchema } from './validate';

/** What is known of a kind in a version. */
export type Lookup =
  | {
      readonly state: 'found';
      readonly schema: KindSchema;
      /** Of when the catalog is that it is from, which may have another release of it than the cluster; undefined for none. */
      readonly catalog: string | undefined;
      /** Whether it is one of those that come with Espalier, not the tree's or the user's. */
      readonly packed: boolean;
      readonly deprecated: boolean;
      /** The apiVersions that are served, the best last. */
      readonly served: readonly string[];
      /** Of Kubernetes' own kinds: the first release without the version. */
      readonly until: number | undefined;
    }
  /** The kind is known, but not in this version. */
  | {
      readonly state: 'not-served';
      readonly served: readonly string[];
      /** Whether another release serves more versions, as far as anybody knows. */
      readonly catalog: boolean;
      /** Of Kubernetes' own kinds: the release that the version came with, and the first one without it. */
      readonly since?: number;
      readonly until?: number;
    }
  | { readonly state: 'unknown' };

/** The schemas of all kinds that are known. */
export interface SchemaStore {
  /** The release of Kubernetes whose kinds it knows: 33 of 1.33; undefined for the newest. */
  readonly release: number | undefined;
  lookup(apiVersion: string, kind: string): Lookup;
  /** Whether objects of a kind lie in no namespace, as its definition says; undefined for kinds of which nobody knows. */
  isClusterScoped(kind: GroupKind): boolean | undefined;
  /** What is served of a group, as far as anybody knows: `group/version`, and `group/version/Kind` of its kinds. */
  apiVersionsOf(group: string): readonly string[];
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
  readonly versions: ReadonlyMap<string, Version>;
}

interface Version {
  readonly node: () => Node;
  readonly packed: boolean;
  readonly catalog?: string | undefined;
  readonly deprecated?: boolean | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/**
 * @param pack what is known without the tree
 * @param release the release of Kubernetes whose own kinds count: 33 of 1.33
 */
export function schemaStore(pack?: Pack, release?: number): SchemaStore {
  const kinds = new Map<string, Kind | undefined>();
  const newest = release ?? pack?.releases[1];
  const make = pack?.nodes(release) ?? nodeMaker(() => undefined);

  const builtIn = (group: string, kind: string): Kind | undefined => {
    const found = pack?.find(group, kind);
    if (pack === undefined || found === undefined) return undefined;
    const { kind: name, scope, catalog } = found;
    const versions = Object.entries(found.versions).map(([version, { schema, ...more }]): [string, Version] => [
      version,
      { ...more, packed: true, catalog: catalog && pack.catalog, node: () => pack.root(schema, release) },
    ]);
    return { name, clusterScoped: scope && scope === 'Cluster', versions: new Map(versions) };
  };
  const makeKind = ({ kind, clusterScoped, versions }: Omit<Definition, 'group'>): Kind => {
    const nodes = versions.map(({ name, schema, deprecated }): [string, Version] => [
      name,
      { node: lazy(() => make(resource(schema, pack?.metadata()))), packed: false, deprecated },
    ]);
    return { name: kind, clusterScoped, versions: new Map(nodes) };
  };
  const kindOf = (group: string, kind: string): Kind | undefined => {
    const key = `${group}/${kind}`;
    if (!kinds.has(key)) kinds.set(key, builtIn(group, kind));
    return kinds.get(key);
  };
  const isServed = ({ since, until }: Version): boolean =>
    newest === undefined || ((since === undefined || since <= newest) && (until === undefined || newest < until));

  const find = (apiVersion: string, kind: string): Lookup => {
    const { group = '', version = '' } = /^(?:(?<group>[^/]+)\/)?(?<version>[^/]+)$/.exec(apiVersion)?.groups ?? {};
    // The core group has no name; its files have.
    const found = version === '' || group === 'core' ? undefined : kindOf(group, kind.toLowerCase());
    if (!found || (found.name !== undefined && found.name !== kind)) return { state: 'unknown' };
    const asked = found.versions.get(version);
    const served = [...found.versions].flatMap(([name, one]) =>
      isServed(one) ? [group ? `${group}/${name}` : name] : [],
    );
    if (asked !== undefined && isServed(asked)) {
      const { node, catalog, packed, deprecated = false, until } = asked;
      return { state: 'found', schema: { apiVersion, kind, node: node() }, catalog, packed, deprecated, served, until };
    }
    const catalog = [...found.versions.values()].some((one) => one.catalog !== undefined);
    return { state: 'not-served', served, catalog, ...(asked && { since: asked.since, until: asked.until }) };
  };
  /** By kind, then by apiVersion: no text is put together for each look. */
  const found = new Map<string, Map<string, Lookup>>();

  const store: SchemaStore = {
    release,
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
    apiVersionsOf(group) {
      for (const kind of Object.keys(pack?.kindsOf(group) ?? {})) kindOf(group, kind);
      const known = [...kinds].filter(([key]) => key.startsWith(`${group}/`));
      const served = known.flatMap(([, kind]) =>
        [...(kind?.versions ?? [])].flatMap(([version, one]) => {
          if (!isServed(one)) return [];
          const of = `${group}/${version}`;
          return kind?.name === undefined ? [of] : [of, `${of}/${kind.name}`];
        }),
      );
      return [...new Set(served)];
    },
    add(manifest) {
      const definition = readDefinition(manifest);
      if (!definition) return false;
      found.clear();
      kinds.set(`${definition.group}/${definition.kind.toLowerCase()}`, makeKind(definition));
      return true;
    },
    addJsonSchema(path, schema) {
      const name = jsonSchemaKind(path);
      if (!name || !isJsonObject(schema)) return false;
      const { group, kind, version } = name;
      found.clear();
      const other = kindOf(group, kind);
      const own = { name: version, schema: structural(schema), deprecated: false };
      const added = makeKind({ kind, clusterScoped: undefined, versions: [own] });
      const versions = new Map([...(other?.versions ?? []), ...added.versions]);
      kinds.set(`${group}/${kind}`, { name: other?.name, clusterScoped: other?.clusterScoped, versions });
      return true;
    },
    withDefinitions(definitions) {
      const own = schemaStore(pack, release);
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
