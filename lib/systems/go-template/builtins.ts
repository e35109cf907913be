import { deepEqual } from '../../json/deep-equal';
import {
  entryOf,
  FunctionError,
  isAllKnown,
  isMap,
  isTrue,
  NotFollowed,
  printed,
  type TemplateFunction,
  type Value,
} from './values';

/** Go's own functions (text/template/funcs.go) but `and` and `or`. */
export const builtins: Readonly<Record<string, TemplateFunction>> = {
  not: ([value = null]) => !isTrue(value),
  eq: ([first = null, ...others]) => {
    if (others.length === 0) throw new FunctionError('missing argument for comparison');
    return others.some((other) => equals(first, other));
  },
  ne: ([a = null, b = null]) => !equals(a, b),
  lt: ([a = null, b = null]) => compare(a, b) < 0,
  le: ([a = null, b = null]) => compare(a, b) <= 0,
  gt: ([a = null, b = null]) => compare(a, b) > 0,
  ge: ([a = null, b = null]) => compare(a, b) >= 0,
  len: ([value = null]) => {
    if (typeof value === 'string') return Buffer.byteLength(known(value) as string);
    if (Array.isArray(value)) return value.length;
    if (isMap(value)) return Object.keys(value).length;
    throw new FunctionError('the argument has no length');
  },
  index: ([value = null, ...keys]) => keys.reduce((found, key) => entryAt(found, key), value),
  slice: ([value = null, from = 0, to]) => {
    if (typeof value !== 'string' && !Array.isArray(value)) throw new FunctionError("can't slice it");
    if (typeof value === 'string' && /[^ -~\s]/.test(value)) throw notFollowed();
    const end = typeof to === 'number' ? to : value.length;
    if (typeof from !== 'number' || from < 0 || end > value.length || from > end) {
      throw new FunctionError('index out of range');
    }
    return value.slice(from, end);
  },
  print: (args) =>
    args.map((value, i) => (i > 0 && bothNoText(args[i - 1] ?? null, value) ? ' ' : '') + printed(value)).join(''),
  println: (args) => `${args.map((value) => printed(value)).join(' ')}\n`,
  printf: ([format = '', ...args]) => formatted(format, args),
  html: notFollowed,
  js: notFollowed,
  urlquery: notFollowed,
  call: notFollowed,
};

function notFollowed(): never {
  throw new NotFollowed('it calls a function that is not followed');
}

function bothNoText(a: Value, b: Value): boolean {
  return typeof a !== 'string' && typeof b !== 'string';
}

/** A value all of which is known. */
function known(value: Value): Value {
  if (!isAllKnown(value)) throw new NotFollowed('it depends on a value that the tree does not show');
  return value;
}

export function equals(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b;
  if (typeof a === 'object' || typeof b === 'object') throw new FunctionError('incomparable types');
  known(a);
  known(b);
  if (typeof a !== typeof b) throw new FunctionError('incompatible types for comparison');
  return deepEqual(a, b);
}

function compare(a: Value, b: Value): number {
  known(a);
  known(b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  throw new FunctionError(typeof a === typeof b ? 'invalid type for comparison' : 'incompatible types for comparison');
}

function entryAt(value: Value, key: Value): Value {
  if (Array.isArray(value)) {
    if (typeof key !== 'number') throw new FunctionError('cannot index a list with a key that is no number');
    const found = value[key];
    if (found === undefined) throw new FunctionError(`index out of range: ${key}`);
    return found;
  }
  if (isMap(value)) {
    if (typeof key !== 'string') throw new FunctionError('a map of texts has no other keys');
    return entryOf(value, known(key) as string) ?? null;
  }
  if (typeof value === 'string') throw notFollowed();
  throw new FunctionError(value === null ? 'index of untyped nil' : "can't index it");
}

/** The verbs whose result is plain. */
function formatted(format: Value, args: readonly Value[]): string {
  if (typeof format !== 'string') throw new FunctionError('the format is no string');
  let next = 0;
  const text = format.replace(
    /%(-?)(0?)(\d*)([a-zA-Z%])/g,
    (_, minus: string, zero: string, width: string, verb: string) => {
      if (verb === '%') return '%';
      const value = args[next];
      next += 1;
      if (value === undefined) throw notFollowed();
      const made = verbOf(verb, value);
      if (width === '') return made;
      if (!isAllKnown(made)) throw notFollowed();
      if (minus !== '') return made.padEnd(Number(width));
      const isNegative = zero !== '' && made.startsWith('-');
      if (isNegative) return `-${made.slice(1).padStart(Number(width) - 1, '0')}`;
      return made.padStart(Number(width), zero === '' || verb === 's' ? ' ' : '0');
    },
  );
  if (next < args.length || /%[^a-zA-Z%\d-]/.test(format)) throw notFollowed();
  return text;
}

function verbOf(verb: string, value: Value): string {
  if (verb === 'v') return printed(value);
  if (verb === 's' && typeof value === 'string') return value;
  if (verb === 'q' && typeof value === 'string') return goQuoted(value);
  if (verb === 't' && typeof value === 'boolean') return String(value);
  if (verb === 'd' && typeof value === 'number' && Number.isInteger(value)) return String(value);
  return notFollowed();
}

/** A text as Go quotes it (`%q`). */
export function goQuoted(text: string): string {
  // What is not known may hold what is escaped; nobody's values do.
  if (/[^ -~\t\n\r\u00a1-\u00ac\u00ae-\u024f\uFDD0\uFDD1]/u.test(text)) throw notFollowed();
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')}"`;
}
