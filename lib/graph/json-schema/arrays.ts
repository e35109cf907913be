import type { Json, JsonObject, Path } from '../../json/json';
import { count } from '../../text/count';
import { isKnown } from '../../text/symbolic';
import { allKnown, canonical } from '../schema/equal';
import { pathText } from '../schema/text';
import type { Draft } from './document';
import type { Below } from './objects';
import { all, fails, fits, type Outcome, unknown, wrong } from './outcome';

/** What came of the keywords of a schema that are about lists. */
export function* itemsOutcome(
  schema: JsonObject,
  items: readonly Json[],
  path: Path,
  below: Below,
  soFar: () => Outcome,
  draft: Draft,
): Generator<Outcome> {
  const first = draft >= 2020 ? schema.prefixItems : Array.isArray(schema.items) ? schema.items : undefined;
  const others = draft >= 2020 || first === undefined ? schema.items : schema.additionalItems;
  const placed = Array.isArray(first) ? (first as readonly Json[]) : [];
  const seen = new Set<number>();
  const outcomes: Outcome[] = [];
  for (const [i, item] of items.entries()) {
    const part = i < placed.length ? placed[i] : others;
    if (part === undefined || Array.isArray(part)) continue;
    seen.add(i);
    outcomes.push(below(part, item, [...path, i]));
  }
  yield { ...all(outcomes), seen };
  yield* sizes(schema, items, path);
  const contained = contains(schema, items, path, below, draft);
  if (contained !== undefined) yield contained;
  if (schema.unevaluatedItems === undefined) return;
  const judged = all([soFar(), { faults: [], open: false, seen }, ...(contained === undefined ? [] : [contained])]);
  if (judged.open) return yield unknown;
  const left = [...items.entries()].filter(([i]) => !judged.seen.has(i));
  yield {
    ...all(left.map(([i, item]) => below(schema.unevaluatedItems, item, [...path, i]))),
    seen: new Set(left.map(([i]) => i)),
  };
}

function* sizes(schema: JsonObject, items: readonly Json[], path: Path): Generator<Outcome> {
  const { minItems, maxItems, uniqueItems } = schema;
  const say = (message: string) => wrong({ path, on: 'value', kind: 'other', message: `${pathText(path)} ${message}` });
  if (typeof minItems === 'number' && items.length < minItems)
    yield say(`must have at least ${count(minItems, 'item')}`);
  if (typeof maxItems === 'number' && items.length > maxItems)
    yield say(`must have at most ${count(maxItems, 'item')}`);
  if (uniqueItems !== true) return;
  const known = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    const text = canonical(item);
    const before = known.get(text);
    if (before === undefined) known.set(text, i);
    else if (allKnown(item, isKnown)) {
      const message = `${pathText([...path, i])} repeats item ${before}`;
      yield wrong({ path: [...path, i], on: 'value', kind: 'other', message, remedy: 'remove one of the two' });
    }
  }
}

function contains(
  schema: JsonObject,
  items: readonly Json[],
  path: Path,
  below: Below,
  draft: Draft,
): Outcome | undefined {
  if (draft < 6 || schema.contains === undefined) return undefined;
  const outcomes = items.map((item, i) => below(schema.contains, item, [...path, i]));
  const sure = outcomes.filter(fits).length;
  const may = outcomes.filter((outcome) => !fails(outcome)).length;
  const least = draft >= 2019 && typeof schema.minContains === 'number' ? schema.minContains : 1;
  const most = draft >= 2019 && typeof schema.maxContains === 'number' ? schema.maxContains : items.length;
  const message = `${pathText(path)} ${sure > most ? 'has too many items' : 'has no item'} of the form that is asked for`;
  if (may < least || sure > most) return wrong({ path, on: 'value', kind: 'other', message });
  // Until 2019-09 nothing rests on it.
  const seen = draft >= 2020 ? outcomes.flatMap((outcome, i) => (fails(outcome) ? [] : [i])) : [];
  return { faults: [], open: sure < least || may > most, seen: new Set(seen) };
}
