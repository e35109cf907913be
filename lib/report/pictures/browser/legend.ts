import type { PageData } from '../page/data';
import { findingsOf } from './cards';
import { h, s } from './dom';
import { phone } from './phone';
import type { Scene } from './state';

/** What the colours, signs and lines of a picture mean: of those that it has. */
export function legend(data: PageData, { picture }: Scene): HTMLElement {
  const kinds = Object.entries(data.kinds).filter(([kind]) => picture.nodes.some((node) => node.kind === kind));
  const items = kinds.map(([kind, { name, sign }]) => {
    const svg = s('svg', { viewBox: '0 0 14 14', 'aria-hidden': 'true' }, s('path', { d: sign }));
    return h('li', { class: `k-${kind}` }, svg, name);
  });
  const lines: Node[] = [];
  const dashed =
    picture.name === 'order'
      ? picture.drawnEdges.some(({ kind }) => kind === 'applies')
      : picture.drawnEdges.some(({ optional }) => optional);
  if (dashed) lines.push(line('5 4', picture.name === 'order' ? 'brings into the cluster' : 'may be missing'));
  if (picture.name === 'order' && picture.drawnEdges.some(({ kind }) => kind === 'depends-on'))
    lines.push(line('', 'is waited for'));
  const found = picture.nodes.map((node) => findingsOf(data, node)).filter(({ count }) => count > 0);
  if (found.some(({ error }) => error)) lines.push(dot('bad', 'has an error'));
  if (found.some(({ error }) => !error)) lines.push(dot('warn', 'has a warning'));
  const all = h('ul', { 'aria-label': 'Legend' }, ...items, ...lines);
  // On a phone it would hide what it explains.
  const open: Record<string, string> = phone.matches ? {} : { open: '' };
  return h('details', { class: 'legend', ...open }, h('summary', {}, 'Legend'), all);
}

function line(dashes: string, text: string): HTMLElement {
  const path = s('path', { d: 'M0 7H22', 'stroke-dasharray': dashes });
  const svg = s('svg', { viewBox: '0 0 22 14', class: 'line', 'aria-hidden': 'true' }, path);
  return h('li', {}, svg, text);
}

/** What is found in an object: the badge of its card, and the edge of its tile. */
function dot(colour: string, text: string): HTMLElement {
  const circle = s('circle', { cx: 7, cy: 7, r: 5, fill: `var(--${colour})` });
  return h('li', {}, s('svg', { viewBox: '0 0 14 14', 'aria-hidden': 'true' }, circle), text);
}
