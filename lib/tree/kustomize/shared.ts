import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { type Item, withValue } from './item';
import { carryOrigin, entryOf, withField } from './origin';

/**
 * The item with a value whose nodes kustomize changed in place. A label that was put in several places at once is one node in its
 * memory: what sets it in one of them sets it in all.
 */
export function withChanged(item: Item, value: JsonObject): Item {
  let next = value;
  for (const places of item.shared) {
    const changed = places.find((path) => valueAt(value, path) !== valueAt(item.value, path));
    const text = changed && valueAt(value, changed);
    if (text !== undefined) next = withEach(next, places, text);
  }
  return withValue(item, next);
}

/** Sets a value that was just set at a place in all places that share its node. */
export function spread(value: JsonObject, shared: Item['shared'], place: Path, text: Json): JsonObject {
  const key = place.join('\n');
  const places = shared.find((each) => each.some((other) => other.join('\n') === key));
  return places === undefined ? value : withEach(value, places, text);
}

export function valueAt(value: Json, path: Path): Json | undefined {
  let inner: Json | undefined = value;
  for (const step of path) inner = entryOf(inner, step);
  return inner;
}

function withEach(value: JsonObject, places: readonly Path[], text: Json): JsonObject {
  let next = value;
  for (const path of places) {
    const known = valueAt(next, path);
    if (known !== undefined && known !== text) next = withValueAt(next, path, text) as JsonObject;
  }
  return next;
}

function withValueAt(value: Json, [step, ...rest]: Path, text: Json): Json {
  if (step === undefined) return text;
  const inner = withValueAt(entryOf(value, step) ?? null, rest, text);
  if (Array.isArray(value)) return carryOrigin(value, value.with(Number(step), inner));
  return isJsonObject(value) ? withField(value, String(step), inner) : value;
}
