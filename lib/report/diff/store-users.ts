import { at, listAt, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import type { Side } from './context';

const kinds = ['ExternalSecret', 'ClusterExternalSecret', 'PushSecret', 'ClusterPushSecret'];

/** What reads from, or writes to, a store of External Secrets. */
export function usersOfStore(store: Resource, side: Side | undefined): readonly Resource[] {
  return kinds
    .flatMap((kind) => side?.cluster.ofKind('external-secrets.io', kind) ?? [])
    .filter((resource) => usesStore(resource, store));
}

/** Whether an ExternalSecret or PushSecret names a store, anywhere in its spec. */
function usesStore({ namespace, value }: Resource, store: Resource): boolean {
  if (store.kind === 'SecretStore' && namespace !== store.namespace) return false;
  const refs = [
    at(value, 'spec', 'secretStoreRef'),
    at(value, 'spec', 'externalSecretSpec', 'secretStoreRef'),
    ...listAt(value, 'spec', 'secretStoreRefs'),
    ...listAt(value, 'spec', 'pushSecretSpec', 'secretStoreRefs'),
    ...['data', 'dataFrom'].flatMap((field) =>
      listAt(value, 'spec', field).map((item) => at(item, 'sourceRef', 'storeRef')),
    ),
  ];
  return refs.some(
    (ref) => textAt(ref, 'name') === store.name && (textAt(ref, 'kind') ?? 'SecretStore') === store.kind,
  );
}
