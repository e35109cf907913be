import { hasHealthExpression, isSame, isSuspended, nameOf, waitsFor } from '../../graph/kustomization';
import type { FluxKustomization } from '../../graph/resource';
import { at, listAt } from '../../json/read';
import { group } from '../../systems/cnpg/names';
import { readyExpression } from '../../systems/flux/health';
import { compareText } from '../../text/compare';
import type { ClusterCheck } from '../check';

/** The kind whose objects have no Ready condition yet when their operator has begun to work on them. */
const kind = 'Cluster';

export const healthExprMissing: ClusterCheck = {
  id: 'flux/health-expr-missing',
  severity: 'warning',
  title: 'Database that counts as healthy before it runs',
  atRunTime:
    'a new CNPG Cluster has no Ready condition, and Flux counts that as healthy, so what depends on it starts before the database does',
  remedy: `add a healthCheckExprs entry for postgresql.cnpg.io/v1 Cluster with current: ${readyExpression}`,
  fixes: 'add the expression',
  source: 'fluxcd/cli-utils pkg/kstatus/status/status.go (checkReadyCondition)',
  *check(cluster) {
    const dependents = new Map<string, FluxKustomization>();
    // The first by name are told, in whatever order they are listed.
    const byName = [...cluster.kustomizations].sort((a, b) => compareText(nameOf(b), nameOf(a)));
    for (const dependent of byName) {
      for (const { target } of dependent.dependsOn) if (target) dependents.set(nameOf(target), dependent);
    }
    const said = new Set<FluxKustomization>();
    const databases = [...cluster.ofKind(group, kind)].sort((a, b) => compareText(a.name, b.name));
    for (const database of databases) {
      const kustomization = database.appliedBy;
      if (
        kustomization === undefined ||
        database.chart !== undefined ||
        said.has(kustomization) ||
        isSuspended(kustomization)
      )
        continue;
      const dependent = dependents.get(nameOf(kustomization));
      // Nobody waits for its verdict: then a wrong one does no harm.
      if (dependent === undefined || isSame(dependent, kustomization)) continue;
      if (!waitsFor(kustomization, database) || hasHealthExpression(kustomization, database)) continue;
      said.add(kustomization);
      const { resource } = kustomization;
      yield {
        at: { resource, path: ['spec', at(kustomization.spec, 'wait') === true ? 'wait' : 'healthChecks'], on: 'key' },
        message: `Cluster ${database.name} counts as healthy as soon as it is applied, and Kustomization ${nameOf(dependent)} waits for it`,
        fix: {
          title: 'add a health expression for Clusters of CloudNativePG',
          changes: [
            {
              path: ['spec', 'healthCheckExprs', listAt(kustomization.spec, 'healthCheckExprs').length],
              set: { apiVersion: 'postgresql.cnpg.io/v1', kind, current: readyExpression },
            },
          ],
        },
        chain: [`Kustomization/${dependent.name}`, `Kustomization/${kustomization.name}`, `Cluster/${database.name}`],
      };
    }
  },
};
