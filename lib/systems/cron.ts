import { count } from '../text/count';
import { parseDuration } from './duration';
import type { Format } from './format';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The fields of a schedule, as github.com/robfig/cron has them (v1.2, and v3 the same: parser.go and spec.go). */
const fields = [
  { name: 'second', least: 0, most: 59, words: [] },
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day of month', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: ['', ...months] },
  { name: 'day of week', least: 0, most: 6, words: days },
] as const;

const descriptor = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/**
 * What is wrong with a schedule; undefined when it means what it says.
 *
 * @param form five fields, as CronJobs of Kubernetes have them, or six, the first of which is the seconds. Where six are meant, the
 *   parser takes five for those without the day of the week: a line that begins with the minutes runs at other times
 */
export function cronFault(schedule: string, form: 'five' | 'six'): string | undefined {
  if (schedule.startsWith('@')) {
    const every = schedule.startsWith('@every ') && parseDuration(schedule.slice('@every '.length)) !== undefined;
    return every || descriptor.test(schedule) ? undefined : 'is not a known descriptor';
  }
  const given = schedule.trim().split(/\s+/);
  if (given.length === 5 && form === 'six') {
    const read = given.map((text, i) => `${fields[i]?.name} ${text}`).join(', ');
    return `has five fields, but the first of them counts as seconds: ${read}`;
  }
  const meant = form === 'six' ? fields : fields.slice(1);
  if (given.length !== meant.length) return `has ${count(given.length, 'field')}, not ${form}`;
  for (const [i, field] of meant.entries()) {
    const text = given[i] ?? '';
    // The parser leaves out what is empty between commas; a field of nothing else never comes.
    const ranges = text.split(',').filter((range) => range !== '');
    if (ranges.length === 0 || !ranges.every((range) => isRange(range, field))) {
      return `has ${text} for the ${field.name}, which goes from ${field.least} to ${field.most}`;
    }
  }
  return undefined;
}

function isRange(text: string, { least, most, words }: (typeof fields)[number]): boolean {
  const [, range = '', step] = /^([^/]*)(?:\/\+?(\d+))?$/.exec(text) ?? [];
  if (step !== undefined && Number(step) === 0) return false;
  const [from = '', to, ...more] = range.split('-');
  if (from === '*' || from === '?') return true;
  const numberOf = (end: string) => {
    const word = (words as readonly string[]).indexOf(end.toLowerCase());
    return word >= 0 && end !== '' ? word : /^\+?\d+$/.test(end) ? Number(end) : Number.NaN;
  };
  const first = numberOf(from);
  // `5/10` goes on to the end.
  const last = to === undefined ? (step === undefined ? first : most) : numberOf(to);
  return more.length === 0 && first >= least && last <= most && first <= last;
}

export const sixFieldCron: Format = {
  allowed:
    'six cron fields with the seconds first (second minute hour day-of-month month day-of-week), or @daily, @hourly, @weekly, @monthly, @yearly, @every 6h',
  example: '"0 0 2 * * *" for every day at 02:00 (a five-field line gets a leading 0)',
  accepts: (text) => cronFault(text, 'six') === undefined,
};
