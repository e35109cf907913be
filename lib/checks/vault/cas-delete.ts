import { isKnown } from '../../graph/substitution';
import { accessesBySecret, vaultSecretKey } from '../../graph/vault/by-secret';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { at } from '../../json/read';
import { dataPath } from '../../systems/external-secrets/vault-paths';
import { memoize } from '../../text/memoize';
import type { ClusterCheck } from '../check';

export const casDelete: ClusterCheck = {
  id: 'vault/cas-delete',
  severity: 'error',
  title: 'Deletion of a property where check-and-set is required',
  atRunTime:
    'ESO writes the remaining properties without a version, and Vault refuses: "check-and-set parameter required for this call"',
  remedy: 'push whole secrets without property, or set deletionPolicy: None',
  source: 'external-secrets providers/v1/vault/client_push.go (DeleteSecret)',
  *check(cluster) {
    for (const access of cluster.vault) {
      const { verb, property, store, resource, path } = access;
      if (verb !== 'delete' || property === undefined) continue;
      if (at(store.value, 'spec', 'provider', 'vault', 'checkAndSet', 'required') !== true) continue;
      // The last property is deleted with the whole secret, which needs no version.
      const accesses = accessesBySecret(cluster).get(vaultSecretKey(access));
      if (accesses === undefined || propertiesPushed(accesses).size < 2) continue;
      yield {
        at: { resource, path: [...path.slice(0, -1), 'property'] },
        message: `when property ${property} is deleted, ESO rewrites ${dataPath(access)} without the version that ${store.kind} ${store.name} requires`,
      };
    }
  },
};

/** The properties of a secret of Vault that something pushes. */
const propertiesPushed = memoize((accesses: readonly VaultAccess[]): ReadonlySet<string> => {
  const properties = new Set<string>();
  for (const { verb, version, key, property = '' } of accesses) {
    if (verb === 'push' && version === 'v2' && isKnown(key)) properties.add(property);
  }
  return properties;
});
