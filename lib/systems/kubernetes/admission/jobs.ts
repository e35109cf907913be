import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, keysAt, listAt } from '../../../json/read';
import { memoizeText } from '../../../text/memoize';
import { cronFault } from '../../cron';
import type { Fault } from '../../fault';
import { givenText, isGiven, isUnknown, numberOr } from '../../given';
import { dnsLabel, dnsSubdomain, labelKey } from '../names';
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
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';
import { labelSelector, selects } from './selectors';

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

/** (validateJobSpec) */
const job: Rule = all(
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
  object(indexes),
  object(policies),
);

/** What only a Job with an index for each pod has, and how many of them. */
function indexes(spec: JsonObject): readonly Fault[] {
  const mode = spec.completionMode ?? 'NonIndexed';
  if (!isWord(mode)) return none;
  if (mode !== 'Indexed')
    return ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'].flatMap((field) =>
      isGiven(spec[field])
        ? wrong('left out, unless completionMode is Indexed', [field], {
            value: null,
            says: 'requires indexed completion mode',
          })
        : [],
    );
  const found: Fault[] = [];
  if (!isGiven(spec.completions) && isGiven(spec.parallelism))
    found.push(...wrong('given with the completionMode Indexed', ['completions']));
  const [completions, parallelism, failed] = ['completions', 'parallelism', 'maxFailedIndexes'].map((field) =>
    numberOr(Number.NaN, spec[field]),
  ) as [number, number, number];
  const perIndex = isGiven(spec.backoffLimitPerIndex);
  const many = completions > 100_000 && perIndex;
  const most = many ? 10_000 : 100_000;
  if (parallelism > most) found.push(...wrong(`at most ${most}`, ['parallelism']));
  if (failed > Math.min(most, numberOr(most, spec.completions)))
    found.push(...wrong(`at most ${Math.min(most, completions)}`, ['maxFailedIndexes']));
  if (many && !isGiven(spec.maxFailedIndexes))
    found.push(...wrong('given with more than 100000 completions', ['maxFailedIndexes']));
  if (isGiven(spec.maxFailedIndexes) && !perIndex)
    found.push(...wrong('given, since maxFailedIndexes is given', ['backoffLimitPerIndex']));
  return [...found, ...successes(spec, numberOr(1, spec.completions))];
}

/** (validateSuccessPolicy) */
function successes({ successPolicy }: JsonObject, completions: number): readonly Fault[] {
  if (!isJsonObject(successPolicy)) return none;
  const rules = listAt(successPolicy, 'rules');
  const path = ['successPolicy', 'rules'];
  if (rules.length === 0 || rules.length > 20) return wrong('a list of 1 to 20 rules', path, { value: rules.length });
  return rules.flatMap((rule, i) => {
    if (!isJsonObject(rule)) return [];
    const { succeededIndexes: indexes, succeededCount: count } = rule;
    if (!isGiven(count) && (indexes === undefined || indexes === null))
      return wrong('an object with succeededIndexes or succeededCount', [...path, i], { value: null });
    const total = isWord(indexes) ? indexCount(indexes, completions) : Number.POSITIVE_INFINITY;
    if (total === undefined)
      return wrong(`indexes below ${completions} in order, such as 0,2-4`, [...path, i, 'succeededIndexes']);
    const most = Math.min(total, Number.isNaN(completions) ? Number.POSITIVE_INFINITY : completions);
    return typeof count === 'number' && (count < 0 || count > most)
      ? wrong(`from 0 to ${most}`, [...path, i, 'succeededCount'])
      : [];
  });
}

/** How many indexes a text such as `0,2-4` names; undefined when it does not name them rightly. (validateIndexesFormat) */
function indexCount(text: string, completions: number): number | undefined {
  let [last, total] = [-1, 0];
  for (const part of text === '' ? [] : text.split(',')) {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (from === undefined) return undefined;
    const [first, end] = [Number(from), Number(to ?? from)];
    if (first <= last || end >= completions || (to !== undefined && first >= end)) return undefined;
    total += end - first + 1;
    last = end;
  }
  return total;
}

/** How pods are restarted, and what their failures mean. (validatePodFailurePolicy, validatePodReplacementPolicy) */
function policies(spec: JsonObject): readonly Fault[] {
  const pod = at(spec, 'template', 'spec');
  const policy = at(pod, 'restartPolicy') ?? '';
  const found: Fault[] = [];
  const failures = isJsonObject(spec.podFailurePolicy);
  const path = ['template', 'spec', 'restartPolicy'];
  if (isJsonObject(pod) && (policy === 'Always' || policy === ''))
    found.push(...wrong(failures ? 'Never' : 'Never or OnFailure', path, { says: 'valid values: OnFailure, Never' }));
  if (!failures) return found;
  if (policy === 'OnFailure')
    found.push(
      ...wrong('Never with podFailurePolicy', path, {
        says: 'only Never is supported when podFailurePolicy is specified',
      }),
    );
  if (spec.podReplacementPolicy === 'TerminatingOrFailed')
    found.push(...wrong('Failed with podFailurePolicy', ['podReplacementPolicy']));
  const names = ['containers', 'initContainers'].flatMap((field) =>
    listAt(pod, field).map((item) => at(item, 'name') ?? ''),
  );
  for (const [i, rule] of listAt(spec, 'podFailurePolicy', 'rules').entries()) {
    const place = ['podFailurePolicy', 'rules', i];
    const name = at(rule, 'onExitCodes', 'containerName');
    if (isWord(name) && names.length > 0 && names.every(isWord) && !names.includes(name))
      found.push(
        ...wrong(`the name of one of the containers (${names.join(', ')})`, [...place, 'onExitCodes', 'containerName']),
      );
    if (at(rule, 'action') === 'FailIndex' && !isGiven(spec.backoffLimitPerIndex))
      found.push(
        ...wrong('FailJob, Ignore or Count without backoffLimitPerIndex', [...place, 'action'], {
          says: 'requires the backoffLimitPerIndex to be set',
        }),
      );
  }
  return found;
}

