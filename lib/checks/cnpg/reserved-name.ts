import { group, reservedNames } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';
import { refusedFields } from '../refused-fields';

export const reservedName: ClusterCheck = {
  id: 'cnpg/reserved-name',
  severity: 'warning',
  title: 'Database or owner that PostgreSQL reserves',
  atRunTime:
    'CloudNativePG does not create a database that exists: the database does not belong to the owner, the SQL of the bootstrap does not run, and nobody can connect to template0; CloudNativePG also removes the password of the role postgres again',
  remedy: 'name the database and its owner after the application',
  source:
    'cloudnative-pg 1.30 pkg/management/postgres/initdb.go (ConfigureNewInstance), docs/src/declarative_role_management.md',
  *check(cluster, graph) {
    for (const resource of cluster.ofKind(group, 'Cluster'))
      yield* refusedFields(resource, reservedNames(resource.value), cluster, graph);
  },
};
