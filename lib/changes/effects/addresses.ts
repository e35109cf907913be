import type { Resource } from '../../graph/resource';
import { listAt, textAt } from '../../json/read';
import { listedCode } from '../../text/listed';
import { isBelow, pathText } from '../difference';
import { effect, type Happening, ofPresent, type Present } from '../effect';

/** Addresses at which something answers no longer, or from now on. */
export const addresses = ofPresent(/^\/Service$|\/(?:Ingress|(?:HTTP|GRPC|TLS)Route)$/, function* (change) {
  const { before, after } = change;
  if (after.kind === 'Service') yield* ofService(change);
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

function* ofService({ before, after, fields }: Present): Generator<Happening> {
  yield* reached(before, after);
  if (before === undefined) return;
  const changed = (...path: string[]) => fields.filter((field) => isBelow(field.path, ...path));
  const ports = changed('spec', 'ports').filter(({ path }) => pathText(path).endsWith('].port') || path.length === 3);
  if (ports.length > 0) yield effect('other', 'medium', 'changes the ports that it answers at');
  if (changed('spec', 'selector').length > 0)
    yield effect('other', 'medium', 'sends requests to other pods: its selector changes');
}

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
