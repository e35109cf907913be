import { inline } from '../../graph/masking/printable';
import { display } from '../../graph/substitution';
import { enumerated } from '../../text/listed';
import { code, fenced, withCode } from '../markdown-text';

/** A name, path or value of the tree as code: in backticks where these hold it, else in HTML. */
export function mark(text: string): string {
  const shown = inline(display(text));
  return /^[^`|]+$/.test(shown) && shown === shown.trim() ? `\`${shown}\`` : code(shown);
}

/** Several of them: "`a`, `b` and `c`". */
export function marks(texts: Iterable<string>): string {
  return enumerated([...texts].map(mark));
}

/** A list; nothing for no items. What an item has after its first line stands below it. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n');
}

/** Steps in order. */
export function steps(items: readonly string[]): string {
  return items.map((item, i) => `${i + 1}. ${item.replaceAll('\n', '\n   ').replace(/^ +$/gm, '')}`).join('\n');
}

/** A table of cells that are Markdown already; without the columns in which no row has anything. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const isFilled = headers.map((_, i) => rows.some((row) => row[i] !== ''));
  const line = (cells: readonly string[]) => `| ${cells.filter((_, i) => isFilled[i]).join(' | ')} |`;
  return [line(headers), line(headers.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Lines as a block of code; nothing in them ends it. */
export function block(language: string, lines: readonly string[]): string {
  return fenced(lines, language);
}

/** Parts with an empty line between them; what is not there is left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** A word of a command, quoted for a shell where it needs it. */
export function word(text: string): string {
  const shown = inline(display(text));
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}

/** A description as a sentence on one line; pairs of backticks mark code. */
export function sentence(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return withCode(/[.!?…:]$/.test(line) ? line : `${line}.`);
}

/** A number or text as text. */
export function plain(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
