import type { Json } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { refOf } from '../../systems/external-secrets/stores';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { findStore } from '../external-secrets/stores';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';
import { type Asking, addAccess, addReads, addWrites, pushVerbs } from './index';
import type { VaultAccess } from './vault-access';

/** What asks Vault for something, and whether it pushes to it. */
interface VaultUser extends Asking {
  readonly pushes: boolean;
  /** Whether it is made by a ClusterExternalSecret or ClusterPushSecret. */
  readonly isMade: boolean;
}

/** Every object that reads or writes Vault, those that make ExternalSecrets and PushSecrets in other namespaces among them. */
const usersIn = memoize((cluster: Cluster): readonly VaultUser[] => {
  const users: VaultUser[] = [];
  for (const [kind, spec, pushes] of [
    ['ExternalSecret', ['spec'], false],
    ['PushSecret', ['spec'], true],
    ['ClusterExternalSecret', ['spec', 'externalSecretSpec'], false],
    ['ClusterPushSecret', ['spec', 'pushSecretSpec'], true],
  ] as const) {
    const isMade = spec.length > 1;
    for (const resource of cluster.ofKind(externalSecretsGroup, kind)) {
      const namespaces = isMade ? namespacesOf(resource) : [resource.namespace];
      for (const namespace of namespaces) users.push({ resource, spec, namespace, pushes, isMade });
    }
  }
  return users;
});

/**
 * Every read and write of Vault of a cluster: those of Cluster.vault, those that a ClusterExternalSecret or ClusterPushSecret has
 * made in other namespaces, and those of `dataTo` with a `remoteKey`, which pushes all keys to it in one.
 * (https://external-secrets.io/latest/guides/pushsecret-datato)
 */
export function allVaultAccess(cluster: Cluster): VaultAccess[] {
  const own = groupBy(cluster.vault, ({ resource }) => resource);
  const found: VaultAccess[] = [];
  for (const user of usersIn(cluster)) {
    if (!user.isMade) found.push(...(own.get(user.resource) ?? []));
    else if (user.pushes) addWrites(found, cluster, user);
    else addReads(found, cluster, user);
    if (user.pushes) addBundles(found, cluster, user);
  }
  return found;
}

function addBundles(found: VaultAccess[], cluster: Cluster, { resource, spec, namespace }: Asking): void {
  const pushSpec = objectAt(resource.value, ...spec);
  if (pushSpec === undefined) return;
  for (const [i, item] of listAt(pushSpec, 'dataTo').entries()) {
    const key = textAt(item, 'remoteKey');
    if (key === undefined) continue;
    const store = findStore(cluster, refOf(objectAt(item, 'storeRef'), spec), namespace);
    const path = [...spec, 'dataTo', i, 'remoteKey'];
    for (const verb of pushVerbs(pushSpec)) {
      addAccess(found, store, { verb, key, property: undefined, fetchesMetadata: false, resource, namespace, path });
    }
  }
}

/** Something that is asked of Vault and of which the tree does not say all. */
export interface Unclear {
  readonly resource: Resource;
  /** What is not known, as a clause. */
  readonly why: string;
}

/** What objects of a cluster ask of stores that the tree does not show: in which policy it belongs is not known. */
export function* withoutStore(cluster: Cluster): Generator<Unclear> {
  for (const user of usersIn(cluster)) {
    const reasons = new Set<string>();
    for (const ref of storeRefs(user)) {
      const why = storeUnclear(cluster, ref, user.namespace);
      if (why !== undefined) reasons.add(why);
    }
    for (const why of reasons) yield { resource: user.resource, why };
  }
}

/** What PushSecrets push with `dataTo` and without a `remoteKey`: each key of a Secret to a path of its own, with its store. */
export function* pushedKeyByKey(cluster: Cluster): Generator<Unclear & { readonly store: Resource }> {
  for (const { resource, spec, namespace, pushes } of usersIn(cluster)) {
    if (!pushes) continue;
    for (const item of listAt(resource.value, ...spec, 'dataTo')) {
      const store = findStore(cluster, refOf(objectAt(item, 'storeRef'), spec), namespace);
      if (store === undefined || textAt(item, 'remoteKey') !== undefined) continue;
      yield { resource, store, why: 'dataTo without remoteKey writes a path for each key of the Secret' };
    }
  }
}

function* storeRefs({ resource: { value }, spec, pushes }: VaultUser): Generator<Json> {
  if (pushes) {
    yield* listAt(value, ...spec, 'secretStoreRefs');
    for (const item of listAt(value, ...spec, 'dataTo')) yield* given(objectAt(item, 'storeRef'));
    return;
  }
  yield* given(objectAt(value, ...spec, 'secretStoreRef'));
  for (const field of ['data', 'dataFrom']) {
    for (const item of listAt(value, ...spec, field)) yield* given(objectAt(item, 'sourceRef', 'storeRef'));
  }
}

function storeUnclear(cluster: Cluster, ref: Json, namespace: string): string | undefined {
  const name = textAt(ref, 'name');
  if (name === undefined) {
    return objectAt(ref, 'labelSelector') === undefined ? undefined : 'its stores are chosen by labels';
  }
  if (!isKnown(name)) return 'the name of its store is a variable';
  if (findStore(cluster, refOf(ref, []), namespace) !== undefined) return undefined;
  return `${textAt(ref, 'kind') ?? 'SecretStore'} ${name} is not in the tree`;
}

/** The namespaces that an object names; '' for those that labels select, in which only cluster-wide stores are found. */
function namespacesOf({ value }: Resource): readonly string[] {
  const named = listAt(value, 'spec', 'namespaces').filter((name) => typeof name === 'string' && isKnown(name));
  return named.length > 0 ? (named as string[]) : [''];
}

function given(ref: Json | undefined): readonly Json[] {
  return ref === undefined ? [] : [ref];
}
