import { identityKey } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { at } from '../../json/read';
import { dataPath, metadataPath, surplusOf } from '../../systems/external-secrets/vault-paths';
import type { ClusterCheck } from '../check';
import { shortened } from './shortened';

export const keyRepeatsMount: ClusterCheck = {
  id: 'vault/key-repeats-mount',
  severity: 'error',
  title: 'Key that repeats the mount of its store',
  atRunTime:
    'ESO removes the mount from the key for values, but not for metadata: it reads, lists and writes the metadata of another secret',
  remedy: 'remove the mount from the key: the store already has it',
  fixes: 'remove the mount from the key',
  source: 'external-secrets providers/v1/vault/client_get.go (buildMetadataPath)',
  *check({ vault }) {
    const said = new Set<string>();
    for (const access of vault) {
      const { mount, version, key, resource, path, store } = access;
      if (mount === undefined || version !== 'v2' || !isKnown(key) || !isKnown(mount) || !usesMetadata(access))
        continue;
      if (surplusOf(mount, key) !== 'mount') continue;
      // Once for an object, however many properties of the key it names.
      const id = `${identityKey(resource)} ${key}`;
      if (said.has(id)) continue;
      said.add(id);
      // Values that are pushed are found again, and so is the metadata, in its wrong place; with check-and-set they are not.
      const heals = access.verb !== 'read' && access.verb !== 'find' && !requiresVersion(access);
      yield {
        at: { resource, path },
        ...shortened(vault, access, key, `${mount}/`),
        severity: heals ? 'warning' : 'error',
        message: `${key} begins with the mount ${mount} of ${store.kind} ${store.name}: ESO looks for its values at ${dataPath(access)}, but for its metadata at ${metadataPath(access)}`,
      };
    }
  },
};

function requiresVersion({ store }: VaultAccess): boolean {
  return at(store.value, 'spec', 'provider', 'vault', 'checkAndSet', 'required') === true;
}

/** A plain read of values works with the mount as well. */
function usesMetadata({ verb, fetchesMetadata }: VaultAccess): boolean {
  return verb !== 'read' || fetchesMetadata;
}
