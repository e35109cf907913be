import { nameOf, policyOf } from '../../../checks/flux/kustomization';
import { listed } from '../../../checks/listed';
import { describe } from '../../../graph/identity';
import { at } from '../../../graph/json';
import type { Context } from '../context';
import type { EffectRule, Found } from '../effect';
import { immutableFields } from '../immutable';
import { lossOf } from '../loss';
import { dependentsOf } from '../order';

/**
 * Changes that the API server refuses. Flux tries every object before it applies any (ApplyAll, github.com/fluxcd/pkg ssa/manager_apply.go), so
 * that one refusal stops all of its Kustomization; with force, it deletes the object and makes it anew.
 */
export const refused: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after === undefined || isSkipped(change.after)) continue;
    const fields = immutableFields(change, context.head);
    if (fields.length === 0) continue;
    const why = listed(new Set(fields.map(({ path, reason }) => `\`${path}\`: ${reason}`)), 3);
    const by = after.appliedBy;
    const common = { on: after, change, by };
    const forced =
      by !== undefined &&
      (at(by.spec, 'force') === true ||
        policyOf(after, 'force') === 'enabled' ||
        policyOf(before, 'force') === 'enabled');
    if (!forced) {
      yield {
        ...common,
        kind: 'refused',
        danger: 'high',
        message: `is refused (${why})${stopped(change, context)}`,
        todo: [remedyFor(after.kind, describe(after))],
      };
      continue;
    }
    const lost = lossOf(before, context).filter(({ kind }) => kind === 'data' || kind === 'password');
    const danger = lost.length > 0 ? 'critical' : 'high';
    yield {
      ...common,
      kind: 'recreated',
      danger,
      message: `is deleted and made anew, since Flux may force it (${why})`,
    };
    for (const loss of lost) yield { ...common, ...loss };
  }
};

function isSkipped(resource: Parameters<typeof policyOf>[0]): boolean {
  return policyOf(resource, 'reconcile') === 'disabled' || /^(?:ignore|ifnotpresent)$/.test(policyOf(resource, 'ssa'));
}

/** What does not happen either. */
function stopped({ after }: { readonly after: NonNullable<Found['change']>['after'] }, context: Context): string {
  const by = after?.appliedBy;
  if (by === undefined) return '';
  const others = context.changes.filter(
    (other) =>
      other.after !== after &&
      (other.after ?? other.before)?.appliedBy?.name === by.name &&
      (other.after ?? other.before)?.appliedBy?.namespace === by.namespace,
  ).length;
  const dependents = context.head === undefined ? [] : dependentsOf(by, context.head.cluster);
  const parts = [
    ...(others > 0 ? [`with its ${others} other ${others === 1 ? 'change' : 'changes'}`] : []),
    ...(dependents.length > 0
      ? [`and ${listed(dependents.map(nameOf), 3)} ${dependents.length === 1 ? 'waits' : 'wait'} for it`]
      : []),
  ];
  return `: Kustomization ${nameOf(by)} fails ${parts.join(', ')}`.trimEnd();
}

function remedyFor(kind: string, object: string): string {
  if (kind === 'Cluster' || kind === 'PersistentVolumeClaim') {
    return `Leave the field as it is; ${object} can only be replaced by a new one, with its data moved over.`;
  }
  if (kind === 'Job')
    return `Give ${object} a new name, or the annotation \`kustomize.toolkit.fluxcd.io/force: enabled\`: Flux then deletes and runs it again.`;
  return `Leave the field as it is, or have Flux delete ${object} and make it anew: annotation \`kustomize.toolkit.fluxcd.io/force: enabled\`, for this one merge.`;
}
