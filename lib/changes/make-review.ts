import type { Finding } from '../checks/finding';
import type { Cluster } from '../graph/cluster';
import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { describe } from '../graph/identity';
import { nameOf } from '../graph/kustomization';
import { type Hide, hider } from '../graph/masking';
import type { Resource } from '../graph/resource';
import { shownPath } from '../graph/shown-path';
import { display } from '../graph/substitution';
import { hasTrait } from '../systems/kinds/kinds';
import { isUnderstoodGroup } from '../systems/secrets-made';
import { compareText } from '../text/compare';
import { groupBy, push } from '../text/group-by';
import { blastOf } from './blast';
import { changedInFolders } from './charts/folders';
import { notCompared } from './charts/releases';
import { isRoutine, isRoutineChange } from './charts/routine';
import { type Context, makeContext } from './context';
import { type Delay, delays } from './delay';
import type { Found } from './effect';
import { effectRules } from './effects';
import { imageChanges } from './images';
import { missingNamespaces } from './missing-namespaces';
import { type Findings, newIn, presence } from './new-findings';
import type { Changed } from './pairs';
import {
  type Change,
  type ClusterReview,
  type Danger,
  dangers,
  type Effect,
  effectKinds,
  type Review,
  type Whereabouts,
} from './review';
import { shownChange } from './show';
import type { Side } from './side';
import { unbuiltBefore, unknownIn } from './unknown';
import { chartChanges } from './upgrades/chart-changes';
import type { Told } from './upgrades/summary';

/** One side of a comparison. */
export interface Compared {
  readonly graph: Graph;
  readonly findings: readonly Finding[];
  /** What it is called: `the work tree`. */
  readonly name: string;
}

/** Compares two trees: what differs, and what Flux will do about it. */
export function makeReview(base: Compared, head: Compared): Review {
  const known = hider([base.graph, head.graph]);
  const hide = (text: string) => known(display(text));
  const pairs = pairClusters(base.graph, head.graph);
  const closed = pairs.flatMap((pair) => [...notCompared(...pair), ...changedInFolders(...pair)]);
  const [before, after] = [findingsOf(base), findingsOf(head)];
  const found = newIn(after, before);
  const clusters = pairs.flatMap(([one, other]) => reviewCluster(one, other, found, hide) ?? []);
  const isThere = presence(head.graph);
  const gone = groupBy(newIn(before, after), (finding) => isThere(finding, base.graph.tree));
  const failing = found.some(({ severity }) => severity === 'error') ? 'high' : 'none';
  return {
    base: base.name,
    head: head.name,
    danger: worst([failing, ...clusters.map(({ danger }) => danger)]),
    compared: pairs.flatMap(([before, after]) => (after ?? before)?.name ?? []),
    clusters,
    found: found.map((finding) => shownFinding(finding, hide)),
    mended: (gone.get(true) ?? []).map((finding) => shownFinding(finding, hide)),
    noLongerReported: (gone.get(false) ?? []).map((finding) => shownFinding(finding, hide)),
    unknown: [...unknownIn(head.graph), ...unbuiltBefore(base.graph, head.graph), ...closed].map(hide),
  };
}

function findingsOf({ findings, graph: { tree, clusters } }: Compared): Findings {
  const kustomizations = new Set(clusters.flatMap((cluster) => cluster.kustomizations.map(nameOf)));
  return { findings, tree, kustomizations };
}

/** Clusters are paired by their names; where one is left on each side, they are one that has moved. */
function pairClusters(base: Graph, head: Graph): [Side | undefined, Side | undefined][] {
  const before = sidesOf(base);
  const after = sidesOf(head);
  const pairs: [Side | undefined, Side | undefined][] = [];
  const left: Side[] = [];
  for (const one of before) {
    const at = after.findIndex(({ cluster }) => nameBelow(head, cluster) === nameBelow(base, one.cluster));
    if (at < 0) left.push(one);
    else pairs.push([one, ...after.splice(at, 1)] as [Side, Side]);
  }
  if (left.length === 1 && after.length === 1) return [...pairs, [left[0], after[0]]];
  return [
    ...pairs,
    ...left.map((one): [Side, undefined] => [one, undefined]),
    ...after.map((one): [undefined, Side] => [undefined, one]),
  ];
}

function sidesOf(graph: Graph): Side[] {
  const names = clusterNames(graph);
  return graph.clusters.map((cluster) => ({ graph, cluster, name: names.get(cluster) ?? cluster.name }));
}

/** A cluster's name below the folder that was asked for. */
function nameBelow({ tree }: Graph, { name }: Cluster): string {
  return tree.below !== '' && `${name}/`.startsWith(`${tree.below}/`) ? name.slice(tree.below.length + 1) : name;
}

