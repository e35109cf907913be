import type { Path, SourceDocument } from '../tree/source/source';
import type { Identity } from './identity';
import type { FluxKustomization, Resource } from './resource';
import type { SecretIndex } from './secrets/secret-index';
import type { VaultAccess } from './vault/vault-access';

/** Why there may be objects in a cluster that the tree does not show. */
export interface Opening {
  /** A whole clause: "HelmRelease cnpg-system/cnpg may create it". */
  readonly why: string;
  /** The namespaces that they may be in; undefined for any. */
  readonly namespaces: ReadonlySet<string> | undefined;
  /** Whether it is what Helm charts bring, in which nobody looks for Flux's own objects. */
  readonly helm: boolean;
  /** The namespace that a chart's release makes; charts make no others. */
  readonly createsNamespace: string | undefined;
  readonly document: SourceDocument;
  readonly path: Path;
}

/** What a look at a cluster tells of an object. */
export type Lookup =
  | { readonly state: 'found'; readonly resources: readonly [Resource, ...Resource[]] }
  | { readonly state: 'absent' }
  /** It may well be there: `why` says what may bring it. */
  | { readonly state: 'unknown'; readonly why: string };

/** The objects of one cluster and how they are applied. */
export interface Cluster {
  /** For messages where a tree has several: the folder that its first Kustomizations lie in. */
  readonly name: string;
  /** Whether Flux applies it. Otherwise it is a set of manifests, and what they lack may be anywhere. */
  readonly flux: boolean;
  /** What whoever begins the cluster applies by hand, before Flux reads the tree: its first Kustomizations and what lies beside them. */
  readonly begun: readonly Resource[];
  readonly kustomizations: readonly FluxKustomization[];
  readonly resources: readonly Resource[];
  readonly openings: readonly Opening[];
  /** The objects of a kind, whatever their version. */
  ofKind(group: string, kind: string): readonly Resource[];
  find(identity: Identity): readonly Resource[];
  lookup(identity: Identity): Lookup;
  kustomization(namespace: string, name: string): FluxKustomization | undefined;
  /** Secrets and ConfigMaps: who makes them, with which keys, and who reads them. */
  readonly secrets: SecretIndex;
  /** Every read and write of Vault that External Secrets makes. */
  readonly vault: readonly VaultAccess[];
}
