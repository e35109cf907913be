import type { Cluster } from '../../graph/cluster';
import { vaultSecretKey } from '../../graph/vault/api-path';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { groupBy } from '../../group-by';
import { onceFor } from '../../once-for';

/** The reads and writes of each secret of Vault, by its key. Found once: several rules compare them. */
export const accessesBySecret: (cluster: Cluster) => ReadonlyMap<string, readonly VaultAccess[]> = onceFor(
  ({ vault }) => groupBy(vault, vaultSecretKey),
);
