import { textAt } from '../json/read';
import type { Cluster } from './cluster';
import type { Graph } from './graph';
import { isKnown } from './substitution';

/** Names of folders that say where a cluster begins, not which it is. */
const general =
  /^(?:clusters?|flux|flux-system|fluxcd|flux2|kubernetes|k8s|apps?|bootstrap|config|base|core|deploy|dist|gitops|infra(?:structure)?|kustomizations?|main|manifests|setup|system|src)$/i;

/**
 * What each cluster of a tree is called: as its root Kustomization says in the annotation `espalier/cluster`, else like the folder that
 * its first Kustomizations lie in, the innermost that tells anything, else like the folder of the tree. No two are called the same, and
 * each name can be that of a folder.
 */
export function clusterNames({
  clusters,
  tree,
  calledByFolder,
}: Pick<Graph, 'clusters' | 'tree' | 'calledByFolder'>): ReadonlyMap<Cluster, string> {
  if (calledByFolder !== undefined)
    return new Map(clusters.map((cluster) => [cluster, calledByFolder.get(cluster.name) ?? cluster.name]));
  const names = new Map<Cluster, string>();
  const taken = new Set<string>();
  for (const cluster of clusters) {
    const wanted = folderName(saidName(cluster) ?? telling(cluster.name) ?? telling(tree.location) ?? 'cluster');
    let name = wanted;
    for (let i = 2; taken.has(name.toLowerCase()); i += 1) name = `${wanted}-${i}`;
    taken.add(name.toLowerCase());
    names.set(cluster, name);
  }
  return names;
}

/** A name as that of a folder or file: what some system does not take, or a web page's address, becomes a hyphen. */
export function folderName(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 100);
  return plain === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain;
}

function saidName({ kustomizations }: Cluster): string | undefined {
  const given = kustomizations
    .map(({ resource }) => textAt(resource.value, 'metadata', 'annotations', 'espalier/cluster')?.trim())
    .find((name) => name !== undefined && name !== '');
  return given !== undefined && isKnown(given) ? given : undefined;
}

function telling(path: string): string | undefined {
  return path
    .split('/')
    .reverse()
    .find((segment) => segment !== '' && !general.test(segment));
}
