import { printValue } from '../print/value';
import { type Code, type CodeObject, isCodeObject } from '../program';
import { likeness } from './alike';

/** What many properties have in common. */
export interface Common<M> {
  /** The fields that they have, most of them with these values. */
  readonly fields: CodeObject;
  /** By field, what its maps have in common. */
  readonly inside: Readonly<Record<string, CodeObject>>;
  readonly members: readonly Member<M>[];
  /** The lines that are saved where it is said once. */
  readonly saved: number;
}

/** One that is alike, and what it has besides. */
export interface Member<M> {
  readonly of: M;
  readonly rest: CodeObject;
}

/** What properties are said otherwise than each by itself: their own, and what all must say. */
export interface Properties {
  /** Those whose maps may be put together. */
  readonly maps: readonly string[];
  /** Those that are each one's own, whether they are alike or not. */
  readonly own: readonly string[];
  /** Those that a function cannot leave to whoever calls it. */
  readonly required: readonly string[];
}

/** So many that are alike make a function. */
const leastMembers = 5;

/** The best of what some of many properties have in common: that which saves most lines. Undefined where there is nothing. */
export function commonIn<M>(
  all: readonly { readonly of: M; readonly props: CodeObject }[],
  properties: Properties,
): Common<M> | undefined {
  const counts = new Counts();
  for (const { props } of all) {
    for (const [field, value] of Object.entries(props)) {
      if (properties.own.includes(field)) continue;
      counts.add([field], value);
      if (properties.maps.includes(field) && isCodeObject(value))
        for (const [key, item] of Object.entries(value)) counts.add([field, key], item);
    }
  }
  let best: Common<M> | undefined;
  for (const least of counts.levels(leastMembers)) {
    const frequent = counts.atLeast(least);
    const one = commonOf(all, frequent, properties);
    const isWorthIt = frequent.length > 1 && one.members.length >= leastMembers;
    // Of those that save as many lines, the one with more in common.
    if (isWorthIt && one.saved >= (best?.saved ?? one.members.length)) best = one;
  }
  return best;
}

function commonOf<M>(
  all: readonly { readonly of: M; readonly props: CodeObject }[],
  frequent: readonly (readonly [path: readonly string[], value: Code])[],
  { required }: Properties,
): Common<M> {
  const fields = Object.fromEntries(
    frequent.flatMap(([[field, ...below], value]) => (below.length === 0 ? [[field, value]] : [])),
  );
  const inside: Record<string, Record<string, Code>> = {};
  for (const [[field = '', key], value] of frequent) {
    if (key !== undefined && !Object.hasOwn(fields, field)) inside[field] = { ...inside[field], [key]: value };
  }
  let saved = -linesOf({ ...fields, ...inside }) - 4;
  const members: Member<M>[] = [];
  for (const { of, props } of all) {
    const rest = restOf(props, fields, inside);
    if (rest === undefined || required.some((field) => Object.hasOwn(fields, field) && Object.hasOwn(rest, field)))
      continue;
    const lines = linesOf(props) - linesOf(rest);
    if (lines <= 0) continue;
    members.push({ of, rest });
    saved += lines;
  }
  return { fields, inside, members, saved };
}

/** What properties have besides; undefined for those that lack something, or have the fields of a map in another order. */
function restOf(
  props: CodeObject,
  fields: CodeObject,
  inside: Readonly<Record<string, CodeObject>>,
): CodeObject | undefined {
  const rest: Record<string, Code> = {};
  if (Object.keys({ ...fields, ...inside }).some((field) => !Object.hasOwn(props, field))) return undefined;
  for (const [field, value] of Object.entries(props)) {
    const common = inside[field];
    if (common === undefined) {
      if (!Object.hasOwn(fields, field) || likeness(value) !== likeness(fields[field] as Code)) rest[field] = value;
      continue;
    }
    if (!isCodeObject(value)) return undefined;
    const own = Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(common, key)));
    const isAlike = Object.entries(common).every(([key, item]) => likeness(value[key] ?? null) === likeness(item));
    if (!isAlike || Object.keys({ ...common, ...own }).join() !== Object.keys(value).join()) return undefined;
    rest[field] = own;
  }
  return rest;
}

/** How often a value stands at a path. */
class Counts {
  private readonly byPath = new Map<string, Map<string, { readonly value: Code; count: number }>>();

  add(path: readonly string[], value: Code): void {
    const text = likeness(value);
    if (text === undefined) return;
    const key = JSON.stringify(path);
    const values = this.byPath.get(key) ?? new Map<string, { readonly value: Code; count: number }>();
    this.byPath.set(key, values);
    const one = values.get(text) ?? { value, count: 0 };
    values.set(text, one);
    one.count += 1;
  }

  /** The numbers that there are, from the largest down. */
  levels(least: number): number[] {
    const counts = new Set(this.most().map(({ count }) => count));
    return [...counts].filter((count) => count >= least).sort((a, b) => b - a);
  }

  /** The most frequent value at each path, where it is so frequent. */
  atLeast(least: number): (readonly [path: readonly string[], value: Code])[] {
    return this.most().flatMap(({ path, value, count }) => (count >= least ? [[path, value] as const] : []));
  }

  private most() {
    return [...this.byPath].flatMap(([key, values]) => {
      const [first] = [...values.values()].sort((a, b) => b.count - a.count);
      return first ? [{ path: JSON.parse(key) as string[], ...first }] : [];
    });
  }
}

/** The lines that properties take in a statement. */
export function linesOf(code: Code): number {
  return printValue(code, '  ', 60, ({ variable }) => variable).split('\n').length;
}
