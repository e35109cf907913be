import { below, Dict, field, hasFieldsOf, item, List, nothing, type Part, pass, Root, union, type Value } from './part';
import { Place } from './place';

/** What a function is given: what is of the values in it, and its text where it is written there. */
export interface Argument {
  readonly value: Value;
  readonly text: string | undefined;
  /** A number that is written there. */
  readonly number?: number | undefined;
  /** Whether it is made where it stands, so that nobody else sees what a function changes in it. */
  readonly fresh: boolean;
}

type Meaning = (args: readonly Argument[]) => Value;

/** What a function of Helm yields, and what it reads: text/template, sprig 3.3, Helm 4's pkg/engine/funcs.go. All others read the whole of what they are given. */
export function call(name: string, args: readonly Argument[]): Value {
  // `mustMerge` and its like fail where `merge` is silent.
  const plain = /^must[A-Z]/.test(name) ? `${name.charAt(4).toLowerCase()}${name.slice(5)}` : name;
  const meaning = Object.hasOwn(meanings, plain) ? meanings[plain] : undefined;
  if (meaning !== undefined) return meaning(args);
  for (const { value } of args) pass(value);
  return nothing;
}

/** They look at a value, and not into it. */
const looks: Meaning = () => nothing;
const any: Meaning = (args) => union(...args.map(({ value }) => value));
const last: Meaning = (args) => args.at(-1)?.value ?? nothing;
const first: Meaning = (args) => args[0]?.value ?? nothing;
const items: Meaning = (args) => below(args[0]?.value ?? nothing);
const joined: Meaning = (args) => [new List(union(...args.map(({ value }) => below(value))))];
const appended: Meaning = ([list, ...added]) => [
  new List(union(below(list?.value ?? nothing), ...added.map(({ value }) => value))),
];

const meanings: Readonly<Record<string, Meaning>> = {
  and: any,
  or: any,
  not: looks,
  empty: looks,
  eq: looks,
  ne: looks,
  lt: looks,
  le: looks,
  gt: looks,
  ge: looks,
  len: looks,
  kindOf: looks,
  kindIs: looks,
  typeOf: looks,
  typeIs: looks,
  typeIsLike: looks,
  fail: looks,
  default: any,
  coalesce: any,
  required: last,
  ternary: (args) => any(args.slice(0, 2)),
  deepCopy: copy,
  dict,
  list,
  tuple: list,
  index: follow,
  get: follow,
  hasKey: (args) => {
    follow(args);
    return nothing;
  },
  dig,
  set,
  unset: (args) => {
    follow(args.slice(0, 2));
    return first(args);
  },
  pick,
  omit: (args) => {
    follow(args.slice(0, 1));
    for (const key of args.slice(1)) follow([args[0] as Argument, key]);
    return first(args);
  },
  pluck: (args) => [new List(union(...args.slice(1).map((map) => follow([map, args[0] as Argument]))))],
  merge,
  mergeOverwrite: merge,
  keys: (args) => {
    for (const { value } of args) below(value);
    return nothing;
  },
  values: (args) => [new List(items(args))],
  first: (args) => item(args[0]?.value ?? nothing, 0),
  last: items,
  rest: others,
  initial: first,
  slice: others,
  reverse: others,
  uniq: others,
  compact: others,
  sortAlpha: others,
  concat: joined,
  append: appended,
  prepend: appended,
  push: appended,
  until: looks,
  untilStep: looks,
};

/** `index m "a" "b"`, `get m "a"`. */
function follow([map, ...keys]: readonly Argument[]): Value {
  return keys.reduce<Value>(
    (value, { text, number }) =>
      text !== undefined ? field(value, text) : number !== undefined ? item(value, number) : below(value),
    map?.value ?? nothing,
  );
}

/** What is changed in a copy is changed there alone. */
function copy(args: readonly Argument[]): Value {
  const made = new Dict();
  made.from = args[0]?.value ?? nothing;
  return [made];
}

function list(args: readonly Argument[]): Value {
  const positions = args.map(({ value }) => value);
  return [new List(union(...positions), positions)];
}

/** A list whose items are among those of another, in some order. */
function others(args: readonly Argument[]): Value {
  return (args[0]?.value ?? nothing).map((part) => (part instanceof List ? new List(part.items) : part));
}

function dict(args: readonly Argument[]): Value {
  const made = new Dict();
  for (let i = 0; i < args.length; i += 2) {
    const key = args[i]?.text;
    const value = args[i + 1]?.value ?? nothing;
    if (key === undefined) made.others = union(made.others, value);
    else made.fields.set(key, value);
  }
  return [made];
}

/** `dig "a" "b" default map`. */
function dig(args: readonly Argument[]): Value {
  const map = args.at(-1);
  const otherwise = args.at(-2)?.value ?? nothing;
  return map === undefined ? nothing : union(follow([map, ...args.slice(0, -2)]), otherwise);
}

function set([map, key, added]: readonly Argument[]): Value {
  for (const part of map?.value ?? nothing) put(part, key?.text, added?.value ?? nothing);
  return map?.value ?? nothing;
}

function put(part: Part, key: string | undefined, value: Value): void {
  if (value.includes(part)) return;
  if (part instanceof Root) put(part.set, key, value);
  else if (part instanceof Dict) {
    if (part.passed) pass(value);
    if (key === undefined) part.others = union(part.others, value);
    else part.fields.set(key, union(part.fields.get(key) ?? nothing, value));
  } else {
    // It is among the values now, wherever they are read.
    pass(value);
    if (part instanceof Place) (key === undefined ? part.other() : part.field(key)).whole = true;
  }
}

function pick([map, ...keys]: readonly Argument[]): Value {
  const made = new Dict();
  for (const key of keys) {
    const value = follow([map as Argument, key]);
    if (key.text === undefined) made.others = union(made.others, value);
    else made.fields.set(key.text, value);
  }
  return [made];
}

/** The first is changed: where others see it, what comes to it is among what they read. */
function merge(args: readonly Argument[]): Value {
  const [target, ...added] = args;
  if (target?.fresh === false) {
    for (const part of target.value) {
      for (const { value } of added) {
        if (part instanceof Dict) {
          if (part.passed) pass(value);
          const own = value.filter((one) => !hasFieldsOf([one], part));
          part.from = union(part.from, own);
        } else if (!value.includes(part)) pass(value);
      }
    }
  }
  return any(args);
}
