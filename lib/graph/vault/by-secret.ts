import { dataPath, type KvKey } from '../../systems/external-secrets/vault-paths';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { identityKey } from '../identity';
import type { VaultAccess } from './vault-access';

/** Which secret of Vault is read or written, as a key: the store with the path of its values. */
export function vaultSecretKey(access: KvKey & Pick<VaultAccess, 'store'>): string {
  return `${identityKey(access.store)} ${dataPath(access)}`;
}

/** The reads and writes of each secret of Vault, by its key. Found once: several rules compare them. */
export const accessesBySecret: (cluster: Cluster) => ReadonlyMap<string, readonly VaultAccess[]> = memoize(
  ({ vault }) => groupBy(vault, vaultSecretKey),
);
