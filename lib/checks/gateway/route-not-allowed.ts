import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { Json } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import { group, listenersFor, routeKinds, routesOf, selects } from '../../systems/gateway/attach';
import type { ClusterCheck } from '../check';

export const routeNotAllowed: ClusterCheck = {
  id: 'gateway/route-not-allowed',
  severity: 'error',
  title: 'Route that its Gateway takes from other namespaces alone',
  atRunTime:
    'no request reaches the route: its Gateway does not accept it ("NotAllowedByListeners"), since a listener takes routes of its own namespace unless allowedRoutes says otherwise',
  remedy:
    "set the listener's allowedRoutes.namespaces.from to All, or to Selector with labels that the route's namespace has",
  source: 'https://gateway-api.sigs.k8s.io/guides/multiple-ns/',
  *check(cluster) {
    for (const route of routeKinds.flatMap((kind) => cluster.ofKind(group, kind))) {
      for (const [i, ref] of listAt(route.value, 'spec', 'parentRefs').entries()) {
        const gateway = gatewayOf(cluster, route, ref);
        if (gateway === undefined || gateway.uncertain || route.uncertain) continue;
        const listeners = listenersFor(gateway.value, ref);
        // What takes no listener at all is told otherwise.
        if (listeners.length === 0 || listeners.some((listener) => takes(cluster, listener, route, gateway))) continue;
        yield {
          at: { resource: route, path: ['spec', 'parentRefs', i] },
          message: `${describe(gateway)} takes no routes of namespace ${route.namespace} by ${listeners.length === 1 ? `its listener ${textAt(listeners[0], 'name')}` : 'any of its listeners'}`,
          chain: [step(route), step(gateway)],
        };
      }
    }
  },
};

function gatewayOf(cluster: Cluster, route: Resource, ref: Json): Resource | undefined {
  const namespace = textAt(ref, 'namespace') ?? route.namespace;
  const name = textAt(ref, 'name');
  const other = (textAt(ref, 'kind') ?? 'Gateway') !== 'Gateway' || (textAt(ref, 'group') ?? group) !== group;
  if (other || name === undefined || ![name, namespace, route.namespace].every((text) => text !== '' && isKnown(text)))
    return undefined;
  return cluster.find({ group, kind: 'Gateway', namespace, name })[0];
}

/** Whether a listener takes routes of a namespace; true where nobody knows. */
function takes(cluster: Cluster, listener: Json, route: Resource, gateway: Resource): boolean {
  const from = routesOf(listener);
  if (from === undefined || from === 'All') return true;
  if (from === 'None') return false;
  if (from === 'Same') return route.namespace === gateway.namespace;
  const [namespace] = cluster.find({ group: '', kind: 'Namespace', namespace: '', name: route.namespace });
  if (namespace === undefined || namespace.uncertain) return true;
  const labels = { ...objectAt(namespace.value, 'metadata', 'labels'), 'kubernetes.io/metadata.name': route.namespace };
  return selects(from.selector, labels) !== false;
}
