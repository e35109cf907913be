import { isEmpty, isNull, misfit, textOf, type Writable, type WritableList, type WritableMap } from './writable';

/** Each item is compared with all others: the time is the square of this. */
const maximumMerged = 5_000;

type Merge = (value: Writable | undefined, patch: Writable | undefined) => Writable | undefined;

/**
 * Merges lists whose items are known by keys, or by themselves where there are none: what the patch has comes first, in its order.
 * Step by step what kyaml does (0.21, yaml/walk/associative_sequence.go), with what it makes of items that lack a key, or stand twice.
 */
export function mergeItems(
  list: WritableList,
  patch: WritableList | undefined,
  keys: readonly string[],
  merge: Merge,
): WritableList {
  if (list.items.length + (patch?.items.length ?? 0) > maximumMerged)
    throw misfit(list, `has more than ${maximumMerged.toLocaleString('en')} items with the patch's, too many to merge`);
  const isPlain = keys.length === 0;
  const by = isPlain ? [''] : keys;
  const ids = isPlain ? plainIds(list, patch) : idsOf(list, patch, keys);
  if (keys.length > 1) completeIds(ids);
  const made: WritableList = { kind: 'list', items: [] };
  let known: { readonly keys: readonly string[]; readonly id: Id } = { keys: by, id: [] };
  for (const id of ids) {
    known = givenKeys(ids, id, by);
    const one = givenKeys([known.id], known.id, known.keys);
    const merged = merge(find(list, one.keys, one.id), patch && find(patch, one.keys, one.id));
    if (merged === undefined || isEmpty(merged)) {
      put(list, known.keys, known.id);
      continue;
    }
    if (merged.kind === 'map') addKeys(merged, known.keys, known.id);
    put(made, known.keys, known.id, merged);
  }
  if (ids.length === 0) return list;
  for (const item of list.items) append(made, item, known.keys);
  list.items = made.items;
  return list;
}

/** The values of an item's keys, as texts; '' for one that it lacks. */
type Id = readonly string[];

function idsOf(list: WritableList, patch: WritableList | undefined, keys: readonly string[]): Id[] {
  const ids: Id[] = [];
  const seen = new Set<string>();
  for (const item of [...(patch?.items ?? []), ...list.items]) {
    const id = keys.map((key) => {
      const value = item.kind === 'map' ? item.fields.get(key) : undefined;
      return isNull(value) ? '' : (textOf(value) ?? '');
    });
    const text = JSON.stringify(id);
    if (!seen.has(text)) ids.push(id);
    seen.add(text);
  }
  return ids;
}

function plainIds(list: WritableList, patch: WritableList | undefined): Id[] {
  const items = [...(patch?.items ?? []), ...list.items];
  return [...new Set(items.map((item) => textOf(item) ?? ''))].map((text) => [text]);
}

/** Two ids that have a value in common, and differ only where one lacks it, are one: a port of 80 without a protocol, and 80 by TCP. */
function completeIds(ids: Id[]): void {
  for (let i = 0; i < ids.length; i++) {
    const first = ids[i] as Id;
    for (let j = 0; j < ids.length; j++) {
      // kyaml compares with what the id was before the others changed it.
      const other = ids[j] as Id;
      const common = first.some((value, at) => value === other[at]);
      const differs = first.some((value, at) => value !== other[at] && value !== '' && other[at] !== '');
      if (!common || differs) continue;
      const whole = first.map((value, at) => (value === '' ? (other[at] as string) : value));
      ids[i] = whole;
      ids[j] = whole;
    }
  }
}

/** The keys that any of the ids has a value for, with an id's values for them; all keys where none has any. */
function givenKeys(ids: readonly Id[], id: Id, keys: readonly string[]): { keys: readonly string[]; id: Id } {
  const given = keys.map((_, at) => ids.some((each) => (each[at] ?? '') !== ''));
  if (!given.includes(true)) return { keys, id };
  return { keys: keys.filter((_, at) => given[at]), id: id.filter((value, at) => value !== '' || given[at]) };
}

function find({ items }: WritableList, keys: readonly string[], id: Id): Writable | undefined {
  if (keys[0] === '') return items.find((item) => textOf(item) === id[0]);
  return items.find((item) => item.kind === 'map' && keys.every((key, at) => textOf(item.fields.get(key)) === id[at]));
}

function addKeys(item: WritableMap, keys: readonly string[], id: Id): void {
  for (const [at, key] of keys.entries()) {
    const value = id[at] ?? '';
    if (!item.fields.has(key) && value !== '') item.fields.set(key, { kind: 'scalar', value, owner: item, step: key });
  }
}

/** Puts an item in the place of those that have its id, or at the end (kyaml's ElementSetter); without one, takes them out. */
function put(list: WritableList, keys: readonly string[], id: Id, item?: Writable): void {
  const ofMaps = keys[0] !== '' && id.length > 0 && id[0] !== '';
  const kept: Writable[] = [];
  let found = false;
  for (const each of list.items) {
    if (isEmpty(each)) continue;
    if (each.kind !== 'map' && ofMaps) kept.push(each);
    else if (!has(each, keys, id)) {
      if (id.length > 0) kept.push(each);
    } else {
      found = true;
      if (item !== undefined) kept.push(item);
    }
  }
  if (item !== undefined && !isNull(item) && !found) kept.push(item);
  list.items = kept;
}

function has(item: Writable, keys: readonly string[], id: Id): boolean {
  let matches = false;
  for (const [at, key] of keys.entries()) {
    if (at < id.length) {
      if (item.kind !== (key === '' ? 'scalar' : 'map')) throw misfit(item, `is a ${item.kind} in a list of others`);
      const value = item.kind === 'map' ? item.fields.get(key) : item;
      // A key without a value fits whatever stands there.
      matches = value !== undefined && (textOf(value) === id[at] || (key !== '' && id[at] === ''));
    }
    if (!matches) return false;
  }
  return true;
}

/** Adds an item of the list that was patched, unless the merged ones have it; then that stands in its place. */
function append(made: WritableList, item: Writable, keys: readonly string[]): void {
  if (keys[0] === '') {
    put(made, [''], [textOf(item) ?? ''], item);
    return;
  }
  const id: string[] = [];
  for (const key of keys) {
    if (isNull(item)) {
      made.items.push(item as Writable);
      continue;
    }
    if (item.kind !== 'map') throw misfit(item, `is a ${item.kind} in a list of others`);
    const value = item.fields.get(key);
    if (value === undefined) made.items.push(item);
    else id.push(textOf(value) ?? '');
  }
  if (keys.length > 1) put(made, keys, id);
  put(made, keys, id, item);
}
