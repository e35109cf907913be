import { isKnown } from '../../graph/substitution';
import { dns1035Label, dnsLabel } from '../../systems/kubernetes/names';
import type { ClusterCheck } from '../check';

/** The first release that lets a digit begin the name of a Service: RelaxedServiceNameValidation is on by default. */
const relaxed = 36;

export const serviceName: ClusterCheck = {
  id: 'workload/service-name',
  severity: 'warning',
  title: 'Name of a Service that only new clusters take',
  atRunTime:
    'the API server of Kubernetes 1.35 and before refuses the Service, and Flux applies nothing of the whole Kustomization',
  remedy: 'begin the name with a letter, or give the release of the cluster by --kubernetes if it is 1.36 or later',
  source: 'kubernetes 1.36 pkg/features/kube_features.go (RelaxedServiceNameValidation)',
  *check(cluster, graph) {
    const { release } = graph.schemasOf(cluster);
    if (release !== undefined && release >= relaxed) return;
    for (const resource of cluster.ofKind('', 'Service')) {
      const { name } = resource;
      if (!isKnown(name) || dns1035Label.accepts(name) || !dnsLabel.accepts(name)) continue;
      yield {
        at: { resource, path: ['metadata', 'name'] },
        message: `Service ${name} must have a name that begins with a letter before Kubernetes 1.${relaxed}`,
        ...(release !== undefined && { severity: 'error' as const }),
      };
    }
  },
};
