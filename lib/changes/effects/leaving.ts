import { waitersFor } from '../../graph/dependents';
import { kustomizeGroup } from '../../graph/flux/objects';
import { step } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import type { ChartOrigin, FluxKustomization, Resource } from '../../graph/resource';
import { hasTrait } from '../../systems/kinds/kinds';
import { count } from '../../text/count';
import { listed } from '../../text/listed';
import type { Context } from '../context';
import { createdElsewhere } from '../created-elsewhere';
import { type EffectRule, effect, type Found, type Happening } from '../effect';
import { lossOf } from '../loss';
import type { Changed } from '../pairs';
import { pruningOf, pruningOfKustomization } from '../pruning';
import type { Pruning } from '../pruning-by-helm';
import { successorOf } from '../successor';

/** Objects that leave the tree: deleted with what they hold, or left behind. */
export const leaving: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after !== undefined) continue;
    if (before.chart !== undefined) {
      yield* leavingChart(before, before.chart, change, context);
      continue;
    }
    const kustomization = kustomizationOf(before, context);
    const pruning =
      kustomization === undefined ? pruningOf(before, context) : pruningOfKustomization(kustomization, context);
    const common = { on: before, change, by: pruning.by };
    if (pruning.end === 'unknown') {
      // Of a renamed Kustomization, moving.ts tells.
      if (kustomization === undefined || successorOf(kustomization, context) === undefined)
        yield { ...common, ...perhaps(before, kustomization, pruning, context) };
    } else if (pruning.end === 'kept') {
      yield { ...common, ...left(before, kustomization, pruning) };
    } else if (pruning.end === 'later') {
      yield { ...common, by: undefined, ...putOff(before, pruning, context) };
    } else if (kustomization !== undefined) {
      if (successorOf(kustomization, context) === undefined)
        yield { ...common, ...goingKustomization(kustomization, context) };
    } else {
      yield {
        ...common,
        ...effect(
          'deleted',
          hasTrait(before, 'serves') ? 'high' : 'medium',
          `is deleted: ${pruning.why}${elsewhere(before, context)}`,
        ),
      };
      for (const loss of lossOf(before, context)) yield { ...common, ...loss };
    }
  }
};

/** What is written in another namespace is another object: nothing moves there. */
function elsewhere(before: Resource, context: Context): string {
  const one = createdElsewhere(before, context);
  return one === undefined ? '' : `; namespace ${one.namespace} gets a new one`;
}

/** What goes with its release is told of that, but for what is lost with it; of hooks, Helm keeps no account. */
function* leavingChart(
  before: Resource,
  { release, hooks }: ChartOrigin,
  change: Changed,
  context: Context,
): Generator<Found> {
  if (hooks.length > 0) return;
  const pruning = pruningOf(before, context);
  const isUninstalled = context.releaseOf(release)?.after === undefined;
  const common = { on: before, change, by: pruning.by, chain: [step(release)] };
  if (pruning.end === 'deleted') {
    const how = hasTrait(before, 'serves') ? 'high' : 'medium';
    if (!isUninstalled) yield { ...common, ...effect('deleted', how, `is deleted: ${pruning.why}`) };
    for (const loss of lossOf(before, context)) yield { ...common, ...loss };
  } else if (pruning.end === 'later') yield { ...common, by: undefined, ...putOff(before, pruning, context) };
  else if (pruning.end === 'kept' && !isUninstalled) yield { ...common, ...left(before, undefined, pruning) };
}

/** The Kustomization that an object is. */
function kustomizationOf({ group, kind, namespace, name }: Resource, { base }: Context): FluxKustomization | undefined {
  if (group !== kustomizeGroup || kind !== 'Kustomization') return undefined;
  return base?.cluster.kustomization(namespace, name);
}

function left(resource: Resource, kustomization: FluxKustomization | undefined, { why, goesOn }: Pruning): Happening {
  const what =
    kustomization !== undefined
      ? 'stays in the cluster, and goes on applying its folder as long as that is there'
      : goesOn === true
        ? 'stays in the cluster'
        : 'stays in the cluster, and nothing updates it any more';
  const data = goesOn !== true && holdsData.test(resource.kind);
  return effect(
    'orphaned',
    data ? 'medium' : 'low',
    `${what}: ${why}`,
    ...(data ? ['Delete it by hand once nobody needs it or its data any more.'] : []),
  );
}

function perhaps(
  resource: Resource,
  kustomization: FluxKustomization | undefined,
  { why }: Pruning,
  context: Context,
): Happening {
  if (kustomization !== undefined) {
    const todo = 'Before the merge, find out what applies it, and whether that deletes what it no longer finds.';
    return effect(
      'deleted',
      'high',
      `may be deleted, and ${count(kustomization.resources.length, 'object')} with it: ${why}`,
      ...(kustomization.resource.appliedBy === undefined ? [todo] : []),
    );
  }
  const data = lossOf(resource, context).some(({ danger }) => danger === 'critical');
  return effect('deleted', data ? 'critical' : 'medium', `may be deleted${data ? ' with its data' : ''}: ${why}`);
}

/** What is deleted once its Kustomization goes on: with all that it holds, which nobody thinks of by then. */
function putOff(resource: Resource, { why }: Pruning, context: Context): Happening {
  const data = lossOf(resource, context).some(({ danger }) => danger === 'critical');
  const what = data ? 'is deleted with its data' : 'is deleted';
  return effect('orphaned', data ? 'medium' : 'low', `${what} later, not now: ${why}`);
}

function goingKustomization(kustomization: FluxKustomization, context: Context): Happening {
  const left = kustomization.resources.filter((resource) => context.changeOf(resource)?.after === undefined);
  const moved = kustomization.resources.length - left.length;
  const gone = left.filter((resource) => pruningOf(resource, context).end === 'deleted').length;
  const kept = left.length - gone;
  const waiting = dependentsLeft(kustomization, context);
  const parts = [
    gone === 0 ? 'is deleted without what it has applied' : `is deleted, and ${count(gone, 'object')} with it`,
    ...(kept > 0 ? [`${count(kept, 'object')} ${kept === 1 ? 'stays' : 'stay'} behind`] : []),
    ...(moved > 0 ? [`${count(moved, 'object')} ${moved === 1 ? 'moves' : 'move'} elsewhere`] : []),
    ...(waiting.length > 0 ? [`${listed(waiting, 4)} still ${waiting.length === 1 ? 'waits' : 'wait'} for it`] : []),
  ];
  return effect('deleted', gone === 0 ? 'medium' : 'high', parts.join('; '));
}

function dependentsLeft(kustomization: FluxKustomization, { head }: Context): string[] {
  const waiting = head === undefined ? [] : waitersFor(kustomization, head.cluster);
  return waiting.map((one) => `Kustomization ${nameOf(one)}`);
}

/** What a person has to see to when it is left behind. */
const holdsData = /^(?:Cluster|Namespace|PersistentVolumeClaim|StatefulSet|HelmRelease)$/;
