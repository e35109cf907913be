import type { Cluster } from '../graph/cluster';
import type { Graph } from '../graph/graph';
import { isSuspended, nameOf } from '../graph/kustomization';
import { topOf } from '../graph/masking';
import type { FluxKustomization, Resource } from '../graph/resource';
import type { Node } from '../graph/schema/node';
import { at, textAt } from '../json/read';
import { isSameToKubernetes } from '../systems/kubernetes/defaults';
import { memoize } from '../text/memoize';
import { type Difference, differences, pathText } from './difference';
import { failuresOf, notBuilt } from './failing';
import { isAppliedAlike, type Pairing, pairResources } from './pairs';
import { stageOf } from './stages';
import { withoutFolder } from './without-folder';

/** An object on both sides of a change, with what differs. */
export type Changed = Pairing & { readonly fields: readonly Difference[] };

/** One cluster on both sides of a change. */
export interface Context {
  readonly base: Side | undefined;
  readonly head: Side | undefined;
  /** Every object that is created, deleted, moved or differs in a field. */
  readonly changes: readonly Changed[];
  /** What has become of an object; undefined where it is as it was. */
  changeOf(resource: Resource): Changed | undefined;
  /** Whether the same object is written in another file. */
  hasMovedFile(before: Resource, after: Resource): boolean;
  /** Whether an object is of the side before the change. */
  isBefore(resource: Resource): boolean;
  /** A Kustomization as it is after the change. */
  now(kustomization: FluxKustomization): FluxKustomization | undefined;
  /** How many of the objects that a Kustomization applies, or has applied, differ: all, or those of a stage and after it. */
  countOf(kustomization: FluxKustomization, stage?: number): number;
  /** Why Flux cannot build what a Kustomization applies any more; what was so before the change may have its reasons. */
  failuresOf(kustomization: FluxKustomization): readonly string[];
  /** Why Flux does nothing of what a Kustomization asks for: it, or its source, is and stays suspended, or it cannot be built; undefined when it does. */
  delayedBy(kustomization: FluxKustomization | undefined): string | undefined;
}

export interface Side {
  readonly graph: Graph;
  readonly cluster: Cluster;
  /** What the cluster is called. */
  readonly name: string;
}

export function makeContext(base: Side | undefined, head: Side | undefined): Context {
  const pairs = pairResources(base?.cluster.resources ?? [], head?.cluster.resources ?? []);
  const changes: Changed[] = [];
  for (const pair of pairs) {
    const fields = pair.before && pair.after ? fieldsOf(pair.before, pair.after, head) : [];
    const moved = pair.before && pair.after && isMoved(pair.before, pair.after, base, head);
    if (fields.length > 0 || moved !== false) changes.push({ ...pair, fields });
  }
  const old = new Set(base?.cluster.resources);
  /** How many in each stage, by the name of the Kustomization. */
  const counts = new Map<string, number[]>();
  for (const change of changes) {
    const by = (change.after ?? change.before)?.appliedBy;
    if (by === undefined) continue;
    const known = counts.get(nameOf(by)) ?? [];
    const stage = stageOf(change);
    known[stage] = (known[stage] ?? 0) + 1;
    counts.set(nameOf(by), known);
  }
  const byResource = new Map<Resource, Changed>();
  for (const change of changes) {
    if (change.before) byResource.set(change.before, change);
    if (change.after) byResource.set(change.after, change);
  }
  const now = ({ namespace, name }: FluxKustomization) => head?.cluster.kustomization(namespace, name);
  const newFailures = memoize((kustomization: FluxKustomization) => failuresSince(base, head, now(kustomization)));
  // One that is gone goes with what has applied it, which may be gone as well.
  const delayedWith = ({ resource: { appliedBy } }: FluxKustomization): string | undefined => {
    if (appliedBy === undefined) return undefined;
    if (now(appliedBy) !== undefined) return newFailures(appliedBy).length > 0 ? notBuilt(appliedBy) : undefined;
    return appliedBy.resource.appliedBy === appliedBy ? undefined : delayedWith(appliedBy);
  };
  return {
    base,
    head,
    changes,
    changeOf: (resource) => byResource.get(resource),
    hasMovedFile: (one, other) => fileBelow(one, base) !== fileBelow(other, head),
    isBefore: (resource) => old.has(resource),
    now,
    countOf: (kustomization, stage = 0) =>
      (counts.get(nameOf(kustomization)) ?? []).slice(stage).reduce((sum, count) => sum + count, 0),
    failuresOf: newFailures,
    delayedBy: (kustomization) => {
      const current = kustomization && now(kustomization);
      const before = current && base?.cluster.kustomization(current.namespace, current.name);
      if (current === undefined) return kustomization && delayedWith(kustomization);
      // One that the change itself suspends may have applied it by then: Flux tells all of a source's Kustomizations at once.
      if (isSuspended(current) && (before === undefined || isSuspended(before)))
        return `Kustomization ${nameOf(current)} is suspended`;
      const source = sourceOf(current, head?.cluster);
      // A revision that suspends its own source has been fetched.
      if (source !== undefined && isSuspendedSource(source) && isSuspendedSource(counterpart(source, base) ?? source))
        return `${source.kind} ${source.namespace}/${source.name} is suspended`;
      return newFailures(current).length > 0 ? notBuilt(current) : undefined;
    },
  };
}

