import { lazy } from '../text/memoize';
import type { Applied } from './apply';
import type { ByHand } from './by-hand';
import type { Cluster } from './cluster';
import type { External } from './external';
import { Inventory } from './inventory';
import { indexReferences } from './references';
import { indexSecrets } from './secrets';
import { isOfSecret } from './secrets/secret-index';
import type { UnknownSource } from './unknown-source';
import { unknownSourcesIn } from './unknown-sources';
import { vaultAccess } from './vault';

/** Indexes what a cluster consists of, and follows its Secrets. */
export function makeCluster(
  { name, flux, begun }: Pick<Cluster, 'name' | 'flux' | 'begun'>,
  applied: Applied,
  external: External,
  byHand: ByHand | undefined,
  unknownSources: readonly UnknownSource[] = unknownSourcesIn(applied.kustomizations, applied.resources),
): Cluster {
  const { kustomizations, resources } = applied;
  const inventory = new Inventory(resources, unknownSources, external, byHand);
  const byName = lazy(() => new Map(kustomizations.map((item) => [`${item.namespace}/${item.name}`, item])));
  // Rules alone ask for these, and not of a cluster that is applied for its variables alone.
  const references = lazy(() => indexReferences(resources));
  const secrets = lazy(() => indexSecrets(resources, inventory, references().all.filter(isOfSecret)));
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
    get references() {
      return references();
    },
    get secrets() {
      return secrets();
    },
    get vault() {
      return vault();
    },
  };
}
