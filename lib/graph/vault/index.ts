import type { Path } from '../../tree/source/source';
import type { Json } from '../../tree/tree';
import type { Inventory } from '../inventory';
import { at, listAt, objectAt, textAt } from '../json';
import type { Resource } from '../resource';
import type { VaultAccess, VaultVerb } from './vault-access';

/** Every read and write of Vault that ExternalSecrets and PushSecrets ask for. Those whose store the tree lacks are left out. */
export function vaultAccess(inventory: Inventory): VaultAccess[] {
  const found: VaultAccess[] = [];
  for (const resource of inventory.ofKind('external-secrets.io', 'ExternalSecret')) {
    found.push(...reads(inventory, resource));
  }
  for (const resource of inventory.ofKind('external-secrets.io', 'PushSecret')) {
    found.push(...writes(inventory, resource));
  }
  return found;
}

/** The store that a reference names, in the namespace of what refers to it. */
export function storeOf(
  inventory: Pick<Inventory, 'find'>,
  ref: Json | undefined,
  namespace: string,
): Resource | undefined {
  const name = textAt(ref, 'name');
  if (name === undefined) return undefined;
  const kind = textAt(ref, 'kind') ?? 'SecretStore';
  const where = kind === 'ClusterSecretStore' ? '' : namespace;
  return inventory.find({ group: 'external-secrets.io', kind, namespace: where, name })[0];
}

function* reads(inventory: Inventory, resource: Resource): Generator<VaultAccess> {
  const { value, namespace } = resource;
  const ofAll = objectAt(value, 'spec', 'secretStoreRef');
  const access = (item: Json, ref: Json | undefined, verb: VaultVerb, path: Path) => {
    const store = storeOf(inventory, objectAt(item, 'sourceRef', 'storeRef') ?? ofAll, namespace);
    return vault(store, ref, verb, resource, path);
  };
  for (const [i, item] of listAt(value, 'spec', 'data').entries()) {
    yield* access(item, at(item, 'remoteRef'), 'read', ['spec', 'data', i, 'remoteRef']);
  }
  for (const [i, item] of listAt(value, 'spec', 'dataFrom').entries()) {
    yield* access(item, at(item, 'extract'), 'read', ['spec', 'dataFrom', i, 'extract']);
    yield* access(item, at(item, 'find'), 'find', ['spec', 'dataFrom', i, 'find']);
  }
}

function* writes(inventory: Inventory, resource: Resource): Generator<VaultAccess> {
  const { value, namespace } = resource;
  const verbs: VaultVerb[] = textAt(value, 'spec', 'deletionPolicy') === 'Delete' ? ['push', 'delete'] : ['push'];
  for (const ref of listAt(value, 'spec', 'secretStoreRefs')) {
    const store = storeOf(inventory, ref, namespace);
    for (const [i, item] of listAt(value, 'spec', 'data').entries()) {
      const path = ['spec', 'data', i, 'match', 'remoteRef'];
      for (const verb of verbs) yield* vault(store, at(item, 'match', 'remoteRef'), verb, resource, path);
    }
  }
}

function* vault(
  store: Resource | undefined,
  ref: Json | undefined,
  verb: VaultVerb,
  resource: Resource,
  path: Path,
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
    path: [...path, field],
  };
}
