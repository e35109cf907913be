import type { Danger } from '../../../changes/review';
import { text } from './text';

/** The word for a level of danger, in its colour. */
export function badge(danger: Danger): string {
  return `<span class="badge ${danger}">${danger}</span>`;
}

/** A section with a heading; none where there is nothing in it. */
export function section(id: string, title: string, body: string): string[] {
  return body === '' ? [] : [`<section id="${id}">\n<h2>${title}</h2>\n${body}\n</section>`];
}

/** Names, those beyond the first few folded. */
export function nameList(names: readonly string[], few = 4): string {
  const items = (those: readonly string[]) => those.map((name) => `<span class="name">${text(name)}</span>`).join(', ');
  if (names.length <= few) return items(names);
  const others = names.slice(few);
  return `${items(names.slice(0, few))} <details class="more"><summary>and ${others.length} more</summary>${items(others)}</details>`;
}
