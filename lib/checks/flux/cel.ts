import type { Cluster } from '../../graph/cluster';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { Path } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { healthExpressionFault, readyExpressionFault } from '../../systems/flux/expression';
import { memoizeText } from '../../text/memoize';
import type { ClusterCheck } from '../check';

export const cel: ClusterCheck = {
  id: 'flux/cel',
  severity: 'error',
  title: 'CEL expression that Flux refuses',
  atRunTime:
    'the Kustomization or HelmRelease fails without a retry, and nothing of it is applied: "failed to create custom status evaluator", or "failed to parse the CEL expression"',
  remedy: "correct the expression; it reads an object's metadata, spec and status, or a dependency's dep.status",
  source: 'fluxcd/pkg runtime/cel/expression.go, status_evaluator.go; seen with kustomize-controller 1.9.4',
  *check(cluster) {
    for (const resource of withExpressions(cluster)) {
      for (const { path, text, judge } of expressionsIn(resource)) {
        const fault = isKnown(text) ? judge(text) : undefined;
        if (fault !== undefined) {
          yield {
            at: { resource, path },
            message: `Flux refuses the expression in \`${path.at(-1)}\` and does not retry: ${fault}`,
          };
        }
      }
    }
  },
};

/** The objects of Flux that may say when something is ready. */
export function withExpressions(cluster: Cluster): readonly Resource[] {
  return [
    ...cluster.kustomizations.map(({ resource }) => resource),
    ...cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease'),
    ...cluster.ofKind('fluxcd.controlplane.io', 'ResourceSet'),
  ].filter(({ value }) => at(value, 'spec', 'suspend') !== true);
}

/** Judged once: a cluster has a few expressions, repeated in many Kustomizations. */
const healthFault = memoizeText(healthExpressionFault);
const readyFault = memoizeText(readyExpressionFault);

function* expressionsIn({ value, kind }: Resource) {
  const field = (judge: (text: string) => string | undefined, path: Path) => {
    const text = textAt(value, ...path);
    return text === undefined || text === '' ? [] : [{ path, text, judge }];
  };
  for (const i of listAt(value, 'spec', 'healthCheckExprs').keys()) {
    for (const name of ['current', 'inProgress', 'failed']) {
      yield* field(healthFault, ['spec', 'healthCheckExprs', i, name]);
    }
  }
  if (kind === 'ResourceSet') {
    // Of the object alone, and only where it is asked for (flux-operator internal/controller/resourceset_controller.go).
    for (const [i, dependency] of listAt(value, 'spec', 'dependsOn').entries()) {
      if (at(dependency, 'ready') === true) yield* field(healthFault, ['spec', 'dependsOn', i, 'readyExpr']);
    }
    return;
  }
  for (const i of listAt(value, 'spec', 'dependsOn').keys()) {
    yield* field(readyFault, ['spec', 'dependsOn', i, 'readyExpr']);
  }
}
