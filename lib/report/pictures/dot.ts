import { inline } from '../../graph/masking/printable';
import type { Picture, PictureEdge, PictureNode } from '../../pictures/picture';
import { detailLines } from './lines';
import { colours } from './palette';

/**
 * A picture in the language of Graphviz (https://graphviz.org/doc/info/lang.html), for whoever lays it out or works on with it.
 *
 * @returns lines, the last ending with a line feed
 */
export function renderDot(picture: Picture): string {
  const lines = [
    `digraph ${quoted(picture.title)} {`,
    `  graph [rankdir=${picture.direction === 'right' ? 'LR' : 'TB'}, label=${quoted(picture.title)}, labelloc=t, fontname="Helvetica", nodesep=0.3, ranksep=0.8]`,
    '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica", fontsize=11]',
    '  edge [fontname="Helvetica", fontsize=9, arrowsize=0.7]',
  ];
  for (const [i, { id, label }] of picture.groups.entries()) {
    lines.push(`  subgraph cluster_${i} {`, `    label=${quoted(label)}`, '    style=rounded', '    color=gray');
    for (const node of picture.nodes) if (node.group === id) lines.push(`    ${nodeLine(node)}`);
    lines.push('  }');
  }
  const known = new Set(picture.groups.map(({ id }) => id));
  for (const node of picture.nodes) if (!known.has(node.group ?? '')) lines.push(`  ${nodeLine(node)}`);
  for (const edge of picture.edges) if (!edge.implied) lines.push(`  ${edgeLine(edge)}`);
  return `${lines.join('\n')}\n}\n`;
}

function nodeLine(node: PictureNode): string {
  const [colour] = colours[node.kind];
  const style = node.state === 'present' ? '' : ', style="rounded,filled,dashed"';
  const label = [node.label, ...detailLines(node)].map(plain).join('\\n');
  return `${quoted(node.id)} [label="${label}", color="${node.state === 'missing' ? '#d1242f' : colour}"${style}]`;
}

function edgeLine({ from, to, label, optional, kind }: PictureEdge): string {
  const attributes = [
    ...(label === '' ? [] : [`label=${quoted(label)}`]),
    ...(optional || kind === 'applies' ? ['style=dashed'] : []),
  ];
  return `${quoted(from)} -> ${quoted(to)}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`}`;
}

function quoted(text: string): string {
  return `"${plain(text)}"`;
}

/** A text between quotes: backslashes begin escapes in labels, and ampersands entities. */
function plain(text: string): string {
  return inline(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
}
