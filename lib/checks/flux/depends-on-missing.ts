import type { Cluster } from '../../graph/cluster';
import { kustomizeGroup } from '../../graph/flux/objects';
import { isKnown } from '../../graph/substitution';
import { listAt, textAt } from '../../json/read';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { missingUnless } from '../unless';

const kinds = [
  { group: kustomizeGroup, kind: 'Kustomization' },
  { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
];

export const dependsOnMissing: ClusterCheck = {
  id: 'flux/depends-on-missing',
  severity: 'error',
  title: 'Dependency that does not exist',
  atRunTime: 'Flux waits forever and applies nothing: "dependency \'…\' not found"',
  remedy: 'correct the name, and write the namespace if it is another one',
  source: 'kustomize-controller internal/controller/kustomization_controller.go (checkDependencies)',
  *check(cluster) {
    for (const { group, kind } of kinds) {
      const hints = new Map<string, string>();
      for (const resource of cluster.ofKind(group, kind)) {
        for (const [i, dependency] of listAt(resource.value, 'spec', 'dependsOn').entries()) {
          const name = textAt(dependency, 'name');
          const namespace = textAt(dependency, 'namespace') || resource.namespace;
          if (name === undefined || !isKnown(name) || !isKnown(namespace)) continue;
          const identity = { group, kind, namespace, name };
          const unless = missingUnless(cluster.lookup(identity), identity);
          if (unless === undefined) continue;
          const hinted = hints.get(`${namespace}/${name}`) ?? hint(cluster, group, kind, namespace, name);
          hints.set(`${namespace}/${name}`, hinted);
          yield {
            at: { resource, path: ['spec', 'dependsOn', i, 'name'] },
            message: `there is no ${kind} ${name} in namespace ${namespace}${hinted}`,
            ...unless,
          };
        }
      }
    }
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
