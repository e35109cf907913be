import type { RE2JS } from 're2js';
import { isJsonObject, type Json, type JsonObject } from '../tree';
import { groupOf, type Item, originalId, versionOf } from './item';

/** Whether a patch's target selects an item (api/types/selector.go): each field is a regular expression for the whole. */
export function isTarget({ group, version, kind, name, namespace, ...selectors }: JsonObject, item: Item): boolean {
  const { id } = item;
  const original = originalId(item);
  // What belongs to no namespace has this one for kustomize.
  const scope = (each: string) => (each === '' ? '_non_namespaceable_' : each);
  return (
    fits(group, groupOf(id.apiVersion)) &&
    fits(version, versionOf(id.apiVersion)) &&
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

export function fits(pattern: Json | undefined, text: string): boolean {
  if (typeof pattern !== 'string' || pattern === '' || pattern === text) return true;
  // Most are names, not expressions.
  return !/^[\w-]*$/.test(pattern) && (expressionOf(pattern)?.matches(text) ?? false);
}

/** Go's regular expressions, which no text keeps busy; undefined for none, of which kustomize fails. */
function expressionOf(pattern: string): RE2JS | undefined {
  if (!expressions.has(pattern)) expressions.set(pattern, compile(pattern));
  return expressions.get(pattern);
}
const expressions = new Map<string, RE2JS | undefined>();

function compile(pattern: string): RE2JS | undefined {
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** A label selector as kubectl takes it: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
function isSelected(selector: Json | undefined, labels: JsonObject): boolean {
  if (typeof selector !== 'string' || selector.trim() === '') return true;
  return selector.split(/,(?![^(]*\))/).every((each) => {
    const term = each.trim();
    const [, key, operator, list] =
      /^([^\s=!]+)\s+(in|notin)\s*\((.*)\)$/.exec(term) ?? /^([^\s=!]+)\s*(==?|!=)\s*(.*)$/.exec(term) ?? [];
    if (key === undefined) return term.startsWith('!') !== Object.hasOwn(labels, term.replace(/^!\s*/, ''));
    const values = (list ?? '').split(',').map((value) => value.trim());
    const isIn = Object.hasOwn(labels, key) && values.includes(String(labels[key]));
    return operator === '!=' || operator === 'notin' ? !isIn : isIn;
  });
}

function metadataOf({ metadata }: JsonObject, field: string): JsonObject {
  const value = isJsonObject(metadata) ? metadata[field] : undefined;
  return isJsonObject(value) ? value : {};
}
