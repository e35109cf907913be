import { escapeUnprintable, onOneLine, unprintable } from '../../tree/yaml/characters';
import { maskForms } from './forms';

/**
 * A text of the tree on one line, so that it neither moves a terminal's cursor nor looks like another text: control characters and
 * what nobody sees as escapes. Without what is a credential by its form: no report shows a text of the tree but by this.
 */
export function inline(text: string): string {
  const open = maskForms(text);
  return usual.test(open) ? open : onOneLine(open);
}

/** A line of a file, its spaces and tabs as they are. */
export function codeLine(text: string): string {
  if (usualCode.test(text)) return text;
  return escapeUnprintable(text).replace(/\n/g, '\\u000A').replace(notCharacters, '\uFFFD');
}

// Most texts: ASCII, Latin, Greek, Cyrillic, quotes, dashes, arrows, Chinese and Japanese. To look for all that is unprintable in
// each would take most of a report's time.
const letters = '\u00a1-\u00ac\u00ae-\u02ff\u0370-\u052f\u2010-\u2027\u2190-\u21ff\u3041-\u30ff\u4e00-\u9fff';
const usual = new RegExp(`^[ -~${letters}]*$`);
const usualCode = new RegExp(`^[\t -~${letters}]*$`);

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
