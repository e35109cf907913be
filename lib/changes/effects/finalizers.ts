import { groupsOperatedBy } from '../../graph/charts';
import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { objectAt } from '../../json/read';
import { deletesPushed } from '../../systems/external-secrets/spec';
import { finalizerOf, type HasFinalizer } from '../../systems/kinds/finalizers';
import type { Context } from '../context';
import type { EffectRule } from '../effect';
import { goesWithCluster } from '../loss';
import { pruningOf } from '../pruning';
import { usersOfStore } from '../store-users';

const conditions: Readonly<Record<HasFinalizer, (resource: Resource, context: Context) => boolean>> = {
  always: () => true,
  'deletes-pushed': ({ value }) => deletesPushed(objectAt(value, 'spec')),
  'serves-deletion': (store, context) =>
    usersOfStore(store, context.base).some(
      ({ kind, value }) => kind === 'PushSecret' && deletesPushed(objectAt(value, 'spec')),
    ),
  'leaves-with-cluster': goesWithCluster,
};

/** Objects that leave together with the operator that would release them: they, and their namespaces, stay in deletion for ever. */
export const finalizers: EffectRule = function* (context) {
  const leaving = context.changes.filter(
    ({ before, after }) =>
      before !== undefined && after === undefined && /^(?:deleted|unknown)$/.test(pruningOf(before, context).end),
  );
  const operators = new Map<string, Resource>();
  for (const { before } of leaving) {
    if (before?.kind !== 'HelmRelease' || context.base === undefined) continue;
    for (const group of groupsOperatedBy(before, context.base.cluster)) operators.set(group, before);
  }
  for (const change of leaving) {
    const { before } = change;
    const operator = before && operators.get(before.group);
    if (before === undefined || operator === undefined) continue;
    const finalizer = finalizerOf(before);
    if (finalizer === undefined || !conditions[finalizer](before, context)) continue;
    yield {
      kind: 'blocked',
      danger: 'high',
      on: before,
      change,
      by: before.appliedBy,
      message: `may hang in deletion: ${describe(operator)}, whose operator removes its finalizer, is removed in the same change`,
      todo: [
        `First remove what ${describe(operator)} manages, in a commit of its own, and the operator once all of it is gone.`,
      ],
    };
  }
};
