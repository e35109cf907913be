import { isSame, nameOf, neverPruned } from '../../../checks/flux/kustomization';
import { isFluxKustomization } from '../../../graph/flux-objects';
import { textAt } from '../../../graph/json';
import type { FluxKustomization, Resource } from '../../../graph/resource';
import { groupBy } from '../../../group-by';
import type { Changed, Context } from '../context';
import type { EffectRule, Found } from '../effect';
import { fateOf } from '../fate';
import { lossOf } from '../loss';
import { isAppliedAlike } from '../pairs';
import { successorOf } from '../successor';

type Move = Changed & { readonly before: Resource; readonly after: Resource };

/**
 * Objects that another Kustomization applies from now on. The old one deletes what it no longer applies as long as that still has its
 * labels; the new one puts its own there. Which comes first, nobody knows, unless one waits for the other.
 */
export const moving: EffectRule = function* (context) {
  const moves = context.changes.filter(isMove);
  for (const group of groupBy(moves, wayOf).values()) {
    const [{ before, after }] = group;
    const { appliedBy: from } = before;
    const { appliedBy: to } = after;
    if (from === undefined || to === undefined) continue;
    const atRisk = group.filter((move) => fateOf(move.before, context).end === 'deleted');
    if (atRisk.length === 0 || takesOverFirst(from, to, context)) yield* safely(group, from, to, context);
    else if (successorOf(from, context) === to) yield* renaming(atRisk, from, to, context);
    else yield* racing(atRisk, from, to, context);
  }
};

function isMove(change: Changed): change is Move {
  return change.before !== undefined && change.after !== undefined && !isAppliedAlike(change.before, change.after);
}

function wayOf({ before, after }: Move): string {
  const name = (kustomization: FluxKustomization | undefined) =>
    kustomization === undefined ? '' : nameOf(kustomization);
  return `${name(before.appliedBy)} ${name(after.appliedBy)}`;
}

/** Whether the old Kustomization waits for the new one, which has put its labels there by then (checkDependencies). */
function takesOverFirst(from: FluxKustomization, to: FluxKustomization, context: Context): boolean {
  return context.now(from)?.dependsOn.some(({ target }) => target !== undefined && isSame(target, to)) === true;
}

function* safely(
  group: readonly Move[],
  from: FluxKustomization,
  to: FluxKustomization,
  context: Context,
): Generator<Found> {
  for (const change of group) {
    const why = takesOverFirst(from, to, context)
      ? `Kustomization ${nameOf(from)}, which waits for it,`
      : `Kustomization ${nameOf(from)}`;
    yield {
      kind: 'other',
      danger: 'low',
      on: change.after,
      change,
      by: to,
      message: `is taken over by Kustomization ${nameOf(to)}; ${why} does not delete it${neverPruned(change.before) ? ', for its annotations say so' : ''}`,
    };
  }
}

/** A Kustomization that goes while another applies the same objects. */
function* renaming(
  atRisk: readonly Move[],
  from: FluxKustomization,
  to: FluxKustomization,
  context: Context,
): Generator<Found> {
  const [own] = context.changes.filter(
    ({ before, after }) => before !== undefined && after === undefined && isKustomization(before, from),
  );
  const losses = atRisk.flatMap((move) => lossOf(move.before, context).map((loss) => ({ ...loss, move })));
  yield {
    kind: 'recreated',
    danger: losses.some(({ danger }) => danger === 'critical') ? 'critical' : 'high',
    on: from.resource,
    change: own,
    by: from,
    message: `becomes ${nameOf(to)}: as it goes it deletes its objects, ${atRisk.length} in all, and the new one makes them anew`,
    todo: [
      `In a commit of its own, before this one, set \`spec.deletionPolicy: Orphan\` on Kustomization ${nameOf(from)}.`,
      `Wait until Flux has applied that: \`kubectl -n ${from.namespace || 'flux-system'} get kustomization ${from.name} -o jsonpath={.spec.deletionPolicy}\` prints \`Orphan\`.`,
      `Then merge this change: Kustomization ${nameOf(from)} goes without its objects, and ${nameOf(to)} takes them over.`,
    ],
  };
  for (const { move, ...loss } of losses) {
    if (loss.kind !== 'data' && loss.kind !== 'password') continue;
    yield {
      ...loss,
      todo: [],
      on: move.before,
      change: move,
      by: from,
      message: `${loss.message}, if Kustomization ${nameOf(from)} goes before ${nameOf(to)} has applied it`,
    };
  }
}

function* racing(
  atRisk: readonly Move[],
  from: FluxKustomization,
  to: FluxKustomization,
  context: Context,
): Generator<Found> {
  for (const change of atRisk) {
    const lost = lossOf(change.before, context).filter(({ kind }) => kind === 'data' || kind === 'password');
    const common = { on: change.before, change, by: from };
    yield {
      ...common,
      kind: 'recreated',
      danger: lost.length > 0 ? 'critical' : 'high',
      message: `may be deleted by Kustomization ${nameOf(from)} before ${nameOf(to)} makes it anew`,
      todo: [
        'In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.',
        'Then merge this change, and take the annotation out once the new Kustomization is ready.',
      ],
    };
    for (const loss of lost) yield { ...loss, ...common, todo: [] };
  }
}

function isKustomization(resource: Resource, { namespace, name }: FluxKustomization): boolean {
  return (
    isFluxKustomization(resource.value) &&
    resource.name === name &&
    textAt(resource.value, 'metadata', 'namespace') === namespace
  );
}
