import { waitsForRevision } from '../../graph/dependents';
import { describe } from '../../graph/identity';
import { nameOf, neverPruned } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { groupBy } from '../../text/group-by';
import { listed } from '../../text/listed';
import type { Context } from '../context';
import { type EffectRule, effect, type Found, isUpdated, type Updated } from '../effect';
import { lossWith } from '../loss';
import type { Changed } from '../pairs';
import { isAppliedAlike } from '../pairs';
import { pruningOf } from '../pruning';
import { successorOf } from '../successor';

/** From one Kustomization to another. */
interface Way {
  readonly from: FluxKustomization;
  readonly to: FluxKustomization;
}

/**
 * Objects that another Kustomization applies from now on. The old one deletes what it no longer applies as long as that still has its
 * labels; the new one puts its own there (deleteObjects and SetOwnerLabels in kustomization_controller.go). Which comes first, nobody
 * knows, unless one waits for the other.
 */
export const moving: EffectRule = function* (context) {
  const moves = context.changes.filter(isMove);
  for (const group of groupBy(moves, wayOf).values()) {
    const [{ before, after }] = group;
    const { appliedBy: from } = before;
    const { appliedBy: to } = after;
    if (from !== undefined && to === undefined) yield* abandoning(group, from, context);
    if (from === undefined || to === undefined) continue;
    const atRisk = group.filter((move) => pruningOf(ownedBy(move), context).end !== 'kept');
    const risky = new Set(atRisk);
    const safe = takesOverFirst({ from, to }, context) ? group : group.filter((move) => !risky.has(move));
    yield* safely(safe, { from, to }, context);
    if (atRisk.length === 0 || safe === group) continue;
    if (successorOf(from, context) === to) yield* renaming(atRisk, { from, to }, context);
    else yield* racing(atRisk, { from, to }, context);
  }
};

/** Objects whose files stay in the tree although nothing applies them any more: a root whose path leads elsewhere, and its source. */
function* abandoning(moves: readonly Updated[], from: FluxKustomization, context: Context): Generator<Found> {
  for (const change of moves) {
    const { before } = change;
    const { end, by } = pruningOf(before, context);
    if (end !== 'deleted') continue;
    const isRoot = before.kind === 'Kustomization' && nameOf(before) === nameOf(from);
    const rest = isRoot ? ' and, when it is deleted, all that it has applied' : '';
    const message = `is deleted, although its file stays: nothing applies it any more, and Kustomization ${nameOf(from)} prunes it${rest}`;
    const todo = `Move ${change.after.document.file.path} into the folder that Kustomization ${nameOf(from)} applies from now on.`;
    yield { on: before, change, by, ...effect('deleted', isRoot ? 'critical' : 'high', message, todo) };
  }
}

function isMove(change: Changed): change is Updated {
  return (
    isUpdated(change) &&
    !isAppliedAlike(change.before, change.after) &&
    // What charts make, adoption.ts tells of.
    change.before.chart === undefined &&
    change.after.chart === undefined
  );
}

/** What the old Kustomization would delete: of what a ResourceSet makes and goes on making, the set. */
function ownedBy({ before, after }: Updated): Resource {
  return before.madeBy !== undefined && after.madeBy !== undefined ? before.madeBy : before;
}

function wayOf({ before, after }: Updated): string {
  const name = (kustomization: FluxKustomization | undefined) =>
    kustomization === undefined ? '' : nameOf(kustomization);
  return `${name(before.appliedBy)} ${name(after.appliedBy)}`;
}

/** Whether the old Kustomization waits for the new one, and did before, which has put its labels there by then. */
function takesOverFirst({ from, to }: Way, context: Context): boolean {
  return [from, context.now(from)].every((one) => one !== undefined && waitsForRevision(one, to));
}

/** Whether the new Kustomization waits for the old one, and did before if it was there: that has deleted what it lacks by then. */
function letsGoFirst({ from, to }: Way, { base }: Context): boolean {
  const before = base?.cluster.kustomization(to.namespace, to.name) ?? to;
  return [before, to].every((one) => waitsForRevision(one, from));
}

function* safely(group: readonly Updated[], { from, to }: Way, context: Context): Generator<Found> {
  const why = takesOverFirst({ from, to }, context)
    ? `Kustomization ${nameOf(from)}, which waits for it,`
    : `Kustomization ${nameOf(from)}`;
  for (const change of group) {
    const because = neverPruned(change.before) ? ', because its annotations say so' : '';
    yield {
      ...effect(
        'other',
        'low',
        `stays in the cluster: Kustomization ${nameOf(to)} applies it from now on, and ${why} does not delete it${because}`,
      ),
      on: change.after,
      change,
      by: to,
    };
  }
}

