import type { Path } from '../../tree/source/source';
import type { Json } from '../../tree/tree';
import type { Inventory } from '../inventory';
import { at, listAt, objectAt, textAt } from '../json';
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
    found.push(...reads(inventory, { resource, spec: ['spec'], namespace: resource.namespace }));
  }
  for (const resource of inventory.ofKind('external-secrets.io', 'PushSecret')) {
    found.push(...writes(inventory, { resource, spec: ['spec'], namespace: resource.namespace }));
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

/** What an ExternalSecret reads. */
export function* reads(stores: Stores, { resource, spec, namespace }: Asking): Generator<VaultAccess> {
  const { value } = resource;
  const ofAll = objectAt(value, ...spec, 'secretStoreRef');
  const access = (item: Json, ref: Json | undefined, verb: VaultVerb, path: Path) => {
    const store = storeOf(stores, objectAt(item, 'sourceRef', 'storeRef') ?? ofAll, namespace);
    return accessOf(store, ref, verb, { resource, namespace, path });
  };
  for (const [i, item] of listAt(value, ...spec, 'data').entries()) {
    yield* access(item, at(item, 'remoteRef'), 'read', [...spec, 'data', i, 'remoteRef']);
  }
  for (const [i, item] of listAt(value, ...spec, 'dataFrom').entries()) {
    yield* access(item, at(item, 'extract'), 'read', [...spec, 'dataFrom', i, 'extract']);
    yield* access(item, at(item, 'find'), 'find', [...spec, 'dataFrom', i, 'find']);
  }
}

/** What a PushSecret writes and deletes, as its `data` says it. */
export function* writes(stores: Stores, { resource, spec, namespace }: Asking): Generator<VaultAccess> {
  const { value } = resource;
  for (const ref of listAt(value, ...spec, 'secretStoreRefs')) {
    const store = storeOf(stores, ref, namespace);
    for (const [i, item] of listAt(value, ...spec, 'data').entries()) {
      const path = [...spec, 'data', i, 'match', 'remoteRef'];
      for (const verb of pushVerbs(value, spec)) {
        yield* accessOf(store, at(item, 'match', 'remoteRef'), verb, { resource, namespace, path });
      }
    }
  }
}

/** What is done where a PushSecret pushes to: with `deletionPolicy: Delete` it is deleted again one day. */
export function pushVerbs(value: Json, spec: Path): readonly VaultVerb[] {
  return textAt(value, ...spec, 'deletionPolicy') === 'Delete' ? ['push', 'delete'] : ['push'];
}

/** A read or write at a store; none where it is no store of Vault, or where there is no key. */
export function* accessOf(
  store: Resource | undefined,
  ref: Json | undefined,
  verb: VaultVerb,
  { resource, namespace, path }: Pick<VaultAccess, 'resource' | 'namespace' | 'path'>,
): Generator<VaultAccess> {
  const provider = objectAt(store?.value, 'spec', 'provider', 'vault');
  const field = verb === 'find' ? 'path' : verb === 'read' ? 'key' : 'remoteKey';
  const key = textAt(ref, field) ?? (verb === 'find' && objectAt(ref) !== undefined ? '' : undefined);
  if (store === undefined || provider === undefined || key === undefined) return;
  yield {
    verb,
    store,
    mount: textAt(provider, 'path'),
    version: textAt(provider, 'version') === 'v1' ? 'v1' : 'v2',
    key,
    property: textAt(ref, 'property'),
    fetchesMetadata: textAt(ref, 'metadataPolicy') === 'Fetch',
    resource,
    namespace,
    path: [...path, field],
  };
}
