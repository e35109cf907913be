/** How far the walk is with a node. */
interface Visit<T> {
  readonly node: T;
  readonly index: number;
  /** The first node that it leads back to. */
  low: number;
  /** Whether its component is not complete yet. */
  isOpen: boolean;
  /** Whether it leads to itself. */
  loops: boolean;
  readonly next: readonly T[];
  /** How many of those have been followed. */
  followed: number;
}

/**
 * The strongly connected components of a directed graph that hold a cycle: those of several nodes, and nodes that lead to
 * themselves. In the order in which the nodes are given; linear (Tarjan's algorithm without recursion).
 */
export function cyclicComponents<T>(nodes: Iterable<T>, next: (node: T) => readonly T[]): T[][] {
  const visits = new Map<T, Visit<T>>();
  const open: Visit<T>[] = [];
  const found: T[][] = [];

  const enter = (node: T): Visit<T> => {
    const index = visits.size;
    const visit = { node, index, low: index, isOpen: true, loops: false, next: next(node), followed: 0 };
    visits.set(node, visit);
    open.push(visit);
    return visit;
  };
  const close = (visit: Visit<T>) => {
    const component = open.splice(open.lastIndexOf(visit));
    for (const member of component) member.isOpen = false;
    if (component.length > 1 || visit.loops) found.push(component.map(({ node }) => node));
  };

  for (const start of nodes) {
    if (visits.has(start)) continue;
    const path = [enter(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      if (top.followed === top.next.length) {
        path.pop();
        if (top.low === top.index) close(top);
        const below = path.at(-1);
        if (below !== undefined) below.low = Math.min(below.low, top.low);
        continue;
      }
      const node = top.next[top.followed] as T;
      top.followed += 1;
      const other = visits.get(node);
      if (other === top) top.loops = true;
      else if (other === undefined) path.push(enter(node));
      else if (other.isOpen) top.low = Math.min(top.low, other.index);
    }
  }
  return found;
}

/** The shortest way that leads from a node back to it, first and last the node itself; undefined when there is none. */
export function cycleThrough<T>(start: T, next: (node: T) => Iterable<T>): T[] | undefined {
  const from = new Map<T, T>();
  const queue: T[] = [start];
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] as T;
    for (const other of next(node)) {
      if (other === start) return [...wayTo(node, start, from), start];
      if (from.has(other)) continue;
      from.set(other, node);
      queue.push(other);
    }
  }
  return undefined;
}

function wayTo<T>(end: T, start: T, from: ReadonlyMap<T, T>): T[] {
  const way: T[] = [];
  for (let node: T | undefined = end; node !== undefined && node !== start; node = from.get(node)) way.unshift(node);
  return [start, ...way];
}
