import type { NodeKind } from '../../pictures/picture';
import type { Drawing, DrawnEdge, DrawnNode } from './layout/drawing';
import { kindNames, signs } from './palette';
import { drawingStyle, fonts, variables } from './svg-style';
import { xml } from './xml';

const margin = 28;
const head = 38;
const foot = 34;

/**
 * A drawing as an SVG file, for a page or a slide: its text is text, it follows the reader's light or dark theme, and it loads nothing.
 */
export function renderSvg(drawing: Drawing): string {
  const kinds = Object.keys(kindNames).filter((kind) => drawing.nodes.some((node) => node.kind === kind)) as NodeKind[];
  const legend = legendOf(kinds);
  const width = Math.ceil(Math.max(drawing.width, legend.width) + 2 * margin);
  const height = Math.ceil(drawing.height + 2 * margin + head + foot);
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t">`,
    `<title id="t">${xml(drawing.picture.title)}</title>`,
    `<style>svg{${variables('light')}}@media (prefers-color-scheme:dark){svg{${variables('dark')}}}${drawingStyle}`,
    `.heading{font:600 17px ${fonts.sans};fill:var(--ink)}.legend text{font:11px ${fonts.sans};fill:var(--soft)}</style>`,
    '<defs><marker id="a" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="arrow" d="M0 0.5L8 4L0 7.5z"/></marker></defs>',
    `<rect width="100%" height="100%" fill="var(--ground)"/>`,
    `<text class="heading" x="${margin}" y="${margin + 10}">${xml(drawing.picture.title)}</text>`,
    `<g transform="translate(${margin} ${margin + head})">`,
    ...drawing.blocks
      .filter(({ title }) => title !== '')
      .map(({ x, y, title }) => `<text class="title" x="${x}" y="${y + 12}">${xml(title)}</text>`),
    ...drawing.frames.map(
      ({ x, y, width: w, height: h, text }) =>
        `<g class="frame"><rect x="${x}" y="${y}" width="${w}" height="${h}" rx="10"/><text x="${x + 12}" y="${y + 14}">${xml(text)}</text></g>`,
    ),
    ...drawing.edges.map(edge),
    ...drawing.nodes.map((node) => card(drawing, node)),
    '</g>',
    `<g class="legend" transform="translate(${margin} ${height - margin})">${legend.text}</g>`,
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function edge({ curve, end, label, optional, kind }: DrawnEdge): string {
  const dashed = optional || kind === 'applies' ? ' dashed' : '';
  const text = (label?.lines ?? []).map((line, i, all) => {
    const y = (label?.y ?? 0) + (i - (all.length - 1) / 2) * 13 + 4;
    return `<text x="${label?.x}" y="${y.toFixed(1)}">${xml(line)}</text>`;
  });
  return `<g class="edge${dashed}"><path d="${pathOf({ curve, end })}" marker-end="url(#a)"/>${text.join('')}</g>`;
}

/** The curve as the path of an SVG: to the point of its arrow. */
export function pathOf({ curve: [first, ...rest], end }: Pick<DrawnEdge, 'curve' | 'end'>): string {
  if (first === undefined) return '';
  const points = rest.map(({ x, y }) => `${x} ${y}`);
  const last = rest.at(-1) ?? first;
  const tail = last.x === end.x && last.y === end.y ? '' : `L${end.x} ${end.y}`;
  return `M${first.x} ${first.y}${points.length === 0 ? '' : `C${points.join(' ')}`}${tail}`;
}

function card({ picture }: Drawing, { node, kind, x, y, width, height, lines }: DrawnNode): string {
  const { state, outside, label } = picture.nodes[node] ?? { state: 'present', outside: false, label: '' };
  const classes = ['card', `k-${kind}`, ...(state === 'present' ? [] : [state]), ...(outside ? ['outside'] : [])];
  const texts = lines.map(({ style, text, y: baseline }) => {
    const left = style === 'caption' ? 30 : kind === 'flux' ? 22 : 14;
    return `<text class="${style}" x="${left}" y="${baseline}">${xml(text)}</text>`;
  });
  const sign = kind === 'flux' ? '' : `<path class="sign" d="${signs[kind]}" transform="translate(12 8)"/>`;
  const bar = kind === 'flux' ? '' : `<rect class="bar" x="0" y="6" width="3" height="${height - 12}" rx="1.5"/>`;
  return `<g class="${classes.join(' ')}" transform="translate(${x} ${y})"><title>${xml(label)}</title><rect class="body" width="${width}" height="${height}" rx="${kind === 'flux' ? height / 2 : 7}"/>${bar}${sign}${texts.join('')}</g>`;
}

function legendOf(kinds: readonly NodeKind[]): { width: number; text: string } {
  let x = 0;
  const entries = kinds.map((kind) => {
    const entry = `<g class="card k-${kind}" transform="translate(${x} -11)"><path class="sign" d="${signs[kind]}"/></g><text x="${x + 20}" y="0">${kindNames[kind]}</text>`;
    x += 20 + kindNames[kind].length * 7 + 18;
    return entry;
  });
  return { width: x, text: entries.join('') };
}
