import { isKnown } from '../../graph/substitution';
import { metadataPath } from '../../systems/external-secrets/vault-paths';
import type { ClusterCheck } from '../check';

export const mountMissing: ClusterCheck = {
  id: 'vault/mount-missing',
  severity: 'error',
  title: 'Metadata of a key in an unknown mount',
  atRunTime: 'ESO refuses the key: "provided Path isn\'t a valid kv v2 path"',
  remedy: 'set spec.provider.vault.path of the store to the mount, and remove the mount from the keys',
  source: 'external-secrets providers/v1/vault/client_get.go (buildMetadataPath)',
  *check({ vault }) {
    for (const access of vault) {
      const { verb, fetchesMetadata, key, resource, path, store } = access;
      if ((verb === 'read' && !fetchesMetadata) || verb === 'delete' || !isKnown(key)) continue;
      if (metadataPath(access) !== undefined) continue;
      yield {
        at: { resource, path },
        message: `${store.kind} ${store.name} names no mount (spec.provider.vault.path), and ${key === '' ? 'ESO cannot list keys without one' : `${key} does not contain it`}`,
      };
    }
  },
};
