import { at } from '../../graph/json';
import { isKnown } from '../../graph/substitution';
import { dataPath, vaultSecretKey } from '../../graph/vault/api-path';
import type { ClusterCheck } from '../check';

export const casDelete: ClusterCheck = {
  id: 'vault/cas-delete',
  severity: 'error',
  title: 'Deletion of a property where check-and-set is required',
  atRunTime:
    'ESO writes the remaining properties without a version, and Vault refuses: "check-and-set parameter required for this call"',
  remedy: 'push whole secrets without property, or set deletionPolicy: None',
  source: 'external-secrets providers/v1/vault/client_push.go (DeleteSecret)',
  *check({ vault }) {
    const pushed = vault.filter(({ verb, key, version }) => verb === 'push' && version === 'v2' && isKnown(key));
    const properties = new Map<string, Set<string>>();
    for (const access of pushed) {
      const key = vaultSecretKey(access);
      properties.set(key, (properties.get(key) ?? new Set()).add(access.property ?? ''));
    }
    for (const access of vault) {
      const { verb, property, store, resource, path } = access;
      if (verb !== 'delete' || property === undefined) continue;
      if (at(store.value, 'spec', 'provider', 'vault', 'checkAndSet', 'required') !== true) continue;
      // The last property is deleted with the whole secret, which needs no version.
      if ((properties.get(vaultSecretKey(access))?.size ?? 0) < 2) continue;
      yield {
        at: { resource, path: [...path.slice(0, -1), 'property'] },
        message: `when property ${property} goes, ESO rewrites ${dataPath(access)} without the version that ${store.kind} ${store.name} requires`,
      };
    }
  },
};
