import { isJsonObject, type Json } from '../../json/json';
import { count } from '../../text/count';
import { allKnown, canonical } from './equal';
import { list, type Node } from './node';
import type { SchemaFaultKind } from './schema';
import { listText, valueText } from './text';

interface ArrayFault {
  readonly path: readonly number[];
  readonly kind: SchemaFaultKind;
  readonly sentence: string;
  readonly remedy?: string;
}

/** What is wrong with a list as a whole: its length, and items that are there twice. */
export function arrayFaults(node: Node, items: readonly Json[], known: (text: string) => boolean): ArrayFault[] {
  const { minItems, maxItems, uniqueItems } = node.schema;
  const faults: ArrayFault[] = [];
  if (minItems !== undefined && items.length < minItems) {
    faults.push({ path: [], kind: 'length', sentence: `must have at least ${count(minItems, 'item')}` });
  }
  if (maxItems !== undefined && items.length > maxItems) {
    faults.push({ path: [], kind: 'length', sentence: `must have at most ${count(maxItems, 'item')}` });
  }
  // Most lists have one item, which repeats none.
  if (items.length < 2) return faults;
  const listType = node.schema['x-kubernetes-list-type'];
  if (listType === 'map') sameKeys(node, items, known, faults);
  else if (listType === 'set' || uniqueItems === true) {
    for (const [i, first] of repetitions(items, (item) => item, known)) {
      faults.push({
        path: [i],
        kind: 'list-map-key',
        sentence: `repeats item ${first}`,
        remedy: 'remove one of the two',
      });
    }
  }
  return faults;
}

/**
 * Items of a map-like list are told apart by some of their fields: no two may agree in all of them. The API server lets some
 * of Kubernetes' own kinds have them; a server-side apply, which is how Flux applies, does not.
 *
 * Source: sigs.k8s.io/structured-merge-diff typed/helpers.go (keyedAssociativeListItemToPathElement)
 */
function sameKeys(node: Node, items: readonly Json[], known: (text: string) => boolean, faults: ArrayFault[]): void {
  const keys = list(node.schema['x-kubernetes-list-map-keys']);
  const fields = node.items?.().fields;
  const fieldIn = (item: Json, key: string): Json => {
    const value = isJsonObject(item) && Object.hasOwn(item, key) ? item[key] : null;
    return value ?? fields?.get(key)?.().schema.default ?? null;
  };
  // What is no object, or has none of the keys, is another fault.
  const keyOf = (item: Json): Json | undefined => {
    const [single] = keys;
    if (single !== undefined && keys.length === 1) return fieldIn(item, single) ?? undefined;
    const values = keys.map((key) => fieldIn(item, key));
    return values.some((value) => value !== null) ? values : undefined;
  };
  for (const [i, first] of repetitions(items, keyOf, known)) {
    const values = keys.map((key) => `${key} ${valueText(fieldIn(items[i] as Json, key))}`);
    faults.push({
      path: [i],
      kind: 'list-map-key',
      sentence: `has the ${listText(values, 'and')} of item ${first}`,
      remedy: 'remove one of the two, or tell them apart',
    });
  }
}

/** Which items have the key of an earlier one, and of which. */
function repetitions(
  items: readonly Json[],
  keyOf: (item: Json) => Json | undefined,
  known: (text: string) => boolean,
): [number, number][] {
  const seen = new Map<string, number>();
  const found: [number, number][] = [];
  for (let i = 0; i < items.length; i++) {
    const key = keyOf(items[i] as Json);
    if (key === undefined) continue;
    const text = canonical(key);
    const first = seen.get(text);
    if (first === undefined) seen.set(text, i);
    else if (allKnown(key, known)) found.push([i, first]);
  }
  return found;
}
