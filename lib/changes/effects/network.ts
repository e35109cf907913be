import { describe } from '../../graph/identity';
import { labelsOf, matches, podsOf } from '../../graph/pods';
import type { Resource } from '../../graph/resource';
import { at, listAt, objectAt } from '../../json/read';
import { listed } from '../../text/listed';
import { isBelow } from '../difference';
import { effect, ofPresent } from '../effect';
import type { Side } from '../side';

/** Traffic that a NetworkPolicy cuts off or lets through (https://kubernetes.io/docs/concepts/services-networking/network-policies/); loss.ts tells of those that go. */
export const network = ofPresent(
  /^networking\.k8s\.io\/NetworkPolicy$/,
  function* ({ before, after, fields }, { head }) {
    const whom = guardedBy(after, head);
    if (before === undefined)
      yield effect('other', 'medium', `blocks all traffic ${directions(after)} ${whom} except what it allows`);
    else if (fields.some(({ path }) => isBelow(path, 'spec')))
      yield effect('other', 'medium', `changes which traffic it allows ${directions(after)} ${whom}`);
  },
);

/** Without `policyTypes`, it is about what comes in, and about what goes out where it has such rules. */
function directions({ value }: Resource): string {
  const types = listAt(value, 'spec', 'policyTypes');
  const out = types.length > 0 ? types.includes('Egress') : at(value, 'spec', 'egress') !== undefined;
  const into = types.length > 0 ? types.includes('Ingress') : true;
  return into && out ? 'into and out of' : out ? 'out of' : 'into';
}

/** The pods that a policy selects, by the workloads of a side. */
export function guardedBy({ value, namespace }: Resource, side: Side | undefined): string {
  const selector = labelsOf(objectAt(value, 'spec', 'podSelector', 'matchLabels'));
  const expressions = listAt(value, 'spec', 'podSelector', 'matchExpressions');
  if (selector?.size === 0 && expressions.length === 0) return `every pod of namespace ${namespace}`;
  const names = ((side && podsOf(side.cluster).in(namespace)) ?? [])
    .filter(({ labels }) => selector !== undefined && labels !== undefined && matches(selector, labels))
    .map(({ pod }) => describe(pod.resource));
  return expressions.length > 0 || names.length === 0 ? 'the pods that it selects' : listed(names, 4);
}
