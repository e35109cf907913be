import { findStore } from '../graph/external-secrets/stores';
import { describe } from '../graph/identity';
import { type Remote, remotesOf } from '../graph/remotes';
import { display } from '../graph/substitution';
import { listAt, objectAt } from '../json/read';
import { generatorRefs } from '../systems/external-secrets/generators';
import { externalSecretsGroup, generatorGroup } from '../systems/external-secrets/spec';
import { pushesOf, readsOf, refOf, storesPushedTo, storesRead } from '../systems/external-secrets/stores';
import { objectsLike } from './suggested-names';
import { mark, type Suggestion, type Writing } from './suggestion';

/** Stores, generators, and what is known of the entries of stores, for an ExternalSecret or PushSecret. */
export function suggestedEntries({ cluster, resource }: Writing): readonly Suggestion[] {
  if (resource.group !== externalSecretsGroup) return [];
  const path =
    objectAt(resource.value, 'spec', 'externalSecretSpec') === undefined ? ['spec'] : ['spec', 'externalSecretSpec'];
  const spec = objectAt(resource.value, ...path);
  if (spec === undefined) return [];
  const { namespace } = resource;
  const within = (kind: string) => (kind.startsWith('Cluster') ? '' : namespace);
  const stores = [...storesRead(spec, path), ...storesPushedTo(spec, path)];
  const named = [
    ...stores.map(({ kind, name }) => ({ group: externalSecretsGroup, kind, name })),
    ...generatorRefs(spec).map(({ kind, name }) => ({ group: generatorGroup, kind, name })),
  ];
  const names = named
    .filter(({ name }) => name === mark)
    .flatMap(({ group, kind }) => objectsLike(cluster, { group, kind, namespace: within(kind) }));

  // What others ask of the same store.
  const asked = [...remotesOf(cluster)];
  const ofStore = (ref: Parameters<typeof findStore>[1]) => {
    const store = findStore(cluster, ref, namespace);
    return store === undefined ? [] : asked.filter((one) => one.store === store);
  };
  const pushes = pushesOf(spec, path).flatMap(({ remoteKey, property }) =>
    listAt(spec, 'secretStoreRefs').map((ref) => ({ store: refOf(ref, path), key: remoteKey, property })),
  );
  const entries = [...readsOf(spec, path), ...pushes].flatMap(({ store, key, property }) => {
    if (key === mark) return ofStore(store).map((one) => suggestion(one.key, one));
    if (property !== mark) return [];
    const same = ofStore(store).filter((one) => one.key === key && one.property !== undefined);
    return same.map((one) => suggestion(one.property ?? '', one));
  });
  return [...names, ...entries];
}

function suggestion(text: string, { resource, verb }: Remote): Suggestion {
  return { text, detail: `${display(describe(resource))} ${verb === 'push' ? 'writes' : 'reads'} it` };
}
