import { describe, step } from '../../graph/identity';
import { textAt } from '../../graph/json';
import { containersOf, podTemplates } from '../../graph/workload';
import type { ClusterCheck } from '../check';
import { environmentOf, serviceVariables } from './environment';

export const serviceLink: ClusterCheck = {
  id: 'workload/service-link',
  severity: 'warning',
  title: 'Service that sets a variable of the program',
  atRunTime:
    'Kubernetes sets POSTGRES_PORT to tcp://10.0.0.1:5432 in every pod beside a Service postgres, and the program takes that for its setting',
  remedy:
    'set the variable in the container, put enableServiceLinks: false into the pod, or call the Service otherwise',
  source: 'https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables',
  *check(cluster) {
    const variables = serviceVariables(cluster);
    for (const pod of podTemplates(cluster.resources)) {
      const services = variables(pod);
      if (services.length === 0) continue;
      for (const container of containersOf(pod)) {
        const { values, complete } = environmentOf(pod, container, cluster);
        if (!complete) continue;
        for (const { service, prefix } of services) {
          // A program that is told of a host by this prefix reads the port by it, too.
          const host = ['HOST', 'HOSTNAME', 'SERVER', 'ADDRESS'].find((end) => values.has(`${prefix}_${end}`));
          if (host === undefined || values.has(`${prefix}_PORT`)) continue;
          yield {
            at: { resource: pod.resource, path: [...container.path, 'env'], on: 'key' },
            message: `container ${textAt(container.value, 'name') ?? ''} sets ${prefix}_${host} but not ${prefix}_PORT, which ${describe(service)} sets to tcp://<address>:<port>`,
            chain: [step(pod.resource), step(service)],
          };
        }
      }
    }
  },
};
