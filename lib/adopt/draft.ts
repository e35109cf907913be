import type { Reference } from '../graph/references/reference';
import type { Json } from '../json/json';
import type { CodeObject, Construction, Expression } from './program';
import type { KustomizedFolder, WrittenObject } from './survey';

/** A construction while the program is made: its values may name constructions that come later. */
export type Draft = { -readonly [K in keyof Construction]: Construction[K] } & {
  /** The folder whose kustomization.yaml it makes. */
  folder?: KustomizedFolder;
  /** The path of its file or folder, where that is for it alone. */
  at?: string;
  /** That of its file in the original, where it has another one. */
  from?: string;
  /** Where a Kustomization stands: properties beside those that say its object. */
  place?: CodeObject;
  /** Whether it brings the folder that it applies. */
  bringsFolder?: boolean;
  /** The object as code, of which its properties were made. */
  value?: CodeObject;
  /** What stands in it for what the object refers to, unless the form said that otherwise. */
  handles?: ReadonlyMap<Reference, Expression> | undefined;
};

/** What a form says of an object: `id` and `scope` are given. */
export type Said = Pick<Construction, 'className' | 'props'>;

/** What forms are made of. */
export interface Drafting {
  readonly object: WrittenObject;
  /** The object as code: what it refers to is handles where the program makes that, and the form takes them. */
  readonly value: CodeObject;
  /** The id that gives it its file; also its name, where a construct is given none. */
  readonly id: string;
  /** Whether constructs write their defaults (`defaults` of the Cluster). */
  readonly defaults: boolean;
  /** `source` of the Cluster. */
  readonly source: Json;
}
