import type { Cluster } from '../../graph/cluster';
import { managedRoles } from '../../graph/cnpg/roles';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { at, objectAt, textAt } from '../../json/read';
import { applicationOf } from '../../systems/cnpg/made';
import { group } from '../../systems/cnpg/names';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { respelled } from '../meant';

export const ownerMissing: ClusterCheck = {
  id: 'cnpg/owner-missing',
  severity: 'error',
  title: 'Database whose owner does not exist',
  atRunTime: 'CloudNativePG does not create the database until somebody creates the role: "role … does not exist"',
  remedy:
    "name a role that the tree has: the owner of the Cluster's own database, one of managed.roles, or a DatabaseRole",
  fixes: 'write the one role that is a slip away',
  source: 'cloudnative-pg 1.30 internal/management/controller/database_controller_sql.go (createDatabase)',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'Database')) {
      const { namespace, value, uncertain } = resource;
      const [owner, name] = [textAt(value, 'spec', 'owner'), textAt(value, 'spec', 'cluster', 'name')];
      if (!owner || !name || !isKnown(owner) || uncertain || at(value, 'spec', 'ensure') === 'absent') continue;
      // Those of PostgreSQL itself.
      if (owner.startsWith('pg_')) continue;
      const [database] = cluster.find({ group, kind: 'Cluster', namespace, name });
      const roles = database && rolesOf(cluster, database, owner);
      if (roles === undefined || roles.includes(owner)) continue;
      yield {
        at: { resource, path: ['spec', 'owner'] },
        ...respelled(['spec', 'owner'], owner, roles),
        message: `${describe(resource)} has the owner ${owner}, a role that nothing creates in ${describe(database as Resource)}${didYouMean(nearest(owner, roles))}`,
        chain: [step(resource), step(database as Resource), `role ${owner}`],
      };
    }
  },
};

/** The roles that a Cluster has; undefined where something else may have made others: what it is restored from, or SQL of its own. */
function rolesOf(cluster: Cluster, database: Resource, owner: string): readonly string[] | undefined {
  const application = applicationOf(database.value);
  const bootstrap = objectAt(database.value, 'spec', 'bootstrap');
  const initdb = objectAt(bootstrap, 'initdb');
  if (application === undefined || database.uncertain || at(database.value, 'spec', 'replica') !== undefined)
    return undefined;
  if (at(bootstrap, 'recovery') ?? at(bootstrap, 'pg_basebackup') ?? at(initdb, 'import')) return undefined;
  const sql = Object.entries(initdb ?? {}).filter(([field]) => /^postInit.*SQL/.test(field));
  if (sql.some(([field, text]) => field.endsWith('Refs') || JSON.stringify(text).includes(owner))) return undefined;
  const roles = managedRoles(cluster, database).map((role) => role.name);
  return roles.every(isKnown) ? ['postgres', application.owner, ...roles] : undefined;
}
