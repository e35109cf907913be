import type { Json, Path } from '../json/json';
import { at, listAt, objectAt, textAt } from '../json/read';
import type { Cluster } from './cluster';
import type { Resource } from './resource';

/** One entry of a store outside the cluster that External Secrets reads or writes, whichever the provider. */
export interface Remote {
  readonly verb: 'read' | 'find' | 'push';
  /** The object that asks for it. */
  readonly resource: Resource;
  /** How it names the store: `ClusterSecretStore`, unless it means one of its own namespace. */
  readonly storeKind: string;
  readonly storeName: string;
  /** The store; undefined when the tree lacks it. */
  readonly store: Resource | undefined;
  /** The key as it is written; of `find` the path that it looks below, '' for none. */
  readonly key: string;
  /** The property of the entry; undefined for all of it. */
  readonly property: string | undefined;
  /** The key of the Secret that a push takes, or a read makes; undefined for all of them. */
  readonly secretKey: string | undefined;
  /** Where it names the key. */
  readonly path: Path;
}

const group = 'external-secrets.io';

/** Every entry outside the cluster that ExternalSecrets and PushSecrets ask for, in the order in which they are applied. */
export function* remotesOf(cluster: Pick<Cluster, 'ofKind' | 'find'>): Generator<Remote> {
  for (const resource of cluster.ofKind(group, 'ExternalSecret')) yield* reads(cluster, resource, ['spec']);
  for (const resource of cluster.ofKind(group, 'ClusterExternalSecret')) {
    yield* reads(cluster, resource, ['spec', 'externalSecretSpec']);
  }
  for (const resource of cluster.ofKind(group, 'PushSecret')) yield* pushes(cluster, resource, ['spec']);
  for (const resource of cluster.ofKind(group, 'ClusterPushSecret')) {
    yield* pushes(cluster, resource, ['spec', 'pushSecretSpec']);
  }
}

function* reads(cluster: Pick<Cluster, 'find'>, resource: Resource, spec: Path): Generator<Remote> {
  const ofAll = objectAt(resource.value, ...spec, 'secretStoreRef');
  const remote = (item: Json, verb: 'read' | 'find', ref: Json | undefined, path: Path): Remote[] => {
    const key = textAt(ref, path.at(-1) as string) ?? (verb === 'find' && objectAt(ref) !== undefined ? '' : undefined);
    if (key === undefined) return [];
    const store = storeOf(cluster, objectAt(item, 'sourceRef', 'storeRef') ?? ofAll, resource);
    const [property, secretKey] = [textAt(ref, 'property'), textAt(item, 'secretKey')];
    return [{ verb, resource, ...store, key, property, secretKey, path }];
  };
  for (const [i, item] of listAt(resource.value, ...spec, 'data').entries()) {
    yield* remote(item, 'read', at(item, 'remoteRef'), [...spec, 'data', i, 'remoteRef', 'key']);
  }
  for (const [i, item] of listAt(resource.value, ...spec, 'dataFrom').entries()) {
    yield* remote(item, 'read', at(item, 'extract'), [...spec, 'dataFrom', i, 'extract', 'key']);
    yield* remote(item, 'find', at(item, 'find'), [...spec, 'dataFrom', i, 'find', 'path']);
  }
}

function* pushes(cluster: Pick<Cluster, 'find'>, resource: Resource, spec: Path): Generator<Remote> {
  for (const ref of listAt(resource.value, ...spec, 'secretStoreRefs')) {
    const store = storeOf(cluster, ref, resource);
    for (const [i, item] of listAt(resource.value, ...spec, 'data').entries()) {
      const path = [...spec, 'data', i, 'match', 'remoteRef', 'remoteKey'];
      const key = textAt(resource.value, ...path);
      if (key === undefined) continue;
      const property = textAt(item, 'match', 'remoteRef', 'property');
      const secretKey = textAt(item, 'match', 'secretKey');
      yield { verb: 'push', resource, ...store, key, property, secretKey, path };
    }
  }
}

function storeOf(cluster: Pick<Cluster, 'find'>, ref: Json | undefined, { namespace }: Resource) {
  const storeName = textAt(ref, 'name') ?? '';
  const storeKind = textAt(ref, 'kind') ?? 'SecretStore';
  const where = storeKind === 'ClusterSecretStore' ? '' : namespace;
  const [store] = cluster.find({ group, kind: storeKind, namespace: where, name: storeName });
  return { storeKind, storeName, store };
}
