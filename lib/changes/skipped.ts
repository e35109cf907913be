import { policyOf } from '../graph/kustomization';
import type { Changed } from './pairs';

/** An annotation that keeps Flux from applying a change. */
export interface Skipped {
  readonly annotation: string;
  /** Whether the change takes it out: the object in the cluster still has it. */
  readonly left: boolean;
}

/** Why Flux leaves an object as it is, although it differs (shouldSkipApply in github.com/fluxcd/pkg ssa/manager_apply.go asks the object in the cluster, too). */
export function skippedBy({ before, after }: Pick<Changed, 'before' | 'after'>): Skipped | undefined {
  // What a chart makes, Flux does not apply.
  if (after === undefined || after.chart !== undefined) return undefined;
  for (const side of [after, before]) {
    if (side === undefined) continue;
    const left = side === before;
    if (policyOf(side, 'reconcile') === 'disabled')
      return { annotation: 'kustomize.toolkit.fluxcd.io/reconcile: disabled', left };
    if (policyOf(side, 'ssa') === 'ignore') return { annotation: 'kustomize.toolkit.fluxcd.io/ssa: ignore', left };
  }
  return before !== undefined && policyOf(after, 'ssa') === 'ifnotpresent'
    ? { annotation: 'kustomize.toolkit.fluxcd.io/ssa: IfNotPresent', left: false }
    : undefined;
}
