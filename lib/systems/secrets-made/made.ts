import type { JsonObject, Path } from '../../json/json';
import type { GroupKind } from '../api-version';

export type SecretKind = 'Secret' | 'ConfigMap';

/** A Secret or ConfigMap that an object makes, or adds to. */
export interface Made {
  /** @default Secret */
  readonly kind?: SecretKind;
  /** @default the object's own */
  readonly namespace?: string;
  readonly name: string;
  /** Where the object names it. @default its own name */
  readonly path?: Path;
  /** The keys that are sure to be written. */
  readonly keys?: Iterable<string>;
  /** Whether there may be others: of a Vault path that is read whole, say. */
  readonly open?: boolean;
  /** Whether keys are only added to a Secret that another makes. */
  readonly adds?: boolean;
  /** The type of the Secret. @default Opaque, or not known */
  readonly type?: string | undefined;
}

export interface KubernetesObject extends GroupKind {
  readonly namespace: string;
  readonly name: string;
  readonly value: JsonObject;
}

/** Finds the generator that an ExternalSecret names, in its namespace. */
export type FindGenerator = (
  kind: string,
  namespace: string,
  name: string,
) => { readonly value: JsonObject } | undefined;

/** The Secrets and ConfigMaps that an object of some kind makes. One function a kind; index.ts names them. */
export type Makes = (object: KubernetesObject, find: FindGenerator) => Iterable<Made>;

/** Stands for every namespace, where what makes a Secret chooses them by label, or nobody says which. */
export const anyNamespace = '*';
