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
