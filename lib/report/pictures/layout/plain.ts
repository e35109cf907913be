import type { Box, Point } from './drawing';
import type { Layered, Placed } from './layered';
import { layersOf } from './layers';

/** Pixels between things of a layer, and between layers. */
const gaps = { nodes: 22, layers: 90 } as const;
const sweeps = 4;

/**
 * Places a graph in layers without looking for the fewest crossings: in linear time, or nearly, however large and tangled it is. For
 * what would keep Graphviz busy for minutes.
 */
export function placePlainly(graph: Layered): Placed {
  const right = graph.direction === 'right';
  const rows = ordered(graph);
  const boxes: Box[] = [];
  let [along, across] = [0, 0];
  for (const row of rows) {
    const sizes = row.map((node) => graph.sizes[node] as Box);
    let at = 0;
    for (const [i, node] of row.entries()) {
      const { width, height } = sizes[i] as Box;
      boxes[node] = right ? { x: along, y: at, width, height } : { x: at, y: along, width, height };
      at += (right ? height : width) + gaps.nodes;
    }
    along += Math.max(0, ...sizes.map(({ width, height }) => (right ? width : height))) + gaps.layers;
    across = Math.max(across, at - gaps.nodes);
  }
  const length = Math.max(0, along - gaps.layers);
  return {
    width: right ? length : across,
    height: right ? across : length,
    boxes,
    edges: graph.edges.map(({ from, to, label }) => {
      const curve = line(boxes[from] as Box, boxes[to] as Box, right);
      const [a, , , b] = curve as [Point, Point, Point, Point];
      const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
      return { curve, end: b, label: label === undefined ? undefined : middle };
    }),
  };
}

/** The things of each layer, each near to those that lead to it. */
function ordered(graph: Layered): number[][] {
  const layers = layersOf(graph);
  const rows: number[][] = [];
  for (const [node, layer] of layers.entries()) {
    const row = rows[layer] ?? [];
    rows[layer] = row;
    row.push(node);
  }
  const [before, after]: [number[][], number[][]] = [layers.map(() => []), layers.map(() => [])];
  for (const { from, to } of graph.edges) {
    before[to]?.push(from);
    after[from]?.push(to);
  }
  const place = layers.map(() => 0);
  const placeRow = (row: number[]) => {
    for (const [i, node] of row.entries()) place[node] = i;
  };
  for (const row of rows) placeRow(row);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const neighbours = sweep % 2 === 0 ? before : after;
    for (const row of sweep % 2 === 0 ? rows : [...rows].reverse()) {
      const mean = new Map(row.map((node) => [node, average(neighbours[node] ?? [], place, place[node] ?? 0)]));
      row.sort((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0) || a - b);
      placeRow(row);
    }
  }
  return rows;
}

function average(nodes: readonly number[], place: readonly number[], otherwise: number): number {
  if (nodes.length === 0) return otherwise;
  return nodes.reduce((sum, node) => sum + (place[node] ?? 0), 0) / nodes.length;
}

function line(from: Box, to: Box, right: boolean): Point[] {
  const [a, b] = right
    ? [
        { x: from.x + from.width, y: from.y + from.height / 2 },
        { x: to.x, y: to.y + to.height / 2 },
      ]
    : [
        { x: from.x + from.width / 2, y: from.y + from.height },
        { x: to.x + to.width / 2, y: to.y },
      ];
  const bend = gaps.layers / 2;
  return right
    ? [a, { x: a.x + bend, y: a.y }, { x: b.x - bend, y: b.y }, b]
    : [a, { x: a.x, y: a.y + bend }, { x: b.x, y: b.y - bend }, b];
}
