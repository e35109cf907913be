import type { Cluster } from '../graph/cluster';
import type { Graph } from '../graph/graph';
import { isSuspended, nameOf } from '../graph/kustomization';
import { topOf } from '../graph/masking';
import type { FluxKustomization, Resource } from '../graph/resource';
import { isJsonObject, type Json } from '../json/json';
import { at, textAt } from '../json/read';
import { isSameToKubernetes, pullPolicyOf } from '../systems/kubernetes/defaults';
import { memoize } from '../text/memoize';
import { definitionFields } from './charts/definitions';
import { leftOut, pairReleases, type ReleasePair } from './charts/releases';
import { isUnknownAlike } from './charts/routine';
import { type Difference, differences, pathText, type Segment } from './difference';
import { failuresOf, notBuilt } from './failing';
import { type Changed, isAppliedAlike, pairResources } from './pairs';
import { counterpart, nodeOf, type Side } from './side';
import { stageOf } from './stages';
import { withoutFolder } from './without-folder';

/** One cluster on both sides of a change. */
export interface Context {
  readonly base: Side | undefined;
  readonly head: Side | undefined;
  /** Every object that is created, deleted, moved or differs in a field. */
  readonly changes: readonly Changed[];
  /** The releases whose charts were opened. */
  readonly releases: readonly ReleasePair[];
  /** The release that an object is, or whose chart makes it. */
  releaseOf(resource: Resource): ReleasePair | undefined;
  /** Whether an object is not compared: of a release that is not known on both sides, suspended, or not upgraded. */
  isLeftOut(resource: Resource): boolean;
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

export function makeContext(base: Side | undefined, head: Side | undefined): Context {
  const releases = pairReleases(base, head);
  const out = leftOut(releases);
  const compared = (side: Side | undefined) => (side?.cluster.resources ?? []).filter((one) => !out.has(one));
  const pairs = pairResources(compared(base), compared(head));
  const changes: Changed[] = [];
  for (const pair of pairs) {
    const fields = pair.before && pair.after ? fieldsOf(pair.before, pair.after, head) : [];
    const moved = pair.before && pair.after && isMoved(pair.before, pair.after, base, head);
    if (fields.length > 0 || moved !== false) changes.push({ ...pair, fields });
  }
  const isOfBase = new Set(base?.cluster.resources);
  const byRelease = new Map<Resource, ReleasePair>();
  for (const pair of releases) for (const one of [pair.before, pair.after]) if (one) byRelease.set(one, pair);
  /** How many in each stage, by the name of the Kustomization. */
  const counts = new Map<string, number[]>();
  for (const change of changes) {
    const { appliedBy: by, chart } = (change.after ?? change.before) as Resource;
    if (by === undefined || chart !== undefined) continue;
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
  const current = ({ namespace, name }: FluxKustomization) => head?.cluster.kustomization(namespace, name);
  const newFailures = memoize((kustomization: FluxKustomization) => failuresSince(base, head, current(kustomization)));
  // One that is gone goes with what has applied it, which may be gone as well.
  const delayedWith = ({ resource: { appliedBy } }: FluxKustomization): string | undefined => {
    if (appliedBy === undefined) return undefined;
    if (current(appliedBy) !== undefined) return newFailures(appliedBy).length > 0 ? notBuilt(appliedBy) : undefined;
    return appliedBy.resource.appliedBy === appliedBy ? undefined : delayedWith(appliedBy);
  };
  return {
    base,
    head,
    changes,
    changeOf: (resource) => byResource.get(resource),
    hasMovedFile: (one, other) => fileBelow(one, base) !== fileBelow(other, head),
    isBefore: (resource) => isOfBase.has(resource),
    now: current,
    releases,
    releaseOf: (resource) => byRelease.get(resource.chart?.release ?? resource),
    isLeftOut: (resource) => out.has(resource),
    countOf: (kustomization, stage = 0) =>
      (counts.get(nameOf(kustomization)) ?? []).slice(stage).reduce((sum, count) => sum + count, 0),
    failuresOf: newFailures,
    delayedBy: (kustomization) => {
      const known = kustomization && current(kustomization);
      const before = known && base?.cluster.kustomization(known.namespace, known.name);
      if (known === undefined) return kustomization && delayedWith(kustomization);
      // One that the change itself suspends may have applied it by then: Flux tells all of a source's Kustomizations at once.
      if (isSuspended(known) && (before === undefined || isSuspended(before)))
        return `Kustomization ${nameOf(known)} is suspended`;
      const source = sourceOf(known, head?.cluster);
      // A revision that suspends its own source has been fetched.
      if (source !== undefined && isSuspendedSource(source) && isSuspendedSource(counterpart(source, base) ?? source))
        return `${source.kind} ${source.namespace}/${source.name} is suspended`;
      return newFailures(known).length > 0 ? notBuilt(known) : undefined;
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
  const real = all.filter(
    ({ path, before: old, after: now }) =>
      !isSameToKubernetes(after, pathText(path), old, now) &&
      !(path.at(-1) === 'imagePullPolicy' && isPulledAlike(path, before.value, after.value)),
  );
  if (after.chart === undefined) return real;
  const known = real.filter((field) => !isUnknownAlike(field));
  return after.kind === 'CustomResourceDefinition' ? definitionFields(known) : known;
}

/** Whether one side says of a container's image what Kubernetes fills in on the other. */
function isPulledAlike(path: readonly Segment[], ...sides: readonly [before: Json, after: Json]): boolean {
  const [before, after] = sides.map((value) => {
    const container = path.slice(0, -1).reduce<Json | undefined>(step, value);
    const image = textAt(container, 'image');
    return textAt(container, 'imagePullPolicy') ?? (image && pullPolicyOf(image));
  });
  return before === after;
}

function step(value: Json | undefined, segment: Segment): Json | undefined {
  if (typeof segment === 'string') return isJsonObject(value) ? value[segment] : undefined;
  return Array.isArray(value) ? value.find((item) => textAt(item, 'name') === segment.item) : undefined;
}

function isMoved(before: Resource, after: Resource, base: Side | undefined, head: Side | undefined): boolean {
  // What charts make stands in no file.
  if (before.chart !== undefined || after.chart !== undefined) return !isAppliedAlike(before, after);
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
