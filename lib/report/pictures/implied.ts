import { push } from '../../group-by';
import type { PictureEdge } from './picture';

/**
 * Marks the edges that follow from others: where a way of several edges leads from one node to another, an edge between the two says
 * nothing new, unless it has something written on it. Of edges in a circle none follows.
 */
export function impliedEdges(edges: readonly PictureEdge[]): PictureEdge[] {
  const after = new Map<string, string[]>();
  for (const { from, to } of edges) push(after, from, to);
  const rank = ranks(edges, after);
  return edges.map((edge) => ({ ...edge, implied: edge.label === '' && isImplied(edge, after, rank) }));
}

/** Whether a node leads to another by a way of several edges. Ranks only grow on the way, and so tell where to look no further. */
function isImplied(
  { from, to }: PictureEdge,
  after: ReadonlyMap<string, readonly string[]>,
  rank: ReadonlyMap<string, number>,
): boolean {
  const end = rank.get(to);
  if (end === undefined || !rank.has(from)) return false;
  const seen = new Set<string>();
  const nearer = (id: string) => (after.get(id) ?? []).filter((other) => (rank.get(other) ?? end) < end);
  const way = nearer(from);
  for (let id = way.pop(); id !== undefined; id = way.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (after.get(id)?.includes(to)) return true;
    way.push(...nearer(id));
  }
  return false;
}

/** How many edges the longest way to each node has; nodes in a circle, and those after one, have no rank. */
function ranks(
  edges: readonly PictureEdge[],
  after: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>();
  for (const { from, to } of edges) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
    waiting.set(from, waiting.get(from) ?? 0);
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
