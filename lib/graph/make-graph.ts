import type { ParseHcl } from '../tree/hcl';
import type { Build, Built } from '../tree/kustomize/built';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import { isJsonObject, type Json, type JsonObject } from '../tree/tree';
import { changesKustomizations } from './admission';
import { beside } from './beside';
import type { Cluster } from './cluster';
import { type External, externalObjects } from './external';
import { isFluxKustomization, syncOf } from './flux-objects';
import type { Graph } from './graph';
import { isObject } from './identity';
import { objectAt } from './json';
import { withoutLeftovers } from './leftovers';
import { makeCluster } from './make-cluster';
import { manifests } from './manifests';
import { Reading } from './reading';
import type { Resource } from './resource';
import { type RootGroup, rootGroups } from './roots';
import { type SchemaStore, schemaStore } from './schema/store';
import { sourcesOf } from './sources';
import { rootResource, type Surroundings, unfold } from './unfold';
import { noValues, type ValuesOf, valuesIn } from './variable-values';

export interface GraphOptions {
  /** Objects that are in the cluster but not in the tree: `Kind/namespace/name`, `*` standing for any characters. */
  readonly external?: readonly string[];
  /**
   * The schemas of kinds; those that the tree defines are added.
   *
   * @default - none
   */
  readonly schemas?: SchemaStore;
  /**
   * Reads Vault's policies in HCL (see loadHcl).
   *
   * @default - they are not read
   */
  readonly hcl?: ParseHcl;
}

/** Follows every reference of a tree. Never throws: what cannot be read or built leaves an opening. */
export function makeGraph(tree: SourceTree, build: Build, options: GraphOptions = {}): Graph {
  const builds = new Set<Built>();
  const remembering: Build = (folder, overlay) => {
    const result = build(folder, overlay);
    builds.add(result);
    return result;
  };
  const external = externalObjects(options.external ?? []);
  const documents = documentsOf(tree);
  const written = documents.filter(isWritten);
  const schemas = options.schemas ?? schemaStore(() => undefined);
  for (const { value } of documents) if (isDefinition(value)) schemas.add(value);
  const reading = written.length > 0 ? new Reading(tree, documents, written) : undefined;
  const { clusters, left } =
    reading !== undefined
      ? clustersOf(reading, documents, { first: build, build: remembering }, external)
      : { clusters: withoutFlux(tree, remembering, external), left: [] };
  const reached = new Set<string>();
  for (const { files } of builds) for (const path of files) reached.add(path);
  const unreached = written.length > 0 ? unreachedIn(documents, clusters, reached) : [];
  const above = reading?.above ?? '';
  return { tree, above, clusters, schemas, hcl: options.hcl, builds: [...builds], reached, unreached, left };
}

function documentsOf(tree: SourceTree): SourceDocument[] {
  const documents: SourceDocument[] = [];
  for (const file of tree.files.values()) for (const document of file.documents) documents.push(document);
  return documents;
}

/** Whether a document defines a kind. */
function isDefinition(value: Json): value is JsonObject {
  return isJsonObject(value) && value.kind === 'CustomResourceDefinition' && isObject(value);
}

/** Whether a document is a Kustomization of Flux, or has the Flux Operator make one. */
function isWritten({ value }: SourceDocument): boolean {
  return isFluxKustomization(value) || syncOf(value) !== undefined;
}

function clustersOf(
  reading: Reading,
  documents: readonly SourceDocument[],
  { first, build }: { readonly first: Build; readonly build: Build },
  external: External,
): Pick<Graph, 'clusters' | 'left'> {
  // To find the roots, what nobody applies is built, too; its faults are nobody's.
  const written = reading.written.map((document) => {
    const of = reading.buildOf(document);
    return { document, built: of === undefined ? undefined : first(...of) };
  });
  const { clusters, left } = withoutLeftovers(rootGroups(written), written);
  const applied = new Set<SourceDocument>();
  for (const { built } of written) for (const { document } of built?.objects ?? []) applied.add(document);
  const cluster = (group: RootGroup) => {
    const more = beside(group.roots, reading.tree, first, applied);
    return clusterOf({ ...group, more }, reading, documents, build, external);
  };
  return { clusters: clusters.map(cluster), left };
}

function clusterOf(
  { folder, roots, more }: RootGroup & { readonly more: readonly Resource[] },
  reading: Reading,
  documents: readonly SourceDocument[],
  build: Build,
  external: External,
): Cluster {
  const { folderOf, originOf } = reading;
  const exists = (path: string) => reading.exists(path);
  const resources = roots.flatMap((root) => rootResource(root) ?? []);
  const native = resources.filter(({ document }) => !reading.foreign.has(document));
  // What is applied by hand may be of another repository: this tree is the source of those whose folders it has.
  const here = native.filter(({ document }) => reading.folderFor(document) !== undefined);
  const own = here.length > 0 ? here : native;
  const sources = sourcesOf(documents, own, originOf, (path, document) => reading.folderAt(path, document));
  const changed = changesKustomizations(documents);
  const around = (valuesOf: ValuesOf): Surroundings => ({
    build,
    originOf,
    folderOf,
    exists,
    sources,
    valuesOf,
    changed,
  });
  const make = (valuesOf: ValuesOf) => {
    const { kustomizations, resources } = unfold(roots, around(valuesOf));
    return makeCluster({ name: folder, flux: true }, { kustomizations, resources: [...more, ...resources] }, external);
  };
  // Values that Flux fills in come from objects that it applies: unfolded once without them, then with them.
  const before = make(noValues);
  const fills = before.kustomizations.some(({ spec }) => objectAt(spec, 'postBuild') !== undefined);
  return fills ? make(valuesIn(before)) : before;
}

/** Manifests without Flux: each set is a cluster of its own, and what it lacks may be anywhere. */
function withoutFlux(tree: SourceTree, build: Build, external: External): Cluster[] {
  return manifests(tree, build).map(({ name, resources }) => {
    const openings = resources.slice(0, 1).map(({ document }) => ({
      why: 'the tree has no Flux Kustomization, so it may not be all of the cluster',
      namespaces: undefined,
      helm: false,
      createsNamespace: undefined,
      document,
      path: [],
    }));
    return makeCluster({ name, flux: false }, { kustomizations: [], resources }, external, openings);
  });
}

function unreachedIn(
  documents: readonly SourceDocument[],
  clusters: readonly Cluster[],
  reached: ReadonlySet<string>,
): SourceDocument[] {
  // Nearly all that is applied was reached by a build: few are left to be looked for.
  const left = new Set(documents.filter(({ value, file }) => !reached.has(file.path) && isObject(value)));
  if (left.size > 0) for (const { resources } of clusters) for (const { document } of resources) left.delete(document);
  return [...left];
}
