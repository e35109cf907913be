import { refusedChanges } from '../graph/schema/transitions';
import { refusedChanges as refusedByCnpg } from '../systems/cnpg/admission/changes';
import { isCluster } from '../systems/cnpg/names';
import type { RefusedChange } from '../systems/fault';
import { refusedFields } from '../systems/kubernetes/immutable';
import { pathText } from './difference';
import type { Changed } from './pairs';
import type { Side } from './side';
import { nodeOf } from './side';

/** What of a change is refused; of an object that is not there yet, nothing. */
export function immutableFields(change: Changed, head: Side | undefined): RefusedChange[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const fields = change.fields.map((field) => ({ ...field, path: pathText(field.path) }));
  const node = nodeOf(after, head);
  const byRules = node === undefined ? [] : refusedChanges(node, before.value, after.value);
  return [
    ...refusedFields(after, before.value, after.value, fields),
    ...byRules.map(({ path, reason }) => ({
      path: pathText(path.map((step) => (typeof step === 'number' ? { item: String(step) } : step))),
      reason,
    })),
    ...(isCluster(after) ? refusedByCnpg(before.value, after.value) : []),
  ];
}
