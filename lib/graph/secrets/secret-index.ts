import type { Path } from '../../json/json';
import type { SecretKind } from '../../systems/secrets-made/made';
import type { Resource } from '../resource';
import type { Maker } from '../unknown-source';

export type { SecretKind };

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
}

/** How a Secret or ConfigMap is read. */
export type ReferenceUse =
  | 'env'
  | 'envFrom'
  | 'volume'
  | 'imagePullSecret'
  | 'tls'
  | 'bootstrap'
  | 'superuser'
  | 'managedRole'
  | 'certificate'
  | 'credentials'
  | 'configuration'
  | 'push'
  | 'store'
  | 'values'
  | 'flux';

/** One object that reads a Secret or ConfigMap, or one key of it. */
export interface SecretReference {
  readonly kind: SecretKind;
  readonly namespace: string;
  readonly name: string;
  /** The key that it reads; undefined for all of it. */
  readonly key: string | undefined;
  readonly optional: boolean;
  readonly use: ReferenceUse;
  readonly resource: Resource;
  /** Where it names the key or, where it reads all, the Secret. */
  readonly path: Path;
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
