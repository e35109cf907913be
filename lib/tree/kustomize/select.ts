import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { memoizeText } from '../../text/memoize';
import { type Item, originalId } from './item';
import { isSelectedBy, parseSelector } from './label-selector';
import { Unfit } from './specs';

/**
 * Whether a patch's target selects an item (api/types/selector.go): each field is a regular expression for the whole.
 *
 * @throws Unfit
 */
export function isTarget({ group, version, kind, name, namespace, ...selectors }: JsonObject, item: Item): boolean {
  const { id } = item;
  const original = originalId(item);
  // What belongs to no namespace has this one for kustomize.
  const scope = (each: string) => (each === '' ? '_non_namespaceable_' : each);
  return (
    fits(group, groupVersion(id.apiVersion).group) &&
    fits(version, groupVersion(id.apiVersion).version) &&
    fits(kind, id.kind) &&
    (fits(name, original.name) || fits(name, id.name)) &&
    (fits(namespace, scope(original.namespace)) || fits(namespace, scope(id.namespace))) &&
    hasLabels(selectors, item)
  );
}

/** Whether an object has the labels and annotations that a selector asks for. */
export function hasLabels({ labelSelector, annotationSelector }: JsonObject, { value }: Item): boolean {
  return (
    isSelected(labelSelector, metadataOf(value, 'labels')) &&
    isSelected(annotationSelector, metadataOf(value, 'annotations'))
  );
}

/** A target as messages name it. */
export function targetText(target: JsonObject): string {
  const parts = Object.entries(target).map(([key, value]) => `${key}: ${String(value)}`);
  return `{${parts.join(', ')}}`;
}

/** @throws Unfit for what is no regular expression */
export function fits(pattern: Json | undefined, text: string): boolean {
  if (typeof pattern !== 'string' || pattern === '' || pattern === text) return true;
  // Most are names, not expressions.
  return !/^[\w-]*$/.test(pattern) && matcherOf(pattern)(text);
}

/** Go's regular expressions, which no text keeps busy. Most are groups and beginnings of names, which JavaScript reads alike. */
const matcherOf = memoizeText((pattern): ((text: string) => boolean) => {
  if (/^[\w.-]*(?:\.\*)?$/.test(pattern)) {
    const expression = new RegExp(`^${pattern.replaceAll('.', '[^\\n]')}$`, 'u');
    return (text) => expression.test(text);
  }
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    const expression = RE2JS.compile(pattern);
    return (text) => expression.matches(text);
  } catch {
    throw new Unfit(`${JSON.stringify(pattern)} in the target is not a regular expression of Go; correct it`);
  }
});

/** @throws Unfit for what is no selector */
function isSelected(selector: Json | undefined, labels: JsonObject): boolean {
  if (typeof selector !== 'string' || selector.trim() === '') return true;
  const requirements = requirementsOf(selector);
  if (requirements !== undefined) return isSelectedBy(requirements, labels);
  throw new Unfit(
    `${JSON.stringify(selector)} in the target is not a label selector; write it as in app=web,tier in (a,b),!canary`,
  );
}

const requirementsOf = memoizeText(parseSelector);

function metadataOf({ metadata }: JsonObject, field: string): JsonObject {
  const value = isJsonObject(metadata) ? metadata[field] : undefined;
  return isJsonObject(value) ? value : {};
}
