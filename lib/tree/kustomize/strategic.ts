import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { memoize } from '../../text/memoize';
import { mergeItems } from './associative';
import { type MergeShape, mergeShapeOf } from './merge-keys';
import {
  isEmpty,
  isNull,
  isSpelled,
  misfit,
  textOf,
  type Writable,
  type WritableList,
  type WritableMap,
} from './writable';

/**
 * Merges a strategic-merge patch into a value, as kustomize does (kyaml 0.21, yaml/walk with yaml/merge2): it knows `$patch`, and takes
 * `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList` for fields like others. What was not there before is merged with
 * itself, by which directives and nulls in it go.
 *
 * @returns undefined where the value is deleted
 * @throws PatchFault
 */
export function mergePatch(
  value: Writable | undefined,
  patch: Writable | undefined,
  given?: MergeShape,
): Writable | undefined {
  if (patch === undefined && given === undefined && isSettled(value?.untouched)) return value;
  const shape = given ?? embeddedShape(value) ?? embeddedShape(patch);
  const first = isNull(value) ? patch : value;
  if (!isNull(value) && !isNull(patch) && value.kind !== patch.kind) {
    throw misfit(patch, `is a ${patch.kind}, and what it patches is a ${value.kind}`);
  }
  if (isNull(first) || first.kind === 'map') return mergeMap(value, patch, shape);
  // A plain value, or a list that is replaced as a whole.
  if (first.kind === 'scalar' || shape?.keys === undefined) return patch ?? value;
  const list = startOf(value, patch, takeFromList);
  if (list?.kind !== 'list') return list;
  return mergeItems(list, patch?.kind === 'list' ? patch : undefined, shape.keys, (a, b) =>
    mergePatch(a, b, shape.items),
  );
}

/** Whether a map stays as it is when it is merged with itself: it has no null, and no object whose lists are merged. */
function isSettled(value: Json | undefined): boolean {
  return isJsonObject(value) && isSettledMap(value);
}

const isSettledMap: (map: JsonObject) => boolean = memoize((map) => {
  if (mergeShapeOf(map.apiVersion, map.kind) !== undefined) return false;
  return Object.values(map).every((each) => each !== null && (!isJsonObject(each) || isSettledMap(each)));
});

function mergeMap(
  value: Writable | undefined,
  patch: Writable | undefined,
  shape: MergeShape | undefined,
): Writable | undefined {
  const map = startOf(value, patch, takeFromMap);
  if (map?.kind !== 'map') return map;
  const other = patch?.kind === 'map' ? patch : undefined;
  for (const key of new Set([...map.fields.keys(), ...(other?.fields.keys() ?? [])])) {
    const own = other?.fields.get(key);
    const merged = mergePatch(map.fields.get(key), own, shape?.fields?.[key]);
    // A null that the object had stays; one that a patch has deletes.
    if (merged === undefined || (isNull(merged) && own !== undefined)) map.fields.delete(key);
    else map.fields.set(key, merged);
  }
  return map;
}

/** What the rest of the patch is merged into: the value, the patch itself, or nothing. */
function startOf<T extends WritableMap | WritableList>(
  value: Writable | undefined,
  patch: Writable | undefined,
  takeDirective: (from: T) => string | undefined,
): Writable | undefined {
  if (isNull(value)) {
    // kustomize leaves out what is not written, and keeps a null that is.
    if (patch === undefined) return value !== undefined && isSpelled(value) ? value : undefined;
    // Of a list that was not there, only the items are looked at.
    return patch.kind === 'map' && takeDirective(patch as T) === 'delete' ? undefined : patch;
  }
  if (patch === undefined) return value;
  if (isNull(patch)) return undefined;
  const directive = takeDirective(patch as T);
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return patch;
  if (directive === undefined || directive === 'merge') return value;
  throw misfit(patch, `says $patch: ${directive}; it must be delete, replace or merge`);
}

/** Takes the directive out of a map. */
function takeFromMap({ fields }: WritableMap): string | undefined {
  const directive = textOf(fields.get('$patch'));
  if (isDirective(directive)) fields.delete('$patch');
  return directive;
}

/** Takes the directive out of a list: an item that is nothing else. */
function takeFromList(list: WritableList): string | undefined {
  const item = list.items.find((each) => each.kind === 'map' && each.fields.has('$patch'));
  if (item?.kind !== 'map' || item.fields.size > 1) return undefined;
  const directive = textOf(item.fields.get('$patch'));
  if (isDirective(directive)) {
    const isMarked = (each: Writable) => each.kind === 'map' && textOf(each.fields.get('$patch')) === directive;
    list.items = list.items.filter((each) => !isMarked(each) && !isEmpty(each));
  }
  return directive;
}

function isDirective(text: string | undefined): boolean {
  return text === 'delete' || text === 'replace' || text === 'merge';
}

/** The shape of an object that stands in another of which nothing is known. */
function embeddedShape(node: Writable | undefined): MergeShape | undefined {
  if (node?.kind !== 'map') return undefined;
  return mergeShapeOf(textOf(node.fields.get('apiVersion')), textOf(node.fields.get('kind')));
}
