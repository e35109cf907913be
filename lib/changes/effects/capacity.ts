import type { Cluster } from '../../graph/cluster';
import type { Resource } from '../../graph/resource';
import { at, textAt } from '../../json/read';
import { hasTrait } from '../../systems/kinds/kinds';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Context } from '../context';
import { isBelow, pathText } from '../difference';
import { effect, type Happening, ofPresent, type Present } from '../effect';

/** How many pods there may be: autoscalers, and budgets that keep nodes from being drained. */
export const capacity = ofPresent(
  /^(?:autoscaling\/HorizontalPodAutoscaler|policy\/PodDisruptionBudget)$/,
  (change, context) => (change.after.group === 'policy' ? ofBudget(change, context) : ofAutoscaler(change)),
);

function* ofAutoscaler({ before, after, fields }: Present): Generator<Happening> {
  if (before === undefined || !fields.some(({ path }) => /^spec\.(?:min|max)Replicas$/.test(pathText(path)))) return;
  const limits = ({ value }: Resource) =>
    `${at(value, 'spec', 'minReplicas') ?? 1} to ${at(value, 'spec', 'maxReplicas')}`;
  const [kind, name] = ['kind', 'name'].map((field) => textAt(after.value, 'spec', 'scaleTargetRef', field) ?? '?');
  yield effect('scale', 'medium', `keeps ${limits(after)} pods of ${kind} ${name}, ${limits(before)} before`);
}

/** https://kubernetes.io/docs/tasks/run-application/configure-pdb/: a budget that allows nothing to go stops every drain. */
function* ofBudget({ before, after, fields }: Present, { head }: Context): Generator<Happening> {
  if (before !== undefined && !fields.some(({ path }) => isBelow(path, 'spec'))) return;
  const most = at(after.value, 'spec', 'maxUnavailable');
  const least = at(after.value, 'spec', 'minAvailable');
  const replicas = replicasOf(after, head);
  const none =
    most === 0 ||
    most === '0%' ||
    least === '100%' ||
    (typeof least === 'number' && replicas !== undefined && least >= replicas);
  if (none)
    yield effect(
      'other',
      'medium',
      'allows no pod to be evicted: nodes that run its pods cannot be drained, such as for an upgrade',
    );
}

/** Of the only workload that a budget selects. */
function replicasOf(budget: Resource, head: Context['head']): number | undefined {
  const found = (head && scaledIn(head.cluster).get(selectorOf(budget))) ?? [];
  const replicas = at(found[0]?.value, 'spec', 'replicas') ?? 1;
  return found.length === 1 && typeof replicas === 'number' ? replicas : undefined;
}

/** Workloads by namespace and selector. */
const scaledIn = memoize((cluster: Cluster) =>
  groupBy(
    cluster.resources.filter((resource) => hasTrait(resource, 'scaled')),
    selectorOf,
  ),
);

function selectorOf({ namespace, value }: Resource): string {
  return JSON.stringify([namespace, at(value, 'spec', 'selector')]);
}
