import { inline } from './printable';

/**
 * A text as it stands, wherever Markdown takes text: a paragraph, a table, HTML. Character references mean themselves in all of
 * them, backslashes only in some. A name after `@` would be told of the comment, and a number after `#` would link to it, so a
 * space without width stands between.
 */
export function escapeMarkdown(text: string): string {
  return inline(text)
    .replace(/[&<>"'`*_[\]|~\\$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[@#](?=[\w-])|(?<=\bGH)-(?=\d)/gi, '$&&#8203;')
    .replaceAll('://', '&#58;//')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}&#46;`);
}

/** A text whose pairs of backticks mark code. Where they do not come in pairs, they are text. */
export function withCode(text: string): string {
  const parts = inline(text).split('`');
  if (parts.length % 2 === 0) return escapeMarkdown(text);
  return parts
    .map((part, i) => {
      if (i % 2 === 0) return escapeMarkdown(part);
      return part.trim() === '' ? escapeMarkdown(`\`${part}\``) : `<code>${escapeMarkdown(part)}</code>`;
    })
    .join('');
}

/** Lines as a block of code; nothing in them ends it. */
export function fenced(lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}text\n${text}\n${fence}`;
}
