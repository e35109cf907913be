import { backendsIn } from '../../graph/backends';
import { describe, step } from '../../graph/identity';
import { servicesOf } from '../../graph/services';
import { isKnown } from '../../graph/substitution';
import { at, listAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';

export const backendPort: ClusterCheck = {
  id: 'workload/backend-port',
  severity: 'error',
  title: 'Route to a port that the Service does not have',
  atRunTime: "requests are answered with an error (500 or 503): the route needs the Service's port, not the pod's",
  remedy: "write a port from the Service's spec.ports",
  fixes: 'write the port of the Service that leads to the port of the pod, where one alone does',
  source: 'https://gateway-api.sigs.k8s.io/api-types/httproute/#backendrefs-optional',
  *check(cluster) {
    const services = servicesOf(cluster);
    for (const { resource, namespace, name, port, portPath } of backendsIn(cluster)) {
      if (port === undefined || (typeof port === 'string' && !isKnown(port))) continue;
      const found = services.lookup(namespace, name);
      if (found.state !== 'found' || found.resource.uncertain) continue;
      const ports = listAt(found.resource.value, 'spec', 'ports');
      const field = typeof port === 'number' ? 'port' : 'name';
      if (ports.length === 0 || ports.some((other) => at(other, field) === port || isUnsure(at(other, field))))
        continue;
      const targets = ports.some((other) => at(other, 'targetPort') === port);
      const [only, ...others] = ports
        .filter((other) => at(other, 'targetPort') === port)
        .map((other) => at(other, 'port'));
      const has = ports.map(
        (other) => `${at(other, 'port')}${textAt(other, 'name') ? ` (${textAt(other, 'name')})` : ''}`,
      );
      yield {
        at: { resource, path: portPath },
        ...(typeof port === 'number' && typeof only === 'number' && others.length === 0 && setting(portPath, only)),
        message: `${describe(resource)} leads to port ${port} of Service ${name}, which has ${has.join(', ')}${targets ? `: ${port} is the pod's` : ''}`,
        chain: [step(resource), `Service/${name} port ${port}`],
      };
    }
  },
};

/** A port that a variable fills in. */
function isUnsure(value: ReturnType<typeof at>): boolean {
  return typeof value === 'string' && !isKnown(value);
}
