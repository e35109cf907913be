import type { Json } from '../../json/json';
import { type Node, typeOf } from './node';

/** So many values that are right are kept of a field, no long texts among them. */
const most = 1000;
const longest = 100;

/** Whether a scalar is seen to be right at a glance; otherwise it must be looked at. */
export function isRight(field: Node, value: string | number | boolean): boolean {
  return field.constrained ? field.right.has(value) : (field.types & typeOf(value)) !== 0;
}

/** Keeps a value in which nothing was wrong. */
export function remember(node: Node, value: Json): void {
  if (typeof value === 'string' && value.length > longest) return;
  if (node.right.size < most) node.right.add(value);
}
