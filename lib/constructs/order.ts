import type { IConstruct } from 'constructs';
import { EspalierError } from '../errors';
import { refuse, where } from './input-error';
import {
  type ClusterScope,
  clusterOf,
  isCluster,
  isKustomization,
  isNamespace,
  type KustomizationScope,
  kustomizationOf,
} from './scopes';

/** Which Kustomization waits for which, and for each pair one reference that is the reason. */
type Order = Map<KustomizationScope, Map<KustomizationScope, Reason>>;
interface Reason {
  readonly from: IConstruct;
  readonly to: IConstruct;
}

/**
 * Derives each Kustomization's dependsOn from the references that cross it: two constructs' dependency is one between
 * the Kustomizations that apply them. Linear in constructs and references.
 *
 * @returns for each Kustomization those that it waits for, sorted by namespace and name
 * @throws EspalierError for a cycle (printed), for a reference into another cluster, and for a root that waits for what it applies
 */
export function dependsOn(constructs: readonly IConstruct[]): Map<KustomizationScope, KustomizationScope[]> {
  const order: Order = new Map();
  for (const construct of constructs) {
    if (isKustomization(construct) && !order.has(construct)) order.set(construct, new Map());
    for (const dependency of construct.node.dependencies) {
      for (const target of targetsOf(construct, dependency)) addEdge(order, construct, dependency, target);
    }
  }
  addGiven(order);
  addNested(order);
  refuseCycle(order);
  const sorted = new Map<KustomizationScope, KustomizationScope[]>();
  for (const [kustomization, edges] of order) {
    sorted.set(kustomization, [...edges.keys()].filter((target) => !isNestedIn(target, kustomization)).sort(byName));
  }
  return sorted;
}

function addEdge(order: Order, from: IConstruct, to: IConstruct, target: KustomizationScope): void {
  const waiting = kustomizationOf(from);
  if (!waiting) {
    refuse(from, {
      field: 'dependency',
      value: to.node.path,
      allowed: 'a dependency of an app, a Flux Kustomization or a construct in one: a whole cluster waits for nothing',
    });
  }
  if (waiting === target) return;
  if (clusterOf(target) !== clusterOf(waiting)) {
    refuse(from, {
      field: 'dependency',
      value: to.node.path,
      allowed: `a construct of the same cluster (${clusterOf(waiting).clusterName}): Flux orders within one cluster`,
    });
  }
  if (isRoot(target)) return; // what the root applies is there before its members are
  if (isRoot(waiting)) {
    refuse(from, {
      field: 'dependency',
      value: to.node.path,
      allowed: 'a dependency between apps: the root Kustomization applies both, and would wait for itself',
      example: 'add the dependency to the FluxKustomization that needs it',
    });
  }
  const edges = order.get(waiting) ?? new Map<KustomizationScope, Reason>();
  if (!edges.has(target)) edges.set(target, { from, to });
  order.set(waiting, edges);
}

/** What an author named may be a Kustomization of this app: it counts for the order as one that is referred to. */
function addGiven(order: Order): void {
  const known = new Map<ClusterScope, Map<string, KustomizationScope>>();
  for (const kustomization of order.keys()) {
    const cluster = clusterOf(kustomization);
    known.set(cluster, (known.get(cluster) ?? new Map()).set(label(kustomization), kustomization));
  }
  for (const [kustomization, edges] of order) {
    for (const { name, namespace = kustomization.kustomizationNamespace } of kustomization.given) {
      const target = known.get(clusterOf(kustomization))?.get(`${namespace}/${name}`);
      if (target && !edges.has(target)) edges.set(target, { from: kustomization, to: target });
    }
  }
}

/** What one applies itself is none of its dependsOn. */
function isNestedIn(inner: KustomizationScope, outer: KustomizationScope): boolean {
  return inner.node.scope !== undefined && kustomizationOf(inner.node.scope) === outer;
}

/** One that waits for everything it applies waits for the Kustomizations among it. */
function addNested(order: Order): void {
  for (const kustomization of order.keys()) {
    const above = kustomization.node.scope && kustomizationOf(kustomization.node.scope);
    if (!above?.waits || above === kustomization) continue;
    const edges = order.get(above);
    if (edges && !edges.has(kustomization)) edges.set(kustomization, { from: above.directory, to: kustomization });
  }
}

/** The Kustomizations that a dependency on a construct means. */
function targetsOf(from: IConstruct, to: IConstruct): KustomizationScope[] {
  if (isNamespace(to)) return to.node.children.filter(isKustomization);
  if (isCluster(to)) {
    refuse(from, {
      field: 'dependency',
      value: where(to),
      allowed: 'an app, a Flux Kustomization or a construct in one, not a whole cluster',
    });
  }
  const target = kustomizationOf(to);
  return target ? [target] : [];
}

function isRoot(kustomization: KustomizationScope): boolean {
  return clusterOf(kustomization).root === kustomization;
}

/** Takes away, again and again, what waits for nothing that is left; what cannot be taken away holds a cycle. */
function refuseCycle(order: Order): void {
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
  if (first) throw cycleError(order, open, first);
}

/** Follows what is left from any member: it must come back to where it has been. */
function cycleError(
  order: Order,
  left: ReadonlyMap<KustomizationScope, number>,
  first: KustomizationScope,
): EspalierError {
  const seen = new Map<KustomizationScope, number>();
  const walk: KustomizationScope[] = [];
  let at = first;
  while (!seen.has(at)) {
    seen.set(at, walk.length);
    walk.push(at);
    const next = [...(order.get(at)?.keys() ?? [])].find((target) => left.has(target));
    if (!next) break;
    at = next;
  }
  const cycle = [...walk.slice(seen.get(at)), at];
  const reasons = cycle.slice(0, -1).map((kustomization, i) => {
    const reason = order.get(kustomization)?.get(cycle[i + 1] as KustomizationScope);
    return `  ${label(kustomization)} waits for ${label(cycle[i + 1] as KustomizationScope)}: ${reason && where(reason.from)} needs ${reason && where(reason.to)}`;
  });
  return new EspalierError(
    `${where(clusterOf(first))}: dependsOn goes in a circle, so Flux would never apply it: ${cycle.map(label).join(' → ')}.\n${reasons.join('\n')}\nRemove one of these references, or move what both sides need into a Kustomization of its own.`,
  );
}

function label(kustomization: KustomizationScope): string {
  return `${kustomization.kustomizationNamespace}/${kustomization.kustomizationName}`;
}

function byName(a: KustomizationScope, b: KustomizationScope): number {
  return label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : 0;
}
