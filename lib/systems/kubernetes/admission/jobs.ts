import type { JsonObject } from '../../../json/json';
import { textAt } from '../../../json/read';
import { cronFault } from '../../cron';
import type { Fault } from '../../fault';

/** (pkg/apis/batch/validation: validateScheduleFormat, with ParseStandard of github.com/robfig/cron 3) */
export function* schedule(object: JsonObject): Generator<Fault> {
  const path = ['spec', 'schedule'];
  const text = textAt(object, ...path);
  if (text === undefined) return;
  if (text.includes('TZ')) yield { path, allowed: 'without a time zone, which spec.timeZone says' };
  else if (cronFault(text, 'five') !== undefined)
    yield { path, allowed: 'five cron fields (minute hour day-of-month month day-of-week), or @daily, @hourly, …' };
}
