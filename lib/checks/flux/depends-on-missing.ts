import type { Cluster } from '../../graph/cluster';
import { identityKey } from '../../graph/identity';
import { namePath } from '../../graph/references/find';
import { isKnown } from '../../graph/substitution';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { meantObject } from '../meant';
import { missingUnless } from '../unless';
import { ofResourceSets } from './set-dependencies';

export const dependsOnMissing: ClusterCheck = {
  id: 'flux/depends-on-missing',
  severity: 'error',
  title: 'Dependency that does not exist',
  atRunTime: 'Flux waits forever and applies nothing: "dependency \'…\' not found"',
  remedy: 'correct the name, and write the namespace if it is another one',
  fixes: 'write the one name that is a slip away, or the one namespace that has the name',
  source:
    'kustomize-controller internal/controller/kustomization_controller.go, flux-operator internal/controller/resourceset_controller.go (checkDependencies)',
  *check(cluster) {
    const hints = new Map<string, string>();
    for (const reference of cluster.references.all) {
      const { resource, row, group, kind, namespace, name } = reference;
      if (row.rule !== dependsOnMissing.id || !isKnown(name) || !isKnown(namespace)) continue;
      const unless = missingUnless(cluster.lookup(reference), reference);
      if (unless === undefined) continue;
      const key = identityKey(reference);
      const hinted = hints.get(key) ?? hint(cluster, group, kind, namespace, name);
      hints.set(key, hinted);
      yield {
        at: { resource, path: namePath(reference) },
        message: `there is no ${kind} ${name} in namespace ${namespace}${hinted}`,
        ...meantObject(reference.at, reference, cluster.ofKind(group, kind)),
        ...unless,
      };
    }
    yield* ofResourceSets(cluster);
  },
};

function hint(cluster: Cluster, group: string, kind: string, namespace: string, name: string): string {
  const all = cluster.ofKind(group, kind);
  const elsewhere = [...new Set(all.filter((it) => it.name === name).map((it) => it.namespace))];
  if (elsewhere.length > 0) {
    return `, the namespace of what depends on it; it is in namespace ${elsewhere.sort().join(' and ')}`;
  }
  const near = nearest(name, [...new Set(all.filter((it) => it.namespace === namespace).map((it) => it.name))]);
  return didYouMean(near);
}
