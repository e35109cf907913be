import { lazy } from '../text/memoize';
import type { ByHand } from './by-hand';
import type { Cluster } from './cluster';
import type { External } from './external';
import { Inventory } from './inventory';
import { indexSecrets } from './secrets';
import type { Unfolded } from './unfold';
import type { UnknownSource } from './unknown-source';
import { unknownSourcesIn } from './unknown-sources';
import { vaultAccess } from './vault';

/** Indexes what a cluster consists of, and follows its Secrets. */
export function makeCluster(
  { name, flux, begun }: Pick<Cluster, 'name' | 'flux' | 'begun'>,
  unfolded: Unfolded,
  external: External,
  byHand: ByHand | undefined,
  unknownSources: readonly UnknownSource[] = unknownSourcesIn(unfolded.kustomizations, unfolded.resources),
): Cluster {
  const { kustomizations, resources } = unfolded;
  const inventory = new Inventory(resources, unknownSources, external, byHand);
  const byName = lazy(() => new Map(kustomizations.map((item) => [`${item.namespace}/${item.name}`, item])));
  // Rules alone ask for these, and not of a cluster that is unfolded for its variables.
  const secrets = lazy(() => indexSecrets(resources, inventory));
  const vault = lazy(() => vaultAccess(inventory));
  return {
    name,
    flux,
    begun,
    kustomizations,
    resources,
    unknownSources,
    ofKind: (group, kind) => inventory.ofKind(group, kind),
    find: (identity) => inventory.find(identity),
    lookup: (identity) => inventory.lookup(identity),
    othersIn: (kind) => inventory.othersIn(kind),
    kustomization: (namespace, of) => byName().get(`${namespace}/${of}`),
    get secrets() {
      return secrets();
    },
    get vault() {
      return vault();
    },
  };
}
