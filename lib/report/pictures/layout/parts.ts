import type { Picture } from '../../../pictures/picture';
import { groupBy, push } from '../../../text/group-by';

/** One thing that is placed: a node, or several that hang on the same others, in a frame. */
export interface Item {
  /** The nodes' places in the picture's list. */
  readonly nodes: readonly number[];
}

/** An edge between things that are placed. */
export interface Link {
  readonly from: Item;
  readonly to: Item;
  /** The edges' places in the picture's list: what they say is the same. */
  readonly edges: readonly number[];
}

/** Things that hang together: no link leads out. */
export interface Part {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
}

/** Of more nodes that hang on the same others, a frame is made. */
const mostAlike = 5;
/** In a part of more things, what more links than this hang on stands beside each of its neighbours. */
const largePart = 120;
const mostLinks = 12;

/** The parts of a picture, without the edges that follow from others. */
export function partsOf(picture: Picture): Part[] {
  const parts = components(bundled(picture));
  // How Flux goes on from one to many is what its order is about; a Vault path that all read says nothing of any.
  return picture.name === 'secrets' ? parts.flatMap(withoutHubs) : parts;
}

/** Puts nodes that hang on the same others, in the same ways, together. */
function bundled({ nodes, edges }: Picture): Part {
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const ends = new Map<number, string[]>();
  const drawn = [...edges.entries()].flatMap(([i, edge]) => {
    const [from, to] = [index.get(edge.from), index.get(edge.to)];
    return edge.implied || from === undefined || to === undefined ? [] : [{ i, from, to, edge }];
  });
  for (const { from, to, edge } of drawn) {
    const how = JSON.stringify([edge.kind, edge.label, edge.optional]);
    push(ends, from, `${how}>${to}`);
    push(ends, to, `${how}<${from}`);
  }
  const alike = groupBy(nodes.keys(), (i) => `${nodes[i]?.kind}${(ends.get(i) ?? [`alone ${i}`]).sort().join('\n')}`);
  const items: Item[] = [...alike.values()].flatMap((same): Item[] =>
    same.length > mostAlike ? [{ nodes: same }] : same.map((node) => ({ nodes: [node] })),
  );
  const itemOf = new Map(items.flatMap((item) => item.nodes.map((node) => [node, item] as const)));
  const number = new Map(items.map((item, i) => [item, i]));
  const links = groupBy(drawn, ({ from, to, edge }) => {
    const [a, b] = [itemOf.get(from) as Item, itemOf.get(to) as Item];
    return JSON.stringify([number.get(a), number.get(b), edge.kind, edge.label]);
  });
  return {
    items,
    links: [...links.values()].map((same) => ({
      from: itemOf.get(same[0].from) as Item,
      to: itemOf.get(same[0].to) as Item,
      edges: same.map(({ i }) => i),
    })),
  };
}

/** The parts of which none hangs on another, in the order of their first things. */
function components({ items, links }: Part): Part[] {
  const next = new Map<Item, Item[]>();
  for (const { from, to } of links) {
    push(next, from, to);
    push(next, to, from);
  }
  const of = new Map<Item, { items: Item[]; links: Link[] }>();
  const found: { items: Item[]; links: Link[] }[] = [];
  for (const item of items) {
    if (of.has(item)) continue;
    const part = { items: [] as Item[], links: [] as Link[] };
    found.push(part);
    const reached = new Set([item]);
    // A set hands out what is added while it is walked.
    for (const other of reached) {
      of.set(other, part);
      for (const further of next.get(other) ?? []) reached.add(further);
    }
  }
  for (const item of items) of.get(item)?.items.push(item);
  for (const link of links) of.get(link.from)?.links.push(link);
  return found;
}

/** What many hang on would tie all of a large part together: it is drawn again beside each of those that it is taken from. */
function withoutHubs(part: Part): Part[] {
  if (part.items.length <= largePart) return [part];
  const degree = new Map<Item, number>();
  for (const { from, to } of part.links) {
    degree.set(from, (degree.get(from) ?? 0) + 1);
    degree.set(to, (degree.get(to) ?? 0) + 1);
  }
  const hubs = new Set(part.items.filter((item) => (degree.get(item) ?? 0) > mostLinks));
  if (hubs.size === 0) return [part];
  const isInner = ({ from, to }: Link) => !hubs.has(from) && !hubs.has(to);
  const rest = components({ items: part.items.filter((item) => !hubs.has(item)), links: part.links.filter(isInner) });
  const home = new Map(rest.flatMap((piece) => piece.items.map((item) => [item, piece] as const)));
  const outer = groupBy(
    part.links.filter((link) => !isInner(link)),
    ({ from, to }) => home.get(from) ?? home.get(to),
  );
  const among = outer.get(undefined) ?? [];
  const ofHubs = components({ items: [...hubs], links: among });
  return [...ofHubs, ...rest.map((piece) => withCopies(piece, outer.get(piece) ?? [], hubs))];
}

function withCopies({ items, links }: Part, outer: readonly Link[], hubs: ReadonlySet<Item>): Part {
  const copies = new Map<Item, Item>();
  const copy = (item: Item): Item => {
    if (!hubs.has(item)) return item;
    const own = copies.get(item) ?? { nodes: item.nodes };
    copies.set(item, own);
    return own;
  };
  const added = outer.map((link) => ({ ...link, from: copy(link.from), to: copy(link.to) }));
  return { items: [...items, ...copies.values()], links: [...links, ...added] };
}
