import type { DrawnNode } from '../layout/drawing';
import { sansWidth } from '../layout/text-width';
import type { PageDrawnEdge, PagePicture } from '../page/data';

/** Pixels by which a node stands further right than the one that it hangs on, and from there to the line that leads to it. */
const indent = 24;
const rail = 9;
/** Where a line leads straight down to the only node that hangs on another. */
const straight = 24;
/** Pixels above a node: of one that nothing leads to, that a line leads down to, that a line leads to from the left. */
const above = { root: 18, straight: 26, aside: 10 } as const;
/** A column is at least about as wide as a phone. */
const leastWidth = 310;
const labelLine = 14;
const titleRoom = 24;
const betweenBlocks = 30;
/** Lines at the right, for what hangs on several: their distance, and how many there are before some share one. */
const lane = 8;
const mostLanes = 10;

/** One edge between two drawn nodes. */
interface Link {
  readonly from: number;
  readonly to: number;
  /** Its place among the picture's edges. */
  readonly edge: number;
  readonly drawn: PageDrawnEdge;
}

interface Row {
  readonly at: number;
  readonly depth: number;
  readonly by: Link | undefined;
  readonly isStraight: boolean;
}

/**
 * A picture for a phone: its nodes one below the other, each under what it hangs on, as in an outline. No node is wider than the screen, and
 * no line crosses one: what hangs on several others has lines at the right, too. The nodes that are not shown take no room.
 */
export function stacked(picture: PagePicture, shown: ReadonlySet<number> | undefined): PagePicture {
  const parts = picture.blocks.map((block) => {
    const own = indices(block.nodes).filter((i) => shown?.has(picture.drawnNodes[i]?.node ?? -1) ?? true);
    const links = linksOf(picture, own, indices(block.edges));
    return { block, links, rows: outline(own, links) };
  });
  const rows = parts.flatMap((part) => part.rows);
  const width = Math.max(
    leastWidth,
    ...rows.map(({ at, depth }) => depth * indent + (picture.drawnNodes[at]?.width ?? 0)),
  );
  const [drawnNodes, drawnEdges, blocks]: [DrawnNode[], PageDrawnEdge[], PagePicture['blocks'][number][]] = [
    [],
    [],
    [],
  ];
  let [y, lanes] = [0, 0];
  for (const { block, links, rows: ownRows } of parts) {
    if (ownRows.length === 0) continue;
    const from = [y, drawnNodes.length, drawnEdges.length] as const;
    if (block.title !== '') y += titleRoom;
    const boxes = new Map<number, DrawnNode>();
    for (const [i, row] of ownRows.entries()) {
      const drawn = picture.drawnNodes[row.at] as DrawnNode;
      const gap = row.by === undefined ? above.root : row.isStraight ? above.straight : above.aside;
      const labels = row.by?.drawn.label?.lines ?? [];
      if (i > 0) y += gap + labels.length * labelLine;
      const x = row.depth * indent;
      const box = { ...drawn, x, y, width: drawn.kind === 'flux' ? drawn.width : width - x };
      boxes.set(row.at, box);
      drawnNodes.push(box);
      if (row.by !== undefined)
        drawnEdges.push(downTo(box, boxes.get(row.by.from) as DrawnNode, row.by, row.isStraight));
      y += drawn.height;
    }
    const inTree = new Set(ownRows.map(({ by }) => by));
    const others = links.filter((link) => !inTree.has(link));
    const aside = besides(others, boxes, width);
    drawnEdges.push(...aside.edges);
    lanes = Math.max(lanes, aside.lanes);
    blocks.push({
      x: 0,
      y: from[0],
      width,
      height: y - from[0],
      title: block.title,
      nodes: [from[1], drawnNodes.length],
      edges: [from[2], drawnEdges.length],
      frames: [0, 0],
    });
    y += betweenBlocks;
  }
  const right = lanes === 0 ? width : width + (lanes + 1) * lane;
  return {
    ...picture,
    drawnNodes,
    drawnEdges,
    blocks,
    frames: [],
    width: right,
    height: Math.max(0, y - betweenBlocks),
  };
}

function indices([from, to]: readonly [number, number]): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** The edges of a block, each by itself: those of nodes in a frame are drawn as one elsewhere. */
function linksOf(picture: PagePicture, nodes: readonly number[], edges: readonly number[]): Link[] {
  const places = new Map(nodes.map((i) => [picture.drawnNodes[i]?.node, i]));
  return edges.flatMap((i) => {
    const drawn = picture.drawnEdges[i] as PageDrawnEdge;
    return drawn.edges.flatMap((edge) => {
      const [from, to] = (picture.edges[edge] ?? []).slice(0, 2).map((node) => places.get(node as number));
      return from === undefined || to === undefined ? [] : [{ from, to, edge, drawn }];
    });
  });
}

