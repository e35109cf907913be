import type { Json, JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import { isGiven, numberOr } from '../../given';
import { dnsLabel, pathSegment } from '../names';
import { aboveZero, atLeastZero, numberOrPercent } from './numbers';
import { containerResourceFault } from './resource-names';
import {
  all,
  atMostOne,
  fields,
  givenOf,
  isWord,
  list,
  needs,
  none,
  number,
  object,
  parts,
  type Rule,
  steps,
  text,
  unlessEmpty,
  within,
  words,
  wrong,
} from './rules';
import { labelSelector } from './selectors';

/** (pkg/apis/autoscaling/validation: ValidateAPIVersion) Nothing of the core group is scaled but a ReplicationController. */
const apiVersion = (needsGroup: boolean): Rule =>
  object(({ apiVersion: given, kind }) => {
    const version = given ?? '';
    if (!isWord(version) || !isWord(kind ?? '')) return none;
    const [group, ...rest] = version.split('/');
    const hasGroup = rest.length === 1 && group !== '';
    if (rest.length <= 1 && (hasGroup || !needsGroup || kind === 'ReplicationController')) return none;
    return wrong('an API group, "/" and a version', ['apiVersion'], { example: '"apps/v1"' });
  });

/** (ValidateCrossVersionObjectReference) */
const reference = (needsGroup: boolean): Rule =>
  all(
    needs({ kind: 'given', name: 'given' }),
    fields({ kind: unlessEmpty(text(pathSegment)), name: unlessEmpty(text(pathSegment)) }),
    apiVersion(needsGroup),
  );

/** (validateMetricTarget) */
const target = (fieldsOfTarget: readonly string[], mayHaveBoth = false): Rule =>
  parts({
    target: all(
      needs({ type: 'one of Utilization, Value, AverageValue' }),
      fields({
        type: unlessEmpty(words('Utilization', 'Value', 'AverageValue')),
        value: aboveZero,
        averageValue: aboveZero,
        averageUtilization: number(1),
      }),
      object((of) => (givenOf(of, fieldsOfTarget).length === 0 ? wrong('given', [fieldsOfTarget[0] as string]) : none)),
      mayHaveBoth ? () => none : atMostOne(fieldsOfTarget),
    ),
  });

/** (validateMetricIdentifier) What selects metrics is not for Kubernetes to judge. */
const metric = parts({
  metric: all(needs({ name: 'given' }), fields({ name: unlessEmpty(text(pathSegment)) })),
});

const container: Rule = all(
  needs({ name: 'given', container: 'given' }),
  fields({
    container: unlessEmpty(text(dnsLabel)),
    name: (name) => {
      const fault = isWord(name) && name !== '' ? containerResourceFault(name) : undefined;
      return fault === undefined ? none : wrong(fault);
    },
  }),
);

/** The types of metrics, each with the field that it needs. (validateObjectSource, validateExternalSource, …) */
const sources: Readonly<Record<string, readonly [field: string, rule: Rule]>> = {
  Object: [
    'object',
    all(metric, parts({ describedObject: reference(false) }), target(['value', 'averageValue'], true)),
  ],
  External: ['external', all(metric, target(['value', 'averageValue']))],
  Pods: ['pods', all(metric, target(['averageValue']))],
  Resource: ['resource', all(needs({ name: 'given' }), target(['averageUtilization', 'averageValue']))],
  ContainerResource: ['containerResource', all(container, target(['averageUtilization', 'averageValue']))],
};
const typeOfMetric = words(...Object.keys(sources));

/** (validateMetricSpec) */
function* metricSpec(spec: JsonObject): Generator<Fault> {
  const type = spec.type ?? '';
  if (!isWord(type)) return;
  yield* within(['type'], typeOfMetric(type));
  const own = sources[type];
  if (own === undefined) return;
  const [field, rule] = own;
  for (const [other] of Object.values(sources))
    if (other !== field && isGiven(spec[other])) yield fault([other], `left out with the type ${type}`, null);
  if (isGiven(spec[field])) yield* within([field], rule(spec[field] as Json));
  else yield fault([field], `given with the type ${type}`);
}

/** (validateScalingRules; pkg/apis/autoscaling/v2/defaults.go fills in policies that are not there, but leaves an empty list) */
const scaling: Rule = fields({
  stabilizationWindowSeconds: number(0, 3600),
  selectPolicy: words('Max', 'Min', 'Disabled'),
  tolerance: atLeastZero,
  policies: all(
    (policies) =>
      Array.isArray(policies) && policies.length === 0 ? wrong('a list of at least one policy, or left out') : none,
    list(
      all(
        needs({ type: 'Pods or Percent', value: '1 or more', periodSeconds: 'from 1 to 1800' }),
        fields({ type: unlessEmpty(words('Pods', 'Percent')), value: number(1), periodSeconds: number(1, 1800) }),
      ),
    ),
  ),
});

/** (validateHorizontalPodAutoscalerSpec) */
export const horizontalPodAutoscaler: Rule = parts({
  spec: all(
    parts({ scaleTargetRef: reference(true) }),
    fields({
      minReplicas: number(0),
      // Of autoscaling/v1, which has no metrics.
      targetCPUUtilizationPercentage: number(1),
      metrics: list(steps(metricSpec)),
      behavior: fields({ scaleUp: scaling, scaleDown: scaling }),
    }),
    object((spec) => {
      // A feature that is off by default, and that many clusters have on, scales to nothing by such metrics alone.
      const scalesToZero = listAt(spec, 'metrics').some((item) =>
        ['Object', 'External'].includes(String(at(item, 'type'))),
      );
      if (spec.minReplicas === 0 && !scalesToZero)
        return wrong('1 or more, without a metric of the type Object or External', ['minReplicas']);
      const [least, most] = [numberOr(1, spec.minReplicas), numberOr(0, spec.maxReplicas)];
      if (most < 1) return wrong('1 or more', ['maxReplicas']);
      return most < least ? wrong(`minReplicas, ${least}, or more`, ['maxReplicas']) : none;
    }),
  ),
});

/** (pkg/apis/policy/validation: ValidatePodDisruptionBudgetSpec) */
export const podDisruptionBudget: Rule = fields({
  spec: all(
    atMostOne(['minAvailable', 'maxUnavailable'], 'minAvailable and maxUnavailable cannot be both set'),
    fields({
      minAvailable: numberOrPercent,
      maxUnavailable: numberOrPercent,
      selector: labelSelector,
      unhealthyPodEvictionPolicy: words('IfHealthyBudget', 'AlwaysAllow'),
    }),
  ),
});
