import { diffArrays } from 'diff';
import { top, within } from '../graph/masking';
import { list, type Node } from '../graph/schema/node';
import { deepEqual } from '../json/deep-equal';
import { isJsonObject, type Json } from '../json/json';

/** An item of two lists: what it is called, and what it is in each; undefined where it is not there. */
export interface Item {
  readonly label: string;
  /** In a list of arguments, the option that it is the value of: `--password`. */
  readonly option?: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * Pairs the items of two lists: by the keys that their schema names, else by a field that tells them apart in both, else by what
 * stays in its order. Of sets only what came and went is left.
 */
export function pairItems(before: readonly Json[], after: readonly Json[], node: Node | undefined): Item[] {
  const keys = keysOf(before, after, node);
  if (keys !== undefined) return byKeys(before, after, keys);
  if (node?.schema['x-kubernetes-list-type'] === 'set') return asSets(before, after);
  return inOrder(before, after);
}

/** What the items of two lists are called by their keys, in their order; undefined where they have none. */
export function labelsOf(
  before: readonly Json[],
  after: readonly Json[],
  node: Node | undefined,
): readonly [before: readonly string[], after: readonly string[]] | undefined {
  const keys = keysOf(before, after, node);
  if (keys === undefined) return undefined;
  const labels = (items: readonly Json[]) => items.map((item) => labelOf(item, keys) ?? '');
  return [labels(before), labels(after)];
}

/** Fields that tell items apart where no schema says so, with what they are where they are not given. */
const usual: readonly Keys[] = [
  ...['name', 'key', 'secretKey', 'mountPath', 'id', 'host'].map((name) => new Map([[name, undefined]])),
  ...['containerPort', 'port'].map(
    (name): Keys =>
      new Map<string, Json | undefined>([
        [name, undefined],
        ['protocol', 'TCP'],
      ]),
  ),
];

/** The fields that tell items apart, each with what it is where it is not given. */
type Keys = ReadonlyMap<string, Json | undefined>;

function keysOf(before: readonly Json[], after: readonly Json[], node: Node | undefined): Keys | undefined {
  const named = node?.schema['x-kubernetes-list-type'] === 'map' ? list(node.schema['x-kubernetes-list-map-keys']) : [];
  const fields = node?.items?.().fields;
  const known = new Map(named.map((name) => [name, fields?.get(name)?.().schema.default]));
  if (known.size > 0 && isKeyed(before, known) && isKeyed(after, known)) return known;
  return usual.find((keys) => isKeyed(before, keys) && isKeyed(after, keys));
}

/** Whether every item is an object that has one of the keys, and no two have the same. */
function isKeyed(items: readonly Json[], keys: Keys): boolean {
  const labels = items.map((item) => labelOf(item, keys));
  return labels.every((label) => label !== undefined) && new Set(labels).size === labels.length;
}

/** `http`, or `8080/TCP` of several keys. */
function labelOf(item: Json, keys: Keys): string | undefined {
  if (!isJsonObject(item)) return undefined;
  const given = [...keys.keys()].filter((key) => Object.hasOwn(item, key));
  const values = [...keys].map(([key, otherwise]) => (Object.hasOwn(item, key) ? item[key] : otherwise));
  if (given.every((key) => key === 'protocol') || values.some((value) => typeof value === 'object')) return undefined;
  return values.flatMap((value) => (value === undefined ? [] : [String(value)])).join('/');
}

function byKeys(before: readonly Json[], after: readonly Json[], keys: Keys): Item[] {
  const old = new Map(before.map((item) => [labelOf(item, keys) ?? '', item]));
  const now = new Map(after.map((item) => [labelOf(item, keys) ?? '', item]));
  return [...new Set([...old.keys(), ...now.keys()])].map((label) => ({
    label,
    before: old.get(label),
    after: now.get(label),
  }));
}

function asSets(before: readonly Json[], after: readonly Json[]): Item[] {
  // Sets are of scalars, nearly always; of others, the order of fields counts.
  const textsOf = (items: readonly Json[]) => new Map(items.map((item, i) => [JSON.stringify(item), { item, i }]));
  const [old, now] = [textsOf(before), textsOf(after)];
  return [
    ...[...old]
      .filter(([text]) => !now.has(text))
      .map(([, { item, i }]) => ({ label: String(i), before: item, after: undefined })),
    ...[...now]
      .filter(([text]) => !old.has(text))
      .map(([, { item, i }]) => ({ label: String(i), before: undefined, after: item })),
  ];
}

/** Beyond so many edits every item is compared with the one of its number. */
const maximumEdits = 500;

function inOrder(before: readonly Json[], after: readonly Json[]): Item[] {
  const parts = diffArrays([...before], [...after], { comparator: deepEqual, maxEditLength: maximumEdits });
  const items: Item[] = [];
  let [i, j] = [0, 0];
  let gone: readonly Json[] = [];
  const flush = (come: readonly Json[]) => {
    for (let k = 0; k < Math.max(gone.length, come.length); k += 1) {
      const at = k < come.length ? j + k : i - gone.length + k;
      const { name } = within(top, k < come.length ? after : before, at);
      items.push({ label: String(at), before: gone[k], after: come[k], ...(name !== '' && { option: name }) });
    }
    j += come.length;
    gone = [];
  };
  for (const { added, removed, value } of parts ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ]) {
    if (removed) {
      flush([]);
      gone = value;
      i += value.length;
    } else if (added) flush(value);
    else {
      flush([]);
      i += value.length;
      j += value.length;
    }
  }
  flush([]);
  return items;
}
