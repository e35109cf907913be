import { memoize } from '../text/memoize';
import type { Built } from '../tree/kustomize/built';
import { folderOf } from '../tree/paths';
import type { Cluster } from './cluster';
import { clusterNames } from './cluster-name';
import type { Graph } from './graph';

/** The graph of some of a tree's clusters: without the files that only others have, and those that no cluster has in folders of others. */
export function narrow(graph: Graph, clusters: readonly Cluster[]): Graph {
  const chosen = new Set(clusters);
  const own = new Set(clusters.flatMap((cluster) => [...filesOf(cluster)]));
  const others = graph.clusters.filter((cluster) => !chosen.has(cluster));
  const theirs = new Set(others.flatMap((cluster) => [...filesOf(cluster)]));
  const folders = others.flatMap((cluster) => ownFolder(graph, cluster) ?? []);
  const isOthers = (path: string) =>
    !own.has(path) && (theirs.has(path) || folders.some((folder) => isBelow(path, folder)));
  const builds = new Set(clusters.flatMap(buildsOf));
  return {
    ...graph,
    calledByFolder: new Map([...clusterNames(graph)].map(([{ name }, called]) => [name, called])),
    clusters: graph.clusters.filter((cluster) => chosen.has(cluster)),
    tree: { ...graph.tree, files: new Map([...graph.tree.files].filter(([path]) => !isOthers(path))) },
    builds: [...builds],
    reached: new Set([...builds].flatMap(({ files }) => [...files])),
    unreached: graph.unreached.filter(({ file }) => !isOthers(file.path)),
    unusedRoots: graph.unusedRoots.filter(({ file }) => !isOthers(file.path)),
  };
}

/** The widest folder, of those that hold all that a cluster is made of, that holds nothing of another; undefined where there is none. */
export function ownFolder({ clusters, tree }: Pick<Graph, 'clusters' | 'tree'>, cluster: Cluster): string | undefined {
  const [first = '', ...files] = filesOf(cluster);
  let folder = folderOf(first);
  for (const path of files) while (!isBelow(path, folder)) folder = folderOf(folder);
  const theirs = clusters.flatMap((other) => (other === cluster ? [] : [...filesOf(other)]));
  const isOwn = (way: string) => way !== '' && way !== tree.below && !theirs.some((path) => isBelow(path, way));
  if (!isOwn(folder)) return undefined;
  while (isOwn(folderOf(folder))) folder = folderOf(folder);
  return folder;
}

/** What a cluster is made of: what its Kustomizations build, and what is applied by hand to begin it. */
const filesOf = memoize((cluster: Cluster): ReadonlySet<string> => {
  const files = new Set(buildsOf(cluster).flatMap((built) => [...built.files]));
  for (const { document } of [...cluster.begun, ...cluster.resources]) files.add(document.file.path);
  return files;
});

function buildsOf({ kustomizations }: Cluster): Built[] {
  return kustomizations.flatMap(({ contents }) => (contents.type === 'built' ? [contents.built] : []));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
