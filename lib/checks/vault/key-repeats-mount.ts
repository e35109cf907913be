import { identityKey } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { at } from '../../json/read';
import { dataPath, metadataPath, surplusOf } from '../../systems/external-secrets/vault-paths';
import type { ClusterCheck } from '../check';

export const keyRepeatsMount: ClusterCheck = {
  id: 'vault/key-repeats-mount',
  severity: 'error',
  title: 'Key that repeats the mount of its store',
  atRunTime:
    'for values ESO takes the mount off the key, for metadata it does not: it reads, lists and writes metadata of another secret',
  remedy: 'leave the mount out of the key: it stands in the store',
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
        severity: heals ? 'warning' : 'error',
        message: `${key} begins with the mount ${mount} of ${store.kind} ${store.name}: its values are at ${dataPath(access)}, its metadata is looked for at ${metadataPath(access)}`,
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