export const jobSpec: Rule = fields({ spec: job });

/** A selector that the Job makes, unless its author asks to make one. (validateGeneratedSelector, ValidateJobSpec) */
export function* selectorOfJob(object: JsonObject): Generator<Fault> {
  const spec = at(object, 'spec');
  const selector = at(spec, 'selector');
  const labels = at(spec, 'template', 'metadata', 'labels');
  const path = ['spec', 'selector'];
  if (isUnknown(spec, 'manualSelector') || isUnknown(spec, 'template', 'metadata', 'labels')) return;
  if (at(spec, 'manualSelector') === true) {
    if (!isJsonObject(selector)) yield* wrong('given with manualSelector', path);
    else if (selects(selector, labels) === false)
      yield* wrong('labels that the template has', path, {
        value: null,
        says: '`selector` does not match template `labels`',
      });
    return;
  }
  const name = givenText(at(object, 'metadata', 'name'));
  for (const key of keysAt(labels)) {
    const value = at(labels, key);
    const allowed = ofJob.includes(key)
      ? 'left out, as the API server sets it'
      : namesOfJob.includes(key)
        ? name
        : value;
    if (isWord(value) && allowed !== undefined && value !== allowed)
      yield* wrong(allowed as string, ['spec', 'template', 'metadata', 'labels', key]);
  }
  const own = Object.fromEntries([...ofJob, ...namesOfJob].map((key) => [key, name ?? '']));
  const given = {
    matchLabels: without(at(selector, 'matchLabels')),
    matchExpressions: at(selector, 'matchExpressions') ?? null,
  };
  if (name !== undefined && selects(given, own) === false)
    yield* wrong('left out, or given with manualSelector: true', path, {
      value: null,
      says: '`selector` not auto-generated',
    });
}

const ofJob = ['batch.kubernetes.io/controller-uid', 'controller-uid'];
const namesOfJob = ['batch.kubernetes.io/job-name', 'job-name'];
const without = (labels: Json | undefined): JsonObject =>
  isJsonObject(labels) ? Object.fromEntries(Object.entries(labels).filter(([key]) => !ofJob.includes(key))) : {};

/** The host names of an indexed Job's pods are made of its name. (ValidateJob) */
export function* nameOfJob(object: JsonObject): Generator<Fault> {
  const name = givenText(at(object, 'metadata', 'name'));
  const completions = at(object, 'spec', 'completions');
  if (name === undefined || at(object, 'spec', 'completionMode') !== 'Indexed' || typeof completions !== 'number')
    return;
  if (completions > 0 && !dnsLabel.accepts(`${name}-${completions - 1}`))
    yield* wrong(`${dnsLabel.allowed}, together with -${completions - 1}`, ['metadata', 'name']);
}

/** (validateCronJobSpec, ValidateCronJobCreate, ValidateJobTemplateSpec) */
export const cronJob: Rule = all(
  fields({
    metadata: fields({
      name: (name) =>
        isWord(name) && name.length > 52
          ? wrong('at most 52 characters long', [], { says: 'must be no more than 52 characters' })
          : none,
    }),
    spec: fields({
      schedule,
      timeZone,
      startingDeadlineSeconds: atLeastNothing,
      concurrencyPolicy: unlessEmpty(words('Allow', 'Forbid', 'Replace')),
      successfulJobsHistoryLimit: atLeastNothing,
      failedJobsHistoryLimit: atLeastNothing,
      jobTemplate: fields({
        spec: all(
          job,
          fields({
            selector: () => wrong('left out', [], { value: null, says: '`selector` will be auto-generated' }),
            manualSelector: (manual) => (manual === true ? wrong('false, or left out') : none),
          }),
        ),
      }),
    }),
  }),
);

/** (validateScheduleFormat, with ParseStandard of github.com/robfig/cron 3) */
function schedule(value: Json): readonly Fault[] {
  if (typeof value !== 'string') return none;
  if (value.includes('TZ')) return wrong('without a time zone: write that in spec.timeZone');
  return cronFault(value, 'five') === undefined
    ? none
    : wrong('five cron fields (minute hour day-of-month month day-of-week), or @daily, @hourly, …');
}

/** (validateTimeZone) */
function timeZone(value: Json): readonly Fault[] {
  return !isWord(value) || isTimeZone(value)
    ? none
    : wrong('a time zone of the IANA database such as Europe/Amsterdam', [], { says: 'unknown time zone' });
}

const isTimeZone = memoizeText((name) => {
  if (/^local$/i.test(name) || !name.split('/').every((part) => /^(?!-|\.{1,2}$)[A-Za-z._0-9+-]{1,14}$/.test(part)))
    return false;
  try {
    // JavaScript does not mind capitals, Go does.
    const { timeZone } = Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
});