/** Undefined where nothing differs. */
function reviewCluster(
  base: Side | undefined,
  head: Side | undefined,
  errors: readonly Finding[],
  hide: Hide,
): ClusterReview | undefined {
  const context = makeContext(base, head);
  const found = effectRules.flatMap((rule) => [...rule(context)]);
  if (context.changes.length === 0 && found.length === 0) return undefined;
  const own = new Map<Changed, Effect[]>();
  const all: Effect[] = [];
  const told: Told[] = [];
  const known = new Map<string, Effect>();
  const delayOf = delays(found, context, missingNamespaces(context, errors));
  for (const one of found) {
    const made = effectOf(one, delayOf(one), hide);
    const key = JSON.stringify([made.kind, made.object, made.message]);
    const effect = known.get(key) ?? made;
    if (effect === made) all.push(effect);
    told.push([one, effect]);
    known.set(key, effect);
    if (one.change !== undefined) push(own, one.change, effect);
  }
  const real = context.changes.filter((change) => !isRoutineChange(change));
  const charts = chartChanges(context, told);
  const changes = real.map((change) => shownChangeOf(change, own.get(change) ?? [], context, hide));
  return {
    name: (head ?? base)?.name ?? '',
    type: base === undefined ? 'created' : head === undefined ? 'deleted' : 'changed',
    // A file that has moved is nothing to the cluster.
    danger: worst([changes.some(({ type }) => type !== 'moved') ? 'low' : 'none', ...all.map(({ danger }) => danger)]),
    ...(charts.length === 0
      ? {}
      : {
          charts: charts.map((one) => ({
            ...one,
            releases: one.releases.map(hide),
            summary: one.summary.map(hide),
          })),
        }),
    images: imageChanges(context).map(({ object, what, before, after, held }) => ({
      ...(held === undefined ? {} : { held: hide(held) }),
      object: hide(object),
      what: hide(what),
      before: before && hide(before),
      after: after && hide(after),
    })),
    blast: blastOf(context).map(({ kustomization, changes: count, dependents, readers }) => ({
      kustomization: hide(kustomization),
      changes: count,
      dependents: dependents.map(hide),
      readers: readers.map(hide),
    })),
    changes: changes.sort(compareChanges),
    effects: all.sort(compareEffects),
  };
}

/** What is delayed for long is no danger yet. */
function effectOf(
  { kind, danger, on, message, chain = [], todo = [] }: Found,
  delay: Delay | undefined,
  hide: Hide,
): Effect {
  const counts = delay === undefined || delay.soon;
  return {
    kind,
    danger: counts ? danger : 'low',
    object: hide(describe(on)),
    message: hide(message),
    chain: chain.map(hide),
    todo: counts ? todo.map(hide) : [],
    ...(delay === undefined ? {} : { held: hide(delay.why) }),
  };
}

function shownChangeOf(change: Changed, effects: readonly Effect[], context: Context, hide: Hide): Change {
  const { before, after, fields } = change;
  const resource = (after ?? before) as Resource;
  const isOfChart = resource.chart !== undefined;
  const type =
    before === undefined ? 'created' : after === undefined ? 'deleted' : fields.length === 0 ? 'moved' : 'changed';
  return {
    type,
    object: hide(describe(resource)),
    kind: hide(resource.kind),
    namespace: hide(resource.namespace),
    name: hide(resource.name),
    before: whereabouts(
      before,
      before && after && !context.hasMovedFile(before, after) ? after : before,
      context,
      hide,
    ),
    after: whereabouts(after, after, context, hide),
    fields: fields.filter((field) => !isOfChart || !isRoutine(field)).map((field) => shownChange(field, hide)),
    effects,
    ...(type === 'changed' && effects.length === 0 && !isJudged(resource, fields) ? { unjudged: true } : {}),
    ...(resource.chart === undefined
      ? {}
      : { madeBy: { release: hide(describe(resource.chart.release)), template: hide(resource.chart.template) } }),
  };
}

/**
 * Whether nothing being said of a change means that nothing happens: of other kinds than those of the systems that effects/ knows, nobody
 * knows. What a chart makes is told with its chart.
 */
function isJudged(resource: Resource, fields: Changed['fields']): boolean {
  return (
    resource.chart !== undefined ||
    isUnderstoodGroup(resource.group) ||
    hasTrait(resource, 'watches') ||
    fields.every(({ path: [top] }) => top === 'metadata')
  );
}

/** @param written where it lies: of what has not moved between two folders, only the later one is named */
function whereabouts(
  resource: Resource | undefined,
  written: Resource | undefined,
  { base, head, isBefore }: Context,
  hide: Hide,
): Whereabouts | undefined {
  if (resource === undefined || written === undefined) return undefined;
  const tree = (isBefore(written) ? base : head)?.graph.tree;
  const { path } = written.document.file;
  return {
    file: hide(tree === undefined ? path : shownPath(tree, path)),
    kustomization: resource.appliedBy && hide(nameOf(resource.appliedBy)),
  };
}

function compareChanges(a: Change, b: Change): number {
  const by = ({ before, after }: Change) => (after ?? before)?.kustomization ?? '';
  return compareText(by(a), by(b)) || compareText(a.kind, b.kind) || compareText(a.object, b.object);
}

function compareEffects(a: Effect, b: Effect): number {
  return (
    dangers.indexOf(b.danger) - dangers.indexOf(a.danger) ||
    effectKinds.indexOf(a.kind) - effectKinds.indexOf(b.kind) ||
    compareText(a.object, b.object)
  );
}

export function worst(all: readonly Danger[]): Danger {
  return all.reduce(
    (most, danger) => (dangers.indexOf(danger) > dangers.indexOf(most) ? danger : most),
    'none' as Danger,
  );
}

/** Checks hide what they know to be secret; here, the values of plain Secrets are known, too. */
function shownFinding(finding: Finding, hide: Hide): Finding {
  return {
    ...finding,
    message: hide(finding.message),
    chain: finding.chain.map(hide),
    // Lines of a file may hold what no rule takes for a secret.
    frame: [],
  };
}
