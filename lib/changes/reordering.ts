import type { Node } from '../graph/schema/node';
import { deepEqual } from '../json/deep-equal';
import { isJsonObject, type Json } from '../json/json';
import type { Segment } from './difference';
import { labelsOf } from './list-items';

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
