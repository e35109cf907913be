import type { Cluster, Opening } from './cluster';
import type { External } from './external';
import { Inventory } from './inventory';
import { openingsBy, openingsOf } from './openings';
import { indexSecrets } from './secrets';
import type { Unfolded } from './unfold';
import { vaultAccess } from './vault';

/** Indexes what a cluster consists of, and follows its Secrets. */
export function makeCluster(
  { name, flux }: Pick<Cluster, 'name' | 'flux'>,
  unfolded: Unfolded,
  external: External,
  openings: readonly Opening[] = openingsIn(unfolded),
): Cluster {
  const { kustomizations, resources } = unfolded;
  const inventory = new Inventory(resources, openings, external);
  let accesses: Cluster['vault'] | undefined;
  const byName = new Map(kustomizations.map((item) => [`${item.namespace}/${item.name}`, item]));
  return {
    name,
    flux,
    kustomizations,
    resources,
    openings,
    ofKind: (group, kind) => inventory.ofKind(group, kind),
    find: (identity) => inventory.find(identity),
    lookup: (identity) => inventory.lookup(identity),
    kustomization: (namespace, of) => byName.get(`${namespace}/${of}`),
    secrets: indexSecrets(resources, inventory),
    // Rules alone ask for it, and not of a cluster that is unfolded for its variables.
    get vault() {
      accesses ??= vaultAccess(inventory);
      return accesses;
    },
  };
}

/** Why there may be more in a cluster than its Kustomizations show. */
function openingsIn({ kustomizations, resources }: Unfolded): Opening[] {
  return [...kustomizations.flatMap((kustomization) => [...openingsOf(kustomization)]), ...openingsBy(resources)];
}
