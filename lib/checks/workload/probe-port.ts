import { isKnown } from '../../graph/substitution';
import { containersOf, podTemplates } from '../../graph/workload';
import { at, listAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const probePort: ClusterCheck = {
  id: 'workload/probe-port',
  severity: 'error',
  title: 'Probe of a port name that the container does not have',
  atRunTime:
    'the probe never runs ("strconv.Atoi: parsing …: invalid syntax"): the pod never becomes ready, or a hanging container is never restarted',
  remedy: "write the name of one of the container's own ports, or the port's number",
  source: 'kubernetes pkg/probe/util.go (ResolveContainerPort), pkg/kubelet/prober/worker.go',
  *check(cluster) {
    for (const pod of podTemplates(cluster.resources)) {
      for (const { value, path } of containersOf(pod)) {
        const names = listAt(value, 'ports').flatMap((port) => textAt(port, 'name') ?? []);
        if (!names.every(isKnown)) continue;
        for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
          for (const handler of ['httpGet', 'tcpSocket']) {
            const name = at(value, probe, handler, 'port');
            if (typeof name !== 'string' || !isKnown(name) || /^\d+$/.test(name) || names.includes(name)) continue;
            const has = names.length === 0 ? 'names none' : `has ${names.join(', ')}`;
            yield {
              at: { resource: pod.resource, path: [...path, probe, handler, 'port'] },
              message: `${probe} asks the port ${name}, but container ${textAt(value, 'name') ?? path.at(-1)} ${has}`,
            };
          }
        }
      }
    }
  },
};
