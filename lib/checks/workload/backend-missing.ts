import { backendsIn } from '../../graph/backends';
import { describe, step } from '../../graph/identity';
import { servicesOf } from '../../graph/services';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean, hintFor } from '../hint';
import { respelled } from '../meant';
import { missingUnless } from '../unless';

export const backendMissing: ClusterCheck = {
  id: 'workload/backend-missing',
  severity: 'error',
  title: 'Route to a Service that does not exist',
  atRunTime: 'requests are answered with an error (500 or 503), and the route has ResolvedRefs: False, BackendNotFound',
  remedy: 'name a Service of the same namespace, or of the namespace in the reference',
  fixes: 'write the one name that is a slip away',
  source: 'https://gateway-api.sigs.k8s.io/api-types/httproute/#backendrefs-optional',
  *check(cluster) {
    const services = servicesOf(cluster);
    for (const { resource, namespace, name, namePath } of backendsIn(cluster)) {
      const found = services.lookup(namespace, name);
      if (found.state === 'database') continue;
      const unless = missingUnless(found, { kind: 'Service', namespace, name });
      if (unless === undefined) continue;
      const near = nearest(name, services.in(namespace));
      const hint = near === undefined ? hintFor({ namespace, name }, cluster.ofKind('', 'Service')) : didYouMean(near);
      yield {
        at: { resource, path: namePath },
        ...respelled(namePath, name, services.in(namespace)),
        message: `${describe(resource)} leads to Service ${name}, which does not exist in namespace ${namespace}${hint}`,
        chain: [step(resource), `Service/${name}`],
        ...unless,
      };
    }
  },
};
