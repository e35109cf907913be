import type { Cluster } from '../../graph/cluster';
import { clusterScoped } from '../../graph/cluster-scoped';
import { groupKind } from '../../graph/identity';
import { isSuspended, policyOf } from '../../graph/kustomization';
import { at, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const namespaceMissingField: ClusterCheck = {
  id: 'flux/namespace-missing-field',
  severity: 'error',
  title: 'Object of a namespaced kind without a namespace',
  atRunTime:
    'Flux refuses the whole Kustomization: "… namespace not specified: the server could not find the requested resource"',
  remedy: 'write metadata.namespace, or set the namespace in kustomization.yaml or with spec.targetNamespace',
  source: 'fluxcd/pkg ssa/errors/errors.go (DryRunErr)',
  *check(cluster) {
    const namespacedKinds = kindsOfDefinitions(cluster);
    for (const resource of cluster.resources) {
      const { appliedBy, namespace, group, kind, value, name } = resource;
      if (appliedBy === undefined || namespace !== '' || at(value, 'metadata', 'namespace')) continue;
      if (clusterScoped(group, kind) !== false && !namespacedKinds.has(groupKind({ group, kind }))) continue;
      if (isSuspended(appliedBy) || appliedBy.resource.uncertain || policyOf(resource, 'ssa') === 'ignore') continue;
      yield {
        at: { resource, path: ['metadata', 'name'] },
        message: `${kind} ${name} has no namespace, and nothing gives it one`,
      };
    }
  },
};

/** The kinds that the tree's own definitions say lie in a namespace. */
function kindsOfDefinitions(cluster: Cluster): ReadonlySet<string> {
  return new Set(
    cluster
      .ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')
      .filter(({ value }) => textAt(value, 'spec', 'scope') === 'Namespaced')
      .map(({ value }) => `${textAt(value, 'spec', 'group')}/${textAt(value, 'spec', 'names', 'kind')}`),
  );
}
