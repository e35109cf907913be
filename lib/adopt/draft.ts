import type { CodeObject, Construction } from './program';

/** A construction while the program is made: its values may name constructions that come later. */
export type Draft = { -readonly [K in keyof Construction]: Construction[K] };

/** What forms are made of. */
export interface Drafting {
  /** The object as code: what it refers to is handles where the program makes that. */
  readonly value: CodeObject;
  /** The construct that it stands in. */
  readonly scope: Construction;
  /** The id that gives it its file. */
  readonly id: string;
}
