import { isJsonObject, type Json } from '../../json/json';
import { memoizeText } from '../../text/memoize';
import { type Node, types } from './node';

/** A value with what Kubernetes fills in before it validates; the same value where that is nothing. */
export function filled(node: Node | undefined, value: Json): Json {
  if (node === undefined) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => filled(node.items?.(), item));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (!isJsonObject(value)) return value;
  const changed = new Map<string, Json>();
  for (const [key, item] of Object.entries(value)) {
    const full = filled(node.fields.get(key)?.() ?? node.values?.(), item);
    if (full !== item) changed.set(key, full);
  }
  for (const [key, given] of node.defaults()) {
    const nullable = node.fields.get(key)?.().nullable === true;
    const isGiven = Object.hasOwn(value, key) && (value[key] !== null || nullable);
    if (!isGiven) changed.set(key, filled(node.fields.get(key)?.(), given));
  }
  return changed.size === 0 ? value : { ...value, ...Object.fromEntries(changed) };
}

/**
 * A value as rules see it: with what Kubernetes fills in, integers apart from other numbers, and its fields' names escaped.
 * Objects are Maps, so that no field can be taken for one that JavaScript gives every object.
 */
export function ruleValue(node: Node | undefined, value: Json): unknown {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && (node === undefined || node.types !== (types.number | types.integer))
      ? BigInt(value)
      : value;
  }
  if (Array.isArray(value)) return value.map((item) => ruleValue(node?.items?.(), item));
  if (!isJsonObject(value)) return value;
  const fields = new Map<string, unknown>();
  for (const [key, item] of Object.entries(value)) {
    const field = node?.fields.get(key);
    const inner = field?.() ?? node?.values?.();
    if (item === null && inner?.nullable !== true) continue;
    fields.set(field ? escapeName(key) : key, ruleValue(inner, item));
  }
  for (const [key, item] of node?.defaults() ?? []) {
    const name = escapeName(key);
    if (!fields.has(name)) fields.set(name, ruleValue(node?.fields.get(key)?.(), item));
  }
  return fields;
}

const escapes: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};
const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/**
 * The name that rules have for a field.
 *
 * Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
const escapeName = memoizeText((name) => {
  if (reserved.has(name)) return `__${name}__`;
  return /__|[.\-/]/.test(name) ? name.replace(/__|[.\-/]/g, (found) => escapes[found] ?? found) : name;
});
