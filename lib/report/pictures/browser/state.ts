import type { PageData, PagePicture } from '../page/data';

/** What is looked at. */
export interface Filter {
  /** '' for all. */
  readonly app: string;
  /** '' for all. */
  readonly namespace: string;
}

/** A picture with what follows from its edges. */
export interface Scene {
  readonly picture: PagePicture;
  /** Edges by the node that they lead from, and by the one that they lead to. */
  readonly after: readonly (readonly number[])[];
  readonly before: readonly (readonly number[])[];
  /** The drawn nodes of each node. */
  readonly drawn: readonly (readonly number[])[];
  /** The nodes that each drawn edge has at its ends. */
  readonly ends: readonly (readonly [from: ReadonlySet<number>, to: ReadonlySet<number>])[];
}

export function sceneOf(picture: PagePicture): Scene {
  const [after, before, drawn] = [lists(picture), lists(picture), lists(picture)];
  for (const [i, [from, to]] of picture.edges.entries()) {
    after[from]?.push(i);
    before[to]?.push(i);
  }
  for (const [i, { node }] of picture.drawnNodes.entries()) drawn[node]?.push(i);
  const ends = picture.drawnEdges.map(({ edges }) => {
    const [from, to] = [new Set<number>(), new Set<number>()];
    for (const i of edges) {
      const edge = picture.edges[i];
      if (edge === undefined) continue;
      from.add(edge[0]);
      to.add(edge[1]);
    }
    return [from, to] as const;
  });
  return { picture, after, before, drawn, ends };
}

function lists({ nodes }: PagePicture): number[][] {
  return nodes.map(() => []);
}

/** Nodes with all that leads to them and all that they lead to. */
export function streams({ picture, after, before }: Scene, from: readonly number[]): ReadonlySet<number> {
  const [up, down] = [new Set(from), new Set(from)];
  for (const node of up) for (const edge of before[node] ?? []) up.add(picture.edges[edge]?.[0] ?? node);
  for (const node of down) for (const edge of after[node] ?? []) down.add(picture.edges[edge]?.[1] ?? node);
  return new Set([...up, ...down]);
}

/** The nodes that a filter leaves, with what they hang on; undefined for all. */
export function chosenBy(scene: Scene, { app, namespace }: Filter): ReadonlySet<number> | undefined {
  if (app === '' && namespace === '') return undefined;
  const own = scene.picture.nodes.flatMap((node, i) => {
    // A Kustomization is its own app, not its parent's.
    const ownApp = node.kind === 'kustomization' ? `${node.namespace}/${node.name}` : node.app;
    return (app === '' || ownApp === app) && (namespace === '' || node.namespace === namespace) ? [i] : [];
  });
  return streams(scene, own);
}

export function readData(): PageData {
  return JSON.parse(document.getElementById('data')?.textContent ?? '{}') as PageData;
}
