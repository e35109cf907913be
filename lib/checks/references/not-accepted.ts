import { describe, step } from '../../graph/identity';
import type { Reference } from '../../graph/references/reference';
import { targetsOf } from '../../graph/references/targets';
import { listAt, objectAt, textAt } from '../../json/read';
import { answersFor, letsOthersIn, listenersFor } from '../../systems/references/listeners';
import { listed } from '../../text/listed';
import type { ClusterCheck } from '../check';
import { judgedTargets } from './missing';

export const notAccepted: ClusterCheck = {
  id: 'references/not-accepted',
  severity: 'error',
  title: 'Route that its Gateway does not accept',
  atRunTime:
    'no request reaches the route: it has Accepted: False, NotAllowedByListeners or NoMatchingListenerHostname',
  remedy:
    'let the listener take routes of other namespaces (allowedRoutes.namespaces.from), or name a listener whose hostname fits',
  source: 'https://gateway-api.sigs.k8s.io/reference/spec/#allowedroutes',
  *check(cluster) {
    const targets = targetsOf(cluster);
    for (const reference of judgedTargets(cluster)) {
      const { resource, kind, at: way } = reference;
      if (kind !== 'Gateway' || way[1] !== 'parentRefs') continue;
      const found = targets.lookup(reference);
      if (found.state !== 'found' || found.resource === undefined || found.resource.uncertain) continue;
      const message = refusal(reference, found.resource.value);
      if (message === undefined) continue;
      yield { at: { resource, path: [...way, 'name'] }, message, chain: [step(resource), step(reference)] };
    }
  },
};

function refusal(reference: Reference, gateway: Parameters<typeof listenersFor>[0]): string | undefined {
  const { resource, at: way, namespace } = reference;
  const listeners = listenersFor(gateway, objectAt(resource.value, ...way) ?? {});
  // That there is none is told otherwise.
  if (listeners.length === 0) return undefined;
  const names = listed(listeners.map((listener) => textAt(listener, 'name') ?? '?'));
  const open = listeners.filter((listener) => namespace === resource.namespace || letsOthersIn(listener) !== false);
  if (open.length === 0) {
    return `${describe(reference)} takes no routes of namespace ${resource.namespace}: its listeners (${names}) take those of their own alone`;
  }
  const hostnames = listAt(resource.value, 'spec', 'hostnames').flatMap((name) =>
    typeof name === 'string' ? [name] : [],
  );
  if (open.some((listener) => answersFor(listener, hostnames))) return undefined;
  const answered = listed(open.map((listener) => `${textAt(listener, 'name')} for ${textAt(listener, 'hostname')}`));
  return `${describe(reference)} answers for none of ${listed(hostnames)}: it has ${answered}`;
}
