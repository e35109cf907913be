import { EspalierError } from '../errors';
import type { Cluster } from '../graph/cluster';
import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { inline } from '../graph/masking/printable';
import { nearest } from '../text/nearest';

/** The clusters that `--cluster` means: that of the name, else those with a folder of the name on the way to their first Kustomizations. */
export function clustersCalled(graph: Graph, wanted: string): readonly Cluster[] {
  const names = clusterNames(graph);
  const called = graph.clusters.filter((cluster) => names.get(cluster) === wanted || cluster.name === wanted);
  return called.length > 0 ? called : graph.clusters.filter(({ name }) => `/${name}/`.includes(`/${wanted}/`));
}

/** @throws EspalierError where there is no such cluster */
export function chooseClusters(graph: Graph, wanted: string, option = '--cluster'): readonly Cluster[] {
  const chosen = clustersCalled(graph, wanted);
  if (chosen.length === 0) throw noSuchCluster([...clusterNames(graph).values()], wanted, option);
  return chosen;
}

/** Names that an error lists; a fleet has more. */
const mostNames = 12;

/** @param names of the clusters that there are */
export function noSuchCluster(names: readonly string[], wanted: string, option = '--cluster'): EspalierError {
  const near = nearest(wanted, names);
  const hint = near === undefined ? '.' : `; did you mean ${inline(near)}?`;
  return new EspalierError(
    `${option} ${JSON.stringify(wanted)}: there is no such cluster${hint} ${names.length === 1 ? 'The cluster is' : 'The clusters are'} ${listed(names)}.`,
  );
}

/** Names of clusters, for messages. */
export function listed(names: readonly string[]): string {
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return `${names.slice(0, mostNames).map(inline).join(', ') || 'none'}${more}`;
}
