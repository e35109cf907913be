import { labelsOf, matches } from '../../graph/pods';
import type { Resource } from '../../graph/resource';
import { podTemplate } from '../../graph/workload';
import { listAt, objectAt, textAt } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { listedCode } from '../../text/listed';
import { memoize } from '../../text/memoize';
import type { Context } from '../context';
import { isBelow, pathText } from '../difference';
import { effect, type Happening, isUpdated, ofPresent, type Present } from '../effect';
import { immutableFields } from '../immutable';

/** What becomes of a Service whose workload is refused. */
export const noPods = 'finds no pods any more: its selector changes, and their labels cannot';

/** Addresses at which something answers no longer, or from now on. */
export const addresses = ofPresent(/^\/Service$|\/(?:Ingress|(?:HTTP|GRPC|TLS)Route)$/, function* (change, context) {
  const { before, after } = change;
  if (after.kind === 'Service') yield* ofService(change, context);
  if (before === undefined) return;
  const [gone, come] = [hostsLeft(before, after), hostsLeft(after, before)];
  if (gone.length > 0) {
    const instead = come.length > 0 ? `, but answers at ${listedCode(come, 4)}` : '';
    yield effect('other', 'high', `no longer answers at ${listedCode(gone, 4)}${instead}`);
  } else if (come.length > 0) yield effect('other', 'low', `also answers at ${listedCode(come, 4)}`);
});

/** The host names of one that the other has not. */
function hostsLeft(one: Resource, other: Resource): string[] {
  const kept = new Set(hostsOf(other));
  return [...new Set(hostsOf(one))].filter((host) => !kept.has(host));
}

function hostsOf({ kind, value }: Resource): string[] {
  if (kind === 'Ingress') return listAt(value, 'spec', 'rules').flatMap((rule) => textAt(rule, 'host') ?? []);
  return kind === 'Service' ? [] : listAt(value, 'spec', 'hostnames').filter((host) => typeof host === 'string');
}

function* ofService({ before, after, fields }: Present, context: Context): Generator<Happening> {
  yield* reached(before, after);
  if (before === undefined) return;
  const changed = (...path: string[]) => fields.filter((field) => isBelow(field.path, ...path));
  const ports = changed('spec', 'ports').filter(({ path }) => pathText(path).endsWith('].port') || path.length === 3);
  if (ports.length > 0) yield effect('other', 'medium', 'changes the ports that it answers at');
  if (changed('spec', 'selector').length === 0) return;
  yield findsNone(after, context)
    ? effect('other', 'high', noPods)
    : effect('other', 'medium', 'sends requests to other pods: its selector changes');
}

/** Whether Helm changes a Service although the workload that it is for is refused, and keeps the labels of its pods. */
function findsNone({ chart, value }: Resource, context: Context): boolean {
  const selector = labelsOf(objectAt(value, 'spec', 'selector'));
  if (chart === undefined || selector === undefined) return false;
  const selects = (workload: Resource) => {
    const labels = labelsOf(podTemplate(workload)?.metadata && objectAt(podTemplate(workload)?.metadata, 'labels'));
    return labels !== undefined && matches(selector, labels);
  };
  return (refusedWorkloads(context).get(chart.release) ?? []).some(
    ({ before, after }) => selects(after) && !selects(before),
  );
}

const refusedWorkloads = memoize((context: Context) =>
  groupBy(
    context.changes
      .filter(isUpdated)
      .filter(
        (change) => change.after.chart && podTemplate(change.after) && immutableFields(change, context.head).length > 0,
      ),
    ({ after }) => after.chart?.release,
  ),
);

/** From where a Service is reached: `ClusterIP` from within the cluster alone. */
function* reached(before: Resource | undefined, after: Resource): Generator<Happening> {
  const typeOf = (service: Resource | undefined) => textAt(service?.value, 'spec', 'type') ?? 'ClusterIP';
  const [from, to] = [typeOf(before), typeOf(after)];
  if (from === to) return;
  const message = outside.test(to)
    ? `can be reached from outside the cluster: its type becomes ${to}`
    : outside.test(from)
      ? `can no longer be reached from outside the cluster: its type becomes ${to}`
      : `changes its type to ${to}`;
  yield effect('other', outside.test(from) ? 'high' : 'medium', message);
}

const outside = /^(?:LoadBalancer|NodePort)$/;
