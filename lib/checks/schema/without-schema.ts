import type { Cluster } from '../../graph/cluster';
import type { Graph } from '../../graph/graph';
import { apiVersionOf } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import type { Lookup } from '../../graph/schema/store';
import { memoize } from '../../text/memoize';

/** An object of a kind that no schema is known of in the version that is written. */
interface WithoutSchema {
  readonly resource: Resource;
  readonly found: Lookup;
}

/** The objects of a cluster that have no schema; of most there are none. */
export const withoutSchema = memoize((graph: Graph) =>
  memoize((cluster: Cluster): readonly WithoutSchema[] => {
    const schemas = graph.schemasOf(cluster);
    const without: WithoutSchema[] = [];
    for (const resource of cluster.resources) {
      const found = schemas.lookup(apiVersionOf(resource.value), resource.kind);
      if (found.state !== 'found') without.push({ resource, found });
    }
    return without;
  }),
);
