import type { JsonObject, Path } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import { deletesPushed, externalSecretsGroup } from '../../systems/external-secrets/spec';
import { pushesOf, readsOf, refOf } from '../../systems/external-secrets/stores';
import { engineIn } from '../../systems/external-secrets/vault-paths';
import { memoize } from '../../text/memoize';
import { findStore } from '../external-secrets/stores';
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
  for (const resource of inventory.ofKind(externalSecretsGroup, 'ExternalSecret')) {
    addReads(found, inventory, { resource, spec: ['spec'], namespace: resource.namespace });
  }
  for (const resource of inventory.ofKind(externalSecretsGroup, 'PushSecret')) {
    addWrites(found, inventory, { resource, spec: ['spec'], namespace: resource.namespace });
  }
  return found;
}

/** Adds what an ExternalSecret reads. */
export function addReads(found: VaultAccess[], stores: Stores, { resource, spec: path, namespace }: Asking): void {
  const spec = objectAt(resource.value, ...path);
  if (spec === undefined) return;
  for (const { store, ref, ...read } of readsOf(spec, path)) {
    const fetchesMetadata = textAt(ref, 'metadataPolicy') === 'Fetch';
    addAccess(found, findStore(stores, store, namespace), { ...read, fetchesMetadata, resource, namespace });
  }
}

/** Adds what a PushSecret writes and deletes, as its `data` says it. */
export function addWrites(found: VaultAccess[], stores: Stores, { resource, spec: path, namespace }: Asking): void {
  const spec = objectAt(resource.value, ...path);
  if (spec === undefined) return;
  const pushes = pushesOf(spec, path);
  for (const ref of listAt(spec, 'secretStoreRefs')) {
    const store = findStore(stores, refOf(ref, path), namespace);
    for (const { remoteKey: key, property, path: match } of pushes) {
      const common = { key, property, fetchesMetadata: false, resource, namespace };
      for (const verb of pushVerbs(spec)) {
        addAccess(found, store, { verb, ...common, path: [...match, 'remoteRef', 'remoteKey'] });
      }
    }
  }
}

/** What is done where a PushSecret of this spec pushes to: with `deletionPolicy: Delete` it is deleted again one day. */
export function pushVerbs(spec: JsonObject): readonly VaultVerb[] {
  return deletesPushed(spec) ? ['push', 'delete'] : ['push'];
}

/** Adds a read or write at a store; none where it is no store of Vault. */
export function addAccess(
  found: VaultAccess[],
  store: Resource | undefined,
  access: Omit<VaultAccess, 'store' | 'mount' | 'version'>,
): void {
  const mounted = store && mountOf(store);
  if (store === undefined || mounted === undefined) return;
  const { verb, key, property, fetchesMetadata, resource, namespace, path } = access;
  found.push({ verb, store, ...mounted, key, property, fetchesMetadata, resource, namespace, path });
}

/** What a store of Vault says of where its secrets are; undefined for a store of something else. Many objects have one store. */
const mountOf = memoize(({ value }: Resource) => {
  const provider = objectAt(value, 'spec', 'provider', 'vault');
  return provider && engineIn(provider);
});
