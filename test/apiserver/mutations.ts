import type { randomFrom } from './random';

/** Where something stands in an object. */
export type Path = readonly (string | number)[];

/** One change of an object: a value at a path, or none there any more. */
export interface Mutation {
  readonly at: Path;
  readonly name: string;
  readonly value?: unknown;
}

type Change = (value: never, seeds: Seeds, at: Path) => unknown;

const text = (change: (value: string) => unknown): Change => change as Change;
// Where null stands in a list, Kubernetes reads an empty text or 0, and check reports it all the same.
const every: Record<string, Change> = {
  null: (_, __, at) => (typeof at.at(-1) === 'number' ? undefined : null),
  delete: () => undefined,
};
const strings: Record<string, Change> = {
  empty: () => '',
  upper: text((value) => `${value.slice(0, 1).toUpperCase()}${value.slice(1)}_X`),
  lower: text((value) => value.toLowerCase()),
  space: text((value) => `${value} x`),
  long: text((value) => `${value.replace(/[^a-z0-9]/gi, '')}x`.repeat(40)),
  longish: text((value) => `${value.replace(/[^a-z0-9]/gi, '').slice(0, 8)}x`.padEnd(70, 'y')),
  dot: text((value) => `${value}.x`),
  dots: text((value) => `${value}..x`),
  slash: text((value) => `${value}/x`),
  dash: text((value) => `-${value}`),
  underscore: text((value) => `${value}_x`),
  letter: () => 'ü',
  line: text((value) => `${value}\nx`),
  other: () => 'Nope',
  digit: () => '7a',
  star: () => '*',
  parent: () => '../x',
  number: () => 7,
  truth: () => true,
  object: () => ({}),
  list: () => [],
  same: (_, seeds, at) => seeds.another(at),
};
const quantities: Record<string, Change> = {
  badqty: () => '10 GB',
  neg: text((value) => `-${value}`),
  sci: () => '1e3',
  frac: () => '0.5',
  milli: () => '100m',
  huge: () => '9999999999999999999Gi',
  kilo: () => '1K',
  zero: () => '0',
};
const durations: Record<string, Change> = {
  bare: () => '90',
  days: () => '1d',
  neg: text((value) => `-${value}`),
  frac: () => '1.5h',
  zero: () => '0s',
  space: () => '1h 5m',
};
const numbers: Record<string, Change> = {
  neg: () => -1,
  zero: () => 0,
  one: () => 1,
  port: () => 65536,
  hundred: () => 101,
  huge: () => 99_999_999,
  frac: () => 1.5,
  numtext: (value) => String(value),
  text: () => 'x',
  truth: () => true,
};
const booleans: Record<string, Change> = {
  flip: (value) => !value,
  text: (value) => String(value),
  number: () => 1,
};
const lists: Record<string, Change> = {
  none: () => [],
  twice: ((value: unknown[]) => [...value, value[0] ?? 'x']) as Change,
  changed: ((value: unknown[]) => [...value, changed(value[0])]) as Change,
  many: ((value: unknown[]) => Array.from({ length: 101 }, (_, at) => changed(value[0], at))) as Change,
  object: () => ({}),
  text: () => 'x',
};
const objects: Record<string, Change> = {
  unknown: ((value: object) => ({ ...value, bogus: 1 })) as Change,
  none: () => ({}),
  text: () => 'x',
  list: () => [],
  graft: (value, seeds, at) => seeds.grafted(value, at),
  case: ((value: object) =>
    Object.fromEntries(Object.entries(value).map(([key, item], at) => [at ? key : key.toUpperCase(), item]))) as Change,
};

/** An item that differs from the one given in its first text. */
function changed(item: unknown, at = 0): unknown {
  if (typeof item === 'string') return `${item}${at}x`;
  if (typeof item === 'number') return item + 1 + at;
  if (item === null || typeof item !== 'object') return item;
  const [key, value] = Object.entries(item).find(([, value]) => typeof value !== 'object') ?? [];
  return key === undefined ? item : { ...item, [key]: changed(value, at) };
}

/** What the valid objects hold, by the name of what holds it: what a mutation may bring from elsewhere. */
export class Seeds {
  private readonly members = new Map<string, [string, unknown][]>();
  private readonly texts = new Map<string, string[]>();

  constructor(
    objects: readonly object[],
    readonly random: ReturnType<typeof randomFrom>,
  ) {
    for (const object of objects) {
      for (const { at, value } of nodesOf(object)) {
        const where = placeOf(at);
        if (typeof value === 'string') this.texts.set(where, [...(this.texts.get(where) ?? []), value]);
        if (!isRecord(value)) continue;
        this.members.set(where, [...(this.members.get(where) ?? []), ...Object.entries(value)]);
      }
    }
  }

  another(at: Path): unknown {
    return this.random.of(this.texts.get(placeOf(at)) ?? ['x']);
  }

  grafted(value: object, at: Path): unknown {
    const [key, member] = this.random.of(this.members.get(placeOf(at)) ?? [['x', 1] as [string, unknown]]);
    return { ...value, [key]: member };
  }
}

/** The last names of a path: `containers.*` is the same in a Pod and a CronJob. */
const placeOf = (at: Path): string =>
  at
    .slice(-2)
    .map((step) => (typeof step === 'number' ? '*' : step))
    .join('.');

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export function* nodesOf(value: unknown, at: Path = []): Generator<{ at: Path; value: unknown }> {
  if (at.length > 0) yield { at, value };
  if (value === null || typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) {
    yield* nodesOf(item, [...at, Array.isArray(value) ? Number(key) : key]);
  }
}

function changesOf(value: unknown): Record<string, Change> {
  if (typeof value === 'number') return numbers;
  if (typeof value === 'boolean') return booleans;
  if (Array.isArray(value)) return lists;
  if (typeof value !== 'string') return objects;
  if (/^[\d.]+(m|k|[KMGT]i?)?$/.test(value)) return { ...strings, ...quantities };
  return /^\d+[hms]/.test(value) ? { ...strings, ...durations } : strings;
}

const untouched = /^(apiVersion|kind|metadata|metadata\.namespace)$/;

/** A random change of the object, of each kind of value another. */
export function mutationOf(object: object, seeds: Seeds): Mutation {
  const { random } = seeds;
  const nodes = [...nodesOf(object)].filter(({ at }) => !untouched.test(at.join('.')));
  const { at, value } = random.of(nodes);
  const changes = Object.entries({ ...changesOf(value), ...every });
  const [name, change] = random.of(changes);
  const made = change(value as never, seeds, at);
  // Without a name there is nothing to apply, and of a folder with such an object kustomize builds nothing.
  if (at.join('.') === 'metadata.name' && (typeof made !== 'string' || made === '')) return mutationOf(object, seeds);
  return made === undefined ? { at, name } : { at, name, value: made };
}

/** The object with the change. */
export function mutated(object: object, { at, value }: Mutation): Record<string, unknown> {
  const copy = structuredClone(object) as Record<string, unknown>;
  let inner: never = copy as never;
  for (const step of at.slice(0, -1)) inner = inner[step];
  const last = at.at(-1) as never;
  if (value !== undefined) (inner as Record<string | number, unknown>)[last] = value;
  else if (Array.isArray(inner)) (inner as unknown[]).splice(last, 1);
  else delete inner[last];
  return copy;
}
