import type { Path } from '../json/json';
import { listAt } from '../json/read';
import { pushesOf, readsOf, refOf, type StoreRef } from '../systems/external-secrets/stores';
import type { Cluster } from './cluster';
import { externalSecrets, pushSecrets } from './external-secrets/specs';
import { findStore } from './external-secrets/stores';
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

/** Every entry outside the cluster that ExternalSecrets and PushSecrets ask for, in the order in which they are applied. */
export function* remotesOf(cluster: Cluster): Generator<Remote> {
  for (const { resource, spec, path } of externalSecrets(cluster)) {
    for (const { store, ...read } of readsOf(spec, path)) {
      yield { ...read, resource, ...storeOf(cluster, store, resource) };
    }
  }
  for (const { resource, spec, path } of pushSecrets(cluster)) {
    const pushes = pushesOf(spec, path);
    for (const [i, ref] of listAt(spec, 'secretStoreRefs').entries()) {
      const store = storeOf(cluster, refOf(ref, [...path, 'secretStoreRefs', i]), resource);
      for (const { remoteKey, property, secretKey, path: match } of pushes) {
        const common = { resource, property, secretKey, path: [...match, 'remoteRef', 'remoteKey'] };
        yield { verb: 'push', ...common, ...store, key: remoteKey };
      }
    }
  }
}

function storeOf(cluster: Cluster, ref: StoreRef, { namespace }: Resource) {
  return { storeKind: ref.kind, storeName: ref.name ?? '', store: findStore(cluster, ref, namespace) };
}
