import { deepEqual } from '../../json/deep-equal';
import {
  entryOf,
  FunctionError,
  isMap,
  isTrue,
  mapOf,
  NotFollowed,
  sortedKeys,
  type Value,
} from '../go-template/values';
import { all, type Functions, integer, known, knownText, list, map, taking, text } from './arguments';
import { stringOf } from './strings';

/** (slim-sprig 3.0: dict.go, list.go, defaults.go, reflect.go) */
const single: Functions = {
  ...all(1, {
    first: ([l]) => list(l)[0] ?? null,
    last: ([l]) => list(l).at(-1) ?? null,
    rest: ([l]) => (list(l).length === 0 ? null : list(l).slice(1)),
    initial: ([l]) => (list(l).length === 0 ? null : list(l).slice(0, -1)),
    reverse: ([l]) => [...list(l)].reverse(),
    uniq: ([l]) => list(l).filter((item, i, items) => items.findIndex((other) => isSame(item, other)) === i),
    compact: ([l]) => list(l).filter(isTrue),
  }),
  ...all(2, {
    append: ([l, item = null]) => [...list(l), item],
    push: ([l, item = null]) => [...list(l), item],
    prepend: ([l, item = null]) => [item, ...list(l)],
    has: ([item = null, l = null]) => l !== null && list(l).some((other) => isSame(item, other)),
    chunk: ([size, l]) => chunks(integer(size), list(l)),
  }),
  without: taking(1, Number.POSITIVE_INFINITY, ([l, ...others]) =>
    list(l).filter((item) => !others.some((other) => isSame(item, other))),
  ),
  slice: taking(1, 3, ([l, from = 0, to]) => {
    const items = list(l);
    if (items.length === 0) return null;
    const [start, end] = [integer(from), to === undefined ? items.length : integer(to)];
    if (start < 0 || end > items.length || start > end) throw new FunctionError('slice index out of bounds');
    return items.slice(start, end);
  }),
  toJson: taking(1, 1, ([value]) => goJson(known(value)).replace(/[<>&\u2028\u2029]/g, escaped)),
  toPrettyJson: taking(1, 1, ([value]) => goJson(known(value), 2).replace(/[<>&\u2028\u2029]/g, escaped)),
  toRawJson: taking(1, 1, ([value]) => goJson(known(value)).replace(/[\u2028\u2029]/g, escaped)),
};

