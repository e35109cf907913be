import type { Cluster } from '../../graph/cluster';
import { kustomizeGroup } from '../../graph/flux/objects';
import type { Identity } from '../../graph/identity';
import type { FluxKustomization } from '../../graph/resource';

/** What a Kustomization is called in a cluster. */
export type Called = Pick<FluxKustomization, 'namespace' | 'name'>;

/** A Kustomization's name and namespace of now, and those that it is to have. */
export interface Renaming {
  readonly from: Called;
  readonly to: Called;
  /** The clusters in which it is renamed. */
  readonly clusters: readonly Cluster[];
}

export function identityOf({ namespace, name }: Called): Identity {
  return { group: kustomizeGroup, kind: 'Kustomization', namespace, name };
}

/** The Kustomizations that are called so, those once that stand in one file. */
export function kustomizationsCalled(clusters: readonly Cluster[], called: Called): readonly FluxKustomization[] {
  const all = clusters.flatMap((cluster) => cluster.kustomization(called.namespace, called.name) ?? []);
  return [...new Map(all.map((one) => [one.resource.document, one])).values()];
}
