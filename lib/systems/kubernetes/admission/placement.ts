import type { Json, JsonObject } from '../../../json/json';
import { at, keysAt, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven } from '../../given';
import { dnsLabel, dnsSubdomain, labelKey, labelValue } from '../names';
import {
  all,
  fields,
  isWord,
  list,
  needs,
  none,
  number,
  object,
  type Rule,
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';
import { labelSelector, valuesOfOperator } from './selectors';

/** (pkg/apis/core/validation: ValidateNodeSelectorRequirement) Preferences take any values. */
function nodeExpression(values: Rule): Rule {
  return all(
    fields({
      key: text(labelKey),
      operator: words('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'),
      values: list(values),
    }),
    object(valuesOfOperator),
    object(({ operator, values }) =>
      (operator === 'Gt' || operator === 'Lt') && !(Array.isArray(values) && values.length === 1)
        ? wrong(`one value with the operator ${operator}`, ['values'])
        : none,
    ),
  );
}

/** (ValidateNodeFieldSelectorRequirement) */
const nodeField = all(
  fields({ key: words('metadata.name'), operator: words('In', 'NotIn'), values: list(text(dnsSubdomain)) }),
  object(({ values }) =>
    Array.isArray(values) && values.length === 1 ? none : wrong('one name of a node', ['values']),
  ),
);

const nodeTerm = (values: Rule) =>
  fields({ matchExpressions: list(nodeExpression(values)), matchFields: list(nodeField) });

/** (ValidateMatchLabelKeysAndMismatchLabelKeys) */
const labelKeys: Rule = all(
  fields({ matchLabelKeys: list(text(labelKey)), mismatchLabelKeys: list(text(labelKey)) }),
  object((term) => {
    const selector = term.labelSelector;
    const keys = listAt(term, 'matchLabelKeys');
    for (const field of ['matchLabelKeys', 'mismatchLabelKeys'])
      if (!isGiven(selector) && listAt(term, field).length > 0)
        return wrong('left out without labelSelector', [field], {
          says: 'must not be specified when labelSelector is not set',
        });
    return keys.flatMap((key, i) =>
      listAt(term, 'mismatchLabelKeys').includes(key) || isSelectedTwice(selector, key)
        ? wrong('a key that neither labelSelector nor mismatchLabelKeys has', ['matchLabelKeys', i])
        : [],
    );
  }),
);

function isSelectedTwice(selector: Json | undefined, key: Json): boolean {
  const expressions = listAt(selector, 'matchExpressions').filter((item) => at(item, 'key') === key).length;
  return expressions > 1 || (expressions === 1 && keysAt(selector, 'matchLabels').includes(String(key)));
}

/** (validatePodAffinityTerm) */
const podTerm = all(
  fields({
    labelSelector,
    namespaceSelector: labelSelector,
    namespaces: list(text(dnsLabel)),
    topologyKey: text(labelKey),
  }),
  labelKeys,
);

const weight = number(1, 100);
const podAffinity = fields({
  requiredDuringSchedulingIgnoredDuringExecution: list(podTerm),
  preferredDuringSchedulingIgnoredDuringExecution: list(fields({ weight, podAffinityTerm: podTerm })),
});

/** (ValidateNodeSelector) */
export const nodeSelector: Rule = all(
  fields({ nodeSelectorTerms: list(nodeTerm(text(labelValue))) }),
  needs({ nodeSelectorTerms: 'a list of at least one term' }),
);

/** (validateAffinity) */
export const affinity: Rule = fields({
  nodeAffinity: fields({
    requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
    preferredDuringSchedulingIgnoredDuringExecution: list(fields({ weight, preference: nodeTerm(() => none) })),
  }),
  podAffinity,
  podAntiAffinity: podAffinity,
});

/** (validateTopologySpreadConstraints) */
const constraint = all(
  fields({
    maxSkew: number(1),
    minDomains: number(1),
    topologyKey: (key) => (key === '' ? wrong('the key of a label of nodes') : none),
    whenUnsatisfiable: words('DoNotSchedule', 'ScheduleAnyway'),
    nodeAffinityPolicy: words('Honor', 'Ignore'),
    nodeTaintsPolicy: words('Honor', 'Ignore'),
    labelSelector,
  }),
  labelKeys,
  object(({ minDomains, whenUnsatisfiable }) =>
    isGiven(minDomains) && isWord(whenUnsatisfiable) && whenUnsatisfiable !== 'DoNotSchedule'
      ? wrong('DoNotSchedule with minDomains', ['whenUnsatisfiable'], {
          says: 'can only use minDomains if whenUnsatisfiable=DoNotSchedule',
        })
      : none,
  ),
);

export const topologySpread: Rule = list(constraint);

/** (ValidateTolerations) Lt and Gt need a feature gate. */
export const tolerations: Rule = list(
  all(
    fields({
      key: unlessEmpty(text(labelKey)),
      operator: unlessEmpty(words('Equal', 'Exists', 'Lt', 'Gt')),
      effect: unlessEmpty(words('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
    }),
    object(toleration),
  ),
);

function toleration({ key, operator, value, effect, tolerationSeconds }: JsonObject): readonly Fault[] {
  const found: Fault[] = [];
  if (!isGiven(key) && (isWord(operator) ? operator !== 'Exists' : !isGiven(operator)))
    found.push(...wrong('Exists without a key', ['operator'], { says: 'operator must be Exists when `key` is empty' }));
  if (operator === 'Exists' && isGiven(value))
    found.push(
      ...wrong('left out with the operator Exists', ['value'], {
        says: "value must be empty when `operator` is 'Exists'",
      }),
    );
  if ((operator === 'Equal' || !isGiven(operator)) && isWord(value) && !labelValue.accepts(value))
    found.push(...wrong(labelValue.allowed, ['value']));
  if (isGiven(tolerationSeconds) && (isWord(effect) ? effect !== 'NoExecute' : !isGiven(effect)))
    found.push(
      ...wrong('NoExecute with tolerationSeconds', ['effect'], {
        says: "effect must be 'NoExecute' when `tolerationSeconds` is set",
      }),
    );
  return found;
}