/** What happens to objects whose new Kustomization does nothing for now. */
function forNow({ to }: Way, context: Context): string | undefined {
  const delay = context.delayedBy(to);
  if (delay !== undefined) return delay;
  return to.contents.type === 'missing'
    ? `Kustomization ${nameOf(to)} fails, because its folder is not there`
    : undefined;
}

/** A Kustomization that goes while another applies the same objects. */
function* renaming(atRisk: readonly Updated[], way: Way, context: Context): Generator<Found> {
  const { from, to } = way;
  const own = context.changeOf(from.resource);
  const losses = atRisk.flatMap((move) => lossWith(move.before, context).map((loss) => ({ ...loss, move })));
  // Those that nobody applies any more.
  const others = from.resources.filter((resource) => context.changeOf(resource)?.after === undefined);
  yield {
    kind: 'recreated',
    danger: losses.some(({ danger }) => danger === 'critical') ? 'critical' : 'high',
    on: from.resource,
    change: own,
    by: from.resource.appliedBy,
    message: renamed(way, { atRisk: atRisk.length, left: others.length, never: forNow(way, context) }),
    todo: [
      `In a commit of its own, before this one, set \`spec.deletionPolicy: Orphan\` on Kustomization ${nameOf(from)}.`,
      `Wait until Flux has applied that: \`kubectl -n ${from.namespace || 'flux-system'} get kustomizations.kustomize.toolkit.fluxcd.io ${from.name} -o jsonpath='{.spec.deletionPolicy}'\` prints \`Orphan\`.`,
      `Then merge this change: Kustomization ${nameOf(from)} is deleted, but its objects stay, and ${nameOf(to)} applies them from then on.`,
      ...(others.length === 0
        ? []
        : [`Afterwards, delete by hand what no Kustomization applies any more: ${listed(others.map(describe), 6)}.`]),
    ],
  };
  for (const { move, ...loss } of losses) {
    if (loss.kind !== 'data' && loss.kind !== 'password') continue;
    yield {
      ...loss,
      todo: [],
      on: move.before,
      change: move,
      by: from.resource.appliedBy,
      message: `${loss.message}, if Kustomization ${nameOf(from)} is deleted before ${nameOf(to)} has applied it`,
    };
  }
}

/** How many of its objects are at risk, how many nobody applies any more, and why the new one does nothing for now. */
interface Renamed {
  readonly atRisk: number;
  readonly left: number;
  readonly never: string | undefined;
}

function renamed({ from, to }: Way, { atRisk, left, never }: Renamed): string {
  const all = from.resources.length;
  const objects = atRisk < all ? `${atRisk} of its ${all} objects` : all === 1 ? 'its object' : `its ${all} objects`;
  const them = atRisk === 1 ? 'it' : 'them';
  const what = left === 0 ? `becomes ${nameOf(to)}` : `is deleted, and ${nameOf(to)} applies some of its objects`;
  const who = from.resource.appliedBy === undefined ? 'what applies it' : 'Flux';
  const deleted = `${objects} ${atRisk === 1 ? 'is' : 'are'} deleted`;
  return never === undefined
    ? `${what}: if ${who} deletes it before the new one has applied ${them}, ${deleted} and created again`
    : `${what}: if ${who} deletes it, ${deleted}, and nothing creates ${them} again for now: ${never}`;
}

function* racing(atRisk: readonly Updated[], way: Way, context: Context): Generator<Found> {
  const { from, to } = way;
  const never = forNow(way, context);
  const isSure = letsGoFirst(way, context);
  const again = isSure
    ? `is deleted by Kustomization ${nameOf(from)}, and created again by ${nameOf(to)}, which waits for it`
    : `may be deleted by Kustomization ${nameOf(from)} before ${nameOf(to)} creates it again`;
  const todo = [
    'In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.',
    'Then merge this change, and remove the annotation once the new Kustomization is ready.',
  ];
  for (const change of atRisk) {
    const lost = lossWith(change.before, context).filter(({ kind }) => kind === 'data' || kind === 'password');
    const common = { on: change.before, change, by: from };
    yield {
      ...common,
      ...effect(
        'recreated',
        lost.length > 0 ? 'critical' : 'high',
        never === undefined
          ? again
          : `is deleted by Kustomization ${nameOf(from)}, and not created again for now: ${never}`,
        ...todo,
      ),
    };
    for (const loss of lost) {
      yield {
        ...loss,
        ...common,
        todo: [],
        message: isSure ? loss.message : `${loss.message}, if it is deleted first`,
      };
    }
  }
}
