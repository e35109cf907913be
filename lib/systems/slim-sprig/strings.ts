import { createHash } from 'node:crypto';
import { adler32 } from '../adler32';
import { goQuoted } from '../go-template/builtins';
import { mapOf, printed, type Value } from '../go-template/values';
import { all, ascii, type Functions, integer, knownText, text } from './arguments';

/** (slim-sprig 3.0: strings.go, crypto.go) */
export const strings: Functions = {
  ...all(1, {
    trim: ([s]) => goTrim(text(s)),
    upper: ([s]) => ascii(s).toUpperCase(),
    lower: ([s]) => ascii(s).toLowerCase(),
    title: ([s]) => ascii(s).replace(/(?<![A-Za-z0-9_])[a-z]/g, (letter) => letter.toUpperCase()),
    toString: (args: readonly Value[]) => stringOf(args[0] ?? null),
    sha1sum: ([s]) => createHash('sha1').update(knownText(s)).digest('hex'),
    sha256sum: ([s]) => createHash('sha256').update(knownText(s)).digest('hex'),
    adler32sum: ([s]) => String(adler32(knownText(s))),
    b64enc: ([s]) => Buffer.from(knownText(s)).toString('base64'),
    toStrings: ([value = null]) => stringsOf(value),
    sortAlpha: ([value = null]) =>
      Array.isArray(value)
        ? stringsOf(value)
            .map(knownText)
            .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        : [stringOf(value)],
  }),
  ...all(2, {
    trunc: ([count, s]) => truncated(integer(count), ascii(s)),
    repeat: ([count, s]) => repeated(integer(count), text(s)),
    trimall: ([set, s]) => trimmed(knownText(set), knownText(s)),
    trimAll: ([set, s]) => trimmed(knownText(set), knownText(s)),
    trimSuffix: ([end, s]) =>
      knownText(s).endsWith(knownText(end)) ? text(s).slice(0, text(s).length - text(end).length) : text(s),
    trimPrefix: ([begin, s]) =>
      knownText(s).startsWith(knownText(begin)) ? text(s).slice(text(begin).length) : text(s),
    contains: ([part, s]) => knownText(s).includes(knownText(part)),
    hasPrefix: ([begin, s]) => knownText(s).startsWith(knownText(begin)),
    hasSuffix: ([end, s]) => knownText(s).endsWith(knownText(end)),
    indent: ([spaces, s]) => indented(integer(spaces), text(s)),
    nindent: ([spaces, s]) => `\n${indented(integer(spaces), text(s))}`,
    splitList: ([separator, s]) => split(separator, s),
    split: ([separator, s]) => mapOf(split(separator, s).map((part, i) => [`_${i}`, part])),
    join: ([separator, value = null]) => stringsOf(value).join(text(separator)),
  }),
  ...all(3, {
    replace: ([old, by, s]) => {
      if (text(old) === '') ascii(s);
      return knownText(s).replaceAll(knownText(old), () => text(by));
    },
    substr: ([start, end, s]) => substring(integer(start), integer(end), ascii(s)),
    plural: ([one, many, count]) => text(integer(count) === 1 ? one : many),
    splitn: ([separator, count, s]) =>
      mapOf(splitN(knownText(separator), integer(count), knownText(s)).map((part, i) => [`_${i}`, part])),
  }),
  quote: (args) => args.flatMap((value) => (value === null ? [] : goQuoted(stringOf(value)))).join(' '),
  squote: (args) => args.flatMap((value) => (value === null ? [] : `'${printed(value)}'`)).join(' '),
  cat: (args) => args.flatMap((value) => (value === null ? [] : printed(value))).join(' '),
};

/** What a value is as a text (strval). */
export function stringOf(value: Value): string {
  return printed(value);
}

function stringsOf(value: Value): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => (item === null ? [] : stringOf(item)));
  return value === null ? [] : [stringOf(value)];
}

/** strings.TrimSpace. */
function goTrim(s: string): string {
  return s.replace(/^[\t\n\v\f\r \u0085\u00a0]+|[\t\n\v\f\r \u0085\u00a0]+$/g, '');
}

function trimmed(set: string, s: string): string {
  const characters = new Set(set);
  const parts = Array.from(s);
  let [from, to] = [0, parts.length];
  while (from < to && characters.has(parts[from] ?? '')) from += 1;
  while (to > from && characters.has(parts[to - 1] ?? '')) to -= 1;
  return parts.slice(from, to).join('');
}

function truncated(count: number, s: string): string {
  if (count < 0) return s.length + count > 0 ? s.slice(s.length + count) : s;
  return s.slice(0, count);
}

function substring(start: number, end: number, s: string): string {
  const [from, to] = start < 0 ? [0, end] : [start, end < 0 || end > s.length ? s.length : end];
  if (from > to || to > s.length) throw new RangeError('out of range');
  return s.slice(from, to);
}

const longest = 1_000_000;

function repeated(count: number, s: string): string {
  if (count < 0 || count * s.length > longest) throw new RangeError('too long');
  return s.repeat(count);
}

function indented(spaces: number, s: string): string {
  const pad = repeated(spaces, ' ');
  return pad + s.replaceAll('\n', `\n${pad}`);
}

function split(separator: Value | undefined, s: Value | undefined): string[] {
  return knownText(separator) === '' ? Array.from(ascii(s)) : knownText(s).split(text(separator));
}

function splitN(separator: string, count: number, s: string): string[] {
  const parts = split(separator, s);
  if (count < 0 || parts.length <= count) return parts;
  return count === 0 ? [] : [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}
