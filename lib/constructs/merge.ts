/** Every field optional, at every depth; lists are given whole. */
export type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/**
 * Lays overrides over a base: objects are merged field by field, everything else (lists too) is replaced. A field that is
 * `undefined` in the overrides keeps its base; `null` removes it.
 */
export function merge<T>(base: T, overrides: DeepPartial<NoInfer<T>> | undefined): T {
  if (overrides === undefined) return base;
  if (!isPlainObject(base) || !isPlainObject(overrides)) return overrides as T;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    if (value === null) delete merged[key];
    else merged[key] = key in merged ? merge(merged[key], value as DeepPartial<unknown>) : value;
  }
  return merged as T;
}

// Lazy values and cdk8s' own classes are values, not objects to be merged.
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
