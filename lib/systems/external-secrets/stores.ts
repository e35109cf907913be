import type { Json, JsonObject, Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';

/** A store that an object names; without a name, that it should name. */
export interface StoreRef {
  readonly kind: string;
  /** Whether the kind is written; it is a SecretStore otherwise. */
  readonly said: boolean;
  readonly name: string | undefined;
  /** The way to the reference from the object's top, or to what lacks it. */
  readonly path: Path;
}

/** What is read of a store, or looked for in it. */
export interface Read {
  readonly verb: 'read' | 'find';
  readonly store: StoreRef;
  /** The key as it is written; of `find` the path that it looks below, '' for none. */
  readonly key: string;
  /** undefined for all of it. */
  readonly property: string | undefined;
  /** The key of the Secret that it becomes; undefined for all. */
  readonly secretKey: string | undefined;
  /** The reference: `remoteRef`, `extract` or `find`. */
  readonly ref: JsonObject;
  /** The way to where the key is named. */
  readonly path: Path;
}

/** What an ExternalSecret reads. */
export function readsOf(spec: JsonObject, path: Path): Read[] {
  const reads: Read[] = [];
  for (const [list, field, verb] of [
    ['data', 'remoteRef', 'read'],
    ['dataFrom', 'extract', 'read'],
    ['dataFrom', 'find', 'find'],
  ] as const) {
    for (const [i, item] of listAt(spec, list).entries()) {
      const ref = objectAt(item, field);
      const name = verb === 'find' ? 'path' : 'key';
      const key = textAt(ref, name) ?? (verb === 'find' ? '' : undefined);
      if (ref === undefined || key === undefined) continue;
      const [property, secretKey] = [textAt(ref, 'property') || undefined, textAt(item, 'secretKey')];
      const store = storeOfItem(spec, item, path);
      reads.push({ verb, store, key, property, secretKey, ref, path: [...path, list, i, field, name] });
    }
  }
  return reads;
}

/** One item of a PushSecret's data, which goes to each of its stores. */
export interface Push {
  readonly remoteKey: string;
  /** undefined for the whole entry of the store. */
  readonly property: string | undefined;
  /** The key that it pushes; undefined for the whole Secret. */
  readonly secretKey: string | undefined;
  readonly item: Json;
  /** The way to its `match`. */
  readonly path: Path;
}

/** What a PushSecret writes as its `data` says it. Empty is as good as absent. */
export function pushesOf(spec: JsonObject, path: Path): Push[] {
  return listAt(spec, 'data').flatMap((item, i) => {
    const remoteKey = textAt(item, 'match', 'remoteRef', 'remoteKey');
    if (remoteKey === undefined) return [];
    const property = textAt(item, 'match', 'remoteRef', 'property') || undefined;
    const secretKey = textAt(item, 'match', 'secretKey') || undefined;
    return [{ remoteKey, property, secretKey, item, path: [...path, 'data', i, 'match'] }];
  });
}

/** The stores of a PushSecret that are named, those that labels select left out. */
export function storesPushedTo(spec: JsonObject, path: Path): StoreRef[] {
  return listAt(spec, 'secretStoreRefs').flatMap((ref, i) =>
    at(ref, 'labelSelector') === undefined ? [refOf(ref, [...path, 'secretStoreRefs', i])] : [],
  );
}

/** The stores that an ExternalSecret asks: each reference once. */
export function storesRead(spec: JsonObject, path: Path): StoreRef[] {
  const refs: StoreRef[] = [];
  let asksOwn = false;
  for (const field of ['data', 'dataFrom'] as const) {
    for (const [i, item] of listAt(spec, field).entries()) {
      const source = objectAt(item, 'sourceRef');
      const ref = objectAt(source, 'storeRef');
      if (ref !== undefined) refs.push(refOf(ref, [...path, field, i, 'sourceRef', 'storeRef']));
      else asksOwn ||= source === undefined && (field === 'data' || readsStore(item));
    }
  }
  return asksOwn ? [...refs, ownRef(spec, path)] : refs;
}

/** Whether an item of `dataFrom` reads its store; an empty one is reported for that. */
export function readsStore(item: Json): boolean {
  return objectAt(item, 'extract') !== undefined || objectAt(item, 'find') !== undefined;
}

/** The store that one item of `data` or `dataFrom` reads. (client_manager.go, Get) */
function storeOfItem(spec: JsonObject, item: Json, path: Path): StoreRef {
  const ref = objectAt(item, 'sourceRef', 'storeRef');
  return ref === undefined ? ownRef(spec, path) : refOf(ref, path);
}

function ownRef(spec: JsonObject, path: Path): StoreRef {
  const ref = objectAt(spec, 'secretStoreRef');
  return ref === undefined
    ? { kind: 'SecretStore', said: false, name: undefined, path }
    : refOf(ref, [...path, 'secretStoreRef']);
}

/** A reference to a store. Without a kind it is a SecretStore of the same namespace. */
export function refOf(ref: Json | undefined, path: Path): StoreRef {
  const kind = textAt(ref, 'kind');
  return { kind: kind ?? 'SecretStore', said: kind !== undefined, name: textAt(ref, 'name') || undefined, path };
}
