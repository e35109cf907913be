import { groupsOperatedBy } from '../../graph/charts';
import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { textAt } from '../../json/read';
import type { Context } from '../context';
import type { EffectRule } from '../effect';
import { goesWithCluster } from '../loss';
import { pruningOf } from '../pruning';
import { usersOfStore } from '../store-users';

type HasFinalizer = (resource: Resource, context: Context) => boolean;

const always: HasFinalizer = () => true;

const deletes: HasFinalizer = ({ value }) => textAt(value, 'spec', 'deletionPolicy') === 'Delete';

/** As long as a PushSecret that deletes what it pushed uses the store (handleFinalizer in pkg/controllers/secretstore/common.go). */
const ofStore: HasFinalizer = (store, context) =>
  usersOfStore(store, context.base).some((user) => user.kind === 'PushSecret' && deletes(user, context));

/** The pods of a Cluster release it or, where the Cluster goes as well, the operator (internal/controller/finalizers_delete.go). */
const withCluster: HasFinalizer = goesWithCluster;

/**
 * Kinds, by group, that stay until their operator has released them: of a group with `*`, all. Read in External Secrets 2.9,
 * CloudNativePG 1.30, KEDA, the operators of VictoriaMetrics and Grafana, and Rook.
 */
const finalized: Readonly<Record<string, Readonly<Record<string, HasFinalizer>>>> = {
  'external-secrets.io': {
    ExternalSecret: always,
    ClusterExternalSecret: always,
    PushSecret: deletes,
    SecretStore: ofStore,
    ClusterSecretStore: ofStore,
  },
  'postgresql.cnpg.io': {
    Database: withCluster,
    DatabaseRole: withCluster,
    Publication: withCluster,
    Subscription: withCluster,
  },
  'keda.sh': { '*': always },
  'operator.victoriametrics.com': { '*': always },
  'grafana.integreatly.org': { '*': always },
  'ceph.rook.io': { '*': always },
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
    const kinds = finalized[before.group];
    if ((kinds?.[before.kind] ?? kinds?.['*'])?.(before, context) !== true) continue;
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