/** Each node under the last of those that lead to it, so that all lines lead down, circles left aside. */
function outline(nodes: readonly number[], links: readonly Link[]): Row[] {
  const after = new Map<number, Link[]>(nodes.map((node) => [node, []]));
  const waiting = new Map(nodes.map((node) => [node, 0]));
  for (const link of links) {
    if (link.from === link.to) continue;
    after.get(link.from)?.push(link);
    waiting.set(link.to, (waiting.get(link.to) ?? 0) + 1);
  }
  const order = new Map<number, Link | undefined>();
  const visit = (start: number) => {
    const next: { readonly node: number; readonly by: Link | undefined }[] = [{ node: start, by: undefined }];
    for (let one = next.pop(); one !== undefined; one = next.pop()) {
      if (order.has(one.node)) continue;
      order.set(one.node, one.by);
      for (const link of [...(after.get(one.node) ?? [])].reverse()) {
        const left = (waiting.get(link.to) ?? 0) - 1;
        waiting.set(link.to, left);
        if (left === 0) next.push({ node: link.to, by: link });
      }
    }
  };
  for (const node of nodes.filter((one) => waiting.get(one) === 0)) visit(node);
  // What is left is in a circle, or after one.
  for (const node of nodes) if (!order.has(node)) visit(node);

  const hanging = new Map<number, number>();
  for (const by of order.values()) if (by !== undefined) hanging.set(by.from, (hanging.get(by.from) ?? 0) + 1);
  const depths = new Map<number, number>();
  return [...order].map(([at, by]) => {
    const isStraight = by !== undefined && hanging.get(by.from) === 1;
    const depth = by === undefined ? 0 : (depths.get(by.from) ?? 0) + (isStraight ? 0 : 1);
    depths.set(at, depth);
    return { at, depth, by, isStraight };
  });
}

/** The line from what a node hangs on, with its text above the node. */
function downTo(to: DrawnNode, from: DrawnNode, { edge, drawn }: Link, isStraight: boolean): PageDrawnEdge {
  const bottom = from.y + from.height;
  const path = isStraight
    ? `M${to.x + straight} ${bottom}V${to.y}`
    : `M${from.x + rail} ${bottom}V${to.y + to.height / 2}H${to.x}`;
  const lines = drawn.label?.lines ?? [];
  if (lines.length === 0) return { ...drawn, edges: [edge], path, label: undefined };
  const wide = Math.max(...lines.map((line) => sansWidth(line, 10.5)));
  const left = to.x + (isStraight ? straight + 8 : 2);
  const label = { lines, x: left + wide / 2, y: to.y - (isStraight ? 9 : 2) - (lines.length * labelLine) / 2 };
  return { ...drawn, edges: [edge], path, label };
}

/** The other lines: at the right, those from one node together. */
function besides(
  links: readonly Link[],
  boxes: ReadonlyMap<number, DrawnNode>,
  width: number,
): { readonly edges: readonly PageDrawnEdge[]; readonly lanes: number } {
  const sources = new Map<number, Link[]>();
  for (const link of links) sources.set(link.from, [...(sources.get(link.from) ?? []), link]);
  /** How far down each lane is taken. */
  const taken: number[] = [];
  const edges = [...sources].flatMap(([from, those]) => {
    const source = boxes.get(from) as DrawnNode;
    const start = source.y + (source.height * 2) / 3;
    const ends = those.map(({ to }) => boxes.get(to) as DrawnNode).map(({ y, height }) => y + height / 3);
    const [top, bottom] = [Math.min(start, ...ends), Math.max(start, ...ends)];
    const free = taken.findIndex((end) => end < top);
    const at = free >= 0 ? free : taken.length < mostLanes ? taken.length : mostLanes - 1;
    taken[at] = Math.max(taken[at] ?? 0, bottom);
    const x = width + (at + 1) * lane;
    return those.map(({ edge, drawn }, i): PageDrawnEdge => {
      const path = `M${source.x + source.width} ${start}H${x}V${ends[i]}H${width}`;
      return { ...drawn, edges: [edge], path, label: undefined };
    });
  });
  return { edges, lanes: taken.length };
}
