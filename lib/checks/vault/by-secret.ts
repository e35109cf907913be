import type { Cluster } from '../../graph/cluster';
import { vaultSecretKey } from '../../graph/vault/api-path';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';

/** The reads and writes of each secret of Vault, by its key. Found once: several rules compare them. */
export const accessesBySecret: (cluster: Cluster) => ReadonlyMap<string, readonly VaultAccess[]> = memoize(
  ({ vault }) => groupBy(vault, vaultSecretKey),
);
