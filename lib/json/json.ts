/** A JSON value as Kubernetes reads it: what remains after tokens are resolved and undefined fields dropped. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object: what every Kubernetes resource is. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a JSON value is an object, and so neither a scalar nor an array. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The way from the top of a document to a value in it: keys and indices. */
export type Path = readonly (string | number)[];

/** JSON.stringify's replacer: keys in one order, whatever order the release had. */
export function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
