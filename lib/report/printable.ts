import { escapeUnprintable, onOneLine, unprintable } from '../tree/yaml/characters';

/**
 * A text of the tree on one line, so that it neither moves a terminal's cursor nor looks like another text: control characters and
 * what nobody sees as escapes.
 */
export const inline = onOneLine;

/** A line of a file, its spaces and tabs as they are. */
export function codeLine(text: string): string {
  if (/^[\t -~]*$/.test(text)) return text;
  return escapeUnprintable(text).replace(/\n/g, '\\u000A').replace(notCharacters, '\uFFFD');
}

/** Halves of surrogate pairs, and code points that are no characters: neither UTF-8 nor XML can hold them. */
const notCharacters = /[\ud800-\udfff\ufffe\uffff]/gu;

/**
 * A value as JSON, two spaces deep. A terminal obeys some characters that JSON takes raw, and a reader does not see others: they
 * are written as escapes, which mean the same.
 */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(everyUnprintable, escaped)}\n`;
}

const everyUnprintable = new RegExp(unprintable.source, 'gu');

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