export const data: Functions = {
  ...single,
  // The same with an error in the place of a panic: the template fails all the same.
  ...Object.fromEntries(Object.entries(single).map(([name, call]) => [must(name), call])),
  ...all(2, {
    get: ([m, key]) => entryOf(map(m), knownText(key)) ?? '',
    unset: ([m, key]) => {
      delete map(m)[knownText(key)];
      return map(m);
    },
    hasKey: ([m, key]) => entryOf(map(m), knownText(key)) !== undefined,
    deepEqual: ([a = null, b = null]) => isSame(a, b),
    kindIs: ([kind, value = null]) => kindOf(value) === knownText(kind),
    typeIs: ([type, value = null]) => typeOf(value) === knownText(type),
    typeIsLike: ([type, value = null]) => typeOf(value) === knownText(type),
  }),
  set: taking(3, 3, ([m, key, value = null]) => {
    const name = knownText(key);
    if (name === '__proto__') throw new NotFollowed('a key of that name');
    map(m)[name] = value;
    return map(m);
  }),
  list: (args) => [...args],
  tuple: (args) => [...args],
  dict: (args) => {
    const entries: [string, Value][] = [];
    for (let i = 0; i < args.length; i += 2)
      entries.push([stringOf(args[i] ?? null), i + 1 < args.length ? (args[i + 1] ?? null) : '']);
    return mapOf(entries);
  },
  pluck: taking(1, Number.POSITIVE_INFINITY, ([key, ...maps]) =>
    maps.flatMap((m) => {
      const found = entryOf(map(m), knownText(key));
      return found === undefined ? [] : [found];
    }),
  ),
  keys: (args) => inNoOrder(args.flatMap((m) => Object.keys(map(m)))),
  values: taking(1, 1, ([m]) => inNoOrder(Object.values(map(m)))),
  pick: taking(1, Number.POSITIVE_INFINITY, ([m, ...keys]) =>
    mapOf(Object.entries(map(m)).filter(([key]) => keys.some((one) => knownText(one) === key))),
  ),
  omit: taking(1, Number.POSITIVE_INFINITY, ([m, ...keys]) =>
    mapOf(Object.entries(map(m)).filter(([key]) => !keys.some((one) => knownText(one) === key))),
  ),
  concat: (args) => args.flatMap((l) => list(l)),
  dig: taking(3, Number.POSITIVE_INFINITY, (args) =>
    dig(map(args.at(-1)), args.at(-2) ?? null, args.slice(0, -2).map(knownText)),
  ),
  default: taking(1, Number.POSITIVE_INFINITY, ([otherwise = null, given = null]) =>
    isTrue(given) ? given : otherwise,
  ),
  empty: taking(1, 1, ([value = null]) => !isTrue(value)),
  coalesce: (args) => args.find(isTrue) ?? null,
  all: (args) => args.every(isTrue),
  any: (args) => args.some(isTrue),
  ternary: taking(3, 3, ([yes = null, no = null, test]) => {
    if (typeof test !== 'boolean') throw new FunctionError('it takes a boolean');
    return test ? yes : no;
  }),
  fromJson: taking(1, 1, ([s]) => readJson(knownText(s)) ?? null),
  mustFromJson: taking(1, 1, ([s]) => {
    const read = readJson(knownText(s));
    if (read === undefined) throw new FunctionError('it is no JSON');
    return read;
  }),
  kindOf: taking(1, 1, ([value = null]) => kindOf(value)),
  typeOf: taking(1, 1, ([value = null]) => typeOf(value)),
  fail: taking(1, 1, ([message]) => {
    throw new FunctionError(text(message));
  }),
};

function must(name: string): string {
  return `must${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function isSame(a: Value, b: Value): boolean {
  return deepEqual(known(a), known(b));
}

/** What Go hands out in an order that is never the same. */
const unordered = new WeakSet<object>();

function inNoOrder(items: Value[]): Value {
  if (items.length > 1) unordered.add(items);
  return items;
}

/** Whether the order of a list is not known. */
export function isUnordered(value: Value): boolean {
  return Array.isArray(value) && unordered.has(value);
}

function chunks(size: number, items: readonly Value[]): Value[] {
  if (size < 1) throw new FunctionError('chunks of nothing');
  const made: Value[] = [];
  for (let i = 0; i < items.length; i += size) made.push(items.slice(i, i + size));
  return made;
}

function dig(from: Value, otherwise: Value, keys: readonly string[]): Value {
  let found = from;
  for (const key of keys) {
    const next = entryOf(map(found), key);
    if (next === undefined) return otherwise;
    found = next;
  }
  return found;
}

function kindOf(value: Value): string {
  if (value === null) return 'invalid';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'slice';
  if (isMap(value)) return 'map';
  // A number of the template is another kind than one of the inputs.
  throw new NotFollowed('it depends on the kind of a number');
}

function typeOf(value: Value): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  return isMap(value) ? 'map[string]interface {}' : kindOf(value);
}

/** JSON as Go writes it: its keys in order. */
function goJson(value: Value, indent?: number): string {
  return JSON.stringify(inOrder(value), null, indent);
}

function inOrder(value: Value): Value {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isMap(value)) return value;
  if (Object.keys(value).some((key) => /^\d+$/.test(key))) throw new NotFollowed('keys that are numbers');
  return mapOf(sortedKeys(value).map((key) => [key, inOrder(value[key] ?? null)]));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function readJson(s: string): Value | undefined {
  try {
    return JSON.parse(s) as Value;
  } catch {
    return undefined;
  }
}
