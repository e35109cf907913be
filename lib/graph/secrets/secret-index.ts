import type { Path } from '../../json/json';
import type { ReferenceUse } from '../../systems/references/row';
import type { SecretKind } from '../../systems/secrets-made/made';
import type { Reference } from '../references/reference';
import type { Resource } from '../resource';
import type { Maker } from '../unknown-source';

export type { ReferenceUse, SecretKind };

/** One object that makes a Secret or ConfigMap, or adds to it. */
export interface Producer {
  readonly kind: SecretKind;
  readonly namespace: string;
  readonly name: string;
  readonly resource: Resource;
  /** Where it names the Secret. */
  readonly path: Path;
  /** The keys that it is sure to write. */
  readonly keys: ReadonlySet<string>;
  /** Whether there may be others: of a Vault path that is read whole, say. */
  readonly open: boolean;
  /** Whether it only adds to a Secret that another makes (creationPolicy Merge). */
  readonly adds: boolean;
  /** The type of the Secret; undefined for Opaque, or where it is not known. */
  readonly type: string | undefined;
}

/** One object that reads a Secret or ConfigMap, or one key of it. */
export interface SecretReference extends Reference {
  readonly kind: SecretKind;
  readonly use: ReferenceUse;
}

/** Whether it is a Secret or ConfigMap that is read. */
export function isOfSecret(reference: Reference): reference is SecretReference {
  return reference.use !== undefined;
}

/** What is known of a Secret or ConfigMap. */
export type SecretLookup =
  | {
      readonly state: 'found';
      readonly producers: readonly [Producer, ...Producer[]];
      readonly keys: ReadonlySet<string>;
      /** Whether there may be other keys. */
      readonly open: boolean;
    }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly why: string; readonly by?: Maker };

export interface SecretIndex {
  readonly producers: readonly Producer[];
  readonly references: readonly SecretReference[];
  lookup(kind: SecretKind, namespace: string, name: string): SecretLookup;
  readersOf(kind: SecretKind, namespace: string, name: string): readonly SecretReference[];
  /** What an object makes. */
  producersOf(resource: Resource): readonly Producer[];
}
