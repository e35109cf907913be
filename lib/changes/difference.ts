import { below, type MaskContext, top } from '../graph/masking';
import type { Node } from '../graph/schema/node';
import { deepEqual } from '../json/deep-equal';
import { isJsonObject, type Json, type JsonObject } from '../json/json';
import { textAt } from '../json/read';
import { type Item, labelsOf, pairItems } from './list-items';

/** One step of the way to a value: a field, or an item of a list by its key or number. */
export type Segment = string | { readonly item: string };

/** One field that differs, as it is in the objects; nothing in it may be shown before show.ts has looked at it. */
export interface Difference {
  readonly path: readonly Segment[];
  /** Undefined where it is not given. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** What is decided of the values there, on each side. */
  readonly places: Places;
}

export type Places = readonly [before: MaskContext, after: MaskContext];

/**
 * What differs between two objects, field by field: the innermost fields that do, without regard to the order of fields and of
 * lists whose items have keys.
 *
 * @param node the kind's schema, which says what the keys of lists are
 * @param places of the objects themselves
 */
export function differences(
  before: JsonObject,
  after: JsonObject,
  node: Node | undefined,
  places: Places = [top, top],
): Difference[] {
  const found: Difference[] = [];
  compare(before, after, node, [], places, found);
  return found;
}

function compare(
  before: Json | undefined,
  after: Json | undefined,
  node: Node | undefined,
  path: readonly Segment[],
  places: Places,
  found: Difference[],
): void {
  if (deepEqual(before, after) || (isNothing(before) && isNothing(after))) return;
  // What Kubernetes fills in is no change.
  if (node?.schema.default !== undefined && deepEqual(before ?? node.schema.default, after ?? node.schema.default))
    return;
  if (isJsonObject(before) && isJsonObject(after)) {
    const [placeBefore, placeAfter] = [below(places[0], before), below(places[1], after)];
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const inner = node?.fields.get(key)?.() ?? node?.values?.();
      const next: Places = [placeBefore(key), placeAfter(key)];
      compare(own(before, key), own(after, key), inner, [...path, key], next, found);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (const pair of pairItems(before, after, node)) compareItems(pair, node?.items?.(), path, places, found);
    if (path.at(-1) === 'initContainers') compareOrder(before, after, path, places, found);
  } else found.push({ path, before, after, places });
}

function compareItems(
  { label, option, before, after }: Item,
  node: Node | undefined,
  path: readonly Segment[],
  places: Places,
  found: Difference[],
): void {
  const named = (place: MaskContext) =>
    option === undefined ? { ...place, isItem: true } : { ...place, name: option };
  compare(before, after, node, [...path, { item: label }], [named(places[0]), named(places[1])], found);
}

/** They run one after the other: their order is what they do. */
function compareOrder(
  before: readonly Json[],
  after: readonly Json[],
  path: readonly Segment[],
  places: Places,
  found: Difference[],
): void {
  const names = (items: readonly Json[], others: readonly Json[]) => {
    const known = new Set(others.map((item) => textAt(item, 'name')));
    return items.flatMap((item) => textAt(item, 'name') ?? []).filter((name) => known.has(name));
  };
  const [old, now] = [names(before, after), names(after, before)];
  if (!deepEqual(old, now)) found.push({ path, before: old.join(', '), after: now.join(', '), places });
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

/**
 * Lists whose items have keys and come in another order than before. No field differs, and yet it is another object: a server-side apply
 * takes over the order (sigs.k8s.io/structured-merge-diff typed/merge.go, visitListItems).
 */
export function* reorderings(
  before: Json | undefined,
  after: Json | undefined,
  node: Node | undefined,
  path: readonly Segment[] = [],
): Generator<readonly Segment[]> {
  if (deepEqual(before, after)) return;
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of Object.keys(after)) {
      const inner = node?.fields.get(key)?.() ?? node?.values?.();
      if (Object.hasOwn(before, key)) yield* reorderings(before[key], after[key], inner, [...path, key]);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    const labels = labelsOf(before, after, node);
    if (labels === undefined) return;
    const [old, now] = labels;
    const kept = now.filter((label) => old.includes(label));
    if (old.filter((label) => now.includes(label)).some((label, i) => label !== kept[i])) yield path;
    for (const [i, label] of now.entries()) {
      const was = old.indexOf(label);
      if (was >= 0) yield* reorderings(before[was], after[i], node?.items?.(), [...path, { item: label }]);
    }
  }
}
