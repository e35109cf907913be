import type { Danger } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';

/** A text of the tree, in HTML or in a quoted attribute. */
export function text(value: string): string {
  return escapeHtml(inline(value));
}

/** A text whose pairs of backticks mark code. Where they do not come in pairs, they are text. */
export function rich(value: string): string {
  const parts = inline(value).split('`');
  if (parts.length % 2 === 0) return escapeHtml(parts.join('`'));
  return parts.map((part, i) => (i % 2 === 0 ? escapeHtml(part) : `<code>${escapeHtml(part)}</code>`)).join('');
}

/** A text that has been made printable. */
export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

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
