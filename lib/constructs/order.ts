import type { IConstruct } from 'constructs';
import { compareText } from '../text/compare';
import { memoize } from '../text/memoize';
import { label, type Order, type Reason, refuseCycle } from './cycle';
import { refuse, where } from './input-error';
import {
  type ClusterScope,
  clusterOf,
  isCluster,
  isKustomization,
  isNamespace,
  type KustomizationScope,
  kustomizationOf,
  placeOf,
} from './scopes';

/**
 * Derives each Kustomization's dependsOn from the references that cross it: two constructs' dependency is one between
 * the Kustomizations that apply them. Linear in constructs and references.
 *
 * @returns for each Kustomization those that it waits for, sorted by namespace and name
 * @throws EspalierError for a cycle (printed), for a reference into another cluster, and for a root that waits for what it applies
 */
export function dependsOn(constructs: readonly IConstruct[]): Map<KustomizationScope, KustomizationScope[]> {
  const order: Order = new Map();
  // Of a namespace that several constructs of a Kustomization depend on, each Kustomization would count again.
  const countedFor = memoize((_: KustomizationScope) => new Set<IConstruct>());
  for (const construct of constructs) {
    if (isKustomization(construct) && !order.has(construct)) order.set(construct, new Map());
    const { dependencies } = construct.node;
    if (dependencies.length === 0) continue;
    const waiting = kustomizationOf(construct);
    for (const dependency of dependencies) {
      if (waiting && isNamespace(dependency)) {
        const counted = countedFor(waiting);
        if (counted.has(dependency)) continue;
        counted.add(dependency);
      }
      const reason = { from: construct, to: dependency };
      for (const target of targetsOf(construct, dependency)) addEdge(order, waiting, target, reason);
    }
  }
  addShared(order);
  addGiven(order);
  addNested(order);
  refuseCycle(order);
  const sorted = new Map<KustomizationScope, KustomizationScope[]>();
  for (const [kustomization, edges] of order) {
    sorted.set(kustomization, [...edges.keys()].filter((target) => !isNestedIn(target, kustomization)).sort(byName));
  }
  return sorted;
}

function addEdge(
  order: Order,
  waiting: KustomizationScope | undefined,
  target: KustomizationScope,
  reason: Reason,
): void {
  const { from, to } = reason;
  if (!waiting) {
    // Whatever applies it is then the author's own YAML.
    if (!clusterOf(from).hasRoot) return;
    refuse(from, {
      field: 'dependency',
      value: to.node.path,
      allowed: 'a dependency of an app, a Flux Kustomization or a construct in one: a whole cluster cannot wait',
    });
  }
  const edges = order.get(waiting) ?? new Map<KustomizationScope, Reason>();
  if (waiting === target || edges.has(target)) return;
  if (clusterOf(target) !== clusterOf(waiting)) {
    refuse(from, {
      field: 'dependency',
      value: to.node.path,
      allowed: `a construct of the same cluster (${clusterOf(waiting).clusterName}): Flux orders within one cluster`,
    });
  }
  if (waiting.givenAlone) return;
  if (isRoot(target)) return; // what the root applies is there before its members are
  if (isRoot(waiting)) {
    refuse(from, {
      field: 'dependency',
      value: to.node.path,
      allowed: 'a dependency between apps: the root Kustomization applies both, so it would wait for itself',
      example: 'add the dependency to the FluxKustomization that needs it',
    });
  }
  order.set(waiting, edges.set(target, reason));
}

/** Of Kustomizations that apply one folder, each waits for what its objects need. */
function addShared(order: Order): void {
  for (const [kustomization, edges] of order) {
    if (kustomization.first === kustomization) continue;
    for (const [target, reason] of order.get(kustomization.first) ?? [])
      if (target !== kustomization) edges.set(target, reason);
  }
}

/** What an author named may be a Kustomization of this app: it counts for the order as one that is referred to. */
function addGiven(order: Order): void {
  const knownIn = memoize((_: ClusterScope) => new Map<string, KustomizationScope>());
  for (const each of order.keys()) knownIn(clusterOf(each)).set(label(each), each);
  for (const [kustomization, edges] of order) {
    for (const { name, namespace = kustomization.kustomizationNamespace } of kustomization.given) {
      const target = knownIn(clusterOf(kustomization)).get(`${namespace}/${name}`);
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
    const { scope } = kustomization.node;
    const above = scope && kustomizationOf(scope);
    if (!scope || !above?.waits || above === kustomization) continue;
    const edges = order.get(above);
    if (edges && !edges.has(kustomization)) edges.set(kustomization, { from: placeOf(scope), to: kustomization });
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
  const cluster = clusterOf(kustomization);
  return cluster.hasRoot && cluster.root === kustomization;
}

function byName(a: KustomizationScope, b: KustomizationScope): number {
  return compareText(label(a), label(b));
}
