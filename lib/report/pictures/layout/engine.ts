import type { Box, Point, Size } from './drawing';
import type { Layered, Placed } from './layered';
import { effort } from './layers';
import { placePlainly } from './plain';

/** Places layered graphs; of equal ones, which a fleet is full of, it does so once. */
export type Place = (graph: Layered) => Promise<Placed>;

/** From how much effort on Graphviz must not look for the best of places, and from how much on it is not asked at all. */
const limits = { best: 600, quick: 8_000 } as const;

/** Graphviz as WebAssembly: 0.8 MB, loaded when something is drawn. */
export function placer(): Place {
  const known = new Map<string, Placed>();
  return async (graph) => {
    const work = effort(graph);
    if (work > limits.quick) return placePlainly(graph);
    const dot = dotOf(graph, work <= limits.best);
    const placed = known.get(dot) ?? (await askGraphviz(graph, dot));
    known.set(dot, placed);
    return placed;
  };
}

async function askGraphviz(graph: Layered, dot: string): Promise<Placed> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  // Loaded once, and again after a failure.
  const engine = await Graphviz.load();
  try {
    return read(graph, JSON.parse(engine.layout(dot, 'json', 'dot')) as Output);
  } catch {
    return placePlainly(graph);
  }
}

const inch = 72;
/** Pixels between nodes of a layer, and between layers. */
const gaps = { nodes: 22, layers: 46 } as const;
/** Curves around what is in the way, as few crossings as there may be. */
const best = 'splines=true';
/** Straight lines, few tries. */
const quick = 'splines=line;nslimit=1;nslimit1=1;mclimit=0.05;searchsize=10';

/** Numbers only: no text of the tree is among what Graphviz reads. */
function dotOf({ direction, sizes, edges }: Layered, well: boolean): string {
  const nodes = sizes.map(
    ({ width, height }, i) => `${i}[width=${(width / inch).toFixed(4)},height=${(height / inch).toFixed(4)}]`,
  );
  const lines = edges.map(({ from, to, label }, i) => {
    return `${from}->${to}[id=${i}${label === undefined ? '' : `,label=<${room(label)}>`}]`;
  });
  const graph = `rankdir=${direction === 'right' ? 'LR' : 'TB'};nodesep=${gaps.nodes / inch};ranksep=${gaps.layers / inch}`;
  return `digraph{${graph};${well ? best : quick};node[shape=box,fixedsize=true,label=""];edge[arrowsize=0.7];${nodes.join(';')};${lines.join(';')}}`;
}

/** Room for a text, whatever the fonts. */
function room({ width, height }: Size): string {
  const cell = `<TD FIXEDSIZE="TRUE" WIDTH="${Math.ceil(width)}" HEIGHT="${Math.ceil(height)}"></TD>`;
  return `<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"><TR>${cell}</TR></TABLE>`;
}

/** What Graphviz says, as far as it is asked (https://graphviz.org/docs/outputs/json/). */
interface Output {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string; readonly lp?: string }[];
}

function read({ sizes }: Layered, { bb, objects = [], edges = [] }: Output): Placed {
  const [, , right = 0, top = 0] = bb.split(',').map(Number);
  const point = (text: string): Point => {
    const [x = 0, y = 0] = text.split(',').map(Number);
    return { x: round(x), y: round(top - y) };
  };
  const boxes: Box[] = [];
  for (const { name, pos } of objects) {
    const { width, height } = sizes[Number(name)] as Box;
    const middle = point(pos);
    boxes[Number(name)] = { x: round(middle.x - width / 2), y: round(middle.y - height / 2), width, height };
  }
  const inOrder = [...edges].sort((a, b) => Number(a.id) - Number(b.id));
  return {
    width: right,
    height: top,
    boxes,
    edges: inOrder.map(({ pos, lp }) => {
      const words = pos.split(' ');
      const curve = words.filter((word) => !word.startsWith('e,') && !word.startsWith('s,')).map(point);
      const end = words.find((word) => word.startsWith('e,'))?.slice(2);
      return {
        curve,
        end: end === undefined ? (curve.at(-1) as Point) : point(end),
        label: lp === undefined ? undefined : point(lp),
      };
    }),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
