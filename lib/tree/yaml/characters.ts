/** First and last code point of a run of characters. */
type Range = readonly [first: number, last: number];

/**
 * What no Kubernetes reader gives back, quoted or escaped. Measured: `kubectl kustomize` fails at each (NEL it turns into a
 * space), and at no other (test/tree/yaml/kubectl.long.test.ts).
 */
const unreadableRanges: readonly Range[] = [
  [0x7f, 0x9f], // DEL and the C1 controls, NEL among them
  [0xfffe, 0xffff], // no characters
  [0xd800, 0xdfff], // halves of surrogate pairs
];

/**
 * What is written as an escape: what YAML does not take raw, and what a reviewer cannot see. Given as ranges because `\p{…}`
 * follows the Unicode version of the Node that runs, and a tree must not.
 */
const escapedRanges: readonly Range[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0xa0], // to the no-break space
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f],
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f], // zero-width spaces and joiners, direction marks
  [0x2028, 0x202f], // line separators, at which YAML 1.1 breaks lines, and bidirectional controls
  [0x205f, 0x206f],
  [0x3164, 0x3164],
  [0xe000, 0xf8ff], // private use
  [0xfe00, 0xfe0e], // variation selectors, but for the emoji's
  [0xfeff, 0xfeff], // byte-order mark
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0x10ffff], // tags and private use
];

function characterClass(ranges: readonly Range[]): RegExp {
  const point = (code: number) => `\\u{${code.toString(16)}}`;
  return new RegExp(`[${ranges.map(([first, last]) => `${point(first)}-${point(last)}`).join('')}]`, 'u');
}

/** Matches the first character that no Kubernetes reader gives back. */
export const unreadable = characterClass(unreadableRanges);

/** Whether a text has only the plain characters of ASCII, readable and printable: most do, and to test for ranges takes long. */
export function isAscii(text: string): boolean {
  return ascii.test(text);
}
const ascii = /^[\t\n -~]*$/;

/** Matches the first character that must not stand raw. */
export const unprintable = characterClass(escapedRanges);

const everyUnprintable = new RegExp(unprintable.source, 'gu');

/** The text with every unprintable character as YAML's double quotes escape it: `\u200B`, `\U000E0001`. */
export function escapeUnprintable(text: string): string {
  if (isAscii(text)) return text;
  return text.replace(everyUnprintable, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16).toUpperCase();
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
}

/** The text on one line, of characters that a YAML reader and a terminal take in a comment or a message. */
export function onOneLine(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return printable(text.replace(/\s+/g, ' ').trim());
}

/** A text as comments, line by line, each ending with a newline; a line that begins with `#` is one already. */
export function commentLines(text: string, indent: string): string {
  const lines = text.replace(/\s+$/, '').split(/\r\n|[\r\n\u0085\u2028\u2029]/);
  return lines
    .map((line) => {
      const shown = printable(line.trimEnd());
      return `${indent}${shown === '' || shown.startsWith('#') ? shown || '#' : `# ${shown}`}\n`;
    })
    .join('');
}

function printable(line: string): string {
  return escapeUnprintable(line).replace(new RegExp(unreadable.source, 'gu'), '\uFFFD');
}
