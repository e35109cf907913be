import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Graph } from '../graph';
import type { SchemaStore } from '../schema/store';

/** The schemas of each cluster with those of the definitions that its charts bring; of a kind that the tree defines, the tree's. */
export function schemasWith(graph: Graph, clusters: readonly Cluster[]): (cluster: Cluster) => SchemaStore {
  const before = new Map(clusters.map((cluster, i) => [cluster, graph.clusters[i] ?? cluster]));
  return memoize((cluster) => {
    const schemas = graph.schemasOf(before.get(cluster) ?? cluster);
    const all = cluster.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition');
    const own = new Set(all.flatMap(({ chart, name }) => (chart === undefined ? [name] : [])));
    const brought = all.filter(({ chart, name, uncertain }) => chart !== undefined && !uncertain && !own.has(name));
    return brought.length === 0 ? schemas : schemas.withDefinitions(brought.map(({ value }) => value));
  });
}
