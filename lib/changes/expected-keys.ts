import type { Cluster } from '../graph/cluster';
import type { Resource } from '../graph/resource';
import { dataPath } from '../graph/vault/api-path';
import { isClear } from '../graph/vault/vault-access';
import { expectedKeys } from '../report/pages/keys';
import { madeSecret, vaultPath } from '../report/pages/secrets';

/** A secret of Vault that ExternalSecrets read. */
export interface ExpectedSecret {
  /** As people name it: `kv/acme/prod/shop`. */
  readonly shown: string;
  /** The keys that have to be there, as far as the tree tells. */
  readonly keys: Set<string>;
  /** Who reads it: at least one. */
  readonly readers: Resource[];
}

/** What has to be in Vault for a cluster's ExternalSecrets, by the path of its values. */
export function expectedIn(cluster: Cluster): Map<string, ExpectedSecret> {
  const found = new Map<string, ExpectedSecret>();
  for (const access of cluster.vault) {
    if (access.verb !== 'read' || !isClear(access)) continue;
    const path = dataPath(access);
    const secret = found.get(path) ?? { shown: vaultPath(access), keys: new Set(), readers: [] };
    found.set(path, secret);
    secret.readers.push(access.resource);
    const made = madeSecret(cluster, access.resource);
    for (const { key, required } of made === undefined ? [] : expectedKeys(cluster, made, [access]).keys) {
      if (required) secret.keys.add(key);
    }
  }
  return found;
}
