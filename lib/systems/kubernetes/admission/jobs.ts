import { isJsonObject, type JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven } from '../../given';
import { dnsSubdomain, labelKey } from '../names';
import { indexes } from './indexed-jobs';
import {
  all,
  exactlyOne,
  fields,
  isWord,
  list,
  needs,
  none,
  number,
  object,
  type Rule,
  steps,
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';
import { labelSelector } from './selectors';

const atLeastNothing = number(0);

/** (pkg/apis/batch/validation: validatePodFailurePolicyRule) */
const failureRule = all(
  fields({
    action: words('FailJob', 'FailIndex', 'Ignore', 'Count'),
    onExitCodes: all(
      fields({ operator: words('In', 'NotIn'), values: list(() => none, 255) }),
      needs({ values: 'a list of exit codes' }),
      object(exitCodes),
    ),
    onPodConditions: list(fields({ type: text(labelKey), status: unlessEmpty(words('True', 'False', 'Unknown')) }), 20),
  }),
  exactlyOne(['onExitCodes', 'onPodConditions'], 'specifying one of OnExitCodes and OnPodConditions is required'),
);

function exitCodes({ operator, values }: JsonObject): readonly Fault[] {
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'number')) return none;
  const zero = operator === 'In' ? values.indexOf(0) : -1;
  if (zero >= 0) return wrong('another code than 0 with the operator In', ['values', zero]);
  return values.every((value, i) => i === 0 || value > Number(values[i - 1]))
    ? none
    : wrong('in order, and without repetitions', ['values'], { says: 'must be ordered' });
}

/** How pods are restarted, and what their failures mean. (validatePodFailurePolicy, validatePodReplacementPolicy) */
const policies: Rule = steps(function* (spec) {
  const pod = at(spec, 'template', 'spec');
  const policy = at(pod, 'restartPolicy') ?? '';
  const failures = isJsonObject(spec.podFailurePolicy);
  const path = ['template', 'spec', 'restartPolicy'];
  if (isJsonObject(pod) && (policy === 'Always' || policy === ''))
    yield* wrong(failures ? 'Never' : 'Never or OnFailure', path, { says: 'valid values: OnFailure, Never' });
  if (!failures) return;
  if (policy === 'OnFailure')
    yield* wrong('Never with podFailurePolicy', path, {
      says: 'only Never is supported when podFailurePolicy is specified',
    });
  if (spec.podReplacementPolicy === 'TerminatingOrFailed')
    yield* wrong('Failed with podFailurePolicy', ['podReplacementPolicy']);
  const names = ['containers', 'initContainers'].flatMap((field) =>
    listAt(pod, field).map((item) => at(item, 'name') ?? ''),
  );
  for (const [i, rule] of listAt(spec, 'podFailurePolicy', 'rules').entries()) {
    const place = ['podFailurePolicy', 'rules', i];
    const name = at(rule, 'onExitCodes', 'containerName');
    if (isWord(name) && names.length > 0 && names.every(isWord) && !names.includes(name))
      yield* wrong(`the name of one of the containers (${names.join(', ')})`, [
        ...place,
        'onExitCodes',
        'containerName',
      ]);
    if (at(rule, 'action') === 'FailIndex' && !isGiven(spec.backoffLimitPerIndex))
      yield* wrong('FailJob, Ignore or Count without backoffLimitPerIndex', [...place, 'action'], {
        says: 'requires the backoffLimitPerIndex to be set',
      });
  }
});

/** (validateJobSpec) */
export const job: Rule = all(
  fields({
    parallelism: atLeastNothing,
    completions: atLeastNothing,
    activeDeadlineSeconds: atLeastNothing,
    backoffLimit: atLeastNothing,
    backoffLimitPerIndex: atLeastNothing,
    maxFailedIndexes: atLeastNothing,
    ttlSecondsAfterFinished: atLeastNothing,
    managedBy: text({
      allowed: 'a path with a domain before it, at most 63 characters',
      example: '"acme.io/queue"',
      accepts: (path) => {
        const [domain = '', ...rest] = path.split('/');
        return (
          path.length <= 63 && dnsSubdomain.accepts(domain) && /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(rest.join('/'))
        );
      },
    }),
    completionMode: words('NonIndexed', 'Indexed'),
    podReplacementPolicy: words('Failed', 'TerminatingOrFailed'),
    podFailurePolicy: fields({ rules: list(failureRule, 20) }),
    selector: labelSelector,
  }),
  indexes,
  policies,
);

export const jobSpec: Rule = fields({ spec: job });
