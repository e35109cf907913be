import { describe, step } from '../../graph/identity';
import { labelsOf, podsOf, portsOf } from '../../graph/pods';
import { isKnown } from '../../graph/substitution';
import { at, listAt, objectAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';
import { respelled } from '../meant';

export const serviceTargetPort: ClusterCheck = {
  id: 'workload/service-target-port',
  severity: 'error',
  title: 'Service that leads to a port name which no container has',
  atRunTime: 'the Service has no endpoints for that port: connections to it are refused or time out',
  remedy: "write the name of one of the containers' ports with the same protocol, or the port's number",
  fixes: 'write the one port name that is a slip away',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  *check(cluster) {
    const pods = podsOf(cluster);
    for (const service of cluster.ofKind('', 'Service')) {
      const selector = labelsOf(objectAt(service.value, 'spec', 'selector'));
      if (selector === undefined || selector.size === 0) continue;
      const selected = pods.selected(service.namespace, selector);
      const ports = selected.flatMap(portsOf);
      if (selected.length === 0 || selected.some(({ resource }) => resource.uncertain)) continue;
      if (ports.some(({ known }) => !known)) continue;
      for (const [i, port] of listAt(service.value, 'spec', 'ports').entries()) {
        const path = ['spec', 'ports', i, 'targetPort'];
        const name = at(port, 'targetPort');
        if (typeof name !== 'string' || !isKnown(name) || /^\d+$/.test(name)) continue;
        const protocol = textAt(port, 'protocol') ?? 'TCP';
        const named = ports.filter((other) => other.name === name);
        if (named.some((other) => other.protocol === protocol)) continue;
        // Only ports of other protocols have that name, or none does.
        const [other] = named;
        const names = [...new Set(ports.map((each) => each.name))].join(', ');
        const has =
          other !== undefined
            ? `${name} is a ${other.protocol} port there`
            : names === ''
              ? 'no port has a name'
              : `its ports are ${names}`;
        const [first] = selected;
        yield {
          at: { resource: service, path },
          ...(other === undefined && respelled(path, name, names.split(', '))),
          message: `${describe(service)} leads to the ${protocol} port ${name} of ${first ? describe(first.resource) : 'pods'}: ${has}`,
          chain: [step(service), ...selected.slice(0, 1).map(({ resource }) => step(resource))],
        };
      }
    }
  },
};
