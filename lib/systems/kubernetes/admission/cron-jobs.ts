import type { Json } from '../../../json/json';
import { memoizeText } from '../../../text/memoize';
import { cronFault } from '../../cron';
import type { Fault } from '../../fault';
import { isGiven } from '../../given';
import { job } from './jobs';
import { all, fields, isWord, none, number, type Rule, steps, unlessEmpty, words, wrong } from './rules';

const atLeastNothing = number(0);

/** A Job without completions and parallelism has one of each; the template of a CronJob is not given them. (SetDefaults_Job) */
const countOfIndexes: Rule = steps(function* (spec) {
  if (spec.completionMode === 'Indexed' && !isGiven(spec.completions) && !isGiven(spec.parallelism))
    yield* wrong('given with the completionMode Indexed', ['completions']);
});

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
          countOfIndexes,
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
  if (cronFault(value, 'five') === undefined) return none;
  const allowed = 'five cron fields (minute hour day-of-month month day-of-week), or @daily, @hourly, …';
  return wrong(allowed, [], withoutSeconds(value));
}

/** Six fields that begin with second 0, as other systems have them, say the same as the five after it. */
function withoutSeconds(schedule: string): { readonly meant?: string } {
  const [seconds = '', ...rest] = schedule.trim().split(/\s+/);
  const meant = rest.join(' ');
  return /^0+$/.test(seconds) && rest.length === 5 && cronFault(meant, 'five') === undefined ? { meant } : {};
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
