import { environmentOf, type ServiceVariables, serviceVariables } from '../../graph/environment';
import { describe, step } from '../../graph/identity';
import { type Container, containersOf, podTemplates } from '../../graph/workload';
import { listAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const serviceLink: ClusterCheck = {
  id: 'workload/service-link',
  severity: 'warning',
  title: 'Service that sets a variable which the program reads',
  atRunTime:
    'Kubernetes sets POSTGRES_PORT to tcp://10.0.0.1:5432 in every pod in the namespace of a Service postgres, and the program reads that as its own setting',
  remedy: 'set the variable in the container, set enableServiceLinks: false in the pod, or rename the Service',
  source: 'https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables',
  *check(cluster) {
    const variables = serviceVariables(cluster);
    for (const pod of podTemplates(cluster.resources)) {
      const services = variables(pod);
      if (services.length === 0) continue;
      for (const container of containersOf(pod)) {
        if (!services.some((service) => mayName(container, service))) continue;
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

/** Whether a container may have a variable that begins like a Service's: one of its own, or one of those that it reads whole. */
function mayName({ value }: Container, { prefix }: ServiceVariables): boolean {
  return (
    listAt(value, 'envFrom').length > 0 ||
    listAt(value, 'env').some((item) => textAt(item, 'name')?.startsWith(prefix) === true)
  );
}
