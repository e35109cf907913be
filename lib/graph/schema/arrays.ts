import { isJsonObject, type Json } from '../../tree/tree';
import { allKnown, canonical } from './equal';
import { list, type Node } from './node';
import type { SchemaFaultKind } from './schema';
import { countText, listText, valueText } from './text';

interface ArrayFault {
  readonly path: readonly number[];
  readonly kind: SchemaFaultKind;
  readonly sentence: string;
  readonly remedy?: string;
}

/** What is wrong with a list as a whole: its length, and items that are there twice. */
export function* arrayFaults(
  node: Node,
  items: readonly Json[],
  known: (text: string) => boolean,
): Generator<ArrayFault> {
  const { minItems, maxItems, uniqueItems } = node.schema;
  if (minItems !== undefined && items.length < minItems) {
    yield { path: [], kind: 'length', sentence: `must have at least ${countText(minItems, 'item')}` };
  }
  if (maxItems !== undefined && items.length > maxItems) {
    yield { path: [], kind: 'length', sentence: `must have at most ${countText(maxItems, 'item')}` };
  }
  const listType = node.schema['x-kubernetes-list-type'];
  if (listType === 'map') yield* sameKeys(node, items, known);
  else if (listType === 'set' || uniqueItems === true) {
    for (const [i, first] of repetitions(items, (item) => item, known)) {
      yield { path: [i], kind: 'list-map-key', sentence: `repeats item ${first}`, remedy: 'remove one of the two' };
    }
  }
}

/**
 * Items of a map-like list are told apart by some of their fields: no two may agree in all of them. The API server lets some
 * of Kubernetes' own kinds have them; a server-side apply, which is how Flux applies, does not.
 *
 * Source: sigs.k8s.io/structured-merge-diff typed/helpers.go (keyedAssociativeListItemToPathElement)
 */
function* sameKeys(node: Node, items: readonly Json[], known: (text: string) => boolean): Generator<ArrayFault> {
  const keys = list(node.schema['x-kubernetes-list-map-keys']);
  const fields = node.items?.().fields;
  const keyOf = (item: Json) =>
    keys.map((key) => {
      const value = isJsonObject(item) && Object.hasOwn(item, key) ? item[key] : null;
      return value ?? fields?.get(key)?.().schema.default ?? null;
    });
  // What is no object, or has none of the keys, is another fault.
  const keyed = items.map((item) => (keyOf(item).some((value) => value !== null) ? item : undefined));
  for (const [i, first] of repetitions(keyed, keyOf, known)) {
    const values = keys.map((key, k) => `${key} ${valueText(keyOf(items[i] as Json)[k] ?? null)}`);
    yield {
      path: [i],
      kind: 'list-map-key',
      sentence: `has the ${listText(values, 'and')} of item ${first}`,
      remedy: 'remove one of the two, or tell them apart',
    };
  }
}

function* repetitions(
  items: readonly (Json | undefined)[],
  keyOf: (item: Json) => Json,
  known: (text: string) => boolean,
): Generator<[number, number]> {
  if (items.length < 2) return;
  const seen = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    if (item === undefined) continue;
    const key = keyOf(item);
    const text = canonical(key);
    const first = seen.get(text);
    if (first === undefined) seen.set(text, i);
    else if (allKnown(key, known)) yield [i, first];
  }
}
