import { describe } from '../../graph/identity';
import { isSuspended, nameOf, policyOf } from '../../graph/kustomization';
import { at } from '../../json/read';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';

const kinds = [
  { group, kind: 'Cluster' },
  { group: '', kind: 'PersistentVolumeClaim' },
];

export const forcesData: ClusterCheck = {
  id: 'flux/forces-data',
  severity: 'error',
  title: 'Forced replacement that deletes data',
  atRunTime:
    'when the API server refuses a change (an immutable field, or a mistake), Flux deletes the object and creates it again, empty',
  remedy:
    'remove spec.force, and annotate only objects that may be replaced with kustomize.toolkit.fluxcd.io/force: enabled',
  source: 'fluxcd/pkg ssa/manager_apply.go (shouldForceApply), ssa/errors/immutable.go',
  *check(cluster) {
    for (const { group, kind } of kinds) {
      for (const resource of cluster.ofKind(group, kind)) {
        const { appliedBy, chart } = resource;
        if (appliedBy === undefined || chart !== undefined || isSuspended(appliedBy) || appliedBy.resource.uncertain)
          continue;
        if (policyOf(resource, 'ssa') === 'ignore' || policyOf(resource, 'ssa') === 'ifnotpresent') continue;
        if (policyOf(resource, 'reconcile') === 'disabled') continue;
        if (at(appliedBy.spec, 'force') === true && resource.madeBy === undefined) {
          // `force: disabled` on the object changes nothing: the controller looks for `enabled` alone.
          yield {
            at: { resource: appliedBy.resource, path: ['spec', 'force'] },
            message: `force: true in Kustomization ${nameOf(appliedBy)} lets Flux delete and recreate ${describe(resource)}`,
          };
        } else if (policyOf(resource, 'force') === 'enabled') {
          yield {
            at: { resource, path: ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/force'] },
            message: `force: enabled lets Flux delete and recreate ${describe(resource)}`,
            remedy: 'remove the annotation',
            // Somebody has said it of this object.
            severity: 'warning',
          };
        }
      }
    }
  },
};
