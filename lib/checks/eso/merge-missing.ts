import { externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import { describe, step } from '../../graph/identity';
import { at, objectAt } from '../../json/read';
import { creationPolicy } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';
import { missingUnless } from '../unless';

export const mergeMissing: ClusterCheck = {
  id: 'eso/merge-missing',
  severity: 'error',
  title: 'Merge into a Secret that nothing creates',
  atRunTime:
    'there is no Secret, and the ExternalSecret counts as ready: "secret will not be created due to CreationPolicy=Merge"',
  remedy: 'set creationPolicy: Owner (or CreateOrMerge), or name the Secret that something else creates',
  source:
    'external-secrets 2.9 pkg/controllers/externalsecret/externalsecret_controller.go (CreatePolicyMerge, msgMissing)',
  *check(cluster) {
    for (const asked of externalSecrets(cluster)) {
      const { resource, spec, path, namespaces } = asked;
      const name = targetOf(asked);
      if (creationPolicy(spec) !== 'Merge' || name === undefined || resource.uncertain) continue;
      if (at(spec, 'target', 'manifest')) continue;
      for (const namespace of namespaces) {
        const secret = { kind: 'Secret', namespace, name } as const;
        const unless = missingUnless(cluster.secrets.lookup('Secret', namespace, name), secret);
        if (unless === undefined) continue;
        const named = objectAt(spec, 'target')?.name !== undefined;
        yield {
          at: { resource, path: named ? [...path, 'target', 'name'] : ['metadata', 'name'] },
          message: `${describe(resource)} adds to ${describe(secret)}, which nothing creates`,
          chain: [step(resource), step(secret)],
          ...unless,
        };
      }
    }
  },
};
