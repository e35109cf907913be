import type { HelmText } from '../flux/helm-values';
import type { Kinds } from '../known-kinds';

export type { Kinds };

/** A text in a Manifest: a handle stands for the name, key or host of what another construct makes. */
export type ManifestText = HelmText;

/** metadata of a Manifest, as every object may have it. */
export interface ManifestMetadata {
  readonly name?: ManifestText | null;
  readonly generateName?: ManifestText | null;
  readonly namespace?: ManifestText | null;
  readonly labels?: Readonly<Record<string, ManifestText | null>> | null;
  /** kustomize makes texts of numbers and booleans. */
  readonly annotations?: Readonly<Record<string, ManifestText | number | boolean | null>> | null;
  readonly finalizers?: readonly ManifestText[] | null;
  readonly ownerReferences?: unknown;
  // What the API server fills in, and exported objects have.
  readonly creationTimestamp?: unknown;
  readonly deletionGracePeriodSeconds?: unknown;
  readonly deletionTimestamp?: unknown;
  readonly generation?: unknown;
  readonly managedFields?: unknown;
  readonly resourceVersion?: unknown;
  readonly selfLink?: unknown;
  readonly uid?: unknown;
}

/** The fields of an object: those that `Kinds` has of its kind, or any; of a `Manifest<string>` any in its metadata, too. */
export type ManifestObject<V extends string, K extends string> = {
  readonly apiVersion: V;
  readonly kind: K;
  /** null where it has none at all, not even a name */
  readonly metadata?: (string extends V ? { readonly [field: string]: unknown } : ManifestMetadata) | null;
  readonly status?: unknown;
} & (`${V}/${K}` extends keyof Kinds ? Kinds[`${V}/${K}`] : { readonly [field: string]: unknown });
