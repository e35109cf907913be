import type { HelmText } from '../flux/helm-values';

/**
 * The kinds whose fields the compiler knows, by `apiVersion/kind`. A project adds its own: an `imports/kinds.ts` that main.ts imports.
 *
 * @example
 * declare module 'cdk8s-espalier' {
 *   interface Kinds {
 *     'acme.example/v1/Widget': { spec: { size: number; color?: 'red' | 'blue' } };
 *   }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: projects add to it, which they could not to a type
export interface Kinds {}

/** A text in a Manifest: a handle stands for the name, key or host of what another construct makes. */
export type ManifestText = HelmText;

/** metadata of a Manifest; null where it has none at all, not even a name. */
export interface ManifestMetadata {
  readonly name?: ManifestText;
  readonly generateName?: string;
  readonly namespace?: ManifestText;
  readonly labels?: Readonly<Record<string, ManifestText>> | null;
  readonly annotations?: Readonly<Record<string, ManifestText>> | null;
  readonly [field: string]: unknown;
}

/** The fields of an object: those that `Kinds` has of its kind, or any. */
export type ManifestObject<V extends string, K extends string> = {
  readonly apiVersion: V;
  readonly kind: K;
  readonly metadata?: ManifestMetadata | null;
} & (`${V}/${K}` extends keyof Kinds ? Kinds[`${V}/${K}`] : { readonly [field: string]: unknown });
