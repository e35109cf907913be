import { h } from './dom';
import { phone } from './phone';
import type { Scene } from './state';

const mostResults = 60;

/** The field that finds nodes by their names, kinds, namespaces, apps and keys. */
export class Search {
  readonly element: HTMLElement;
  private readonly input = h('input', {
    type: 'search',
    placeholder: phone.matches ? 'Search' : 'Search  ( / )',
    'aria-label': 'Search',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': 'results',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  private readonly list = h('ul', {
    class: 'results',
    role: 'listbox',
    id: 'results',
    'aria-label': 'Found',
    hidden: '',
  });
  private found: number[] = [];
  private at = 0;

  constructor(
    private readonly scene: () => Scene | undefined,
    private readonly isShown: (node: number) => boolean,
    private readonly go: (node: number) => void,
    private readonly say: (text: string) => void,
  ) {
    this.element = h('div', { class: 'field' }, this.input, this.list);
    this.input.addEventListener('input', () => this.look());
    this.input.addEventListener('focus', () => this.look());
    this.input.addEventListener('blur', () => this.fold());
    this.input.addEventListener('keydown', (event) => this.key(event));
    // The field would lose the focus, and fold the list, before the click arrives.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const item = (event.target as Element).closest<HTMLElement>('[data-node]');
      if (item !== null) this.take(Number(item.dataset.node));
    });
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  clear(): void {
    this.input.value = '';
    this.fold();
  }

  private look(): void {
    const words = this.input.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const nodes = this.scene()?.picture.nodes ?? [];
    if (words.length === 0) {
      this.fold();
      return;
    }
    const scored = nodes.flatMap((node, i) => {
      if (!this.isShown(i)) return [];
      const name = node.name.toLowerCase();
      const text = `${name} ${node.caption} ${node.namespace} ${node.app} ${node.keys.join(' ')}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) return [];
      const first = words[0] ?? '';
      return [{ i, rank: name === first ? 0 : name.startsWith(first) ? 1 : name.includes(first) ? 2 : 3 }];
    });
    this.found = scored.sort((a, b) => a.rank - b.rank || a.i - b.i).map(({ i }) => i);
    this.at = 0;
    this.draw();
    const count = this.found.length;
    this.say(count === 0 ? 'Nothing found' : `${count} found`);
  }

  private draw(): void {
    const nodes = this.scene()?.picture.nodes ?? [];
    const items = this.found.slice(0, mostResults).map((i, place) => {
      const node = nodes[i];
      const where = node === undefined || node.namespace === '' ? '' : node.namespace;
      return h(
        'li',
        { role: 'option', id: `result-${place}`, 'data-node': String(i), 'aria-selected': String(place === this.at) },
        h('span', { class: `what k-${node?.kind}` }, node?.caption ?? ''),
        h('span', { class: 'name' }, node?.name ?? ''),
        h('span', { class: 'what' }, where),
      );
    });
    const left = this.found.length - items.length;
    const note = this.found.length === 0 ? 'Nothing found.' : left > 0 ? `and ${left} more` : '';
    const last = note === '' ? [] : [h('li', { class: 'none', role: 'presentation' }, note)];
    this.list.replaceChildren(...items, ...last);
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    if (items.length > 0) this.input.setAttribute('aria-activedescendant', `result-${this.at}`);
    else this.input.removeAttribute('aria-activedescendant');
    items[this.at]?.scrollIntoView({ block: 'nearest' });
  }

  private key(event: KeyboardEvent): void {
    const shown = Math.min(this.found.length, mostResults);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (this.list.hidden || shown === 0) return;
      this.at = (this.at + (event.key === 'ArrowDown' ? 1 : shown - 1)) % shown;
      this.draw();
    } else if (event.key === 'Enter') {
      const node = this.found[this.at];
      if (!this.list.hidden && node !== undefined) this.take(node);
    } else if (event.key === 'Escape') {
      if (this.input.value === '') this.input.blur();
      this.clear();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  private take(node: number): void {
    this.fold();
    this.go(node);
  }

  private fold(): void {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}
