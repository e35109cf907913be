import { isJsonObject, type Json, type JsonObject, type Path } from '../../../json/json';
import { at, keysAt, textsIn } from '../../../json/read';
import { nearest } from '../../../text/nearest';
import { isKnown } from '../../../text/symbolic';
import type { ChartTexts } from './chart';
import { type KnownKeys, knownKeys } from './known';
import type { Place } from './place';
import { readsOfChart, readsOfDefinitions } from './reads';

/** A key of the values that no template of the chart reads. */
export interface UnreadKey {
  readonly path: Path;
  /** What was meant, where that is clear: another name beside it, or the same key in another place. */
  readonly meant: Path | undefined;
}

/**
 * The keys among a release's values that no template of the chart reads, nor passes on, and that its values.yaml does not know: the
 * topmost of each. Where anything is unclear, none.
 *
 * @param values the release's own
 * @param isAll whether there are no others, which nobody knows
 */
export function unreadKeys(chart: ChartTexts, values: JsonObject, isAll = true): readonly UnreadKey[] {
  const plain = readsOfChart(chart);
  const asks =
    plain?.runsTexts === true && [...textsIn(values)].some(({ text }) => /\b(?:include|template)\b/.test(text));
  const reads = asks ? readsOfDefinitions(chart) : plain;
  // A text among the others may read any.
  if (reads === undefined || (reads.runsTexts && !isAll)) return [];
  const named = reads.runsTexts ? namedInTexts(values) : [];
  if (named === 'all') return [];
  const ofChart = knownKeys(chart);
  const known: KnownKeys = { ...ofChart, has: (path) => ofChart.has(path) || named.some((way) => isNamed(path, way)) };
  const found: Path[] = [];
  visit(values, [reads.values], [], known, found);
  return found.map((path) => ({ path, meant: meant(path, values, namesIn(reads.values, known)) }));
}

/** The values that texts among them name, which the chart may run as templates; all where one hands them on. */
function namedInTexts(values: JsonObject): readonly (readonly string[])[] | 'all' {
  const named: string[][] = [];
  for (const { text } of textsIn(values)) {
    if (!text.includes('{{')) continue;
    for (const [, way = ''] of text.matchAll(/\.Values\b((?:\.\w+)*)/g)) {
      if (way === '') return 'all';
      named.push(way.slice(1).split('.'));
    }
  }
  return named;
}

/** Whether a text that names a way may read a value: what lies on it, or below it. Of a chart within another the way begins there. */
function isNamed(path: readonly string[], way: readonly string[]): boolean {
  return path.some((_, from) => {
    const own = path.slice(from);
    return way.slice(0, own.length).every((step, i) => step === own[i]);
  });
}

function visit(value: Json, places: readonly Place[], path: Path, known: KnownKeys, found: Path[]): void {
  if (places.length === 0 || places.some(({ whole }) => whole)) return;
  if (Array.isArray(value)) {
    const items = places.flatMap(({ others }) => others ?? []);
    for (const [i, item] of value.entries()) visit(item as Json, items, [...path, i], known, found);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const way = [...path, key];
    const read = below(places, key);
    if (read.length > 0) visit(inner, read, way, known, found);
    else if (inner !== null && !isHolder(key) && isKnown(key) && places.some(isClosed) && !known.has(keysOf(way)))
      found.push(way);
  }
}

function below(places: readonly Place[], key: string): Place[] {
  return places.flatMap(({ fields, others }) => [fields.get(key), others].filter((one) => one !== undefined));
}

/** Whether fields of it are read by their names, and nothing else of it: else nobody knows what belongs there. */
function isClosed({ fields }: Place): boolean {
  return fields.size > (fields.has('global') ? 1 : 0);
}

/** Keys that hold what is repeated elsewhere by an alias of YAML. */
function isHolder(key: string): boolean {
  return /^(?:x-|[._&])|anchor/i.test(key);
}

function keysOf(path: Path): string[] {
  return path.filter((step) => typeof step === 'string');
}

/** The names that a chart knows at a path. */
type Names = (path: Path) => ReadonlySet<string>;

function namesIn(root: Place, known: KnownKeys): Names {
  return (path) => {
    const places = path.reduce<Place[]>(
      (all, step) => (typeof step === 'string' ? below(all, step) : all.flatMap(({ others }) => others ?? [])),
      [root],
    );
    return new Set([...places.flatMap(({ fields }) => [...fields.keys()]), ...known.below(keysOf(path))]);
  };
}

function meant(path: Path, values: JsonObject, names: Names): Path | undefined {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  for (let up = 1; up <= parent.length; up += 1) {
    const beside = parent.slice(0, -up);
    const isFree = at(values, ...beside, key) === undefined;
    if (typeof beside.at(-1) !== 'number' && isFree && names(beside).has(key)) return [...beside, key];
  }
  const beside = [...names(parent)];
  const given = new Set(keysAt(values, ...parent));
  const slip = nearest(
    key,
    beside.filter((name) => !given.has(name) && Math.abs(name.length - key.length) < 3),
  );
  if (slip !== undefined) return [...parent, slip];
  const inside = beside.filter(
    (name) => names([...parent, name]).has(key) && at(values, ...parent, name, key) === undefined,
  );
  const chosen = inside.length === 1 ? inside : inside.filter((name) => given.has(name));
  return chosen.length === 1 ? [...parent, chosen[0] as string, key] : undefined;
}
