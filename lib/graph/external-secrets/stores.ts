import type { Json, JsonObject, Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';
import type { Asked } from './specs';

export const storeGroup = 'external-secrets.io';

/** A store that an object names; without a name, that it should name. */
export interface StoreRef {
  readonly kind: string;
  /** Whether the kind is written; it is a SecretStore otherwise. */
  readonly said: boolean;
  readonly name: string | undefined;
  /** The way to the reference from the object's top, or to what lacks it. */
  readonly path: Path;
}

/** The stores that are asked: each reference once. */
export const storeRefs: (asked: Asked) => readonly StoreRef[] = memoize(({ resource, spec, path }) => {
  const refs: StoreRef[] = [];
  if (resource.kind.endsWith('PushSecret')) {
    for (const [i, ref] of listAt(spec, 'secretStoreRefs').entries()) {
      if (at(ref, 'labelSelector') === undefined) refs.push(refOf(ref, [...path, 'secretStoreRefs', i]));
    }
    return refs;
  }
  let asksOwn = false;
  for (const field of ['data', 'dataFrom'] as const) {
    for (const [i, item] of listAt(spec, field).entries()) {
      const source = objectAt(item, 'sourceRef');
      const ref = objectAt(source, 'storeRef');
      if (ref !== undefined) refs.push(refOf(ref, [...path, field, i, 'sourceRef', 'storeRef']));
      else asksOwn ||= source === undefined && (field === 'data' || readsStore(item));
    }
  }
  if (asksOwn) refs.push(ownRef(spec, path));
  return refs;
});

/** Whether an item of `dataFrom` reads its store; an empty one is reported for that. */
export function readsStore(item: Json): boolean {
  return objectAt(item, 'extract') !== undefined || objectAt(item, 'find') !== undefined;
}

/** The store that one item of `data` or `dataFrom` reads; undefined for one that a generator makes. */
export function storeOfItem({ spec, path }: Asked, item: Json): StoreRef | undefined {
  const source = objectAt(item, 'sourceRef');
  const ref = objectAt(source, 'storeRef');
  if (ref !== undefined) return refOf(ref, path);
  return source === undefined ? ownRef(spec, path) : undefined;
}

function ownRef(spec: JsonObject, path: Path): StoreRef {
  const ref = objectAt(spec, 'secretStoreRef');
  return ref === undefined
    ? { kind: 'SecretStore', said: false, name: undefined, path }
    : refOf(ref, [...path, 'secretStoreRef']);
}

function refOf(ref: Json, path: Path): StoreRef {
  const kind = textAt(ref, 'kind');
  return { kind: kind ?? 'SecretStore', said: kind !== undefined, name: textAt(ref, 'name') || undefined, path };
}

/** A store as it is looked for from a namespace. */
export function findStore(cluster: Cluster, { kind, name }: StoreRef, namespace: string): Resource | undefined {
  if (name === undefined || !isKnown(name)) return undefined;
  return cluster.find({ group: storeGroup, kind, namespace: kind === 'ClusterSecretStore' ? '' : namespace, name })[0];
}
