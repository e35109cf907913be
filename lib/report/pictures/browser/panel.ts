import type { PageData, PageFinding, PageNode } from '../page/data';
import { button, h, s } from './dom';
import type { Scene } from './state';

/** The side panel: what is known of the chosen node. */
export class Panel {
  readonly element = h('aside', { class: 'panel', 'aria-label': 'Details', hidden: '', tabindex: '-1', id: 'panel' });

  constructor(
    private readonly data: PageData,
    private readonly go: (node: number) => void,
    private readonly close: () => void,
  ) {}

  hide(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  show(scene: Scene, index: number): void {
    const node = scene.picture.nodes[index];
    if (node === undefined) return;
    const object = this.data.objects[node.object];
    this.element.hidden = false;
    this.element.scrollTop = 0;
    this.element.replaceChildren(
      this.head(node),
      ...facts(node),
      ...(object === undefined ? [] : [section('File', h('p', { class: 'path' }, object.file))]),
      ...(object === undefined || object.findings.length === 0
        ? []
        : [section(`Findings (${object.findings.length})`, ...object.findings.map(finding))]),
      ...this.neighbours(scene, index, 'before'),
      ...this.neighbours(scene, index, 'after'),
      ...(object === undefined ? [] : [section('As Flux applies it', yaml(object.yaml))]),
    );
  }

  focus(): void {
    this.element.querySelector<HTMLElement>('.close')?.focus();
  }

  private head(node: PageNode): HTMLElement {
    const text = h(
      'div',
      { class: `k-${node.kind}` },
      h('div', { class: 'caption' }, node.caption || this.data.kinds[node.kind].name),
      h('h2', {}, node.name),
    );
    const close = button('Close the details (Escape)', '✕', this.close);
    close.className = 'close';
    return h('header', {}, sign(this.data, node), text, close);
  }

  private neighbours({ picture, before, after }: Scene, index: number, side: 'before' | 'after'): HTMLElement[] {
    const edges = (side === 'before' ? before : after)[index] ?? [];
    if (edges.length === 0) return [];
    const title = titles[picture.name][side];
    const shown = edges.slice(0, mostNeighbours).flatMap((i) => {
      const edge = picture.edges[i];
      if (edge === undefined) return [];
      const [from, to, how] = edge;
      const other = side === 'before' ? from : to;
      const node = picture.nodes[other];
      return node === undefined ? [] : [h('li', {}, this.neighbour(node, how, other))];
    });
    const more = edges.length > mostNeighbours ? [h('p', {}, `and ${edges.length - mostNeighbours} more`)] : [];
    return [section(`${title} (${edges.length})`, h('ul', {}, ...shown), ...more)];
  }

  private neighbour(node: PageNode, how: string, index: number): HTMLElement {
    const what = h('span', { class: `what k-${node.kind}` }, node.caption);
    const name = h('span', { class: 'name' }, node.name);
    const element = h('button', { type: 'button', class: 'go' }, what, name, h('span', { class: 'how' }, how));
    element.addEventListener('click', () => this.go(index));
    return element;
  }
}

const mostNeighbours = 200;

const titles = {
  secrets: { before: 'Comes from', after: 'Goes to' },
  order: { before: 'Waits for', after: 'Is waited for by' },
} as const;

export function sign(data: PageData, { kind }: Pick<PageNode, 'kind'>): HTMLElement {
  const path = s('path', { d: data.kinds[kind].sign, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.3 });
  const svg = s('svg', { viewBox: '0 0 14 14', width: 18, height: 18, 'aria-hidden': 'true', class: 'caption' }, path);
  return h('span', { class: `k-${kind}` }, svg);
}

function section(title: string, ...children: readonly Node[]): HTMLElement {
  return h('section', {}, h('h3', {}, title), ...children);
}

function facts(node: PageNode): HTMLElement[] {
  const state = node.state === 'missing' ? 'Missing: ' : node.state === 'elsewhere' ? 'Not in the tree: ' : '';
  const lines = [
    ...(node.namespace === '' ? [] : [`Namespace ${node.namespace}`]),
    ...(node.app === '' ? [] : [`Applied by Kustomization ${node.app}`]),
    ...(node.kind === 'secret' && node.object < 0 && node.state === 'present'
      ? ['Not written in the tree: what it comes from makes it']
      : []),
    ...(node.outside ? ['Not of what was asked for: shown because that hangs on it'] : []),
  ].map((line) => h('p', {}, line));
  const details = node.details.map((line, i) => {
    return h('p', node.state === 'missing' ? { class: 'bad' } : {}, `${i === 0 ? state : ''}${line}`);
  });
  const found = [...lines, ...details].length === 0 ? [] : [section('About', ...lines, ...details)];
  if (node.keys.length === 0) return found;
  const others = node.openKeys ? ', and whatever else it is made of has' : '';
  const keys = h('p', { class: 'keys' }, `${node.keys.join(', ')}${others}`);
  return [...found, section(`Keys (${node.keys.length})`, keys)];
}

function finding({ severity, rule, message, remedy, place }: PageFinding): HTMLElement {
  return h(
    'div',
    { class: `finding ${severity}` },
    h('p', {}, h('b', {}, severity), ` ${rule}`),
    h('p', {}, message),
    h('p', {}, remedy),
    h('p', { class: 'place' }, place),
  );
}

/** YAML with its keys in colour. */
function yaml(text: string): HTMLElement {
  const pre = h('pre', { tabindex: '0', 'aria-label': 'YAML' });
  for (const line of text.split('\n')) {
    const [, start = '', key = '', rest = line] = /^(\s*(?:- )*)((?:"[^"]*"|[\w./-]+):)(.*)$/.exec(line) ?? [];
    if (key === '') pre.append(`${line}\n`);
    else {
      const value = rest.trim() === '(hidden)' ? h('span', { class: 'h' }, rest) : rest;
      pre.append(start, h('span', { class: 'k' }, key), value, '\n');
    }
  }
  return pre;
}
