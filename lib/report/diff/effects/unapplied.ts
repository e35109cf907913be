import { policyOf } from '../../../checks/flux/kustomization';
import type { EffectRule } from '../effect';

/** Objects that differ, and that their annotations keep Flux from applying (shouldSkipApply, github.com/fluxcd/pkg ssa/manager_apply.go). */
export const unapplied: EffectRule = function* ({ changes }) {
  for (const change of changes) {
    const { before, after } = change;
    if (after === undefined || change.fields.length === 0) continue;
    const ssa = policyOf(after, 'ssa');
    const why =
      policyOf(after, 'reconcile') === 'disabled'
        ? 'kustomize.toolkit.fluxcd.io/reconcile: disabled'
        : ssa === 'ignore' || (ssa === 'ifnotpresent' && before !== undefined)
          ? `kustomize.toolkit.fluxcd.io/ssa: ${ssa}`
          : undefined;
    if (why === undefined) continue;
    yield {
      kind: 'suspended',
      danger: 'low',
      on: after,
      change,
      by: after.appliedBy,
      message: `is left as it is in the cluster: \`${why}\``,
    };
  }
};
