import type { Cluster } from '../../graph/cluster';
import { at, listAt, objectAt, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { onceFor } from '../../once-for';
import type { Path } from '../../tree/source/source';
import type { Json, JsonObject } from '../../tree/tree';
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
export const storeRefs: (asked: Asked) => readonly StoreRef[] = onceFor((asked) => [...storesOf(asked)]);

function* storesOf({ resource, spec, path }: Asked): Generator<StoreRef> {
  if (resource.kind.endsWith('PushSecret')) {
    for (const [i, ref] of listAt(spec, 'secretStoreRefs').entries()) {
      if (at(ref, 'labelSelector') === undefined) yield refOf(ref, [...path, 'secretStoreRefs', i]);
    }
    return;
  }
  let asksOwn = false;
  for (const [field, items] of [
    ['data', listAt(spec, 'data')],
    ['dataFrom', listAt(spec, 'dataFrom')],
  ] as const) {
    for (const [i, item] of items.entries()) {
      const ref = objectAt(item, 'sourceRef', 'storeRef');
      if (ref !== undefined) yield refOf(ref, [...path, field, i, 'sourceRef', 'storeRef']);
      else asksOwn ||= objectAt(item, 'sourceRef') === undefined && (field === 'data' || readsStore(item));
    }
  }
  if (asksOwn) yield ownRef(spec, path);
}

/** Whether an item of `dataFrom` reads its store; an empty one is reported for that. */
export function readsStore(item: Json): boolean {
  return objectAt(item, 'extract') !== undefined || objectAt(item, 'find') !== undefined;
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
