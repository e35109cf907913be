import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, objectAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven, isUnknown, numberOr } from '../../given';
import { dnsLabel } from '../names';
import { claim } from './claims';
import { numberOrPercent } from './numbers';
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
import { isEmptySelector, labelSelector, selects } from './selectors';

const atLeastNothing = number(0);

/** (pkg/apis/apps/validation: ValidatePositiveIntOrPercent) */
const amount: Rule = (value) =>
  typeof value === 'string'
    ? isWord(value) && !/^\d+%$/.test(value)
      ? wrong('a number, or a percentage such as 25%')
      : none
    : atLeastNothing(value);

/** Whether an amount is nothing; undefined where nobody knows. */
function isNothing(value: Json | undefined, byDefault: boolean): boolean | undefined {
  if (value === undefined || value === null) return byDefault;
  if (typeof value === 'number') return value === 0;
  return isWord(value) ? Number.parseInt(value, 10) === 0 : undefined;
}

/** What a long-lived pod may not say. (ValidatePodTemplateSpecForReplicaSet and its like) */
const staying: Rule = fields({
  spec: fields({
    restartPolicy: unlessEmpty(words('Always')),
    activeDeadlineSeconds: () => wrong('left out', [], { says: 'activeDeadlineSeconds is not supported' }),
  }),
});

const labelsOfPods = ['template', 'metadata', 'labels'];

/** A selector that must be given, and take the pods of the template. What its matchLabels miss another rule says. */
const selector: Rule = object((spec) => {
  const given = spec.selector;
  if (!isJsonObject(given)) return none;
  const found = labelSelector(given).map((fault): Fault => ({ ...fault, path: ['selector', ...fault.path] }));
  if (isEmptySelector(given))
    return wrong('a selector that names labels', ['selector'], { says: 'empty selector is invalid' });
  const expressions = { matchExpressions: given.matchExpressions ?? null };
  const labels = at(spec, ...labelsOfPods);
  return found.length === 0 && !isUnknown(spec, ...labelsOfPods) && selects(expressions, labels) === false
    ? wrong("a selector that the template's labels match", ['selector', 'matchExpressions'], {
        value: null,
        says: '`selector` does not match template `labels`',
      })
    : found;
});

const workload = all(
  fields({
    replicas: atLeastNothing,
    minReadySeconds: atLeastNothing,
    template: staying,
  }),
  selector,
);

/** (ValidateDeploymentSpec, ValidateDeploymentStrategy) */
const deploymentSpec = all(
  workload,
  fields({
    progressDeadlineSeconds: atLeastNothing,
    revisionHistoryLimit: atLeastNothing,
    strategy: all(
      fields({
        type: unlessEmpty(words('RollingUpdate', 'Recreate')),
        rollingUpdate: fields({ maxSurge: amount, maxUnavailable: numberOrPercent }),
      }),
      object(({ type, rollingUpdate }) => {
        if (!isJsonObject(rollingUpdate)) return none;
        if (type === 'Recreate')
          return wrong('left out with the type Recreate', ['rollingUpdate'], {
            value: null,
            says: "may not be specified when strategy `type` is 'Recreate'",
          });
        return isNothing(rollingUpdate.maxSurge, false) && isNothing(rollingUpdate.maxUnavailable, false)
          ? wrong('more than 0 where maxSurge is 0', ['rollingUpdate', 'maxUnavailable'], {
              says: 'may not be 0 when `maxSurge` is 0',
            })
          : none;
      }),
    ),
  }),
  object((spec) => {
    const [deadline, ready] = [numberOr(600, spec.progressDeadlineSeconds), numberOr(0, spec.minReadySeconds)];
    return deadline <= ready
      ? wrong(`more than minReadySeconds, ${ready}`, ['progressDeadlineSeconds'], { value: deadline })
      : none;
  }),
);

