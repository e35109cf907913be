import type { Json, JsonObject } from '../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';
import { pluralOf } from '../kinds/short-names';

/** Something that is asked of the API server: that an object be made. */
export interface Asked {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The kind as addresses have it: `deployments`. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly object: JsonObject;
  /** The labels of its namespace; undefined where nobody knows them, and for what has none. */
  readonly namespaceLabels: Readonly<Record<string, string>> | undefined;
}

/** Whether a policy is asked about an object; undefined where nobody can tell. */
export type Matched = boolean | undefined;

/**
 * Whether a matchConstraints or matchResources is about an object.
 *
 * Source: k8s.io/apiserver 0.36 pkg/admission/plugin/policy/matching/matching.go and pkg/admission/plugin/webhook/predicates/
 */
export function matchesResources(match: JsonObject | undefined, asked: Asked): Matched {
  if (match === undefined) return true;
  const selected = both(
    matchesNamespace(objectAt(match, 'namespaceSelector'), asked),
    matchesSelector(objectAt(match, 'objectSelector'), labelsIn(at(asked.object, 'metadata', 'labels'))),
  );
  if (selected === false) return false;
  const isExact = textAt(match, 'matchPolicy') === 'Exact';
  if (listAt(match, 'excludeResourceRules').some((rule) => matchesRule(rule, asked, true) === true)) return false;
  const rules = listAt(match, 'resourceRules');
  if (rules.length === 0) return selected;
  const found = rules.map((rule) => matchesRule(rule, asked, isExact));
  return both(selected, found.includes(true) ? true : found.includes(undefined) ? undefined : false);
}

function both(a: Matched, b: Matched): Matched {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

/** @param isExact whether another version of the kind is another kind: else the object would be converted, which nobody does here */
function matchesRule(rule: Json, asked: Asked, isExact: boolean): Matched {
  const has = (field: string, ...values: readonly string[]) =>
    listAt(rule, field).some((item) => item === '*' || values.includes(String(item)));
  if (!has('operations', 'CREATE') || !has('apiGroups', asked.group)) return false;
  if (!listAt(rule, 'resources').some((item) => item === '*' || item === '*/*' || item === asked.resource))
    return false;
  const names = listAt(rule, 'resourceNames');
  if (names.length > 0 && !names.includes(asked.name)) return false;
  const scope = textAt(rule, 'scope') ?? '*';
  if (scope !== '*' && (scope === 'Namespaced') !== (asked.namespace !== '')) return false;
  if (has('apiVersions', asked.version)) return true;
  return isExact ? false : undefined;
}

function matchesNamespace(
  selector: JsonObject | undefined,
  { group, kind, namespace, object, namespaceLabels }: Asked,
): Matched {
  if (selector === undefined) return true;
  if (group === '' && kind === 'Namespace')
    return matchesSelector(selector, labelsIn(at(object, 'metadata', 'labels')));
  if (namespace === '') return true;
  // Every namespace has this label, whatever the tree shows of it.
  return matchesSelector(selector, namespaceLabels, { 'kubernetes.io/metadata.name': namespace });
}

/**
 * Whether a selector is of labels; undefined where nobody can tell.
 *
 * @param labels undefined where they are not known, but for those that are `certain`
 */
export function matchesSelector(
  selector: JsonObject | undefined,
  labels: Readonly<Record<string, string>> | undefined,
  certain: Readonly<Record<string, string>> = {},
): Matched {
  if (selector === undefined) return true;
  const labelOf = (key: string): string | undefined | null => {
    const value = certain[key] ?? (labels === undefined ? null : labels[key]);
    return typeof value === 'string' && !isKnown(value) ? null : value;
  };
  const exact = keysAt(selector, 'matchLabels').map((key) => ({
    key,
    operator: 'In',
    values: [textAt(selector, 'matchLabels', key) ?? ''],
  }));
  const expressions = listAt(selector, 'matchExpressions').map((entry) => ({
    key: textAt(entry, 'key') ?? '',
    operator: textAt(entry, 'operator') ?? '',
    values: listAt(entry, 'values').map(String),
  }));
  return [...exact, ...expressions].reduce<Matched>((all, { key, operator, values }) => {
    const value = labelOf(key);
    return both(all, value === null ? undefined : fits(operator, value, values));
  }, true);
}

function fits(operator: string, value: string | undefined, values: readonly string[]): boolean {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const isIn = value !== undefined && values.includes(value);
  return operator === 'In' ? isIn : !isIn;
}

function labelsIn(labels: Json | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(keysAt(labels).map((key) => [key, String(textAt(labels, key) ?? '')]));
}

/** The name of a kind in addresses, where no definition says another. */
export function resourceOf(kind: string): string {
  return kind === 'Endpoints' ? 'endpoints' : pluralOf(kind.toLowerCase());
}
