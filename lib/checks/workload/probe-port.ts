import { isKnown } from '../../graph/substitution';
import { containersOf, podTemplates } from '../../graph/workload';
import { at, listAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';
import { respelled } from '../meant';

/** What asks a container for something at one of its ports. */
const handlers = [
  ...['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe) => [
    [probe, 'httpGet'],
    [probe, 'tcpSocket'],
  ]),
  ['lifecycle', 'postStart', 'httpGet'],
  ['lifecycle', 'preStop', 'httpGet'],
];

export const probePort: ClusterCheck = {
  id: 'workload/probe-port',
  severity: 'error',
  title: 'Probe or hook of a port name that the container does not have',
  atRunTime:
    'the probe never runs ("strconv.Atoi: parsing …: invalid syntax"): the pod never becomes ready, or a hanging container is never restarted; the hook fails, and postStart ends the container',
  remedy: "write the name of one of the container's own ports, or the port's number",
  fixes: 'write the one port name that is a slip away',
  source: 'kubernetes pkg/probe/util.go (ResolveContainerPort), pkg/kubelet/prober/worker.go and lifecycle/handlers.go',
  *check(cluster) {
    for (const pod of podTemplates(cluster.resources)) {
      for (const { value, path } of containersOf(pod)) {
        const names = listAt(value, 'ports').flatMap((port) => textAt(port, 'name') ?? []);
        if (!names.every(isKnown)) continue;
        for (const handler of handlers) {
          const name = at(value, ...handler, 'port');
          if (typeof name !== 'string' || !isKnown(name) || /^\d+$/.test(name) || names.includes(name)) continue;
          const has = names.length === 0 ? 'names none' : `has ${names.join(', ')}`;
          yield {
            at: { resource: pod.resource, path: [...path, ...handler, 'port'] },
            ...respelled([...path, ...handler, 'port'], name, names),
            message: `${handler.at(-2)} asks the port ${name}, but container ${textAt(value, 'name') ?? path.at(-1)} ${has}`,
          };
        }
      }
    }
  },
};
