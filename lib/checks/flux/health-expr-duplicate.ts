import { listAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import type { ClusterCheck } from '../check';
import { withExpressions } from './cel';

export const healthExprDuplicate: ClusterCheck = {
  id: 'flux/health-expr-duplicate',
  severity: 'error',
  title: 'Two health expressions for one kind',
  atRunTime:
    'Flux refuses the Kustomization or HelmRelease and applies nothing: "duplicate custom health check for GroupKind …"',
  remedy: 'keep one entry: only group and kind count, not the version',
  source: 'fluxcd/pkg runtime/cel/status_reader.go (NewStatusReader)',
  *check(cluster) {
    for (const resource of withExpressions(cluster)) {
      const entries = listAt(resource.value, 'spec', 'healthCheckExprs');
      if (entries.length < 2) continue;
      const seen = new Set<string>();
      for (const [i, entry] of entries.entries()) {
        const { group } = groupVersion(textAt(entry, 'apiVersion') ?? '');
        const kind = textAt(entry, 'kind') ?? '';
        const key = `${group}/${kind}`;
        if (seen.has(key)) {
          yield {
            at: { resource, path: ['spec', 'healthCheckExprs', i] },
            message: `there is already an entry for ${kind === '' ? 'every kind' : kind} of ${group}`,
          };
        }
        seen.add(key);
      }
    }
  },
};
