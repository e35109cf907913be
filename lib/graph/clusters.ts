import { objectAt } from '../json/read';
import { memoize } from '../text/memoize';
import { makeBuild } from '../tree/kustomize';
import type { Build } from '../tree/kustomize/built';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import { submoduleOf } from '../tree/submodules';
import { changesKustomizations } from './admission';
import { applyAll, isFlux, maximumResources, type Surroundings } from './apply';
import { bootstrapObjects } from './bootstrap-objects';
import { type ByHand, begunWith, byHand } from './by-hand';
import type { Cluster } from './cluster';
import type { External } from './external';
import type { Graph } from './graph';
import type { Listing } from './listing';
import { makeCluster } from './make-cluster';
import type { Reading } from './reading';
import type { Resource } from './resource';
import type { RootGroup } from './root-groups';
import { rootGroups } from './roots';
import { folderNamed } from './source-root';
import { type Sources, sourcesOf } from './sources';
import { withoutUnusedRoots } from './unused-roots';
import { noValues, type ValuesOf, valuesIn } from './variable-values';

/** What the clusters of a tree are made with. */
interface Making {
  readonly reading: Reading;
  readonly documents: readonly SourceDocument[];
  readonly build: Build;
  readonly external: External;
  /** What some Kustomization applies, as far as it can be told before the clusters are known. */
  readonly applied: ReadonlySet<SourceDocument>;
  /** Finds what a person may have applied. */
  readonly hand: ByHand;
}

/** The clusters that the Kustomizations of a tree begin. */
export function clustersOf(
  reading: Reading,
  listing: Listing,
  making: Pick<Making, 'documents' | 'build' | 'external'>,
): Pick<Graph, 'clusters' | 'unusedRoots'> {
  // To find the roots, what nobody applies is built, too.
  const written = reading.written.map((document) => {
    const of = reading.buildOf(document);
    return { document, built: of === undefined ? undefined : making.build(...of) };
  });
  const hand = byHand(
    making.documents,
    written.flatMap(({ built }) => built ?? []),
  );
  const applied = new Set<SourceDocument>();
  for (const { built } of written) for (const { document } of built?.objects ?? []) applied.add(document);
  const { clusters, unused: unusedRoots } = withoutUnusedRoots(rootGroups(written, listing, making.build), written);
  return { clusters: clustersOfGroups(clusters, { ...making, reading, applied, hand }), unusedRoots };
}

/** The clusters, without those whose first Kustomizations another applies after all: by a path that is filled in, or patched. */
function clustersOfGroups(groups: readonly RootGroup[], making: Making): Cluster[] {
  const clusters = new Map<RootGroup, Cluster>();
  let left = maximumResources;
  for (const group of groups) {
    const cluster = clusterOf(group, making, left);
    clusters.set(group, cluster);
    left = Math.max(0, left - cluster.resources.length);
  }
  if (clusters.size === 1) return [...clusters.values()];
  const appliers = appliersOf(groups, clusters);
  for (const group of groups) {
    // One that begins several clusters, as each builds it, applies itself in all.
    const isApplied = ({ document }: Resource) =>
      appliers.get(document)?.some((other) => other !== group && clusters.has(other) && !begins(other, document));
    const roots = group.roots.filter((root) => !isApplied(root));
    if (roots.length === 0) clusters.delete(group);
    else if (roots.length < group.roots.length) clusters.set(group, clusterOf({ ...group, roots }, making, left));
  }
  return [...clusters.values()];
}

function begins({ roots }: RootGroup, document: SourceDocument): boolean {
  return roots.some((root) => root.document === document);
}

/** Which clusters apply what begins one. */
function appliersOf(
  groups: readonly RootGroup[],
  clusters: ReadonlyMap<RootGroup, Cluster>,
): ReadonlyMap<SourceDocument, readonly RootGroup[]> {
  const appliers = new Map<SourceDocument, RootGroup[]>();
  for (const { roots } of groups) for (const { document } of roots) appliers.set(document, []);
  for (const [group, { kustomizations }] of clusters) {
    for (const { resources } of kustomizations)
      for (const { document } of resources) appliers.get(document)?.push(group);
  }
  return appliers;
}

function clusterOf(
  group: RootGroup,
  { reading, documents, build, external, applied, hand }: Making,
  left: number,
): Cluster {
  const { folder, roots } = group;
  const begun = bootstrapObjects(group, reading.tree, build, applied);
  const more = begun.filter((one) => !roots.includes(one) && !applied.has(one.document) && !isFlux(one));
  const { folderOf, originOf } = reading;
  const native = roots.filter((root) => !reading.isForeign(root));
  // What is applied by hand may be of another repository: this tree is the source of those whose folders it has.
  const here = native.filter(({ value, namespace, document }) => {
    const { path } = originOf(value, namespace, document);
    return path !== undefined && reading.folderAt(path, document) !== undefined;
  });
  const own = here.length > 0 ? here : native;
  const sources = sourcesOf(documents, own, originOf, (path, document) => reading.folderAt(path, document));
  const seen = asSourced(own, sources, reading);
  const exists = (path: string) => seen.isFolder(path);
  const changed = changesKustomizations(documents);
  const begunBy = begunWith(roots, originOf);
  const byHands: ByHand = (object) => hand(object) ?? begunBy(object);
  const around = (valuesOf: ValuesOf, forValues: boolean): Surroundings => ({
    build: seen === reading.tree ? build : makeBuild(seen),
    originOf,
    folderOf,
    exists,
    sources,
    valuesOf,
    changed,
    submoduleOf: (folder) => submoduleOf(reading.tree, folder),
    forValues,
    left,
  });
  const make = (valuesOf: ValuesOf, forValues: boolean) => {
    const applied = applyAll(roots, around(valuesOf, forValues));
    const all = { ...applied, resources: [...more, ...applied.resources] };
    const follow = memoize((kustomization: Resource) =>
      applyAll([kustomization], around(valuesOf, false), applied.kustomizations),
    );
    return makeCluster({ name: folder, flux: true, begun, follow }, all, external, byHands);
  };
  // Values that Flux fills in come from objects that it applies: applied once without them, then with them.
  const before = make(noValues, true);
  const fills = before.kustomizations.some(({ spec }) => objectAt(spec, 'postBuild') !== undefined);
  return fills ? make(valuesIn(before), false) : before;
}

/** The tree as its source has it by its spec: without what that leaves out. Where that were the first folder, it means another tree. */
function asSourced(roots: readonly Resource[], { spec }: Sources, reading: Reading): SourceTree {
  const { tree, originOf } = reading;
  const [root] = roots;
  const path = root && folderNamed(originOf(root.value, root.namespace, root.document).path ?? '');
  const folder = root && path !== undefined ? reading.folderAt(path, root.document) : undefined;
  if (spec === undefined || folder === undefined || path === undefined || !folder.endsWith(path)) return tree;
  const above = folder.slice(0, folder.length - path.length).replace(/\/$/, '');
  const seen = tree.leavingOut({ root: above, ...spec });
  return seen.isFolder(folder) ? seen : tree;
}
