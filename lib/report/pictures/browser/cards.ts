import type { DrawnNode, Frame } from '../layout/drawing';
import type { PageData, PageDrawnEdge, PageNode } from '../page/data';
import { s } from './dom';

/** What is found in the object of a node: how many, and whether there is an error. */
export function findingsOf(data: PageData, node: PageNode | undefined): { count: number; error: boolean } {
  const findings = data.objects[node?.object ?? -1]?.findings ?? [];
  return { count: findings.length, error: findings.some(({ severity }) => severity === 'error') };
}

export function card(data: PageData, node: PageNode, drawn: DrawnNode): SVGElement {
  const { kind, x, y, width, height, lines } = drawn;
  const flux = kind === 'flux';
  const parts: SVGElement[] = [s('rect', { class: 'body', width, height, rx: flux ? height / 2 : 7 })];
  if (!flux) {
    parts.push(s('rect', { class: 'bar', x: 0, y: 6, width: 3, height: height - 12, rx: 1.5 }));
    parts.push(s('path', { class: 'sign', d: data.kinds[kind].sign, transform: 'translate(12 8)' }));
  }
  for (const { style, text, y: baseline } of lines) {
    parts.push(s('text', { class: style, x: style === 'caption' ? 30 : flux ? 22 : 14, y: baseline }, text));
  }
  const { count, error } = findingsOf(data, node);
  if (count > 0) {
    const circle = s('circle', { r: 8.5 });
    const text = s('text', { y: 3.5 }, count > 99 ? '99+' : String(count));
    parts.push(
      s('g', { class: error ? 'badge error' : 'badge', transform: `translate(${width - 4} 2)` }, circle, text),
    );
  }
  const classes = ['card', `k-${kind}`, node.state, ...(node.outside ? ['outside'] : [])];
  const attributes = {
    class: classes.join(' '),
    transform: `translate(${x} ${y})`,
    role: 'button',
    tabindex: -1,
    'aria-label': spoken(node, count),
  };
  return s('g', attributes, ...parts);
}

/** The label of a node for those who hear it. */
export function spoken({ label, caption, kind, namespace, state }: PageNode, findings: number): string {
  return [
    kind === 'remote' || kind === 'kustomization' ? `${caption} ${label}` : label,
    ...(namespace === '' ? [] : [`namespace ${namespace}`]),
    ...(state === 'present' ? [] : [state === 'missing' ? 'missing' : 'may come from outside the tree']),
    ...(findings === 0 ? [] : [`${findings} ${findings === 1 ? 'finding' : 'findings'}`]),
  ].join(', ');
}

export function edge({ path, label, optional, kind }: PageDrawnEdge): SVGElement {
  const lines = (label?.lines ?? []).map((line, i, all) => {
    return s('text', { x: label?.x ?? 0, y: (label?.y ?? 0) + (i - (all.length - 1) / 2) * 13 + 4 }, line);
  });
  const dashed = optional || kind === 'applies' ? ' dashed' : '';
  return s('g', { class: `edge${dashed}` }, s('path', { d: path, 'marker-end': 'url(#arrow)' }), ...lines);
}

export function frame({ x, y, width, height, text }: Frame): SVGElement {
  return s(
    'g',
    { class: 'frame' },
    s('rect', { x, y, width, height, rx: 10 }),
    s('text', { x: x + 12, y: y + 14 }, text),
  );
}
