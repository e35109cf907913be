import { identityKey } from '../graph/identity';
import type { Remote } from '../graph/remotes';
import { display } from '../graph/substitution';
import { keysAt, objectAt, textAt } from '../json/read';
import { engineIn, vaultPath } from '../systems/external-secrets/vault-paths';
import { address } from '../text/address';
import type { PictureGroup, PictureNode } from './picture';
import { plainNode } from './sketch';

/** An entry outside the cluster, and the system that it is in. */
export interface RemoteNode {
  readonly group: PictureGroup;
  readonly node: Omit<PictureNode, 'outside'>;
}

/** What a read, a search or a push means as a node: the same for all that mean the same entry of the same system. */
export function remoteNode(remote: Remote): RemoteNode {
  const group = systemOf(remote);
  const path = remote.verb === 'find' ? `${pathOf(remote)}/*`.replace(/^\/(?=\*$)|\/(?=\/\*$)/, '') : pathOf(remote);
  const { storeKind, storeName, store } = remote;
  return {
    group,
    node: {
      ...plainNode,
      id: `remote ${group.id} ${path}`,
      kind: 'remote',
      label: display(path),
      details:
        storeName === ''
          ? [`by each ${storeKind} that the labels select`]
          : [`by ${storeKind} ${display(storeName)}${store === undefined ? ', which is not in the tree' : ''}`],
      group: group.id,
    },
  };
}

/** Stores of one server are one system. */
function systemOf({ store, storeKind, storeName, resource }: Remote): PictureGroup {
  if (store === undefined) {
    if (storeName === '') return { id: `store ${storeKind} ${resource.namespace}`, label: 'stores by their labels' };
    const where = storeKind === 'ClusterSecretStore' ? '' : `${resource.namespace}/`;
    return { id: `store ${storeKind} ${where}${storeName}`, label: `${storeKind} ${display(storeName)}` };
  }
  const vault = objectAt(store.value, 'spec', 'provider', 'vault');
  if (vault !== undefined) {
    const { version } = engineIn(vault);
    const server = [address(textAt(vault, 'server') ?? ''), textAt(vault, 'namespace') ?? ''].filter(
      (part) => part !== '',
    );
    return { id: `vault ${version} ${server.join(' ')}`, label: `Vault KV ${version}` };
  }
  const [provider = 'store'] = keysAt(store.value, 'spec', 'provider');
  const name = `${storeKind} ${display(storeName)}`;
  // A store is often called after its provider: once is enough.
  return {
    id: `store ${identityKey(store)}`,
    label: storeName.includes(provider) ? name : `${display(provider)} (${name})`,
  };
}

/** `kv/webgrip/prod/app`, as the command `vault kv` has it: the mount, and the key without the API's `data`. */
function pathOf({ store, key }: Remote): string {
  const vault = objectAt(store?.value, 'spec', 'provider', 'vault');
  if (vault === undefined) return key;
  return vaultPath({ ...engineIn(vault), key });
}
