import { isJsonObject, type Json } from '../../json/json';

/** Values as they are put together: maps may be shared, and are changed where they stand, as Go's are. */
export type Values = { [key: string]: Json };

/**
 * Values over others: maps are merged, all else takes the other's place, null too.
 *
 * Source: helm v4.2 pkg/chart/v2/loader/load.go (MergeMaps), which fluxcd/pkg chartutil 1.27 repeats (merge.go).
 */
export function mergeValues(values: Values, over: Values): Values {
  const merged: Values = { ...values };
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(merged, key) ? merged[key] : undefined;
    put(merged, key, isJsonObject(value) && isJsonObject(below) ? mergeValues(below, value) : value);
  }
  return merged;
}

/** Sets a field, be it called `__proto__`. */
export function put(map: Values, key: string, value: Json): void {
  Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
}
