import { healthChecksOf, isSuspended } from '../../graph/kustomization';
import { at } from '../../json/read';
import { isClusterScoped } from '../../systems/kinds/scope';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';

export const healthCheckNamespace: ClusterCheck = {
  id: 'flux/health-check-namespace',
  severity: 'error',
  title: 'Health check without the namespace of its object',
  atRunTime:
    'the Kustomization never becomes ready: "timeout waiting for: [… status: \'Unknown\': an empty namespace may not be set when a resource name is provided]"; neither the namespace of the Kustomization nor targetNamespace counts',
  remedy: 'add the namespace to the entry',
  fixes: 'add the namespace of the one object of that name',
  source: 'kustomize-controller 1.9 internal/inventory/inventory.go (ReferenceToObjMetadataSet)',
  *check(cluster) {
    for (const kustomization of cluster.kustomizations) {
      if (at(kustomization.spec, 'wait') === true || isSuspended(kustomization)) continue;
      for (const check of healthChecksOf(kustomization)) {
        if (check.namespace !== '' || isClusterScoped(check) !== false) continue;
        const [only, ...others] = cluster.ofKind(check.group, check.kind).filter(({ name }) => name === check.name);
        yield {
          at: { resource: kustomization.resource, path: ['spec', 'healthChecks', check.index] },
          ...(only !== undefined &&
            only.namespace !== '' &&
            others.length === 0 &&
            setting(['spec', 'healthChecks', check.index, 'namespace'], only.namespace, ['name'])),
          message: `the health check of ${check.kind} ${check.name} has no namespace, which a ${check.kind} needs`,
        };
      }
    }
  },
};
