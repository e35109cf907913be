import { objectAt, textAt } from '../json/read';
import { engineIn, vaultPath } from '../systems/external-secrets/vault-paths';
import { address } from '../text/address';
import { push } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import { identityKey } from './identity';
import { type Remote, remotesOf } from './remotes';
import { display } from './substitution';

/** An entry of a store outside the cluster, whoever reads or writes it: a secret of Vault, say. */
export interface Entry {
  /** The system that it is in, and where there: the same for all that mean the same. */
  readonly id: string;
  /** `vault:kv/acme/prod/shop`; of other stores `STORE:KEY`. */
  readonly name: string;
  /** Whether all below it is meant, which somebody looks for (`find`). */
  readonly isFolder: boolean;
  readonly remotes: readonly Remote[];
}

/** The entries that a cluster's ExternalSecrets and PushSecrets name, in the order of the objects. */
export const entriesOf: (cluster: Cluster) => ReadonlyMap<string, Entry> = memoize((cluster) => {
  const entries = new Map<string, Entry & { readonly remotes: Remote[] }>();
  for (const remote of remotesOf(cluster)) {
    const { system, prefix, path } = placeOf(remote);
    const isFolder = remote.verb === 'find';
    const id = `${system} ${path}${isFolder ? '/*' : ''}`;
    const known = entries.get(id);
    if (known === undefined) entries.set(id, { id, name: `${prefix}:${display(path)}`, isFolder, remotes: [remote] });
    else known.remotes.push(remote);
  }
  return entries;
});

/** The entry that a read or write is of. */
export function entryOf(cluster: Cluster, remote: Remote): Entry | undefined {
  const { system, path } = placeOf(remote);
  return entriesOf(cluster).get(`${system} ${path}${remote.verb === 'find' ? '/*' : ''}`);
}

/** Who reads an entry: those that name it, and those that look for all that is below a folder of it. */
export function readsOfEntry(cluster: Cluster, { id, remotes }: Entry): readonly Remote[] {
  const below = [...entriesOf(cluster).values()].filter(
    (other) => other.isFolder && other.id !== id && id.startsWith(other.id.slice(0, -1)),
  );
  return [...remotes, ...below.flatMap((folder) => folder.remotes)].filter(({ verb }) => verb !== 'push');
}

/** What an object reads or writes outside the cluster. */
export const remotesBy: (cluster: Cluster) => ReadonlyMap<string, readonly Remote[]> = memoize((cluster) => {
  const found = new Map<string, Remote[]>();
  for (const remote of remotesOf(cluster)) push(found, identityKey(remote.resource), remote);
  return found;
});

/** Stores of one Vault are one system. */
function placeOf({ store, storeKind, storeName, key, resource }: Remote) {
  const vault = objectAt(store?.value, 'spec', 'provider', 'vault');
  if (vault === undefined) {
    const system = store === undefined ? `${storeKind} ${resource.namespace} ${storeName}` : identityKey(store);
    return { system, prefix: display(storeName), path: key };
  }
  const server = `${address(textAt(vault, 'server') ?? '')} ${textAt(vault, 'namespace') ?? ''}`;
  return { system: `vault ${server}`, prefix: 'vault', path: vaultPath({ ...engineIn(vault), key }) };
}
