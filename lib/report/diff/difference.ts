import type { Node } from '../../graph/schema/node';
import { sameJson } from '../../tree/same-json';
import { isJsonObject, type Json, type JsonObject } from '../../tree/tree';
import { type Item, pairItems } from './list-items';

/** One step of the way to a value: a field, or an item of a list by its key or number. */
export type Segment = string | { readonly item: string };

/** One field that differs, as it is in the objects; nothing in it may be shown before show.ts has looked at it. */
export interface Difference {
  readonly path: readonly Segment[];
  /** Undefined where it is not given. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * What differs between two objects, field by field: the innermost fields that do, without regard to the order of fields and of
 * lists whose items have keys.
 *
 * @param node the kind's schema, which says what the keys of lists are
 */
export function differences(before: JsonObject, after: JsonObject, node: Node | undefined): Difference[] {
  const found: Difference[] = [];
  compare(before, after, node, [], found);
  return found;
}

function compare(
  before: Json | undefined,
  after: Json | undefined,
  node: Node | undefined,
  path: readonly Segment[],
  found: Difference[],
): void {
  if (sameJson(before, after) || (isNothing(before) && isNothing(after))) return;
  // What Kubernetes fills in is no change.
  if (node?.schema.default !== undefined && sameJson(before ?? node.schema.default, after ?? node.schema.default))
    return;
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const inner = node?.fields.get(key)?.() ?? node?.values?.();
      compare(own(before, key), own(after, key), inner, [...path, key], found);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (const pair of pairItems(before, after, node)) compareItems(pair, node?.items?.(), path, found);
  } else found.push({ path, before, after });
}

function compareItems(
  { label, before, after }: Item,
  node: Node | undefined,
  path: readonly Segment[],
  found: Difference[],
): void {
  compare(before, after, node, [...path, { item: label }], found);
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Kubernetes takes null for a field that is not given. */
function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

/** A path as people write it: `spec.containers[backstage].image`, `metadata.annotations["a.b/c"]`. */
export function pathText(path: readonly Segment[]): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment !== 'string') text += `[${segment.item}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}

/** Whether a path leads to, or below, these fields. */
export function isBelow(path: readonly Segment[], ...fields: readonly string[]): boolean {
  return fields.every((field, i) => path[i] === field);
}
