import type { Resource } from '../graph/resource';
import { display } from '../graph/substitution';
import { compareText } from '../text/compare';
import { groupBy, push } from '../text/group-by';
import type { ObjectRef, Picture, PictureEdge, PictureNode } from './picture';
import { appName } from './scope';

/** What is said of an edge: how the value is handed on, and which key of it. */
export interface Handing {
  readonly how?: string;
  /** Undefined for all of it. */
  readonly key?: string;
  readonly optional?: boolean;
}

type Line = Omit<PictureEdge, 'label'> & { readonly handings: Handing[] };

interface Neighbours {
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly after: ReadonlyMap<string, readonly string[]>;
  /** How many edges there were. */
  readonly edges: number;
}

/** A picture in the making: nodes and edges are added as often as something tells of them, and stand in it once. */
export class Sketch {
  private readonly nodes = new Map<string, PictureNode>();
  private readonly edges = new Map<string, Line>();

  node(id: string, make: () => Omit<PictureNode, 'id' | 'outside'>): string {
    if (!this.nodes.has(id)) this.nodes.set(id, { id, ...make(), outside: false });
    return id;
  }

  edge(from: string, to: string, handing: Handing = {}, kind: PictureEdge['kind'] = 'flow'): void {
    const key = JSON.stringify([from, to]);
    const known = this.edges.get(key);
    const optional = handing.optional === true && (known?.optional ?? true);
    const handings = [...(known?.handings ?? []), handing];
    this.edges.set(key, { from, to, kind: known?.kind ?? kind, handings, optional, implied: false });
  }

  private found: Neighbours | undefined;

  /** Looked for once: each page of a cluster asks for a part of the same picture. */
  private neighbours(): Neighbours {
    if (this.found !== undefined && this.found.edges === this.edges.size) return this.found;
    const [before, after] = [new Map<string, string[]>(), new Map<string, string[]>()];
    for (const { from, to } of this.edges.values()) {
      push(after, from, to);
      push(before, to, from);
    }
    this.found = { before, after, edges: this.edges.size };
    return this.found;
  }

  /** The nodes that are asked for with all that leads to them and all that they lead to, and the edges among these. */
  around(chosen: (node: PictureNode) => boolean): Pick<Picture, 'nodes' | 'edges'> {
    const { before, after } = this.neighbours();
    const own = new Set([...this.nodes.values()].filter(chosen).map(({ id }) => id));
    const kept = new Set([...reached(own, before), ...reached(own, after)]);
    const nodes = [...this.nodes.values()].filter(({ id }) => kept.has(id));
    return {
      nodes: distinctLabels(nodes.map((node) => ({ ...node, outside: !own.has(node.id) }))),
      edges: [...this.edges.values()]
        .filter(({ from, to }) => kept.has(from) && kept.has(to))
        .map(({ handings, ...edge }) => ({ ...edge, label: labelOf(handings) })),
    };
  }
}

/** What can be reached from some nodes, themselves included. */
function reached(from: ReadonlySet<string>, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(from);
  // A set hands out what is added while it is walked.
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}

/** Nodes that would read the same say their namespaces. */
function distinctLabels(nodes: readonly PictureNode[]): PictureNode[] {
  const byLabel = groupBy(nodes, ({ label }) => label);
  return nodes.map((node) => {
    const { label, namespace } = node;
    if (byLabel.get(label)?.length === 1 || namespace === '') return node;
    const space = label.lastIndexOf(' ') + 1;
    return { ...node, label: `${label.slice(0, space)}${display(namespace)}/${label.slice(space)}` };
  });
}

const mostKeys = 4;

/** `env username, password; volume`. */
function labelOf(handings: readonly Handing[]): string {
  return [...groupBy(handings, ({ how = '' }) => how)]
    .map(([how, all]) => {
      const keys = [...new Set(all.flatMap(({ key }) => (key === undefined ? [] : [display(key)])))].sort(compareText);
      const more = keys.length > mostKeys + 1 ? ` and ${keys.length - mostKeys} more` : '';
      const shown = (more === '' ? keys : keys.slice(0, mostKeys)).join(', ') + more;
      return [how, shown].filter((part) => part !== '').join(' ');
    })
    .filter((part) => part !== '')
    .join('; ');
}

/** A node of which nothing more is to be said. */
export const plainNode = {
  details: [],
  keys: undefined,
  group: undefined,
  object: undefined,
  namespace: '',
  app: undefined,
  state: 'present',
} as const;

/** What a node of an object has in common with every other. */
export function objectNode({ group, kind, namespace, name, document, appliedBy }: Resource) {
  const object: ObjectRef = { group, kind, namespace, name, file: document.file.path };
  return { ...plainNode, object, namespace, app: appliedBy && appName(appliedBy) };
}