/** (ValidateDaemonSetSpec, ValidateDaemonSetUpdateStrategy) */
const daemonSetSpec = all(
  workload,
  fields({
    revisionHistoryLimit: atLeastNothing,
    updateStrategy: all(
      fields({ type: unlessEmpty(words('RollingUpdate', 'OnDelete')) }),
      object(({ type, rollingUpdate }) =>
        (isGiven(type) && type !== 'RollingUpdate') || !isJsonObject(rollingUpdate)
          ? none
          : fields({
              rollingUpdate: all(
                fields({ maxSurge: numberOrPercent, maxUnavailable: numberOrPercent }),
                object(oneMoves),
              ),
            })({
              rollingUpdate,
            }),
      ),
    ),
  }),
);

function oneMoves({ maxSurge, maxUnavailable }: JsonObject): readonly Fault[] {
  const [noSurge, allAvailable] = [isNothing(maxSurge, true), isNothing(maxUnavailable, false)];
  if (noSurge === false && allAvailable === false)
    return wrong('0 where maxSurge is more', ['maxUnavailable'], {
      value: maxUnavailable ?? 1,
      says: 'may not be set when maxUnavailable is non-zero',
    });
  return noSurge && allAvailable
    ? wrong('more than 0 where maxSurge is 0', ['maxUnavailable'], { says: 'cannot be 0 when maxSurge is 0' })
    : none;
}

const retention = unlessEmpty(words('Retain', 'Delete'));

/** (ValidateStatefulSetSpec) The API server drops maxUnavailable, unless a feature gate lets it stay. */
const statefulSetSpec = all(
  workload,
  fields({
    podManagementPolicy: unlessEmpty(words('OrderedReady', 'Parallel')),
    serviceName: unlessEmpty(text(dnsLabel)),
    ordinals: fields({ start: atLeastNothing }),
    persistentVolumeClaimRetentionPolicy: fields({ whenDeleted: retention, whenScaled: retention }),
    updateStrategy: all(
      fields({
        type: unlessEmpty(words('RollingUpdate', 'OnDelete')),
        rollingUpdate: fields({ partition: atLeastNothing }),
      }),
      object(({ type, rollingUpdate }) =>
        type === 'OnDelete' && isJsonObject(rollingUpdate)
          ? wrong('left out with the type OnDelete', ['rollingUpdate'], {
              value: null,
              says: "only allowed for updateStrategy 'RollingUpdate'",
            })
          : none,
      ),
    ),
    volumeClaimTemplates: list(
      all(
        fields({ spec: claim, metadata: all(fields({ name: text(dnsLabel) }), needs({ name: 'a DNS label' })) }),
        needs({ metadata: 'an object with a name', spec: 'given: it says what the claim asks for' }),
      ),
    ),
  }),
);

const ofSpec = (rule: Rule) => fields({ spec: rule });

export const deployment = ofSpec(deploymentSpec);
export const daemonSet = ofSpec(daemonSetSpec);
export const statefulSet = ofSpec(statefulSetSpec);

const template = needs({ template: 'the template of the pods' });
export const replicaSet = ofSpec(all(workload, template));

/** (pkg/apis/core/validation: ValidateReplicationControllerSpec) Its selector is that of its labels by default. */
export const replicationController = ofSpec(
  all(
    fields({ replicas: atLeastNothing, minReadySeconds: atLeastNothing, template: staying }),
    template,
    object((spec) => {
      const wanted = objectAt(spec, 'selector');
      if (wanted === undefined || isUnknown(spec, ...labelsOfPods)) return none;
      if (Object.keys(wanted).length === 0 && !objectAt(spec, 'template', 'metadata', 'labels'))
        return wrong('labels of the template', ['selector']);
      return selects({ matchLabels: wanted }, at(spec, 'template', 'metadata', 'labels')) === false
        ? wrong('labels that the template has', ['selector'], {
            value: null,
            says: '`selector` does not match template `labels`',
          })
        : none;
    }),
  ),
);
