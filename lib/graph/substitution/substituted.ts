import type { Json, JsonObject } from '../../json/json';
import type { ExpansionFault } from '../../systems/flux/envsubst/evaluate';

/** The way from the top of an object, as it was before substitution, to a value in it: keys and indices. */
export type Path = readonly (string | number)[];

/** What goes wrong where an object's variables are substituted, or where a Kustomization gives them. */
export interface SubstitutionFault {
  /**
   * In an object, as in a text, and
   * - `invalid-yaml`: it is none any more; Flux fails the whole build
   *
   * In `spec.postBuild`:
   * - `invalid-name`: of a variable; Flux fails the whole build
   * - `missing-object`: of `substituteFrom`, not optional; Flux fails the whole build
   * - `not-a-string`, `invalid-reference`: Kubernetes refuses the Kustomization
   * - `joined-lines`: the value has several lines, and Flux takes every line feed out
   */
  readonly kind:
    | ExpansionFault['kind']
    | 'invalid-yaml'
    | 'invalid-name'
    | 'missing-object'
    | 'not-a-string'
    | 'invalid-reference'
    | 'joined-lines';
  /** Where the string is; empty when what is wrong is in no single one. */
  readonly path: Path;
  /** Whether it is the last key of the path, and not its value. */
  readonly inKey: boolean;
  readonly variable?: string;
  /** The `${…}`; of `invalid-yaml` the string before substitution; in `substituteFrom` what is referred to, as `Secret/x`. */
  readonly expression: string;
  readonly message?: string;
}

/** A string that is another type of value after substitution. */
export interface TypeChange {
  readonly path: Path;
  readonly before: string;
  readonly after: Json;
}

/** An object after substitution. */
export interface Substituted {
  /** The same object, and the same values in it, where nothing changes; and when it cannot be parsed. */
  readonly value: JsonObject;
  readonly faults: readonly SubstitutionFault[];
  readonly typed: readonly TypeChange[];
}
