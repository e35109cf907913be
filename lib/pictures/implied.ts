import type { PictureEdge } from './picture';

/**
 * Steps that are taken at most to find edges that follow from others; a tree that needs more shows more edges. Nobody knows a way to find
 * them in as many steps as there are edges: here each node takes a walk, over what lies between it and the last that it leads to.
 */
const patience = 5_000_000;

/**
 * Marks the edges that follow from others: where a way of several edges leads from one node to another, an edge between the two says
 * nothing new, unless it has something written on it. Of edges in a circle none follows.
 */
export function impliedEdges(edges: readonly PictureEdge[]): PictureEdge[] {
  const after = new Map<string, Set<string>>();
  for (const { from, to } of edges) after.set(from, (after.get(from) ?? new Set()).add(to));
  const rank = ranks(after);
  let steps = 0;

  /** What a node leads to by several edges, as far as it leads there by one, too. Ranks only grow on the way, and so tell where to stop. */
  const farther = (from: string): ReadonlySet<string> => {
    const next = [...(after.get(from) ?? [])].filter((id) => rank.has(id));
    const found = new Set<string>();
    if (next.length < 2 || !rank.has(from)) return found;
    const end = next.reduce((most, id) => Math.max(most, rank.get(id) ?? 0), 0);
    const way = [...next];
    for (let id = way.pop(); id !== undefined && steps < patience; id = way.pop()) {
      for (const other of after.get(id) ?? []) {
        steps += 1;
        if (found.has(other) || (rank.get(other) ?? end + 1) > end) continue;
        found.add(other);
        way.push(other);
      }
    }
    return new Set(next.filter((id) => found.has(id)));
  };
  const reached = new Map<string, ReadonlySet<string>>();
  const isImplied = ({ from, to }: PictureEdge): boolean => {
    const known = reached.get(from) ?? farther(from);
    reached.set(from, known);
    return known.has(to);
  };
  return edges.map((edge) => ({ ...edge, implied: edge.label === '' && isImplied(edge) }));
}

/** How many edges the longest way to each node has; nodes in a circle, and those after one, have no rank. */
function ranks(after: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>();
  for (const [from, others] of after) {
    waiting.set(from, waiting.get(from) ?? 0);
    for (const to of others) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  }
  const found = new Map<string, number>();
  const free = [...waiting].filter(([, edgesIn]) => edgesIn === 0).map(([id]) => id);
  const rank = new Map(free.map((id) => [id, 0]));
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    const own = rank.get(id) ?? 0;
    found.set(id, own);
    for (const other of after.get(id) ?? []) {
      rank.set(other, Math.max(rank.get(other) ?? 0, own + 1));
      const left = (waiting.get(other) ?? 0) - 1;
      waiting.set(other, left);
      if (left === 0) free.push(other);
    }
  }
  return found;
}
