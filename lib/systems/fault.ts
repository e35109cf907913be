import type { Json, JsonObject, Path } from '../json/json';

/** Something that a system refuses in an object, or that cannot work there. */
export interface Fault {
  /** Where it is; of what is missing, where it would be. */
  readonly path: Path;
  /** What it is there, unless the value at the path says it; null where that is not to be shown. */
  readonly value?: Json;
  /** What would be taken: the end of a sentence that begins with "must be", such as `at most its limit, 1Gi`. */
  readonly allowed: string;
  readonly example?: string;
  /** What the system answers, in its own words, where `allowed` does not have them: `may not be mixed with maxUnavailable`. */
  readonly says?: string;
  /** What was surely meant, where only one value can have been. */
  readonly meant?: string;
}

/** What a system refuses in an object. Where a value is not known, or of another type than its field's, it finds nothing. */
export type Refusals = (object: JsonObject) => Iterable<Fault>;

/** A fault without an example. */
export function fault(path: Path, allowed: string, value?: Json): Fault {
  return { path, allowed, ...(value !== undefined && { value }) };
}

/** A field that nobody may change, or not so. */
export interface RefusedChange {
  /** As reports show it. */
  readonly path: string;
  /** Why, a clause: `it cannot be changed`. */
  readonly reason: string;
}
