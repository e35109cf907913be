import { isTimestamp, resolvePlain } from './plain';

/**
 * Strings as Flux sees them when it substitutes variables: as sigs.k8s.io/yaml 1.6 prints them (go.yaml.in/yaml v2.4,
 * encode.go and emitterc.go). Kustomize hands over JSON, so nothing is left of how their author quoted them.
 */

/** Where a scalar begins. */
export interface ScalarPosition {
  /** How many characters stand before it on its line, the space included that separates it. */
  readonly column: number;
  /** How far the lines after its first are indented. */
  readonly indent: number;
  /** Whether it stands before a `:`, and so must have one line. */
  readonly isSimpleKey: boolean;
}

/** A key longer than that, in bytes, or one of several lines, has a `?` before it. */
const longestSimpleKey = 128;

/** Lines break at the first space behind this. */
const bestWidth = 80;

const lineBreak = /[\n\r\u0085\u2028\u2029]/;

/** Code points that need double quotes. (Of U+2028 and U+2029 go.yaml.in/yaml makes lines in single quotes; nobody writes them.) */
const special = /[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

/** Whether a key stands before its `:` without a `?`. */
export function isSimpleKey(key: string): boolean {
  return key.length <= longestSimpleKey && !lineBreak.test(key) && Buffer.byteLength(key) <= longestSimpleKey;
}

/** A string as YAML: plain, quoted, or a block behind a `|`. A block ends with a line feed only where the string does. */
export function printScalar(text: string, place: ScalarPosition): string {
  if (special.test(text)) return printDouble(text, place);
  if (text.includes('\n')) {
    return place.isSimpleKey || / (?:\n|$)/.test(text) ? printDouble(text, place) : printBlock(text, place);
  }
  if (!staysString(text)) return printDouble(text, place);
  if (mayBePlain(text)) return wrap(text, '', place);
  return `'${wrap(text.replaceAll("'", "''"), "'", place)}'`;
}

function staysString(text: string): boolean {
  return resolvePlain(text) === text && !isTimestamp(text) && !/^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(text);
}

function mayBePlain(text: string): boolean {
  return !/^(?:[#,[\]{}&*!|>'"%@` ]|[-?:](?: |$)|---|\.\.\.)|:(?: |$)| #| $/.test(text);
}

function printBlock(text: string, { indent }: ScalarPosition): string {
  const indentation = /^[ \n]/.test(text) ? '2' : '';
  const chomping = text.endsWith('\n') ? (text === '\n' || text.endsWith('\n\n') ? '+' : '') : '-';
  return `|${indentation}${chomping}\n${text.replace(/^(?=[^\n])/gm, ' '.repeat(indent))}`;
}

function printDouble(text: string, place: ScalarPosition): string {
  // A text that begins with a byte-order mark has all of its characters escaped: is_bom looks at the first.
  const escaped = text.startsWith('\ufeff')
    ? /[\s\S]/gu
    : /[\n"\\]|[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu;
  return `"${wrap(text.replace(escaped, escapeCharacter), '"', place)}"`;
}

const escapes: { readonly [character: string]: string } = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = (digits: number) => code.toString(16).toUpperCase().padStart(digits, '0');
  return `\\${escapes[character] ?? (code <= 0xff ? `x${hex(2)}` : code <= 0xffff ? `u${hex(4)}` : `U${hex(8)}`)}`;
}

/** A line, broken at spaces behind the width; between quotes, not at the first or last character. */
function wrap(line: string, quote: '' | "'" | '"', place: ScalarPosition): string {
  const start = place.column + quote.length;
  if (place.isSimpleKey || start + line.length <= bestWidth) return line;
  let wrapped = '';
  let column = start;
  for (let i = 0; i < line.length; i++) {
    const isEdge = quote !== '' && (i === 0 || i === line.length - 1);
    const follows = line[i + 1] === ' ';
    if (line[i] !== ' ' || column <= bestWidth || isEdge || line[i - 1] === ' ' || (follows && quote !== '"')) {
      wrapped += line[i];
      column++;
      continue;
    }
    const lead = ' '.repeat(place.indent) + (follows ? '\\' : '');
    wrapped += `\n${lead}`;
    column = lead.length;
  }
  return wrapped;
}
