import type { Cluster } from '../../graph/cluster';
import { controllersOf } from '../../graph/flux/installed-version';
import { isKnown } from '../../graph/substitution';
import type { Path } from '../../json/json';
import { listAt, textAt, textsIn } from '../../json/read';
import type { ClusterCheck } from '../check';
import type { MayHaveFix } from '../meant';

export const readyExprStale: ClusterCheck = {
  id: 'flux/ready-expr-stale',
  severity: 'warning',
  title: 'Readiness expression that accepts an outdated status',
  atRunTime:
    'the expression replaces the built-in check, so the dependent Kustomization continues on a status from before the last change',
  remedy: 'add && dep.metadata.generation == dep.status.observedGeneration to the expression',
  fixes: 'add the comparison',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependency-ready-expression',
  *check(cluster) {
    if (checksBoth(cluster)) return;
    for (const { spec, resource } of cluster.kustomizations) {
      for (const [i, dependency] of listAt(spec, 'dependsOn').entries()) {
        const expression = textAt(dependency, 'readyExpr');
        // Only an expression that reads the status can be misled by it.
        if (expression === undefined || !isKnown(expression) || !/\bdep\s*\.\s*status\b/.test(expression)) continue;
        if (expression.includes('observedGeneration')) continue;
        yield {
          at: { resource, path: ['spec', 'dependsOn', i, 'readyExpr'] },
          message: `readyExpr reads the status of ${textAt(dependency, 'name') ?? 'the dependency'} without comparing observedGeneration`,
          ...current(['spec', 'dependsOn', i, 'readyExpr'], expression),
        };
      }
    }
  },
};

function current(path: Path, expression: string): MayHaveFix {
  const [own, compared] = [expression.trim(), 'dep.metadata.generation == dep.status.observedGeneration'];
  if (/\n/.test(own)) return {};
  // What binds less than &&.
  const set = `${/\|\||\?/.test(own) ? `(${own})` : own} && ${compared}`;
  return { fix: { title: `add && ${compared}`, changes: [{ path, set }] } };
}

/** Whether the controller is told to make the built-in check as well (`--feature-gates=AdditiveCELDependencyCheck=true`). */
function checksBoth(cluster: Cluster): boolean {
  return controllersOf(cluster).some(({ value }) =>
    [...textsIn(value)].some(({ text }) => text.includes('AdditiveCELDependencyCheck')),
  );
}
