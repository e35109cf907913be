import { isSuspended, policyOf } from '../../graph/kustomization';
import { at } from '../../json/read';
import type { ClusterCheck } from '../check';

export const namespaceMissingField: ClusterCheck = {
  id: 'flux/namespace-missing-field',
  severity: 'error',
  title: 'Object of a namespaced kind without a namespace',
  atRunTime:
    'Flux refuses the whole Kustomization: "… namespace not specified: the server could not find the requested resource"',
  remedy: 'write metadata.namespace, or set namespace in kustomization.yaml, or set spec.targetNamespace',
  source: 'fluxcd/pkg ssa/errors/errors.go (DryRunErr)',
  *check(cluster, graph) {
    const schemas = graph.schemasOf(cluster);
    for (const resource of cluster.resources) {
      const { appliedBy, namespace, kind, value, name } = resource;
      if (appliedBy === undefined || namespace !== '' || at(value, 'metadata', 'namespace')) continue;
      if (schemas.isClusterScoped(resource) !== false) continue;
      if (isSuspended(appliedBy) || appliedBy.resource.uncertain || policyOf(resource, 'ssa') === 'ignore') continue;
      yield {
        at: { resource, path: ['metadata', 'name'] },
        message: `${kind} ${name} has no namespace, and nothing sets one`,
      };
    }
  },
};
