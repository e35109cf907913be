import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { at, listAt } from '../../json/read';
import { isCluster } from '../../systems/cnpg/names';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Context } from '../context';
import { effect, ofPresent } from '../effect';

/** Databases and volumes that are created where another leaves: they begin empty, and the data stays in the old one or goes with it. */
export const replaced = ofPresent(/./, function* ({ before, after }, context) {
  if (before !== undefined || !holdsData(after) || isFilled(after)) return;
  const old = predecessorOf(after, leavingIn(context).get(typeOf(after)) ?? []);
  if (old === undefined) return;
  const data = after.kind === 'StatefulSet' ? 'whose volumes it does not use' : 'whose data does not move with it';
  yield effect(
    'data',
    'critical',
    `starts empty: it seems to replace ${describe(old)}, ${data}`,
    after.kind === 'Cluster'
      ? `Before the merge, decide how to move the data: a backup of ${describe(old)} and \`spec.bootstrap.recovery\`, or \`spec.bootstrap.initdb.import\` while both run.`
      : `Before the merge, decide how to move the data of ${describe(old)}.`,
  );
});

const leavingIn = memoize(({ changes }: Context) =>
  groupBy(
    changes.flatMap(({ before, after }) => (before && after === undefined && holdsData(before) ? [before] : [])),
    typeOf,
  ),
);

function holdsData(resource: Resource): boolean {
  const { group, kind, value } = resource;
  return (
    isCluster(resource) ||
    (group === '' && kind === 'PersistentVolumeClaim') ||
    (group === 'apps' && kind === 'StatefulSet' && listAt(value, 'spec', 'volumeClaimTemplates').length > 0)
  );
}

/** Whether it is made from a backup, another database or a volume's content. */
function isFilled({ kind, value }: Resource): boolean {
  if (kind === 'PersistentVolumeClaim') {
    return ['dataSource', 'dataSourceRef', 'volumeName'].some((field) => at(value, 'spec', field) !== undefined);
  }
  if (kind === 'StatefulSet') return false;
  const bootstrap = at(value, 'spec', 'bootstrap');
  return (
    at(bootstrap, 'recovery') !== undefined ||
    at(bootstrap, 'pg_basebackup') !== undefined ||
    at(bootstrap, 'initdb', 'import') !== undefined
  );
}

function typeOf({ group, kind }: Resource): string {
  return `${group}/${kind}`;
}

/** One of the same kind that leaves: of the same name, or the only one of its namespace. */
function predecessorOf({ namespace, name }: Resource, leaving: readonly Resource[]): Resource | undefined {
  const here = leaving.filter((other) => other.namespace === namespace);
  return leaving.find((other) => other.name === name) ?? (here.length === 1 ? here[0] : undefined);
}
