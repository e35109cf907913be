import { isKnown } from '../../graph/substitution';
import type { Path } from '../../json/json';
import { textAt } from '../../json/read';
import { group } from '../../systems/cnpg/names';
import { cronFault } from '../../systems/cron';
import type { ClusterCheck } from '../check';
import { type MayHaveFix, setting } from '../meant';

export const schedule: ClusterCheck = {
  id: 'cnpg/schedule',
  severity: 'error',
  title: 'Schedule that does not have six fields',
  atRunTime:
    'with five fields, backups run at the wrong times (0 2 * * * runs every hour); any other number of fields is refused, and so is a wrong value',
  remedy: 'write six fields, the seconds first: "0 0 2 * * *" is every day at 02:00',
  fixes: 'put a 0 for the seconds before five fields',
  source: 'https://cloudnative-pg.io/documentation/current/backup/#scheduled-backups',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'ScheduledBackup')) {
      const path = ['spec', 'schedule'];
      const text = textAt(resource.value, ...path);
      if (text === undefined || !isKnown(text)) continue;
      const fault = cronFault(text, 'six');
      if (fault !== undefined)
        yield { at: { resource, path }, message: `"${text}" ${fault}`, ...withSeconds(text, path) };
    }
  },
};

/** Five fields are read as Kubernetes' CronJobs have them, which is what they are copied from. */
function withSeconds(text: string, path: Path): MayHaveFix {
  const meant = `0 ${text.trim()}`;
  return cronFault(text, 'five') === undefined && !text.startsWith('@') && cronFault(meant, 'six') === undefined
    ? setting(path, meant)
    : {};
}
