import { isKnown } from '../../graph/substitution';
import { labelledName } from '../../systems/kubernetes/names';
import type { ClusterCheck } from '../check';

const labelled = [
  ['kustomize.toolkit.fluxcd.io', 'Kustomization'],
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
] as const;

export const nameTooLong: ClusterCheck = {
  id: 'flux/name-too-long',
  severity: 'error',
  title: 'Kustomization or HelmRelease with a name that is too long for a label',
  atRunTime:
    'Flux writes the name into the label kustomize.toolkit.fluxcd.io/name or helm.toolkit.fluxcd.io/name of every object that it applies, and the API server refuses each of them: "must be no more than 63 characters"',
  remedy: 'give it a name of at most 63 characters',
  source:
    'fluxcd/pkg ssa 0.76 manager.go (SetOwnerLabels), helm-controller 1.6 internal/postrender/common_renderer.go (originLabels)',
  *check(cluster) {
    for (const resource of labelled.flatMap(([group, kind]) => cluster.ofKind(group, kind))) {
      const { name } = resource;
      // The schema's rule says what is wrong with its characters.
      if (!isKnown(name) || name.length <= 63 || labelledName.accepts(name)) continue;
      yield {
        at: { resource, path: ['metadata', 'name'] },
        message: `the name has ${name.length} characters and must have at most 63: Flux writes it into a label of every object that it applies`,
      };
    }
  },
};
