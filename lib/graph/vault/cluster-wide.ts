import type { Json } from '../../tree/tree';
import type { Cluster } from '../cluster';
import { listAt, objectAt, textAt } from '../json';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';
import { type Asking, accessOf, pushVerbs, reads, storeOf, writes } from './index';
import type { VaultAccess } from './vault-access';

const group = 'external-secrets.io';

/** Every object that reads or writes Vault, those that make ExternalSecrets and PushSecrets in other namespaces among them. */
export function* askingIn(cluster: Cluster): Generator<Asking & { readonly pushes: boolean }> {
  for (const [kind, pushes] of [
    ['ExternalSecret', false],
    ['PushSecret', true],
  ] as const) {
    for (const resource of cluster.ofKind(group, kind)) {
      yield { resource, spec: ['spec'], namespace: resource.namespace, pushes };
    }
  }
  for (const [kind, field, pushes] of [
    ['ClusterExternalSecret', 'externalSecretSpec', false],
    ['ClusterPushSecret', 'pushSecretSpec', true],
  ] as const) {
    for (const resource of cluster.ofKind(group, kind)) {
      for (const namespace of namespacesOf(resource)) yield { resource, spec: ['spec', field], namespace, pushes };
    }
  }
}

/**
 * Every read and write of Vault of a cluster: those of Cluster.vault, those that a ClusterExternalSecret or ClusterPushSecret has
 * made in other namespaces, and those of `dataTo` with a `remoteKey`, which pushes all keys to it in one.
 * (https://external-secrets.io/latest/guides/pushsecret-datato)
 */
export function allVaultAccess(cluster: Cluster): VaultAccess[] {
  const found: VaultAccess[] = [];
  for (const asking of askingIn(cluster)) {
    if (!asking.pushes) found.push(...reads(cluster, asking));
    else found.push(...writes(cluster, asking), ...bundles(cluster, asking));
  }
  return found;
}

function* bundles(cluster: Cluster, { resource, spec, namespace }: Asking): Generator<VaultAccess> {
  for (const [i, item] of listAt(resource.value, ...spec, 'dataTo').entries()) {
    const store = storeOf(cluster, objectAt(item, 'storeRef'), namespace);
    for (const verb of pushVerbs(resource.value, spec)) {
      yield* accessOf(store, item, verb, { resource, namespace, path: [...spec, 'dataTo', i] });
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
  for (const asking of askingIn(cluster)) {
    const said = new Set<string>();
    for (const ref of storeRefs(asking)) {
      const why = storeUnclear(cluster, ref, asking.namespace);
      if (why !== undefined) said.add(why);
    }
    for (const why of said) yield { resource: asking.resource, why };
  }
}

/** What PushSecrets push with `dataTo` and without a `remoteKey`: each key of a Secret to a path of its own, with its store. */
export function* pushedKeyByKey(cluster: Cluster): Generator<Unclear & { readonly store: Resource }> {
  for (const { resource, spec, namespace, pushes } of askingIn(cluster)) {
    if (!pushes) continue;
    for (const item of listAt(resource.value, ...spec, 'dataTo')) {
      const store = storeOf(cluster, objectAt(item, 'storeRef'), namespace);
      if (store === undefined || textAt(item, 'remoteKey') !== undefined) continue;
      yield { resource, store, why: 'dataTo without remoteKey writes a path for each key of the Secret' };
    }
  }
}

function* storeRefs({ resource: { value }, spec, pushes }: Asking & { readonly pushes: boolean }): Generator<Json> {
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
  if (storeOf(cluster, ref, namespace) !== undefined) return undefined;
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
