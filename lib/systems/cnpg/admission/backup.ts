import type { JsonObject } from '../../../json/json';
import { at, objectAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import { givenText, isGiven, isUnknown } from '../../given';
import { atAnnotation } from './values';

/** How a backup is taken that does not say how: the definitions of Backup and ScheduledBackup fill it in. */
export const defaultMethod = 'barmanObjectStore';

/** (scheduledbackup_webhook.go, backup_webhook.go) What is wrong with a schedule, cronFault tells. */
export function* backup(object: JsonObject): Generator<Fault> {
  const method = at(object, 'spec', 'method') ?? defaultMethod;
  for (const field of ['online', 'onlineConfiguration'])
    if (method === 'barmanObjectStore' && isGiven(at(object, 'spec', field)))
      yield fault(['spec', field], 'left out unless the method is volumeSnapshot', null);
  const plugin = ['spec', 'pluginConfiguration'];
  const name = [...plugin, 'name'];
  if (object.kind === 'Backup' && method === 'plugin' && !isGiven(at(object, ...name)) && !isUnknown(object, ...name))
    yield fault(objectAt(object, ...plugin) ? name : plugin, 'given: the method is plugin', null);
  const deadline = givenText(at(object, ...atAnnotation('cnpg.io/volumeSnapshotDeadline')));
  if (object.kind === 'Backup' && deadline !== undefined && !/^[+-]?\d+$/.test(deadline))
    yield fault(atAnnotation('cnpg.io/volumeSnapshotDeadline'), 'a whole number of minutes');
}
