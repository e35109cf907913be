import type { Json, Path } from '../../json/json';
import type { Resource } from '../resource';

/** What a ResourceSet makes. */
export type SetContents =
  /** Its objects; `open` are the parts of it of which they are not known. */
  | { readonly type: 'unfolded'; readonly objects: readonly Resource[]; readonly open: readonly OpenPart[] }
  /** The operator stops at it and applies nothing. */
  | { readonly type: 'fails'; readonly faults: readonly SetFault[] }
  /** Its inputs are not known: a clause. */
  | { readonly type: 'open'; readonly why: string };

/** A template of a ResourceSet: an object of its `resources`, or the text of `resourcesTemplate`. */
export interface SetPart {
  /** From the top of the ResourceSet. */
  readonly path: Path;
  readonly template: Json;
}

export interface OpenPart extends SetPart {
  /** A clause: "it calls now, which is not followed". */
  readonly why: string;
}

export interface SetFault {
  /** From the top of the ResourceSet. */
  readonly path: Path;
  /** Of a text of several lines: what stands on the line. */
  readonly part?: string;
  /** A clause, which begins with what is at fault. */
  readonly message: string;
}
