import type { Json } from '../../../json/json';

/** What a value of a chart may be. */
export type ValueType =
  | { readonly type: 'unknown' | 'text' | 'number' | 'boolean' | 'null' }
  | { readonly type: 'literal'; readonly value: string | number | boolean }
  | { readonly type: 'list'; readonly item: ValueType }
  | ObjectType
  | { readonly type: 'union'; readonly members: readonly ValueType[] }
  /** One of the definitions that several values share, or that holds itself. */
  | { readonly type: 'named'; readonly name: string };

export interface ObjectType {
  readonly type: 'object';
  readonly keys: ReadonlyMap<string, ValueKey>;
  /** What further keys hold; `none`: there are none; `unsaid`: nobody says whether there are. */
  readonly others: ValueType | 'none' | 'unsaid';
}

export interface ValueKey {
  readonly type: ValueType;
  /** What its author says of it, in lines. */
  readonly doc?: string | undefined;
  /** What it is where nobody gives it. */
  readonly default?: Json | undefined;
  /** Whether the chart's defaults have it, so that null takes it away. (helm.sh/helm/v4, pkg/chart/common/util/coalesce.go) */
  readonly removable?: boolean | undefined;
  /** Whether an entry of a list or a map needs it. */
  readonly required?: boolean | undefined;
  readonly deprecated?: boolean | undefined;
}

export const unknownType: ValueType = { type: 'unknown' };
export const textOrNumber: ValueType = { type: 'union', members: [{ type: 'text' }, { type: 'number' }] };
export const openObject: ObjectType = { type: 'object', keys: new Map(), others: unknownType };

/** One of several types: each once, and unknown if one of them is. */
export function unionOf(types: readonly ValueType[]): ValueType {
  const members: ValueType[] = [];
  const seen = new Set<string>();
  for (const member of types.flatMap((each) => (each.type === 'union' ? each.members : [each]))) {
    if (member.type === 'unknown') return unknownType;
    const simple = member.type === 'object' || member.type === 'list' ? undefined : JSON.stringify(member);
    if (simple !== undefined ? seen.has(simple) : members.includes(member)) continue;
    if (simple !== undefined) seen.add(simple);
    members.push(member);
  }
  const [first = unknownType, ...more] = members;
  return more.length === 0 ? first : { type: 'union', members };
}

/** What is of both types; undefined where nothing is. */
export function intersect(a: ValueType, b: ValueType, named: (name: string) => ValueType): ValueType | undefined {
  if (a.type === 'unknown') return b;
  if (b.type === 'unknown' || a === b) return a;
  if (a.type === 'named' && b.type === 'named' && a.name === b.name) return a;
  if (a.type === 'named') return intersect(named(a.name), b, named);
  if (b.type === 'named') return intersect(a, named(b.name), named);
  if (a.type === 'union' || b.type === 'union') return intersectUnion(a, b, named);
  if (a.type === 'object' && b.type === 'object') return intersectObjects(a, b, named);
  if (a.type === 'list' && b.type === 'list') {
    return { type: 'list', item: intersect(a.item, b.item, named) ?? unknownType };
  }
  if (a.type === 'literal') return isOf(a, b) ? a : undefined;
  if (b.type === 'literal') return isOf(b, a) ? b : undefined;
  return a.type === b.type ? a : undefined;
}

function intersectUnion(a: ValueType, b: ValueType, named: (name: string) => ValueType): ValueType | undefined {
  if (membersOf(a).length * membersOf(b).length > 1000) return unknownType;
  const both = membersOf(a).flatMap((one) => membersOf(b).flatMap((other) => intersect(one, other, named) ?? []));
  return both.length === 0 ? undefined : unionOf(both);
}

export function membersOf(type: ValueType): readonly ValueType[] {
  return type.type === 'union' ? type.members : [type];
}

function isOf(literal: ValueType & { type: 'literal' }, type: ValueType): boolean {
  if (type.type === 'literal') return literal.value === type.value;
  return (typeof literal.value === 'string' ? 'text' : typeof literal.value) === type.type;
}

/** `additionalProperties: false` of one side does not know the keys of the other; its author has thought of them. */
function intersectObjects(a: ObjectType, b: ObjectType, named: (name: string) => ValueType): ObjectType {
  const keys = new Map(a.keys);
  for (const [name, key] of b.keys) {
    const known = keys.get(name);
    keys.set(
      name,
      known === undefined ? key : { ...key, ...known, type: intersect(known.type, key.type, named) ?? unknownType },
    );
  }
  return { type: 'object', keys, others: othersOfBoth(a.others, b.others, named) };
}

function othersOfBoth(
  a: ObjectType['others'],
  b: ObjectType['others'],
  named: (name: string) => ValueType,
): ObjectType['others'] {
  if (a === 'none' || b === 'none') return 'none';
  if (a === 'unsaid') return b;
  return b === 'unsaid' ? a : (intersect(a, b, named) ?? unknownType);
}
