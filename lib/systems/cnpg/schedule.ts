const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * The fields of a schedule as CloudNativePG 1.30 reads it (internal/webhook/v1/scheduledbackup_webhook.go: cron.Parse of
 * github.com/robfig/cron 1.2, parser.go and spec.go).
 */
const fields = [
  { name: 'second', least: 0, most: 59, words: [] },
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day of month', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: ['', ...months] },
  { name: 'day of week', least: 0, most: 6, words: days },
] as const;

/** Go's time.ParseDuration takes any of these after @every. */
const descriptor =
  /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every [+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+))$/;

/** What a schedule may be, for messages. */
export const scheduleForm = {
  allowed:
    'six cron fields with the seconds first (second minute hour day-of-month month day-of-week), or @daily, @hourly, @weekly, @monthly, @yearly, @every 6h',
  example: '"0 0 2 * * *" for every day at 02:00 (a five-field line gets a leading 0)',
};

/** What is wrong with a schedule; undefined when it means what it says. One of five fields is taken, with its minutes as seconds. */
export function scheduleFault(schedule: string): string | undefined {
  if (schedule.startsWith('@')) return descriptor.test(schedule) ? undefined : 'is no descriptor that is known';
  const given = schedule.trim().split(/\s+/);
  if (given.length === 5) {
    const read = given.map((text, i) => `${fields[i]?.name} ${text}`).join(', ');
    return `has five fields, and the first is the seconds: ${read}`;
  }
  if (given.length !== 6) return `has ${given.length} field${given.length === 1 ? '' : 's'}, not six`;
  for (const [i, field] of fields.entries()) {
    const text = given[i] ?? '';
    if (!text.split(',').every((part) => part === '' || isRange(part, field))) {
      return `has ${text} for the ${field.name}, which goes from ${field.least} to ${field.most}`;
    }
  }
  return undefined;
}

function isRange(text: string, { least, most, words }: (typeof fields)[number]): boolean {
  const [, range = '', step] = /^([^/]*)(?:\/\+?(\d+))?$/.exec(text) ?? [];
  if (step !== undefined && Number(step) === 0) return false;
  // What follows a star, as in *-5, is not read.
  if (/^[*?](?:-|$)/.test(range)) return true;
  const ends = range.split('-').map((end) => {
    const word = (words as readonly string[]).indexOf(end.toLowerCase());
    return word >= 0 && end !== '' ? word : /^\+?\d+$/.test(end) ? Number(end) : Number.NaN;
  });
  const [first = Number.NaN, last = first] = ends;
  return ends.length <= 2 && first >= least && last <= most && first <= last;
}
