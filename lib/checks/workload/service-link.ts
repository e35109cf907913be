import { environmentOf, type ServiceVariables, serviceVariables } from '../../graph/environment';
import { describe, step } from '../../graph/identity';
import { type Container, containersOf, podTemplates } from '../../graph/workload';
import { listAt, textAt } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
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
    const byPrefix = memoize((services: readonly ServiceVariables[]) => groupBy(services, ({ prefix }) => prefix));
    for (const pod of podTemplates(cluster.resources)) {
      const services = byPrefix(variables(pod));
      if (services.size === 0) continue;
      for (const container of containersOf(pod)) {
        if (!mayName(container, services)) continue;
        const { values, complete } = environmentOf(pod, container, cluster);
        if (!complete) continue;
        // A program that is told of a host by a Service's prefix reads the port by it, too.
        for (const prefix of new Set([...values.keys()].map(prefixOf))) {
          if (values.has(`${prefix}_PORT`)) continue;
          for (const { service } of services.get(prefix) ?? []) {
            const host = hosts.find((end) => values.has(`${prefix}_${end}`));
            yield {
              at: { resource: pod.resource, path: [...container.path, 'env'], on: 'key' },
              message: `container ${textAt(container.value, 'name') ?? ''} sets ${prefix}_${host} but not ${prefix}_PORT, which ${describe(service)} sets to tcp://<address>:<port>`,
              chain: [step(pod.resource), step(service)],
            };
          }
        }
      }
    }
  },
};

const hosts = ['HOST', 'HOSTNAME', 'SERVER', 'ADDRESS'];
const ofHost = new RegExp(`_(?:${hosts.join('|')})$`);

/** `POSTGRES` of POSTGRES_HOST; empty for a variable that is called like no host. */
function prefixOf(name: string): string {
  return ofHost.test(name) ? name.replace(ofHost, '') : '';
}

/** Whether a container may be told of a Service's host: by a variable of its own, or by those that it reads whole. */
function mayName({ value }: Container, services: ReadonlyMap<string, unknown>): boolean {
  return (
    listAt(value, 'envFrom').length > 0 ||
    listAt(value, 'env').some((item) => services.has(prefixOf(textAt(item, 'name') ?? '')))
  );
}
