import { resolvePlain, type Scalar } from './plain';

/**
 * Reads back, after substitution, what printScalar printed, where it surely is one scalar still. Undefined for all else: a value
 * may hold YAML (`[a, b]`, `"yes"`, `a: b`), and only the whole document tells what becomes of that (read-document.ts).
 */
export function readScalar(text: string, indent: number): { readonly value: Scalar } | undefined {
  if (unreadable.test(text)) return undefined;
  const first = text.charAt(0);
  const read = first === '"' ? readDouble : first === "'" ? readSingle : first === '|' ? readBlock : readPlain;
  const value = read(text, indent);
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? undefined : { value };
}

/** What ends a line for some reader, or is refused by it. */
const unreadable = /[^\n -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/;

const plainStart = /^(?:[\w./$(+~^\\<=;\u00a1-\ufffd]|-[^\s-])/;

function readPlain(text: string): Scalar | undefined {
  if (text === '') return null;
  if (!plainStart.test(text) || /:(?:\s|$)|\s#| $|^<<$|^\.\.\./.test(text)) return undefined;
  const line = joinLines(text);
  return line === undefined ? undefined : resolvePlain(line);
}

function readSingle(text: string): string | undefined {
  const inner = text.slice(1, -1);
  if (text.length < 2 || !text.endsWith("'") || inner.replaceAll("''", '').includes("'")) return undefined;
  return joinLines(inner)?.replaceAll("''", "'");
}

const escapes: { readonly [character: string]: string } = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

function readDouble(text: string): string | undefined {
  const inner = text.slice(1, -1);
  const bare = inner.replace(/\\[^\n]/gu, '');
  if (text.length < 2 || !text.endsWith('"') || /["\\]/.test(bare)) return undefined;
  let valid = true;
  const decode = (_: string, x?: string, u?: string, U?: string, simple = ''): string => {
    const hex = x ?? u ?? U;
    if (hex === undefined) {
      const character = escapes[simple];
      if (character === undefined) valid = false;
      return character ?? '';
    }
    const code = Number.parseInt(hex, 16);
    if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
    valid = false;
    return '';
  };
  const value = joinLines(inner)?.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gu, decode);
  return valid ? value : undefined;
}

/** The lines of a folded scalar, joined; undefined where one is blank, or ends with what may be an escape. */
function joinLines(text: string): string | undefined {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n');
  const last = lines.length - 1;
  const trimmed = lines.map((line, i) => {
    const start = i === 0 ? line : line.trimStart();
    return i === last ? start : start.trimEnd();
  });
  const isOdd = trimmed.some((line, i) => line.trim() === '' || (i < last && line.endsWith('\\')));
  return isOdd ? undefined : trimmed.join(' ');
}

function readBlock(text: string, indent: number): string | undefined {
  const header = /^\|2?([-+]?)\n/.exec(text);
  if (header === null) return undefined;
  const lines = text.slice(header[0].length).split('\n');
  const margin = ' '.repeat(indent);
  const isExplicit = text.startsWith('|2');
  const contents: string[] = [];
  for (const line of lines) {
    const isBlank = line.trim() === '';
    const isFirst = contents.every((content) => content === '');
    if (isBlank ? !isExplicit && line.length > (isFirst ? 0 : indent) : !line.startsWith(margin)) return undefined;
    if (isFirst && !isBlank && !isExplicit && line.charAt(indent) === ' ') return undefined;
    contents.push(line.slice(indent));
  }
  const content = contents.join('\n').replace(/\n+$/, '');
  if (content === '') return undefined;
  const chomping = header[1];
  if (chomping === '+') return contents.join('\n');
  return chomping === '-' ? content : `${content}\n`;
}
