import type { IConstruct } from 'constructs';
import { EspalierError } from '../errors';
import { where } from './input-error';
import { clusterOf, type KustomizationScope } from './scopes';

/** Which Kustomization waits for which, and for each pair one reference that is the reason. */
export type Order = Map<KustomizationScope, Map<KustomizationScope, Reason>>;

export interface Reason {
  readonly from: IConstruct;
  readonly to: IConstruct;
}

/**
 * Takes away, again and again, what waits for nothing that is left; what cannot be taken away holds a cycle. Linear, and no deeper
 * on the stack for a longer chain.
 *
 * @throws EspalierError that prints the cycle, with the references that make it
 */
export function refuseCycle(order: Order): void {
  const open = new Map<KustomizationScope, number>();
  const waitedForBy = new Map<KustomizationScope, KustomizationScope[]>();
  for (const [kustomization, edges] of order) {
    open.set(kustomization, edges.size);
    for (const target of edges.keys()) {
      if (!order.has(target)) open.set(target, 0);
      const waiting = waitedForBy.get(target);
      if (waiting) waiting.push(kustomization);
      else waitedForBy.set(target, [kustomization]);
    }
  }
  const free = [...open.keys()].filter((kustomization) => open.get(kustomization) === 0);
  for (let at = free.pop(); at; at = free.pop()) {
    open.delete(at);
    for (const waiting of waitedForBy.get(at) ?? []) {
      const left = (open.get(waiting) ?? 0) - 1;
      open.set(waiting, left);
      if (left === 0) free.push(waiting);
    }
  }
  const [first] = open.keys();
  if (first) throw cycleError(order, shortestCycle(order, open, onCycle(order, open, first)), first);
}

type Left = ReadonlyMap<KustomizationScope, unknown>;

function waitedFor(order: Order, left: Left, kustomization: KustomizationScope): KustomizationScope[] {
  return [...(order.get(kustomization)?.keys() ?? [])].filter((target) => left.has(target));
}

/** Follows one reference after the other until it comes by a Kustomization again: others may only wait for a cycle. */
function onCycle(order: Order, left: Left, first: KustomizationScope): KustomizationScope {
  const seen = new Set<KustomizationScope>();
  let at = first;
  while (!seen.has(at)) {
    seen.add(at);
    at = waitedFor(order, left, at)[0] ?? at;
  }
  return at;
}

/** The shortest cycle through one that is on a cycle; it begins and ends there. */
function shortestCycle(order: Order, left: Left, start: KustomizationScope): KustomizationScope[] {
  const cameFrom = new Map<KustomizationScope, KustomizationScope>();
  const reached = [start];
  for (const at of reached) {
    for (const target of waitedFor(order, left, at)) {
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, at);
      reached.push(target);
    }
    if (cameFrom.has(start)) break;
  }
  const back = [start];
  for (let at = cameFrom.get(start); at && at !== start; at = cameFrom.get(at)) back.push(at);
  return [...back, start].reverse();
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
