import type { Identity } from '../identity';
import type { FluxKustomization, Resource, ResourcePath } from '../resource';

/** In which order a cluster starts from nothing but its repository, and what has to be there before. */
export interface Start {
  /** What a person or bootstrap applies, before Flux reads the tree. */
  readonly begun: readonly Resource[];
  /** What Flux applies at the same time, as far as it waits for nothing else; the first is what bootstrap applies. */
  readonly waves: readonly (readonly Starting[])[];
  /** What never starts, as the tree is. */
  readonly stuck: readonly Stuck[];
  /** What has to be there before, what is needed first before the rest. */
  readonly before: readonly Prerequisite[];
}

/** A Kustomization that starts in a wave. */
export interface Starting {
  readonly kustomization: FluxKustomization;
  /** What it waits for until that is ready, by its own dependsOn. */
  readonly after: readonly FluxKustomization[];
  /** The definitions of kinds that it brings, as groups or `Kind.group`. */
  readonly defines: readonly string[];
  /** Webhooks that it brings, without which the API server refuses objects once they are registered: where they are called. */
  readonly webhooks: readonly Resource[];
  /** Its releases that wait for others. */
  readonly releases: readonly { readonly release: Resource; readonly after: readonly string[] }[];
  /** Kinds that it needs and that another brings later: until then it fails, and tries again. */
  readonly retries: readonly {
    readonly kinds: readonly string[];
    readonly by: FluxKustomization;
    readonly wave: number;
  }[];
}

/** A Kustomization that never starts. */
export interface Stuck {
  readonly kustomization: FluxKustomization;
  /** Why, as a clause that continues its name. */
  readonly why: string;
}

export type PrerequisiteKind = (typeof prerequisiteKinds)[number];

/** In the order in which somebody who starts a cluster needs them. */
export const prerequisiteKinds = [
  /** What Flux itself reads, before anything else. */
  'repository',
  /** A Secret or ConfigMap that nothing in the tree makes. */
  'secret',
  /** A store outside the cluster, and the login to it. */
  'store',
  /** What the tree reads there and nothing in it writes. */
  'value',
  /** A bucket or another place of backups and artifacts. */
  'bucket',
  /** A database or a volume that starts empty, and has to be restored by hand. */
  'data',
  /** A client at an identity provider. */
  'login',
  'host',
  /** Where images and charts come from. */
  'registry',
] as const;

/** Something that has to be there before. */
export interface Prerequisite {
  readonly kind: PrerequisiteKind;
  /** What it is: `vault:kv/shop/db`, `Secret flux-system/sops-age`, `shop.example.org`. */
  readonly what: string;
  /** The keys or properties that it must have, as far as they are known. */
  readonly keys: readonly string[];
  /** What else is to be known, each a clause. */
  readonly notes: readonly string[];
  /** Who needs it, the first in the order of waves. */
  readonly neededBy: readonly Resource[];
  /** The first wave that needs it, from 0; undefined where nothing that starts does. */
  readonly wave: number | undefined;
  /** Where that is said. */
  readonly at: ResourcePath | undefined;
  /** The object of a `secret` or `data`. */
  readonly object?: Identity;
  /** The secret of Vault that a `value` is. */
  readonly vault?: {
    readonly mount: string | undefined;
    readonly path: string;
    readonly namespace: string | undefined;
  };
}
