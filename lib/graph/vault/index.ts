import type { Json, JsonObject, Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { memoize } from '../../text/memoize';
import type { Inventory } from '../inventory';
import type { Resource } from '../resource';
import type { VaultAccess, VaultVerb } from './vault-access';

/** What reads or writes Vault: an ExternalSecret or a PushSecret, or what makes such objects in other namespaces. */
export interface Asking {
  readonly resource: Resource;
  /** The way to the spec of the ExternalSecret or PushSecret. */
  readonly spec: Path;
  /** Where its SecretStores are looked for. */
  readonly namespace: string;
}

/** Where stores are found. */
type Stores = Pick<Inventory, 'find'>;

/** Every read and write of Vault that ExternalSecrets and PushSecrets ask for. Those whose store the tree lacks are left out. */
export function vaultAccess(inventory: Inventory): VaultAccess[] {
  const found: VaultAccess[] = [];
  for (const resource of inventory.ofKind('external-secrets.io', 'ExternalSecret')) {
    addReads(found, inventory, { resource, spec: ['spec'], namespace: resource.namespace });
  }
  for (const resource of inventory.ofKind('external-secrets.io', 'PushSecret')) {
    addWrites(found, inventory, { resource, spec: ['spec'], namespace: resource.namespace });
  }
  return found;
}

/** The store that a reference names, in the namespace of what refers to it. */
export function storeOf(stores: Stores, ref: Json | undefined, namespace: string): Resource | undefined {
  const name = textAt(ref, 'name');
  if (name === undefined) return undefined;
  const kind = textAt(ref, 'kind') ?? 'SecretStore';
  const where = kind === 'ClusterSecretStore' ? '' : namespace;
  return stores.find({ group: 'external-secrets.io', kind, namespace: where, name })[0];
}

/** Adds what an ExternalSecret reads. */
export function addReads(found: VaultAccess[], stores: Stores, { resource, spec, namespace }: Asking): void {
  const said = objectAt(resource.value, ...spec);
  if (said === undefined) return;
  const ofAll = storeOf(stores, said.secretStoreRef, namespace);
  const add = (list: 'data' | 'dataFrom', i: number, item: Json, field: string, verb: VaultVerb) => {
    const ref = at(item, field);
    if (ref === undefined) return;
    const own = objectAt(item, 'sourceRef', 'storeRef');
    const store = own === undefined ? ofAll : storeOf(stores, own, namespace);
    addAccess(found, store, ref, verb, { resource, namespace, path: [...spec, list, i, field] });
  };
  for (const [i, item] of listAt(said, 'data').entries()) add('data', i, item, 'remoteRef', 'read');
  for (const [i, item] of listAt(said, 'dataFrom').entries()) {
    add('dataFrom', i, item, 'extract', 'read');
    add('dataFrom', i, item, 'find', 'find');
  }
}

/** Adds what a PushSecret writes and deletes, as its `data` says it. */
export function addWrites(found: VaultAccess[], stores: Stores, { resource, spec, namespace }: Asking): void {
  const said = objectAt(resource.value, ...spec);
  if (said === undefined) return;
  const verbs = pushVerbs(said);
  for (const ref of listAt(said, 'secretStoreRefs')) {
    const store = storeOf(stores, ref, namespace);
    for (const [i, item] of listAt(said, 'data').entries()) {
      const path = [...spec, 'data', i, 'match', 'remoteRef'];
      const remote = at(item, 'match', 'remoteRef');
      for (const verb of verbs) addAccess(found, store, remote, verb, { resource, namespace, path });
    }
  }
}

/** What is done where a PushSecret of this spec pushes to: with `deletionPolicy: Delete` it is deleted again one day. */
export function pushVerbs({ deletionPolicy }: JsonObject): readonly VaultVerb[] {
  return deletionPolicy === 'Delete' ? ['push', 'delete'] : ['push'];
}

/** Adds a read or write at a store; none where it is no store of Vault, or where there is no key. */
export function addAccess(
  found: VaultAccess[],
  store: Resource | undefined,
  ref: Json | undefined,
  verb: VaultVerb,
  { resource, namespace, path }: Pick<VaultAccess, 'resource' | 'namespace' | 'path'>,
): void {
  const mounted = store && mountOf(store);
  if (store === undefined || mounted === undefined) return;
  const field = verb === 'find' ? 'path' : verb === 'read' ? 'key' : 'remoteKey';
  const key = textAt(ref, field) ?? (verb === 'find' && objectAt(ref) !== undefined ? '' : undefined);
  if (key === undefined) return;
  found.push({
    verb,
    store,
    mount: mounted.mount,
    version: mounted.version,
    key,
    property: textAt(ref, 'property'),
    fetchesMetadata: textAt(ref, 'metadataPolicy') === 'Fetch',
    resource,
    namespace,
    path: [...path, field],
  });
}

/** What a store of Vault says of where its secrets are; undefined for a store of something else. Many objects have one store. */
const mountOf = memoize(({ value }: Resource): Pick<VaultAccess, 'mount' | 'version'> | undefined => {
  const provider = objectAt(value, 'spec', 'provider', 'vault');
  if (provider === undefined) return undefined;
  return { mount: textAt(provider, 'path'), version: textAt(provider, 'version') === 'v1' ? 'v1' : 'v2' };
});
