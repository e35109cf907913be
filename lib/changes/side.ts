import type { Cluster } from '../graph/cluster';
import type { Graph } from '../graph/graph';
import type { Resource } from '../graph/resource';
import type { Node } from '../graph/schema/node';
import { textAt } from '../json/read';

/** One side of a change of a cluster. */
export interface Side {
  readonly graph: Graph;
  readonly cluster: Cluster;
  /** What the cluster is called. */
  readonly name: string;
}

/** The schema of an object, for the keys of its lists. */
export function nodeOf({ value, kind }: Resource, head: Side | undefined): Node | undefined {
  const found = head?.graph.schemasOf(head.cluster).lookup(textAt(value, 'apiVersion') ?? '', kind);
  return found?.state === 'found' ? found.schema.node : undefined;
}

/** An object of a side that is the same object; undefined where there is none. */
export function counterpart(resource: Resource, side: Side | undefined): Resource | undefined {
  return side?.cluster.find(resource)[0];
}
