import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { deepEqual } from '../json/deep-equal';
import type { Json } from '../json/json';
import { at } from '../json/read';
import { groupBy } from '../text/group-by';
import { foldersOf } from '../tree/paths';
import type { Code, CodeObject } from './program';

/** What several clusters apply stands in a Cluster of this name. */
export const sharedCluster = 'shared';

/** Which Cluster files belong to: that whose Kustomizations apply them. */
export interface ClusterChoice {
  /** The cluster of files that stand in one file of code. */
  of(paths: readonly string[]): string;
}

/** One Cluster for all, or one for each cluster of the graph and, for what several of them apply, one more. */
export function chooseClusters(graph: Graph, one?: string): ClusterChoice {
  const names = namesOfClusters(graph);
  const [first = 'cluster', ...others] = names;
  if (one !== undefined || others.length === 0) return { of: () => one ?? first };
  const applying = new Map<string, Set<string>>();
  const below = new Map<string, Set<string>>();
  const note = (path: string, name: string) => {
    for (const [index, key] of [
      [applying, path] as const,
      ...foldersOf(path).map((folder) => [below, folder] as const),
    ]) {
      index.set(key, (index.get(key) ?? new Set()).add(name));
    }
  };
  graph.clusters.forEach(({ resources, kustomizations }, i) => {
    const name = names[i] as string;
    for (const { document } of resources) note(document.file.path, name);
    for (const { contents } of kustomizations) {
      if (contents.type === 'built') for (const path of contents.built.files) note(path, name);
    }
  });
  // What nothing applies belongs to whatever lies nearest.
  const near = (path: string) => {
    const folder = [...foldersOf(path)].reverse().find((each) => below.has(each));
    return folder === undefined ? names : [...(below.get(folder) as Set<string>)];
  };
  return {
    of(paths) {
      const applied = paths.flatMap((path) => [...(applying.get(path) ?? [])]);
      const [name, ...more] = new Set(applied.length > 0 ? applied : paths.flatMap(near));
      return name === undefined || more.length > 0 ? sharedCluster : name;
    },
  };
}

/** The names of a graph's clusters: of several, the folders in which their paths part, where these are different ones. */
export function namesOfClusters(graph: Graph): string[] {
  const paths = graph.clusters.map(({ name }) => name.split('/'));
  const [first = []] = paths;
  const parting = first.findIndex((step, i) => paths.some((path) => path[i] !== step));
  const steps = paths.map((path) => path[parting] ?? '').map(asLabel);
  const areTelling = paths.length > 1 && new Set(steps).size === steps.length && !steps.includes('');
  return areTelling ? steps : [...clusterNames(graph).values()].map((name) => asLabel(name) || 'cluster');
}

/** What a Cluster says of its source by default. */
export const usualSource: Json = { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' };

/** `source` of a Cluster with these Flux Kustomizations: what most of them say; undefined for the usual one. */
export function sourceOf(kustomizations: readonly Json[]): CodeObject | null | undefined {
  const said = kustomizations.map((one) => at(one, 'spec', 'sourceRef') ?? null);
  const groups = [...groupBy(said, (source) => JSON.stringify(source)).values()];
  const [most] = groups.sort((a, b) => b.length - a.length);
  if (most === undefined || most.length < 3 || most.length <= said.length / 2) return undefined;
  const [source] = most;
  if (source === null) return null;
  const { kind, name, namespace = null, ...others } = source as CodeObject;
  const isPlain = [kind, name].every((text) => typeof text === 'string' && !text.includes('$'));
  const saying: CodeObject = { kind: kind as Code, name: name as Code, namespace };
  return !isPlain || Object.keys(others).length > 0 || deepEqual(saying as never, usualSource) ? undefined : saying;
}

/** As the id of a Cluster may be. */
function asLabel(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
}
