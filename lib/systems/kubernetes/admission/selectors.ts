import type { Json, JsonObject } from '../../../json/json';
import { at, keysAt, listAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import type { Fault } from '../../fault';
import { labelKey, labelValue } from '../names';
import { all, fields, isWord, list, none, object, type Rule, text, words, wrong } from './rules';

const isValues = list(text(labelValue));

/** A map of labels. (apimachinery pkg/apis/meta/v1/validation: ValidateLabels) */
export const labels: Rule = object((map) => {
  let found: readonly Fault[] = none;
  for (const key in map) {
    if (!labelKey.accepts(key) && isKnown(key))
      found = [...found, ...wrong(`under a key of ${labelKey.allowed}`, [key], { example: labelKey.example })];
    const value = map[key];
    if (typeof value === 'string' && isKnown(value) && !labelValue.accepts(value))
      found = [...found, { path: [key], allowed: labelValue.allowed, example: labelValue.example }];
  }
  return found;
});

/** (apimachinery pkg/apis/meta/v1/validation: ValidateLabelSelectorRequirement) */
const requirement = all(
  fields({
    key: text(labelKey),
    operator: words('In', 'NotIn', 'Exists', 'DoesNotExist'),
    values: isValues,
  }),
  object(valuesOfOperator),
);

/** Whether an operator of a selector has the values that it needs. */
export function valuesOfOperator({ operator, values }: JsonObject): readonly Fault[] {
  const count = Array.isArray(values) ? values.length : 0;
  if ((operator === 'In' || operator === 'NotIn') && count === 0)
    return wrong(`at least one value with the operator ${operator}`, ['values']);
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0)
    return wrong(`left out with the operator ${operator}`, ['values']);
  return none;
}

/** A selector of labels, wherever a kind has one. (apimachinery pkg/apis/meta/v1/validation: ValidateLabelSelector) */
export const labelSelector: Rule = fields({ matchLabels: labels, matchExpressions: list(requirement) });

/** Whether a selector selects nothing in particular. */
export function isEmptySelector(selector: Json | undefined): boolean {
  return keysAt(selector, 'matchLabels').length === 0 && listAt(selector, 'matchExpressions').length === 0;
}

/** Whether a selector takes labels; undefined where nobody knows. (apimachinery pkg/labels/selector.go: Matches) */
export function selects(selector: Json | undefined, given: Json | undefined): boolean | undefined {
  if (keysAt(given).some((key) => !isKnown(key)) || keysAt(selector, 'matchLabels').some((key) => !isKnown(key)))
    return undefined;
  const wanted = [
    ...keysAt(selector, 'matchLabels').map((key) => ({
      key,
      operator: 'In' as Json,
      values: [at(selector, 'matchLabels', key) ?? ''],
    })),
    ...listAt(selector, 'matchExpressions').map((item) => ({
      key: at(item, 'key'),
      operator: at(item, 'operator'),
      values: listAt(item, 'values'),
    })),
  ];
  let unknown = false;
  for (const { key, operator, values } of wanted) {
    const label = typeof key === 'string' ? at(given, key) : undefined;
    const has = label !== undefined && label !== null;
    if (!isWord(key) || !isWord(operator) || !values.every(isWord) || (has && !isWord(label))) unknown = true;
    else if (operator === 'In' && !(has && values.includes(label as string))) return false;
    else if (operator === 'NotIn' && has && values.includes(label as string)) return false;
    else if (operator === 'Exists' && !has) return false;
    else if (operator === 'DoesNotExist' && has) return false;
  }
  return unknown ? undefined : true;
}
