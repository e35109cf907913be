import type { ChartContents } from './chart-contents';
import type { Identity } from './identity';
import type { ReferenceIndex } from './references';
import type { FluxKustomization, Resource } from './resource';
import type { SetContents } from './resource-sets/contents';
import type { SecretIndex } from './secrets/secret-index';
import type { Maker, UnknownSource } from './unknown-source';
import type { VaultAccess } from './vault/vault-access';

/** What a look at a cluster tells of an object. */
export type Lookup =
  | { readonly state: 'found'; readonly resources: readonly [Resource, ...Resource[]] }
  | { readonly state: 'absent' }
  /** It may well be there: `why` says what may bring it; `by` is that where the tree leaves it open. */
  | { readonly state: 'unknown'; readonly why: string; readonly by?: Maker };

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
  readonly unknownSources: readonly UnknownSource[];
  /** What the charts of HelmReleases make; empty where nobody opened them. Of those for another cluster there is none. */
  readonly charts: ReadonlyMap<Resource, ChartContents>;
  /** What its ResourceSets make, by ResourceSet. */
  readonly resourceSets: ReadonlyMap<Resource, SetContents>;
  /** The same cluster with what charts make. */
  withCharts(charts: ReadonlyMap<Resource, ChartContents>): Cluster;
  /** The objects of a kind, whatever their version. */
  ofKind(group: string, kind: string): readonly Resource[];
  find(identity: Identity): readonly Resource[];
  lookup(identity: Identity): Lookup;
  /** What may make objects of a kind in a namespace, whatever their names. */
  othersIn(kind: Omit<Identity, 'name'>): UnknownSource | undefined;
  kustomization(namespace: string, name: string): FluxKustomization | undefined;
  /** What each object refers to, Secrets and ConfigMaps included. */
  readonly references: ReferenceIndex;
  /** Secrets and ConfigMaps: who makes them, with which keys, and who reads them. */
  readonly secrets: SecretIndex;
  /** Every read and write of Vault that External Secrets makes. */
  readonly vault: readonly VaultAccess[];
}
