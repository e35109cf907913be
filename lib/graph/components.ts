/**
 * The strongly connected components of a directed graph that hold a cycle: those of several nodes, and nodes that lead to
 * themselves. In the order in which the nodes are given; linear (Tarjan's algorithm without recursion).
 */
export function cyclicComponents<T>(nodes: Iterable<T>, next: (node: T) => Iterable<T>): T[][] {
  const index = new Map<T, number>();
  const low = new Map<T, number>();
  const stack: T[] = [];
  const onStack = new Set<T>();
  const found: T[][] = [];
  /** Nodes that lead to themselves. */
  const loops = new Set<T>();

  const enter = (node: T): { node: T; rest: Iterator<T> } => {
    low.set(node, index.size);
    index.set(node, index.size);
    stack.push(node);
    onStack.add(node);
    return { node, rest: next(node)[Symbol.iterator]() };
  };
  const lower = (node: T, value: number) => low.set(node, Math.min(low.get(node) ?? value, value));
  const close = (node: T) => {
    const component = stack.splice(stack.lastIndexOf(node));
    for (const member of component) onStack.delete(member);
    if (component.length > 1 || loops.has(node)) found.push(component);
  };

  for (const start of nodes) {
    if (index.has(start)) continue;
    const path = [enter(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { done, value } = top.rest.next();
      if (done) {
        path.pop();
        if (low.get(top.node) === index.get(top.node)) close(top.node);
        const below = path.at(-1);
        if (below !== undefined) lower(below.node, low.get(top.node) ?? 0);
      } else if (value === top.node) loops.add(value);
      else if (!index.has(value)) path.push(enter(value));
      else if (onStack.has(value)) lower(top.node, index.get(value) ?? 0);
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
