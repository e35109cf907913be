import { h } from './dom';
import type { Filter, Scene } from './state';

/** The lists of apps and namespaces to look at. */
export class Filters {
  readonly element = h('div', { class: 'tools filters' });
  private readonly app = list('App');
  private readonly namespace = list('Namespace');

  constructor(changed: (filter: Filter) => void) {
    for (const select of [this.app, this.namespace]) {
      select.addEventListener('change', () => changed(this.value()));
    }
    this.element.append(this.app, this.namespace);
  }

  value(): Filter {
    return { app: this.app.value, namespace: this.namespace.value };
  }

  /** Chooses these, where the lists have them. */
  choose({ app, namespace }: Filter): void {
    this.app.value = app;
    this.namespace.value = namespace;
    for (const select of [this.app, this.namespace]) if (select.selectedIndex < 0) select.value = '';
  }

  /** Fills the lists with what a picture has; what was chosen stays, if it is there. */
  fill({ picture }: Scene): void {
    const { nodes } = picture;
    const apps = nodes.flatMap((node) =>
      node.kind === 'kustomization' ? [`${node.namespace}/${node.name}`] : node.app === '' ? [] : [node.app],
    );
    fill(this.app, 'All apps', apps);
    fill(
      this.namespace,
      'All namespaces',
      nodes.flatMap(({ namespace }) => (namespace === '' ? [] : [namespace])),
    );
    this.element.hidden = this.app.hidden && this.namespace.hidden;
  }
}

function list(label: string): HTMLSelectElement {
  return h('select', { 'aria-label': label });
}

function fill(select: HTMLSelectElement, all: string, names: readonly string[]): void {
  const before = select.value;
  const sorted = [...new Set(names)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  select.replaceChildren(h('option', { value: '' }, all), ...sorted.map((name) => h('option', { value: name }, name)));
  select.value = sorted.includes(before) ? before : '';
  select.hidden = sorted.length < 2;
}
