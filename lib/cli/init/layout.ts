import { areResourcesSorted } from '../../adopt/are-sorted';
import { namesOfClusters } from '../../adopt/clusters';
import { schemaHostOf } from '../../adopt/comments/schema-host';
import type { Cluster } from '../../graph/cluster';
import { isFluxKustomization } from '../../graph/flux/objects';
import { syncIn } from '../../graph/flux/sync';
import type { Graph } from '../../graph/graph';
import type { FluxKustomization } from '../../graph/resource';
import { folderNamed } from '../../graph/source-root';
import { objectAt, textAt } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { folderOf } from '../../tree/paths';
import type { SchemaHost } from '../../tree/schema-url';

/** One cluster of a tree that Flux applies. */
export interface FoundCluster {
  readonly name: string;
  /** The folder in which Flux begins. */
  readonly folder: string;
  readonly kustomizations: number;
  readonly objects: number;
}

/** What a tree tells of itself; folders are as seen from its root. */
export interface Layout {
  readonly clusters: readonly FoundCluster[];
  /**
   * The root of Flux's source: '' for that of the repository, `kubernetes` where that alone is pushed as an artifact; '' also where
   * there are several such artifacts.
   */
  readonly source: string;
  /** Where its documents say that their schemas are, as schemaHost of App has it. */
  readonly schemaHost: SchemaHost | undefined;
  /** Whether every kustomization.yaml lists its resources by name. */
  readonly sortResources: boolean;
  /** `kubernetes/apps` of `kubernetes/apps/<namespace>/<app>/ks.yaml`; undefined in other layouts. */
  readonly appsRoot: string | undefined;
  /** The folder of an app that is small: one to begin with. */
  readonly app: string | undefined;
  /** Folders without a kustomization.yaml, of which Flux applies every YAML file. */
  readonly scanned: readonly string[];
  /** The addresses that Flux fetches the tree from. */
  readonly urls: readonly string[];
  /** The branch that it follows. */
  readonly branch: string | undefined;
}

/** The layout of a tree; undefined where Flux has no Kustomization in it. */
export function layoutOf(graph: Graph): Layout | undefined {
  const clusters = graph.clusters.filter(({ flux }) => flux);
  if (clusters.length === 0) return undefined;
  const names = namesOfClusters(graph);
  const kustomizations = clusters.flatMap((cluster) => cluster.kustomizations);
  const sources = clusters.map(sourceOf);
  const appsRoot = appsRootOf(kustomizations);
  const documents = [...graph.tree.files.values()].flatMap(({ documents }) => documents);
  return {
    clusters: clusters.map((cluster) => ({
      name: names[graph.clusters.indexOf(cluster)] ?? 'cluster',
      folder: cluster.name,
      kustomizations: cluster.kustomizations.length,
      objects: cluster.resources.length,
    })),
    source: onlyOne(kustomizations.flatMap((one) => sourceFolderOf(one) ?? [])) ?? '',
    schemaHost: schemaHostOf(documents),
    sortResources: areResourcesSorted(documents),
    appsRoot,
    app: smallApp(kustomizations, appsRoot),
    scanned: kustomizations.flatMap(({ contents }) =>
      contents.type === 'built' && contents.built.kustomizations.length === 0 ? [contents.folder] : [],
    ),
    urls: sources.flatMap(({ url }) => url ?? []),
    branch: onlyOne(sources.flatMap(({ branch }) => branch ?? [])),
  };
}

/** A name as the id of a Cluster takes it. */
export function clusterId(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return id === '' ? 'cluster' : id;
}

/** What the first Kustomization of a cluster is fetched from. */
function sourceOf({ kustomizations, resources, begun }: Cluster): {
  url?: string | undefined;
  branch?: string | undefined;
} {
  const first = kustomizations[0];
  if (first === undefined) return {};
  const sync = syncIn(first.resource.document);
  if (sync !== undefined) return { url: sync.address, branch: branchOf(sync.revision) };
  const reference = objectAt(first.spec, 'sourceRef');
  const source = [...resources, ...begun].find(
    ({ kind, name }) => kind === textAt(reference, 'kind') && name === textAt(reference, 'name'),
  );
  const spec = objectAt(source?.value, 'spec');
  return { url: textAt(spec, 'url'), branch: textAt(spec, 'ref', 'branch') ?? branchOf(textAt(spec, 'ref', 'name')) };
}

/** `main` of `refs/heads/main`. */
function branchOf(reference: string | undefined): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(reference ?? '')?.[1];
}

/** Where paths of Kustomizations begin: the folder that is built, without the path that says so. */
function sourceFolderOf({ spec, contents }: FluxKustomization): string | undefined {
  const path = folderNamed(textAt(spec, 'path') ?? '');
  if (contents.type !== 'built' || path === undefined || path === '') return undefined;
  if (contents.folder === path) return '';
  return contents.folder.endsWith(`/${path}`) ? contents.folder.slice(0, -path.length - 1) : undefined;
}

/** The folder below which each namespace has a folder, and in that each app one with its ks.yaml. */
function appsRootOf(kustomizations: readonly FluxKustomization[]): string | undefined {
  const roots = kustomizations.flatMap(({ resource }) => {
    const [, root] = /^(.+)\/[^/]+\/[^/]+\/ks\.ya?ml$/.exec(resource.document.file.path) ?? [];
    return root ?? [];
  });
  return roots.length > 2 ? commonOf(roots) : undefined;
}

/**
 * The app with the fewest objects, of those that apply no others; one with a release before one without. The folder of its ks.yaml or,
 * in other layouts, the one that it applies, if it holds an object.
 */
function smallApp(kustomizations: readonly FluxKustomization[], appsRoot: string | undefined): string | undefined {
  const leaves = kustomizations.filter(
    ({ resources, contents }) =>
      contents.type === 'built' && resources.length > 0 && !resources.some(({ value }) => isFluxKustomization(value)),
  );
  const folders = leaves.flatMap(({ resource, contents, resources }) => {
    const written = folderOf(resource.document.file.path);
    const inApps = appsRoot !== undefined && written.startsWith(`${appsRoot}/`);
    if (appsRoot !== undefined && !inApps) return [];
    const folder = inApps ? written : contents.type === 'built' ? contents.folder : '';
    // What an overlay patches stays in the folder that it is of.
    if (!resources.some(({ document }) => document.file.path.startsWith(`${folder}/`))) return [];
    return [{ folder, hasRelease: resources.some(({ kind }) => kind === 'HelmRelease'), objects: resources.length }];
  });
  const order = folders.sort((a, b) => Number(b.hasRelease) - Number(a.hasRelease) || a.objects - b.objects);
  return order[0]?.folder;
}

/** What all say. */
function onlyOne(values: readonly string[]): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

/** What is said most often. */
function commonOf(values: readonly string[]): string | undefined {
  const groups = [...groupBy(values, (value) => value)];
  return groups.sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}
