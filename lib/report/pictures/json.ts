import type { Graph } from '../../graph/graph';
import { hider } from '../../graph/masking';
import { jsonText } from '../../graph/masking/printable';
import { shownPath } from '../../graph/shown-path';
import { display } from '../../graph/substitution';
import type { Picture, PictureNode } from '../../pictures/picture';

/** The shape of `--format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface GraphReport {
  readonly version: 1;
  /** Secret flow, or order: nodes and edges, without a layout. */
  readonly pictures: readonly Picture[];
}

/** Pictures for programs: their nodes and edges as they are. */
export function renderJson(pictures: readonly Picture[], graph: Graph): string {
  const hide = hider([graph]);
  const told = (text: string) => hide(display(text));
  const node = ({ object, ...one }: PictureNode): PictureNode => ({
    ...one,
    id: told(one.id),
    object: object && {
      group: object.group,
      kind: object.kind,
      namespace: told(object.namespace),
      name: told(object.name),
      file: shownPath(graph.tree, object.file),
    },
  });
  const report: GraphReport = {
    version: 1,
    pictures: pictures.map((picture) => ({
      ...picture,
      nodes: picture.nodes.map(node),
      edges: picture.edges.map((edge) => ({ ...edge, from: told(edge.from), to: told(edge.to) })),
    })),
  };
  return jsonText(report);
}
