import { inline } from '../../graph/masking/printable';
import type { NodeKind, Picture, PictureEdge, PictureNode } from '../../pictures/picture';
import { cut, detailLines } from './lines';

/** What Mermaid draws at most, unless its page is set up for more: of larger pictures it refuses the whole. (config.schema.yaml) */
export const mermaidLimits = { edges: 500, characters: 50_000 } as const;

/**
 * A picture as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html), which GitHub, GitLab and TechDocs draw where it
 * stands in a block of code. Edges that follow from others are left out.
 *
 * @returns lines, the last ending with a line feed
 */
export function renderMermaid(picture: Picture): string {
  const ids = idsOf(picture.nodes);
  const lines = [`flowchart ${picture.direction === 'right' ? 'LR' : 'TB'}`];
  for (const [i, group] of picture.groups.entries()) {
    lines.push(`  subgraph g${i + 1}[${quoted([group.label])}]`);
    for (const node of picture.nodes) if (node.group === group.id) lines.push(`    ${drawn(node, ids)}`);
    lines.push('  end', '');
  }
  const known = new Set(picture.groups.map(({ id }) => id));
  for (const node of picture.nodes) {
    if (node.group === undefined || !known.has(node.group)) lines.push(`  ${drawn(node, ids)}`);
  }
  const edges = picture.edges.filter(({ implied }) => !implied);
  lines.push(
    ...edges.map((edge) => `  ${ids.get(edge.from)} ${arrow(edge)} ${ids.get(edge.to)}`),
    ...classes(picture, ids),
  );
  return `${lines.join('\n')}\n`;
}

function drawn(node: PictureNode, ids: ReadonlyMap<string, string>): string {
  const [open, close] = shapes[node.kind];
  return `${ids.get(node.id)}${open}${quoted([node.label, ...detailLines(node)])}${close}`;
}

const shapes: Readonly<Record<NodeKind, readonly [open: string, close: string]>> = {
  remote: ['[(', ')]'],
  generator: ['[/', '/]'],
  'external-secret': ['[', ']'],
  'push-secret': ['[', ']'],
  store: ['[', ']'],
  secret: ['([', '])'],
  database: ['[(', ')]'],
  workload: ['[', ']'],
  object: ['[', ']'],
  flux: ['((', '))'],
  kustomization: ['[', ']'],
};

function arrow({ label, optional, kind }: PictureEdge): string {
  const line = optional || kind === 'applies' ? '-.->' : '-->';
  return label === '' ? line : `${line}|${quoted([label])}|`;
}

/** Dashes for what is not in the tree. */
function classes({ nodes }: Picture, ids: ReadonlyMap<string, string>): string[] {
  const looks = { elsewhere: 'stroke-dasharray: 4', missing: 'stroke:#d1242f,stroke-width:2px,stroke-dasharray: 4' };
  return (['elsewhere', 'missing'] as const).flatMap((state) => {
    const members = nodes.filter((node) => node.state === state).map(({ id }) => ids.get(id));
    return members.length === 0 ? [] : [`  classDef ${state} ${looks[state]}`, `  class ${members.join(',')} ${state}`];
  });
}

const prefixes: Readonly<Record<NodeKind, string>> = {
  remote: 'remote',
  generator: 'gen',
  'external-secret': 'es',
  'push-secret': 'push',
  store: 'store',
  secret: 'secret',
  database: 'db',
  workload: 'pod',
  object: 'obj',
  flux: 'flux',
  kustomization: 'ks',
};

const longestId = 60;

/** Ids of letters, digits and underscores that stay when others come or go. None begins like a word of Mermaid's own. */
function idsOf(nodes: readonly PictureNode[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    nodes.map(({ id, kind, object, namespace, label }) => {
      const name = kind === 'flux' ? [] : [namespace, object?.name ?? label.slice(label.lastIndexOf(' ') + 1)];
      const word = [prefixes[kind], ...name].filter((part) => part !== '').join('_');
      const base = word
        .replace(/[^A-Za-z0-9]+/g, '_')
        .slice(0, longestId)
        .replace(/_+$/, '');
      let own = base;
      for (let i = 2; taken.has(own); i += 1) own = `${base}_${i}`;
      taken.add(own);
      return [id, own];
    }),
  );
}

const longestLine = 200;

/** Lines of text as a label. */
function quoted(lines: readonly string[]): string {
  // Empty quotes do not parse.
  return `"${lines.map((line) => escapeLabel(cut(inline(line), longestLine))).join('<br/>') || ' '}"`;
}

/**
 * Any text within the quotes of a label, by Mermaid's own references (`#35;`): what ends the label, begins a directive, Markdown, HTML,
 * a formula or a reference; a colon where Mermaid would take the line for one of style, and cut it (encodeEntities in utils.ts).
 */
function escapeLabel(text: string): string {
  const marks = /style|classdef/i.test(text) ? /["#<>&`%{}$\\[\]|;*_~:]/g : /["#<>&`%{}$\\[\]|*~]|(?<!\w)_|_(?!\w)/g;
  return text
    .replace(marks, (mark) => `#${mark.charCodeAt(0)};`)
    .replace(/^(?:[+-]|\d+(?=[.)]))/, (mark) => [...mark].map((letter) => `#${letter.charCodeAt(0)};`).join(''));
}
