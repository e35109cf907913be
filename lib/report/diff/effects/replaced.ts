import { describe } from '../../../graph/identity';
import { at } from '../../../graph/json';
import type { Resource } from '../../../graph/resource';
import type { Context } from '../context';
import type { EffectRule } from '../effect';

/** Databases and volumes that are created where another leaves: they begin empty, and the data stays in the old one or goes with it. */
export const replaced: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before !== undefined || after === undefined || !holdsData(after) || isFilled(after)) continue;
    const old = predecessorOf(after, context);
    if (old === undefined) continue;
    yield {
      kind: 'data',
      danger: 'critical',
      on: after,
      change,
      by: after.appliedBy,
      message: `begins empty: it seems to take the place of ${describe(old)}, and the data does not come along`,
      todo: [
        after.kind === 'Cluster'
          ? `Decide how the data comes over before the merge: a backup of ${describe(old)} and \`spec.bootstrap.recovery\`, or \`spec.bootstrap.initdb.import\` while both run.`
          : `Decide how the data of ${describe(old)} comes over before the merge.`,
      ],
    };
  }
};

function holdsData({ group, kind }: Resource): boolean {
  return (group === 'postgresql.cnpg.io' && kind === 'Cluster') || (group === '' && kind === 'PersistentVolumeClaim');
}

/** Whether it is made from a backup, another database or a volume's content. */
function isFilled({ kind, value }: Resource): boolean {
  if (kind === 'PersistentVolumeClaim') {
    return ['dataSource', 'dataSourceRef', 'volumeName'].some((field) => at(value, 'spec', field) !== undefined);
  }
  const bootstrap = at(value, 'spec', 'bootstrap');
  return (
    at(bootstrap, 'recovery') !== undefined ||
    at(bootstrap, 'pg_basebackup') !== undefined ||
    at(bootstrap, 'initdb', 'import') !== undefined
  );
}

/** One of the same kind that leaves: of the same name, or the only one of its namespace. */
function predecessorOf({ group, kind, namespace, name }: Resource, { changes }: Context): Resource | undefined {
  const leaving = changes.flatMap(({ before, after }) =>
    before !== undefined && after === undefined && before.group === group && before.kind === kind ? [before] : [],
  );
  const here = leaving.filter((other) => other.namespace === namespace);
  return leaving.find((other) => other.name === name) ?? (here.length === 1 ? here[0] : undefined);
}
