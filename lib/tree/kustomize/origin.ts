import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import type { SourceDocument } from '../source/source';

/** Where a value is written. */
export interface Place {
  readonly document: SourceDocument;
  readonly path: Path;
}

/**
 * Where entries of a map or list are written that do not stand below the place of the map or list itself: what a patch brought,
 * say. By the map or list, which nobody changes: whoever makes another of it uses the functions below, and says where what is new
 * in it comes from.
 */
const origins = new WeakMap<object, ReadonlyMap<string | number, Place>>();

/** Where an entry of a map or list is written that itself stands at a place. */
export function placeOfEntry(container: Json | undefined, at: Place, key: string | number): Place {
  return knownPlace(container, key) ?? { document: at.document, path: [...at.path, key] };
}

/** Where an entry is written that does not stand below the place of its map or list. */
export function knownPlace(container: Json | undefined, key: string | number): Place | undefined {
  return typeof container === 'object' && container !== null ? origins.get(container)?.get(key) : undefined;
}

/** Where a value within another is written. */
export function placeWithin(value: Json | undefined, at: Place, path: Path): Place {
  let place = at;
  let container = value;
  for (const step of path) {
    place = placeOfEntry(container, place, step);
    container = entryOf(container, step);
  }
  return place;
}

/**
 * A map with another value for a key.
 *
 * @param at where the value is written; of a value that takes the place of another, the other's by default
 */
export function withField(map: JsonObject, key: string, value: Json, at?: Place): JsonObject {
  const next = { ...map, [key]: value };
  const known = origins.get(map);
  if (at !== undefined) origins.set(next, new Map(known).set(key, at));
  else if (known !== undefined) origins.set(next, known);
  return next;
}

export function withoutField(map: JsonObject, key: string): JsonObject {
  const { [key]: _, ...next } = map;
  return carryOrigin(map, next);
}

/** Notes where entries of a new map or list are written; the others stand below its place. */
export function entriesPlaced<T extends Json>(made: T, places: readonly (readonly [string | number, Place])[]): T {
  if (places.length > 0) origins.set(made as object, new Map(places));
  return made;
}

/** Notes that a map or list was made of another and has its entries at the same keys and indices. */
export function carryOrigin<T extends object>(from: object, to: T): T {
  const known = origins.get(from);
  if (known !== undefined && to !== from) origins.set(to, known);
  return to;
}

export function entryOf(container: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(container)) return container[Number(step)];
  return isJsonObject(container) && Object.hasOwn(container, step) ? container[step] : undefined;
}
