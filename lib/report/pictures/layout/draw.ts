import { inline } from '../../../graph/masking/printable';
import { display } from '../../../graph/substitution';
import type { Picture, PictureNode } from '../../../pictures/picture';
import { groupBy } from '../../../text/group-by';
import { type Card, cardsOf, titleOf } from './card';
import type { Block, Drawing, DrawnEdge, DrawnNode, Frame, Point, Size } from './drawing';
import { type Place, placer } from './engine';
import { grid } from './grid';
import type { Placed } from './layered';
import { rows } from './pack';
import { type Item, type Part, partsOf } from './parts';
import { sansWidth, wrap } from './text-width';

/** Gives everything in a picture its place. The same picture is drawn the same in every run. */
export async function draw(picture: Picture): Promise<Drawing> {
  const place = placer();
  const cards = cardsOf(picture);
  const parts: DrawnPart[] = [];
  const found = partsOf(picture);
  const titles = titlesOf(picture, found);
  for (const part of found) parts.push(await drawPart(picture, part, cards, place));
  const titled = parts.length > 1;
  const packed = rows(parts.map(({ width, height }) => ({ width, height: height + (titled ? titleHeight : 0) })));
  const [nodes, edges, frames]: [DrawnNode[], DrawnEdge[], Frame[]] = [[], [], []];
  const blocks = parts.map((part, i): Block => {
    const spot = packed.spots[i] as Point;
    const moved = move({ x: spot.x, y: spot.y + (titled ? titleHeight : 0) });
    const from = [nodes.length, edges.length, frames.length] as const;
    for (const node of part.nodes) nodes.push({ ...node, ...moved(node) });
    for (const frame of part.frames) frames.push({ ...frame, ...moved(frame) });
    for (const edge of part.edges) {
      const label = edge.label === undefined ? undefined : { ...edge.label, ...moved(edge.label) };
      edges.push({ ...edge, curve: edge.curve.map(moved), end: moved(edge.end), label });
    }
    return {
      ...spot,
      width: part.width,
      height: part.height + (titled ? titleHeight : 0),
      title: titled ? (titles[i] as string) : '',
      nodes: [from[0], nodes.length],
      edges: [from[1], edges.length],
      frames: [from[2], frames.length],
    };
  });
  return { picture, width: packed.width, height: packed.height, nodes, edges, frames, blocks };
}

/** Room above a block for its app's name. */
const titleHeight = 24;

function move(by: Point): (point: Point) => Point {
  return ({ x, y }) => ({ x: Math.round((x + by.x) * 10) / 10, y: Math.round((y + by.y) * 10) / 10 });
}

interface DrawnPart extends Size {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly frames: readonly Frame[];
}

async function drawPart(
  picture: Picture,
  { items, links }: Part,
  cards: readonly Card[],
  place: Place,
): Promise<DrawnPart> {
  const shapes = items.map((item) => grid(item.nodes.map((node) => cards[node] as Card)));
  const index = new Map(items.map((item, i) => [item, i]));
  const labels = links.map(({ edges }) => labelOf(picture, edges));
  const placed = await place({
    direction: picture.direction,
    sizes: shapes,
    edges: links.map(({ from, to }, i) => ({
      from: index.get(from) as number,
      to: index.get(to) as number,
      label: labels[i],
    })),
  });
  const nodes = items.flatMap((item, i) =>
    item.nodes.map((node, j): DrawnNode => {
      const [box, cell] = [placed.boxes[i] as Point, shapes[i]?.cells[j] as DrawnNode];
      const { kind } = picture.nodes[node] as Picture['nodes'][number];
      return { ...cell, ...move(box)(cell), node, kind, lines: (cards[node] as Card).lines };
    }),
  );
  return {
    width: placed.width,
    height: placed.height,
    nodes,
    edges: links.map(({ edges }, i) => drawnEdge(picture, edges, labels[i]?.lines ?? [], placed.edges[i])),
    frames: items.flatMap((item, i): Frame[] => {
      if (item.nodes.length === 1) return [];
      const box = placed.boxes[i];
      return box === undefined ? [] : [{ ...box, text: `${item.nodes.length} alike` }];
    }),
  };
}

function drawnEdge(
  { edges }: Picture,
  members: readonly number[],
  lines: readonly string[],
  placed: Placed['edges'][number] | undefined,
): DrawnEdge {
  const own = members.map((i) => edges[i] as Picture['edges'][number]);
  const { curve = [], end = { x: 0, y: 0 }, label } = placed ?? {};
  return {
    edges: members,
    curve,
    end,
    label: label === undefined ? undefined : { ...label, lines },
    optional: own.every(({ optional }) => optional),
    kind: own[0]?.kind ?? 'flow',
  };
}

/** The text of an edge in lines, and the room that these take. */
function labelOf({ edges }: Picture, [first = -1]: readonly number[]) {
  const text = inline(edges[first]?.label ?? '');
  if (text === '') return undefined;
  const lines = wrap(text, 26, 3);
  const width = Math.max(...lines.map((line) => sansWidth(line, 10.5))) + 10;
  return { lines, width, height: lines.length * 14 + 4 };
}

/**
 * What each part is called: the app that it is of, `shop/web`, or `web` where its namespace is called so, too, or all apps are of one. Where an app has
 * several parts (one Kustomization may apply a whole cluster), each is called after what reads there.
 */
function titlesOf({ nodes }: Picture, parts: readonly Part[]): string[] {
  const named = (part: Part, nameOf: (node: PictureNode) => string | undefined) => [
    ...new Set(part.items.flatMap((item) => item.nodes.flatMap((i) => nameOf(nodes[i] as PictureNode) ?? []))),
  ];
  const apps = parts.map((part) => named(part, ({ app }) => app));
  const namespaces = new Set(apps.flat().map((app) => app.split('/')[0]));
  const times = groupBy(apps, ([first = '']) => first);
  return parts.map((part, i) => {
    const [first = ''] = apps[i] as string[];
    const isShared = (times.get(first)?.length ?? 0) > 1;
    const readers = isShared ? named({ ...part, items: endsOf(part) }, readerName) : [];
    const [title = '', ...others] = readers.length > 0 ? readers : (apps[i] as string[]);
    const [namespace, name] = title.split('/');
    const isPlain = name !== undefined && (namespace === name || (readers.length === 0 && namespaces.size === 1));
    const short = inline(isPlain ? name : title);
    return others.length === 0 ? short : `${short} and ${others.length} more`;
  });
}

/** What nothing comes after. */
function endsOf({ items, links }: Part): readonly Item[] {
  const before = new Set(links.map(({ from }) => from));
  return items.filter((item) => !before.has(item));
}

function readerName(node: PictureNode): string | undefined {
  if (node.kind === 'remote') return undefined;
  const { name } = titleOf(node, undefined);
  const namespace = display(node.namespace);
  return namespace === '' || name.startsWith(`${namespace}/`) ? name : `${namespace}/${name}`;
}
