import type { Layered } from './layered';

/** The layer of each thing, counted from 0: after all that leads to it, circles left aside. */
export function layersOf({ sizes, edges }: Pick<Layered, 'sizes' | 'edges'>): number[] {
  const next: number[][] = sizes.map(() => []);
  for (const { from, to } of edges) if (from !== to) next[from]?.push(to);
  const layers: number[] = sizes.map(() => 0);
  // Last first: what a walk leaves last comes before all that it leads to.
  for (const node of leavingOrder(next).reverse()) {
    for (const other of next[node] ?? []) layers[other] = Math.max(layers[other] ?? 0, (layers[node] ?? 0) + 1);
  }
  return layers;
}

/** In which order a walk leaves the nodes; edges that lead back into the walk are taken out. Without recursion: chains are long. */
function leavingOrder(next: number[][]): number[] {
  const state = next.map((): 'new' | 'open' | 'left' => 'new');
  const left: number[] = [];
  for (const start of next.keys()) {
    if (state[start] !== 'new') continue;
    const path = [{ node: start, at: 0 }];
    state[start] = 'open';
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const others = next[top.node] as number[];
      const other = others[top.at];
      if (other === undefined) {
        state[top.node] = 'left';
        left.push(top.node);
        path.pop();
      } else if (state[other] === 'open') others.splice(top.at, 1);
      else {
        top.at += 1;
        if (state[other] === 'new') {
          state[other] = 'open';
          path.push({ node: other, at: 0 });
        }
      }
    }
  }
  return left;
}

/** How much work a graph is to place: things, and the layers that edges pass through. */
export function effort(graph: Pick<Layered, 'sizes' | 'edges'>): number {
  const layers = layersOf(graph);
  return graph.edges.reduce(
    (sum, { from, to }) => sum + Math.abs((layers[to] ?? 0) - (layers[from] ?? 0)),
    graph.sizes.length,
  );
}
