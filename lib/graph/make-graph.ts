import { textAt } from '../json/read';
import type { ParseHcl } from '../systems/vault/hcl';
import type { Build, Built } from '../tree/kustomize/built';
import { foldersOf } from '../tree/paths';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import type { Cluster } from './cluster';
import { clustersOf } from './clusters';
import { type External, externalObjects } from './external';
import { isSourced } from './flux/objects';
import { kustomizationIn } from './flux/sync';
import type { Graph } from './graph';
import { isObject } from './identity';
import { Listing } from './listing';
import { makeCluster } from './make-cluster';
import { manifests } from './manifests';
import { Reading } from './reading';
import { schemasIn } from './schema/of-cluster';
import { type SchemaStore, schemaStore } from './schema/store';

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

/** Follows every reference of a tree. Never throws: what cannot be read or built leaves an unknown source. */
export function makeGraph(tree: SourceTree, build: Build, options: GraphOptions = {}): Graph {
  const external = externalObjects(options.external ?? []);
  const documents = documentsOf(tree);
  const listing = new Listing(tree);
  const written = documents.filter((document) => isKustomization(document, listing));
  const reading = written.length > 0 ? new Reading(tree, documents, written, listing) : undefined;
  const {
    clusters,
    unusedRoots: unused,
    builds,
  } = reading !== undefined
    ? withFlux(reading, listing, { documents, build, external })
    : withoutFlux(tree, build, external);
  const reached = new Set<string>();
  for (const { files } of builds) for (const path of files) reached.add(path);
  // What is applied by a path that is filled in is in use, although nothing seemed to apply it.
  const unusedRoots = unused.filter(({ file }) => !reached.has(file.path));
  const unreached = written.length > 0 ? unreachedIn(tree, documents, clusters, reached) : [];
  const above = reading?.above ?? '';
  const schemas = schemasIn(documents, clusters, options.schemas ?? schemaStore());
  return {
    tree,
    above,
    clusters,
    schemasOf: schemas,
    hcl: options.hcl,
    builds: [...builds],
    reached,
    unreached,
    unusedRoots,
  };
}

/**
 * What patches a Kustomization is none, nor what a test expects of one: neither names a source, nor a path. Where a kustomization.yaml lists it, patches
 * may add that.
 */
function isKustomization(document: SourceDocument, listing: Listing): boolean {
  const value = kustomizationIn(document);
  if (value === undefined || listing.isPatch(document.file.path)) return false;
  return (
    isSourced(value) || textAt(value, 'spec', 'path') !== undefined || listing.topsOf(document.file.path).length > 0
  );
}

type GraphParts = Pick<Graph, 'clusters' | 'unusedRoots'> & { readonly builds: ReadonlySet<Built> };

function withFlux(...given: Parameters<typeof clustersOf>): GraphParts {
  const found = clustersOf(...given);
  const builds = new Set<Built>();
  for (const { kustomizations } of found.clusters) {
    for (const { contents } of kustomizations) if (contents.type === 'built') builds.add(contents.built);
  }
  return { ...found, builds };
}

function documentsOf(tree: SourceTree): SourceDocument[] {
  const documents: SourceDocument[] = [];
  for (const file of tree.files.values()) for (const document of file.documents) documents.push(document);
  return documents;
}

/** Manifests without Flux: each set is a cluster of its own, and what it lacks may be anywhere. */
function withoutFlux(tree: SourceTree, build: Build, external: External): GraphParts {
  const builds = new Set<Built>();
  const remembering: Build = (folder, overlay) => {
    const result = build(folder, overlay);
    builds.add(result);
    return result;
  };
  const clusters = manifests(tree, remembering).map(({ name, resources }) => {
    const unknown = resources.slice(0, 1).map(({ document }) => ({
      why: 'the tree has no Flux Kustomization, so it may not be all of the cluster',
      namespaces: ['*'],
      document,
      path: [],
    }));
    return makeCluster(
      { name, flux: false, begun: [] },
      { kustomizations: [], resources, sets: new Map() },
      external,
      undefined,
      unknown,
    );
  });
  return { clusters, unusedRoots: [], builds };
}

function unreachedIn(
  tree: SourceTree,
  documents: readonly SourceDocument[],
  clusters: readonly Cluster[],
  reached: ReadonlySet<string>,
): SourceDocument[] {
  // Nearly all that is applied was reached by a build: few are left to be looked for.
  const left = new Set(documents.filter(({ value, file }) => !reached.has(file.path) && isObject(value)));
  if (left.size > 0) for (const { resources } of clusters) for (const { document } of resources) left.delete(document);
  // What lies in the folder of a chart is Helm's.
  const isOfChart = ({ file }: SourceDocument) =>
    foldersOf(file.path).some((folder) => tree.typeOf(folder, 'Chart.yaml') === 'file');
  return [...left].filter((document) => !isOfChart(document));
}
