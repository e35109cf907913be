/** Every field optional, at every depth, and `null` where it shall not be written; lists are given whole, an enum as its text as well. */
export type DeepPartial<T> = T extends string
  ? T | `${T}`
  : T extends readonly unknown[]
    ? T | Plain<T>
    : T extends object
      ? { readonly [K in keyof T]?: DeepPartial<T[K]> | null }
      : T;

/** A spec of imports/ as YAML has it: what is an enum there is the text that it stands for. */
export type Plain<T> = T extends string
  ? T | `${T}`
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Plain<T[K]> }
      : T;

/** The same spec for the classes of imports/, which write the same text for an enum. */
export function typed<Spec>(spec: Plain<Spec>): Spec {
  return spec as Spec;
}

/** What was given, or its default where nothing was; nothing where `null` takes the default away. */
export function orDefault<T>(given: T | null | undefined, otherwise: T): T | undefined {
  return given === undefined ? otherwise : (given ?? undefined);
}

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
