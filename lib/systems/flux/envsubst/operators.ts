import { type Bytes, fromBytes, isText, toBytes } from './bytes';
import { matches } from './glob';

/** Whether an operator puts its operands for a variable that is missing or empty. (fluxcd/pkg envsubst, isDefaultOp) */
export function isDefault(operator: string): boolean {
  return /^(?:=|:[-+=?])$/.test(operator);
}

/** What an operator makes of a value; whether that is still text, of whole characters. */
export interface Outcome {
  readonly text: string;
  readonly broken: boolean;
}

/** Longer values are not trimmed: that takes Go quadratic time, too. */
const longestTrimmed = 2000;

/**
 * What an operator makes of a value and its operands; undefined when that would take too long to find out.
 * (fluxcd/pkg envsubst 1.7 to 1.9, funcs.go; one it does not know, such as `,^`, leaves the value alone)
 */
export function apply(operator: string, value: string, operands: readonly string[]): Outcome | undefined {
  const [first = '', second = ''] = operands;
  switch (operator) {
    case ':':
      return outcome(substring(toBytes(value), first, operands[1]));
    case '#':
      if (operands.length === 0) return whole(String(toBytes(value).length));
      return trim(value, first, false, false);
    case '##':
      return trim(value, first, true, false);
    case '%':
      return trim(value, first, false, true);
    case '%%':
      return trim(value, first, true, true);
    default:
      return whole(transform(operator, value, operands, first, second));
  }
}

function transform(operator: string, value: string, operands: readonly string[], from: string, to: string): string {
  switch (operator) {
    case ',':
      return first(value, lower);
    case ',,':
      return each(value, lower);
    case '^':
      return first(value, upper);
    case '^^':
      return each(value, upper);
    case '/':
      return value.replace(from, () => to);
    case '//':
      // Between the characters of a text, when what shall be replaced is empty: Go's characters are code points.
      return from === ''
        ? [to, ...Array.from(value, (character) => character + to)].join('')
        : value.split(from).join(to);
    case '/#':
      // Without a replacement (`${X/#a/}`) Go does nothing.
      return operands.length === 2 && value.startsWith(from) ? to + value.slice(from.length) : value;
    case '/%':
      return operands.length === 2 && value.endsWith(from) ? value.slice(0, value.length - from.length) + to : value;
    default:
      return value === '' ? operands.join('') : value;
  }
}

/** What lies at an offset; the whole value when that or the length is no number. */
function substring(value: Bytes, offset: string, length: string | undefined): Bytes {
  const position = integer(offset);
  if (position === undefined) return value;
  const start = position < 0 ? Math.max(0, value.length + position) : position;
  if (length === undefined) return value.slice(start);
  const count = integer(length);
  if (count === undefined) return value;
  return count < 0 ? value.slice(start, Math.max(start, value.length + count)) : value.slice(start, start + count);
}

/** A number as Go's strconv.Atoi reads it: without spaces, and no larger than 64 bits. */
function integer(text: string): number | undefined {
  if (!/^[-+]?0*\d{1,19}$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? Number(value) : undefined;
}

/** Without the shortest or longest beginning or end that a pattern matches; an empty match is none. */
function trim(value: string, pattern: string, longest: boolean, atEnd: boolean): Outcome | undefined {
  if (value.length > longestTrimmed || pattern.length > longestTrimmed) return undefined;
  const bytes = toBytes(atEnd ? reverse(value) : value);
  const glob = toBytes(atEnd ? reverse(pattern) : pattern);
  let matched = 0;
  for (let length = bytes.length; length > 0; length--) {
    const match = matches(glob, bytes.slice(0, length));
    if (match === undefined) return whole(value);
    if (match) matched = length;
    if (match && longest) break;
  }
  const rest = bytes.slice(matched);
  return atEnd ? whole(reverse(fromBytes(rest))) : outcome(rest);
}

function reverse(text: string): string {
  return Array.from(text).reverse().join('');
}

function first(value: string, change: (character: string) => string): string {
  const [character = ''] = value;
  return change(character) + value.slice(character.length);
}

function each(value: string, change: (character: string) => string): string {
  return /^[ -~]*$/.test(value) ? change(value) : Array.from(value, change).join('');
}

/** Go maps one character to one, where Unicode's full mapping has several: ß stays ß. (As here do the 27 ᾀ…ῳ, not in Go.) */
function upper(text: string): string {
  const mapped = text.toUpperCase();
  return mapped.length > text.length ? text : mapped;
}

function lower(text: string): string {
  return text === 'İ' ? 'i' : text.toLowerCase();
}

function whole(text: string): Outcome {
  return { text, broken: false };
}

function outcome(bytes: Bytes): Outcome {
  return { text: fromBytes(bytes), broken: !isText(bytes) };
}
