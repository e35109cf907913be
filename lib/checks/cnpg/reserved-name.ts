import { at, textAt } from '../../json/read';
import { databasesOfPostgres, group, isReservedRole, notReserved } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';

export const reservedName: ClusterCheck = {
  id: 'cnpg/reserved-name',
  severity: 'warning',
  title: 'Database or owner that PostgreSQL reserves',
  atRunTime:
    'CloudNativePG does not create a database that exists: the database does not belong to the owner, the SQL of the bootstrap does not run, and nobody can connect to template0; CloudNativePG also removes the password of the role postgres again',
  remedy: 'name the database and its owner after the application',
  source:
    'cloudnative-pg 1.30 pkg/management/postgres/initdb.go (ConfigureNewInstance), docs/src/declarative_role_management.md',
  *check(cluster) {
    const path = ['spec', 'bootstrap', 'initdb'];
    for (const resource of cluster.ofKind(group, 'Cluster')) {
      const database = textAt(resource.value, ...path, 'database') ?? '';
      const owner = textAt(resource.value, ...path, 'owner') ?? '';
      if (databasesOfPostgres.includes(database) && !(database === 'postgres' && owner === 'postgres'))
        yield {
          at: { resource, path: [...path, 'database'] },
          message: `\`spec.bootstrap.initdb.database\` is "${database}", which exists already`,
        };
      if (isReservedRole(owner) && at(resource.value, 'spec', 'enableSuperuserAccess') !== true)
        yield {
          at: { resource, path: [...path, 'owner'] },
          message: `\`spec.bootstrap.initdb.owner\` is "${owner}" and must be ${notReserved}`,
        };
    }
  },
};
