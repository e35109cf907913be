import { memoize } from '../../text/memoize';
import { foldersOf } from '../../tree/paths';
import { checkedFolders } from '../checked-folders';
import type { Cluster } from '../cluster';
import type { Graph } from '../graph';

/** Folders that start a cluster, and those that may hold them. */
const starting = /bootstrap/i;
const above = /^(?:kubernetes|infrastructure|clusters?|scripts|hack|talos)$/i;
/** Files that bring definitions into a cluster without Flux. */
const telling = /^helmfile|^(?:\d+-)?crds?\b|bootstrap.*\.(?:sh|py|just)$/i;

/**
 * Whether the repository starts a cluster with definitions of its own, as in bootstrap/helmfile.d/00-crds.yaml or
 * scripts/bootstrap-apps.sh: then the order in which Flux applies charts matters no more. It is looked for in every folder that the
 * cluster lies in, and not in those of other clusters.
 */
export function installsBeforeFlux(cluster: Cluster, { tree, clusters }: Pick<Graph, 'tree' | 'clusters'>): boolean {
  const own = new Set(cluster.name.split('/'));
  const isAnothers = (folder: string) => segmentsOf(clusters).has(folder) && !own.has(folder);
  const folders = new Set(['', ...checkedFolders(tree), ...foldersOf(`${cluster.name}/`)]);
  return [...folders].some((folder) => brings(folder, false));

  function brings(folder: string, started: boolean): boolean {
    return (tree.everythingIn(folder) ?? []).some(({ name, type }) => {
      if (type === 'file') return started && telling.test(name);
      if (isAnothers(name) || !(started || starting.test(name) || above.test(name))) return false;
      const path = folder === '' ? name : `${folder}/${name}`;
      return brings(path, started || starting.test(name) || /^scripts$/i.test(name));
    });
  }
}

/** The folders that clusters lie in. */
const segmentsOf = memoize(
  (clusters: readonly Cluster[]): ReadonlySet<string> => new Set(clusters.flatMap(({ name }) => name.split('/'))),
);
