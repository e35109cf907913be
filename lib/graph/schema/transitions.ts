import { isJsonObject, type Json } from '../../json/json';
import { compileTransition } from '../../systems/cel/compile';
import { ruleValue } from './defaults';
import { list, type Node } from './node';
import type { ValidationRule } from './schema';

/** A change that the rules of a kind refuse. */
export interface RefusedChange {
  /** The value's path: fields, and items of lists by number as they are now. */
  readonly path: readonly (string | number)[];
  /** What the definition says, a clause: `name is immutable`. */
  readonly reason: string;
}

/**
 * What the API server refuses of an update: rules that compare a value with what it was. They are asked only where there is a value on both
 * sides, and in lists whose items have keys.
 *
 * Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#transition-rules
 */
export function refusedChanges(node: Node, before: Json, after: Json): RefusedChange[] {
  return [...walk(node, before, after, [])];
}

function* walk(node: Node, before: Json, after: Json, path: readonly (string | number)[]): Generator<RefusedChange> {
  for (const rule of node.rules) {
    const evaluate = compileTransition(rule.rule);
    if (evaluate?.(ruleValue(node, after), ruleValue(node, before)) === false) yield { path, reason: reasonOf(rule) };
  }
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const [key, now] of Object.entries(after)) {
      const field = node.fields.get(key)?.() ?? node.values?.();
      const old = Object.hasOwn(before, key) ? before[key] : undefined;
      if (field !== undefined && given(old) && given(now)) yield* walk(field, old, now, [...path, key]);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) yield* items(node, before, after, path);
}

function* items(
  node: Node,
  before: readonly Json[],
  after: readonly Json[],
  path: readonly (string | number)[],
): Generator<RefusedChange> {
  const item = node.items?.();
  if (item === undefined || node.schema['x-kubernetes-list-type'] !== 'map') return;
  const keys = list(node.schema['x-kubernetes-list-map-keys']);
  const keyOf = (value: Json) =>
    JSON.stringify(keys.map((key) => (isJsonObject(value) ? value[key] : undefined) ?? null));
  const old = new Map(before.map((value) => [keyOf(value), value]));
  for (const [i, now] of after.entries()) {
    const was = old.get(keyOf(now));
    if (was !== undefined) yield* walk(item, was, now, [...path, i]);
  }
}

function given(value: Json | undefined): value is Exclude<Json, null> {
  return value !== undefined && value !== null;
}

function reasonOf({ message, rule }: ValidationRule): string {
  if (typeof message === 'string') return message;
  const text = rule.replace(/\s+/g, ' ').trim();
  return /^(?:self == oldSelf|oldSelf == self)$/.test(text) ? 'it cannot be changed' : `it breaks the rule ${text}`;
}