function isSuspendedSource({ value }: Resource): boolean {
  return at(value, 'spec', 'suspend') === true;
}

/** What a Kustomization fails of, and did not before. */
function failuresSince(base: Side | undefined, head: Side | undefined, now: FluxKustomization | undefined): string[] {
  if (now === undefined || head === undefined) return [];
  const before = base?.cluster.kustomization(now.namespace, now.name);
  const failures = (kustomization: FluxKustomization, { tree }: Graph) =>
    failuresOf(kustomization, tree).map((failure) => [withoutFolder(failure, tree), failure] as const);
  const known = new Map(before === undefined || base === undefined ? [] : failures(before, base.graph));
  return failures(now, head.graph).flatMap(([plain, failure]) => (known.has(plain) ? [] : failure));
}

function fieldsOf(before: Resource, after: Resource, head: Side | undefined): Difference[] {
  const all = differences(before.value, after.value, nodeOf(after, head), [topOf(before), topOf(after)]);
  return all.filter(({ path, before: old, after: now }) => !isSameToKubernetes(after, pathText(path), old, now));
}

/** The schema of an object, for the keys of its lists. */
export function nodeOf({ value, kind }: Resource, head: Side | undefined): Node | undefined {
  const found = head?.graph.schemasOf(head.cluster).lookup(textAt(value, 'apiVersion') ?? '', kind);
  return found?.state === 'found' ? found.schema.node : undefined;
}

function isMoved(before: Resource, after: Resource, base: Side | undefined, head: Side | undefined): boolean {
  return fileBelow(before, base) !== fileBelow(after, head) || !isAppliedAlike(before, after);
}

/** An object's file below the folder that was asked for: two folders compare, too. */
function fileBelow({ document }: Resource, side: Side | undefined): string {
  const { path } = document.file;
  const below = side?.graph.tree.below ?? '';
  return path.startsWith(`${below}/`) ? path.slice(below.length + 1) : path;
}

/** What a Kustomization reads from, where the tree has it. */
export function sourceOf({ spec, namespace }: FluxKustomization, cluster: Cluster | undefined): Resource | undefined {
  const kind = textAt(spec, 'sourceRef', 'kind');
  const name = textAt(spec, 'sourceRef', 'name');
  if (kind === undefined || name === undefined) return undefined;
  const where = textAt(spec, 'sourceRef', 'namespace') ?? namespace;
  return cluster?.find({ group: 'source.toolkit.fluxcd.io', kind, namespace: where, name })[0];
}

/** An object of a side that is the same object; undefined where there is none. */
export function counterpart(resource: Resource, side: Side | undefined): Resource | undefined {
  return side?.cluster.find(resource)[0];
}
