import type { Cluster } from '../../graph/cluster';
import { describe } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { at, listAt, textAt } from '../../json/read';
import type { ClusterCheck, Problem } from '../check';
import { missingUnless } from '../unless';

/** Looked for in the Kustomization's own namespace only. */
export const missingObject: ClusterCheck = {
  id: 'substitution/missing-object',
  severity: 'error',
  title: 'ConfigMap or Secret of variables that does not exist',
  atRunTime: 'the build fails with "not found", and nothing of the whole Kustomization is applied',
  remedy:
    "create it in the Kustomization's namespace, or set optional: true; espalier.config.* can name what is made elsewhere",
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  *check(cluster: Cluster): Iterable<Problem> {
    for (const kustomization of cluster.kustomizations) {
      const { namespace, resource, spec } = kustomization;
      for (const [i, from] of listAt(spec, 'postBuild', 'substituteFrom').entries()) {
        const [kind, name] = [textAt(from, 'kind'), textAt(from, 'name')];
        if ((kind !== 'Secret' && kind !== 'ConfigMap') || name === undefined || !isKnown(name)) continue;
        const found = cluster.secrets.lookup(kind, namespace, name);
        const unless = at(from, 'optional') === true ? undefined : missingUnless(found, { kind, namespace, name });
        if (unless === undefined) continue;
        yield {
          at: { resource, path: ['spec', 'postBuild', 'substituteFrom', i, 'name'] },
          message: `nothing creates ${kind}/${name} in namespace ${namespace}, from which ${describe(kustomization.resource)} takes variables`,
          ...unless,
        };
      }
    }
  },
};
