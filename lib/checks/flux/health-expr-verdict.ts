import { waits } from '../../graph/kustomization';
import { holds } from '../../graph/schema/cel/holds';
import { isKnown } from '../../graph/substitution';
import { listAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { group } from '../../systems/cnpg/names';
import { readyExpression } from '../../systems/flux/health';
import type { ClusterCheck } from '../check';

/** What the objects of a kind look like while all goes well and they are not there yet. */
interface Beginning {
  readonly group: string;
  readonly kind: string;
  readonly when: string;
  readonly conditions: readonly { readonly type: string; readonly status: string }[];
}

const beginnings: readonly Beginning[] = [
  {
    group,
    kind: 'Cluster',
    when: 'before it has a Ready condition',
    conditions: [{ type: 'Initialized', status: 'False' }],
  },
  {
    group,
    kind: 'Cluster',
    when: 'while Ready is False because it is being set up',
    conditions: [
      { type: 'Initialized', status: 'False' },
      { type: 'Ready', status: 'False' },
    ],
  },
];

export const healthExprVerdict: ClusterCheck = {
  id: 'flux/health-expr-verdict',
  severity: 'warning',
  title: 'Health expression that is true too early',
  atRunTime:
    'while the database is being set up, Flux counts it as healthy, or gives up: "failed early due to stalled resources"',
  remedy: `write current: ${readyExpression}, and no failed expression: all() of an empty list is true`,
  source: 'cloudnative-pg internal/controller/cluster_status.go; fluxcd/pkg runtime/cel/status_evaluator.go',
  *check({ kustomizations }) {
    // A cluster has a few expressions, repeated in every Kustomization.
    const judged = new Map<string, Beginning | undefined>();
    for (const kustomization of kustomizations) {
      if (!waits(kustomization)) continue;
      const { spec, resource } = kustomization;
      for (const [i, entry] of listAt(spec, 'healthCheckExprs').entries()) {
        const { group } = groupVersion(textAt(entry, 'apiVersion') ?? '');
        const kind = textAt(entry, 'kind');
        if (!beginnings.some((beginning) => beginning.group === group && beginning.kind === kind)) continue;
        for (const field of ['current', 'failed'] as const) {
          const expression = textAt(entry, field);
          if (expression === undefined || !isKnown(expression)) continue;
          const inProgress = textAt(entry, 'inProgress');
          const key = JSON.stringify([group, kind, inProgress, expression]);
          if (!judged.has(key)) judged.set(key, earlyFor(group, kind, inProgress, expression));
          const early = judged.get(key);
          if (early === undefined) continue;
          const verdict = field === 'current' ? 'healthy' : 'failed';
          yield {
            at: { resource, path: ['spec', 'healthCheckExprs', i, field] },
            message: `\`${field}\` is true ${early.when}, so Flux counts a new ${kind} as ${verdict}`,
          };
        }
      }
    }
  },
};

/** The state in which an expression is true too early. */
function earlyFor(
  group: string,
  kind: string | undefined,
  inProgress: string | undefined,
  expression: string,
): Beginning | undefined {
  const states = beginnings.filter((beginning) => beginning.group === group && beginning.kind === kind);
  return states.find(({ conditions }) => {
    const object = { metadata: { generation: 1 }, spec: {}, status: { conditions } };
    // What is still in progress is not judged further.
    return !holds(inProgress, object) && holds(expression, object);
  });
}
