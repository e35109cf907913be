import type { Build, Built } from '../tree/kustomize/built';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import type { Cluster, Opening } from './cluster';
import { isFluxKustomization, syncOf } from './flux-objects';
import type { Graph } from './graph';
import { isObject } from './identity';
import { Inventory } from './inventory';
import { objectAt, textAt } from './json';
import { manifests } from './manifests';
import { openingsBy, openingsOf } from './openings';
import { type RootGroup, rootGroups, type Written } from './roots';
import { indexSecrets } from './secrets';
import { type FolderOf, sourceRoot } from './source-root';
import { sourcesOf } from './sources';
import { rootResource, type Surroundings, type Unfolded, unfold, type ValuesOf } from './unfold';
import { valuesIn } from './variable-values';
import { vaultAccess } from './vault';

/** Follows every reference of a tree. Never throws: what cannot be read or built leaves an opening. */
export function makeGraph(tree: SourceTree, build: Build): Graph {
  const documents = [...tree.files.values()].flatMap((file) => file.documents);
  const builds = new Set<Built>();
  const remembering: Build = (folder, overlay) => {
    const result = build(folder, overlay);
    builds.add(result);
    return result;
  };
  const first = documents.filter(({ value }) => isFluxKustomization(value) || syncOf(value) !== undefined);
  if (first.length === 0) return withoutFlux(tree, remembering, builds);

  const paths = first.flatMap((document) => writtenPath(document) ?? []);
  const folderOf = sourceRoot(tree, paths);
  const written = first.map((document) => ({ document, built: builtOf(document, tree, folderOf, remembering) }));
  const clusters = rootGroups(written).map((group) => clusterOf(group, tree, documents, folderOf, remembering));
  const reached = new Set([...builds].flatMap(({ files }) => [...files]));
  return { tree, clusters, builds: [...builds], reached, unreached: unreachedIn(documents, clusters, reached) };
}

/** The path of a Kustomization as it is written, unless Flux fills something in. */
function writtenPath({ value }: SourceDocument): string | undefined {
  const path = textAt(syncOf(value) ?? value, 'spec', 'path') ?? '';
  return path.includes('${') ? undefined : path;
}

function builtOf(document: SourceDocument, tree: SourceTree, folderOf: FolderOf, build: Build): Written['built'] {
  const path = writtenPath(document);
  const folder = path === undefined ? undefined : folderOf(path);
  if (folder === undefined || tree.list(folder) === undefined) return undefined;
  return build(folder, { document, spec: objectAt(document.value, 'spec') ?? {} });
}

function clusterOf(
  { folder, roots }: RootGroup,
  tree: SourceTree,
  documents: readonly SourceDocument[],
  folderOf: FolderOf,
  build: Build,
): Cluster {
  const exists = (path: string) => tree.list(path) !== undefined;
  const hasFolder = (path: string) => {
    const found = folderOf(path);
    return found !== undefined && exists(found);
  };
  const sources = sourcesOf(
    documents,
    roots.flatMap((root) => rootResource(root) ?? []),
    hasFolder,
  );
  const around = (valuesOf: ValuesOf): Surroundings => ({ build, folderOf, exists, sources, valuesOf });
  // Values that Flux fills in come from objects that it applies: unfolded once without them, then with them.
  const before = unfold(
    roots,
    around(() => ({ state: 'unknown' })),
  );
  const fills = before.kustomizations.some(({ spec }) => objectAt(spec, 'postBuild') !== undefined);
  const unfolded = fills ? unfold(roots, around(valuesIn(inventoryOf(before)))) : before;
  return clusterFrom(folder, true, unfolded);
}

function inventoryOf(unfolded: Unfolded): Inventory {
  return new Inventory(unfolded.resources, openings(unfolded));
}

function openings({ kustomizations, resources }: Unfolded): Opening[] {
  return [...kustomizations.flatMap((kustomization) => [...openingsOf(kustomization)]), ...openingsBy(resources)];
}

function clusterFrom(name: string, flux: boolean, unfolded: Unfolded, more: readonly Opening[] = []): Cluster {
  const { kustomizations, resources } = unfolded;
  const all = [...more, ...openings(unfolded)];
  const inventory = new Inventory(resources, all);
  const byName = new Map(kustomizations.map((item) => [`${item.namespace}/${item.name}`, item]));
  return {
    name,
    flux,
    kustomizations,
    resources,
    openings: all,
    ofKind: (group, kind) => inventory.ofKind(group, kind),
    find: (identity) => inventory.find(identity),
    lookup: (identity) => inventory.lookup(identity),
    kustomization: (namespace, of) => byName.get(`${namespace}/${of}`),
    secrets: indexSecrets(resources, inventory),
    vault: vaultAccess(inventory),
  };
}

/** Manifests without Flux: each set is a cluster of its own, and what it lacks may be anywhere. */
function withoutFlux(tree: SourceTree, build: Build, builds: ReadonlySet<Built>): Graph {
  const clusters = manifests(tree, build).map(({ name, resources }) => {
    const [resource] = resources;
    const opening = resource && {
      why: 'the tree has no Flux Kustomization, so it may not be all of the cluster',
      namespaces: undefined,
      helm: false,
      createsNamespace: undefined,
      document: resource.document,
      path: [],
    };
    return clusterFrom(name, false, { kustomizations: [], resources }, opening ? [opening] : []);
  });
  return { tree, clusters, built, reached: new Set(tree.files.keys()), unreached: [] };
}

function unreachedIn(
  documents: readonly SourceDocument[],
  clusters: readonly Cluster[],
  reached: ReadonlySet<string>,
): SourceDocument[] {
  const applied = new Set(clusters.flatMap(({ resources }) => resources.map(({ document }) => document)));
  return documents.filter(
    (document) => isObject(document.value) && !applied.has(document) && !reached.has(document.file.path),
  );
}
