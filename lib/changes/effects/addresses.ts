import type { Resource } from '../../graph/resource';
import { listAt, textAt } from '../../json/read';
import { listedCode } from '../../text/listed';
import type { Changed } from '../context';
import { isBelow, pathText } from '../difference';
import type { EffectRule, Found } from '../effect';

/** Addresses at which something answers no longer, or from now on. */
export const addresses: EffectRule = function* ({ changes }) {
  for (const change of changes) {
    const { before, after } = change;
    if (after === undefined) continue;
    const common = { on: after, change, by: after.appliedBy };
    if (after.group === '' && after.kind === 'Service') yield* reached(before, after, common);
    if (before === undefined) continue;
    const [gone, come] = [hostsLeft(before, after), hostsLeft(after, before)];
    if (gone.length > 0)
      yield {
        ...common,
        kind: 'other',
        danger: 'high',
        message: `no longer answers at ${listedCode(gone, 4)}${come.length > 0 ? `, but answers at ${listedCode(come, 4)}` : ''}`,
      };
    else if (come.length > 0)
      yield { ...common, kind: 'other', danger: 'low', message: `answers at ${listedCode(come, 4)}, too` };
    if (after.group === '' && after.kind === 'Service') yield* ofService(change, common);
  }
};

/** The host names of one that the other has not. */
function hostsLeft(one: Resource, other: Resource): string[] {
  const kept = new Set(hostsOf(other));
  return [...new Set(hostsOf(one))].filter((host) => !kept.has(host));
}

function hostsOf({ kind, value }: Resource): string[] {
  if (kind === 'Ingress') return listAt(value, 'spec', 'rules').flatMap((rule) => textAt(rule, 'host') ?? []);
  if (!/^(?:HTTP|GRPC|TLS)Route$/.test(kind)) return [];
  return listAt(value, 'spec', 'hostnames').filter((host) => typeof host === 'string');
}

function* ofService({ fields }: Changed, common: Pick<Found, 'on' | 'change' | 'by'>): Generator<Found> {
  const changed = (...path: string[]) => fields.filter((field) => isBelow(field.path, ...path));
  const ports = changed('spec', 'ports').filter(({ path }) => pathText(path).endsWith('].port') || path.length === 3);
  if (ports.length > 0) yield { ...common, kind: 'other', danger: 'medium', message: 'answers at other ports' };
  if (changed('spec', 'selector').length > 0)
    yield { ...common, kind: 'other', danger: 'medium', message: 'sends to other pods: its selector changes' };
}

/** From where a Service is reached: `ClusterIP` from within the cluster alone. */
function* reached(
  before: Resource | undefined,
  after: Resource,
  common: Pick<Found, 'on' | 'change' | 'by'>,
): Generator<Found> {
  const typeOf = (service: Resource | undefined) => textAt(service?.value, 'spec', 'type') ?? 'ClusterIP';
  const [from, to] = [typeOf(before), typeOf(after)];
  if (from === to) return;
  const message = outside.test(to)
    ? `is reached from outside the cluster from now on: its type is ${to}`
    : outside.test(from)
      ? `is no longer reached from outside the cluster: its type becomes ${to}`
      : `is another kind of address: its type becomes ${to}`;
  yield { ...common, kind: 'other', danger: outside.test(from) ? 'high' : 'medium', message };
}

const outside = /^(?:LoadBalancer|NodePort)$/;
