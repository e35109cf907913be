import type { IConstruct } from 'constructs';
import { EspalierError } from '../errors';
import { cycleThrough, cyclicComponents } from '../text/components';
import { where } from './input-error';
import { clusterOf, type KustomizationScope } from './scopes';

/** Which Kustomization waits for which, and for each pair one reference that is the reason. */
export type Order = Map<KustomizationScope, Map<KustomizationScope, Reason>>;

export interface Reason {
  readonly from: IConstruct;
  readonly to: IConstruct;
}

/** @throws EspalierError that prints a cycle, with the references that make it */
export function refuseCycle(order: Order): void {
  const waitedFor = (kustomization: KustomizationScope) => [...(order.get(kustomization)?.keys() ?? [])];
  const [component] = cyclicComponents(order.keys(), waitedFor);
  const [start] = component ?? [];
  if (component === undefined || start === undefined) return;
  const inside = new Set(component);
  const cycle = cycleThrough(start, (at) => waitedFor(at).filter((target) => inside.has(target))) ?? [start];
  throw cycleError(order, cycle, start);
}

function cycleError(order: Order, cycle: readonly KustomizationScope[], first: KustomizationScope): EspalierError {
  const reasons = cycle.slice(0, -1).map((kustomization, i) => {
    const target = cycle[i + 1] as KustomizationScope;
    const reason = order.get(kustomization)?.get(target);
    return `  ${label(kustomization)} waits for ${label(target)}: ${reason && where(reason.from)} needs ${reason && where(reason.to)}`;
  });
  const circle = shortened(cycle.map(label), (left) => `… (${left} more) …`).join(' → ');
  const why = shortened(reasons, (left) => `  … and ${left} more`).join('\n');
  return new EspalierError(
    `${where(clusterOf(first))}: the dependencies (dependsOn) form a circle, so Flux would never apply it: ${circle}.\n${why}\nRemove one of these references, or move what both sides need into a separate Kustomization.`,
  );
}

/** A long list by its two ends. */
function shortened(lines: readonly string[], between: (left: number) => string): readonly string[] {
  const ends = 6;
  if (lines.length <= 2 * ends) return lines;
  return [...lines.slice(0, ends), between(lines.length - 2 * ends), ...lines.slice(-ends)];
}

/** `namespace/name`, as Flux prints it. */
export function label(kustomization: KustomizationScope): string {
  return `${kustomization.kustomizationNamespace}/${kustomization.kustomizationName}`;
}
