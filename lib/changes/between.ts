import type { Graph } from '../graph/graph';
import { makeReview } from './make-review';
import type { Change, ClusterReview, Review, Whereabouts } from './review';

/** A cluster of a tree: the graph of it alone (see narrow), and what it is called. */
export interface Side {
  readonly graph: Graph;
  readonly name: string;
}

/**
 * What differs between the objects of two clusters: created is what only the second has, deleted what only the first has. Nothing
 * happens to any of it, so there are no effects.
 */
export function differencesBetween(first: Side, second: Side): Review {
  const review = makeReview({ ...first, findings: [] }, { ...second, findings: [] });
  return {
    ...review,
    danger: 'none',
    clusters: review.clusters.flatMap((one) => withoutEffects(one, second.name) ?? []),
  };
}

function withoutEffects({ charts: _, ...cluster }: ClusterReview, name: string): ClusterReview | undefined {
  // Each cluster has files of its own: that is no difference.
  const changes = cluster.changes.filter(({ type }) => type !== 'moved').map(differenceOf);
  if (changes.length === 0) return undefined;
  return { ...cluster, name, danger: 'none', changes, blast: [], effects: [] };
}

function differenceOf({ madeBy: _, before, after, ...change }: Change): Change {
  return { ...change, before: asIn(before, after), after, effects: [] };
}

function asIn(before: Whereabouts | undefined, after: Whereabouts | undefined): Whereabouts | undefined {
  return before === undefined || after === undefined ? before : { ...before, file: after.file };
}
