import type { Path } from '../../json/json';

/** Something that a schema does not allow. */
export interface ValueFault {
  readonly path: Path;
  readonly on: 'key' | 'value';
  readonly kind: 'type' | 'form' | 'required' | 'unknown-field' | 'other';
  /** Of a wrong type, the bits of those that are allowed. */
  readonly types?: number;
  readonly message: string;
  readonly remedy?: string;
}

/** What came of holding a value against a schema. */
export interface Outcome {
  readonly faults: readonly ValueFault[];
  /** Whether something could not be judged: without faults, the value may be wrong nevertheless. */
  readonly open: boolean;
  /** Fields and items that some part of the schema has said something of. */
  readonly seen: ReadonlySet<string | number>;
}

export const right: Outcome = { faults: [], open: false, seen: new Set() };
export const unknown: Outcome = { ...right, open: true };

export function wrong(...faults: readonly ValueFault[]): Outcome {
  return { ...right, faults };
}

/** What came of several parts of a schema, all of which count. */
export function all(outcomes: readonly Outcome[]): Outcome {
  const [only] = outcomes;
  if (only !== undefined && outcomes.length === 1) return only;
  return {
    faults: outcomes.flatMap(({ faults }) => faults),
    open: outcomes.some(({ open }) => open),
    seen: new Set(outcomes.flatMap(({ seen }) => [...seen])),
  };
}

export function fits({ faults, open }: Outcome): boolean {
  return faults.length === 0 && !open;
}

export function fails({ faults }: Outcome): boolean {
  return faults.length > 0;
}
