import type { Json } from '../../lib/json/json';
import { parseFile } from '../../lib/tree/source';
import { emitYaml } from '../../lib/tree/yaml/emit';
import type { Texts } from '../tree/kustomize/memory';
import { hostileTexts, type Mutation, pick } from './mutation';

export const valueChanges = [
  'drop',
  'retype',
  'rename',
  'duplicate',
  'truncate',
  'swap',
  'mean itself',
  'move',
  'wrap',
  'hostile text',
] as const;

export type ValueMutation = Mutation<(typeof valueChanges)[number]>;

type Held = Record<string | number, unknown>;

/** A value where it stands. */
interface Place {
  readonly file: string;
  readonly holder: Held;
  readonly key: string | number;
}

/** Changes values of a tree's documents; the files that are changed are printed anew. */
export function mutateValues(texts: Texts, mutations: readonly ValueMutation[]): Texts {
  const files = new Map<string, unknown[]>();
  const changed = new Set<string>();
  for (const path of Object.keys(texts)) {
    if (!/\.ya?ml$/.test(path)) continue;
    files.set(
      path,
      parseFile(path, texts[path] as string).documents.map(({ value }) => copy(value)),
    );
  }
  for (const mutation of mutations) {
    const places = [...files].flatMap(([file, documents]) => [...placesIn(file, documents as unknown as Held)]);
    const place = pick(places, mutation.where);
    if (place === undefined) break;
    change(place, mutation, places);
    changed.add(place.file);
  }
  const printed = [...changed].map((path) => [path, print(files.get(path) ?? [])]);
  return { ...texts, ...Object.fromEntries(printed) };
}

function* placesIn(file: string, holder: Held): Generator<Place> {
  for (const name of Object.keys(holder)) {
    const key = Array.isArray(holder) ? Number(name) : name;
    yield { file, holder, key };
    const value = holder[key];
    if (typeof value === 'object' && value !== null) yield* placesIn(file, value as Held);
  }
}

function change({ file, holder, key }: Place, { change, what }: ValueMutation, places: readonly Place[]): void {
  const value = holder[key];
  switch (change) {
    case 'drop':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 'retype':
      holder[key] = hostileValue(what, value);
      break;
    case 'rename':
      if (Array.isArray(holder)) break;
      delete holder[key];
      holder[pick(hostileTexts, what) as string] = value;
      break;
    case 'duplicate':
      if (Array.isArray(holder)) holder.splice(what % (holder.length + 1), 0, copy(value));
      break;
    case 'truncate':
      if (typeof value === 'string') holder[key] = value.slice(0, what % (value.length + 1));
      break;
    case 'swap': {
      const others = places.filter(({ holder, key }) => typeof holder[key] === typeof value);
      const other = pick(others, what);
      if (other !== undefined && typeof value !== 'object') holder[key] = other.holder[other.key];
      break;
    }
    case 'mean itself':
      meanItself(file, holder, key, what);
      break;
    case 'move': {
      const other = pick(places, what);
      if (other !== undefined) holder[key] = copy(other.holder[other.key]);
      break;
    }
    case 'wrap':
      for (let level = what % 520; level >= 0; level--)
        holder[key] = what % 2 === 0 ? [holder[key]] : { a: holder[key] };
      break;
    case 'hostile text':
      holder[key] = pick(hostileTexts, what);
      break;
  }
}

/** References to what they stand in: folders that list themselves or what lists them. */
function meanItself(file: string, holder: Held, key: string | number, what: number): void {
  const parts = file.split('/');
  const folder = parts.slice(0, -1).join('/');
  const own = [
    parts.at(-1),
    '.',
    './',
    '..',
    `../${parts.at(-2) ?? ''}`,
    folder,
    `./${folder}`,
    '/',
    './',
    `${'../'.repeat(parts.length - 1)}`,
  ];
  holder[key] = pick(own, what);
}

function hostileValue(what: number, value: unknown): unknown {
  const values = [
    null,
    true,
    false,
    0,
    -1,
    1e300,
    Number.MAX_SAFE_INTEGER,
    1.5,
    [],
    {},
    [[]],
    [null],
    [[[[[]]]]],
    { name: null },
    { name: {} },
    { a: { b: { c: [] } } },
    [value],
    [value, value],
    { value },
    { name: value },
    JSON.stringify(value) ?? '',
    typeof value === 'object' ? 'object' : String(value),
    [1, 'a', {}],
    Array.from({ length: 2000 }, (_, i) => i),
    Array.from({ length: weight(value) < 2000 ? 300 : 2 }, () => copy(value)),
  ];
  return copy(pick(values, what));
}

/** As much as it takes when it is printed. */
function weight(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}

/** Objects without a prototype, so that `__proto__` is a key like the others. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  const made = Object.create(null) as Held;
  for (const [key, held] of Object.entries(value)) made[key] = copy(held);
  return made;
}

function print(documents: readonly unknown[]): string {
  return documents
    .map((document) => {
      try {
        return emitYaml(document as Json);
      } catch {
        // What the emitter refuses others may have written.
        return `${JSON.stringify(document, undefined, 1)}\n`;
      }
    })
    .join('---\n');
}
