import type { Hide } from '../graph/masking';
import type { Picture } from './picture';

/** A picture without what is secret in its texts. */
export function hidePicture(picture: Picture, hide: Hide): Picture {
  return {
    ...picture,
    title: hide(picture.title),
    groups: picture.groups.map((group) => ({ ...group, label: hide(group.label) })),
    nodes: picture.nodes.map((node) => ({
      ...node,
      label: hide(node.label),
      details: node.details.map(hide),
      keys: node.keys && { ...node.keys, known: node.keys.known.map(hide) },
    })),
    edges: picture.edges.map((edge) => ({ ...edge, label: hide(edge.label) })),
  };
}
