import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { vaultSecretKey } from './api-path';
import type { VaultAccess } from './vault-access';

/** The reads and writes of each secret of Vault, by its key. Found once: several rules compare them. */
export const accessesBySecret: (cluster: Cluster) => ReadonlyMap<string, readonly VaultAccess[]> = memoize(
  ({ vault }) => groupBy(vault, vaultSecretKey),
);
