import type { Drafting, Said } from '../draft';

/** One way to say an object in code. */
export interface Form {
  /** As the report calls it. */
  readonly name: 'construct' | 'typed object' | 'object';
  /** Whether it takes handles. */
  readonly handles: boolean;
  make(drafting: Drafting): Said;
}

/**
 * How a construct says an object of its kind: undefined where it cannot. What it says may turn out to differ from the object; then the
 * next form is taken.
 */
export type Lift = (drafting: Drafting) => Said | undefined;
