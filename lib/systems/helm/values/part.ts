import { Place } from './place';

/** What an expression of a template may be, as far as values of the chart are in it. */
export type Part = Place | Dict | List | Root;

/** Any of them; none when nothing of the values is in it. */
export type Value = readonly Part[];

export const nothing: Value = [];

/** A map that a template makes. */
export class Dict {
  readonly fields = new Map<string, Value>();
  /** Maps whose fields it has. */
  from: Value = nothing;
  /** What stands below keys that are not spelt out. */
  others: Value = nothing;
  /** Whether all that is in it, or comes to it, is passed on. */
  passed = false;
}

/** A list that a template makes. */
export class List {
  /** @param positions its items, where it is known which is where */
  constructor(
    readonly items: Value,
    readonly positions: readonly Value[] = [],
  ) {}
}

/** What a template is given: `.Values` and the rest. */
export class Root {
  /**
   * @param guessed whether it is not sure that a template is given it
   * @param set what templates set in it
   */
  constructor(
    readonly values: Place,
    readonly guessed = false,
    readonly set = new Dict(),
  ) {}

  guess(): Root {
    return new Root(this.values, true, this.set);
  }
}

/** What may be more things than that counts as read. */
const most = 200;

/** Most of what is put together is one value, or the same several times. */
export function union(...values: readonly Value[]): Value {
  let all: Value = nothing;
  let own: Part[] | undefined;
  for (const value of values) {
    if (value === all || value.length === 0) continue;
    if (all.length === 0) {
      all = value;
      continue;
    }
    for (const part of value) {
      if (all.includes(part)) continue;
      own ??= [...all];
      own.push(part);
      all = own;
    }
  }
  if (all.length <= most) return all;
  // Nobody can tell so many apart.
  pass(all);
  return nothing;
}

/** `.key` of a value. */
export function field(value: Value, key: string): Value {
  return union(...value.map((part) => fieldOf(part, key)));
}

function fieldOf(part: Part, key: string): Value {
  if (part instanceof Place) return [part.field(key)];
  if (part instanceof Dict) return union(part.fields.get(key) ?? nothing, field(part.from, key), part.others);
  if (part instanceof List) return nothing;
  if (key === 'Values') return union([part.values], part.set.fields.get(key) ?? nothing);
  if (key === 'Subcharts') {
    const subcharts = new Dict();
    for (const [name, place] of part.values.fields) subcharts.fields.set(name, [new Root(place)]);
    return [subcharts];
  }
  return fieldOf(part.set, key);
}

/** An item of a value. */
export function item(value: Value, index: number): Value {
  return union(
    ...value.map((part) => (part instanceof List ? (part.positions[index] ?? part.items) : belowPart(part))),
  );
}

/** What is below a value, by keys or indices that are not known. */
export function below(value: Value): Value {
  return union(...value.map(belowPart));
}

function belowPart(part: Part): Value {
  if (part instanceof Place) return [part.other()];
  if (part instanceof List) return part.items;
  const dict = part instanceof Root ? part.set : part;
  const own = union(...dict.fields.values(), below(dict.from), dict.others);
  return part instanceof Root && !part.guessed ? union([part.values], own) : own;
}

/**
 * Says that all of a value is passed on.
 *
 * @param roots whether all that a template is given is, where it is among it
 */
export function pass(value: Value, roots = true, seen = new Set<Part>()): void {
  for (const part of value) {
    if (seen.has(part) || (part instanceof Root && !roots)) continue;
    seen.add(part);
    if (part instanceof Dict) {
      if (part.passed) continue;
      part.passed = roots;
    }
    if (part instanceof Place) part.whole = true;
    // What prints its dot is not meant to get all that there is.
    else if (!(part instanceof Root && part.guessed)) pass(within(part), roots, seen);
  }
}

function within(part: Exclude<Part, Place>): Value {
  return part instanceof Dict ? union(...part.fields.values(), part.from, part.others) : belowPart(part);
}

/** Whether a map has its fields of another, or of itself. */
export function hasFieldsOf(value: Value, other: Part): boolean {
  return value.some((part) => part === other || (part instanceof Dict && hasFieldsOf(part.from, other)));
}

/** The same for equal values; undefined where that is not worth finding out. */
export function keyOf(value: Value, depth = 0): string | undefined {
  if (depth > 4 || value.length > 8) return undefined;
  const keys: string[] = [];
  for (const part of value) {
    const key = keyOfPart(part, depth);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys.sort().join('|');
}

function keyOfPart(part: Part, depth: number): string | undefined {
  if (part instanceof Place) return `${part.id}`;
  if (part instanceof Root) return `${part.guessed ? 'g' : 'r'}${part.values.id}`;
  if (part instanceof List) {
    const items = part.positions.length > 0 ? part.positions : [part.items];
    const keys = items.map((one) => keyOf(one, depth + 1));
    return keys.includes(undefined) ? undefined : `[${keys.join(',')}]`;
  }
  const fields: string[] = [];
  for (const [name, value] of part.fields) {
    const key = keyOf(value, depth + 1);
    if (key === undefined) return undefined;
    fields.push(`${name}:${key}`);
  }
  const [from, others] = [keyOf(part.from, depth + 1), keyOf(part.others, depth + 1)];
  return from === undefined || others === undefined ? undefined : `{${fields.sort().join(',')};${from};${others}}`;
}
