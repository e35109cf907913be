import { backstagesIn } from '../../graph/backstage/containers';
import { connectionOf } from '../../graph/backstage/database';
import { describe, step } from '../../graph/identity';
import type { ClusterCheck } from '../check';

export const readOnlyDatabase: ClusterCheck = {
  id: 'backstage/read-only-database',
  severity: 'error',
  title: 'Backstage on a read-only database',
  atRunTime:
    'migrations fail at the start ("cannot execute CREATE TABLE in a read-only transaction"); with -r they fail whenever a standby answers',
  remedy: 'connect to the -rw Service',
  source: 'https://cloudnative-pg.io/documentation/current/service_management/',
  *check(cluster) {
    for (const backstage of backstagesIn(cluster)) {
      const connection = connectionOf(backstage, cluster);
      if (connection === undefined || connection.service === 'rw') continue;
      const { setting, host, database } = connection;
      const { resource } = backstage.pod;
      const at = setting.file
        ? { resource: setting.file.map, path: ['data', setting.file.key] }
        : { resource, path: [...backstage.container.path, 'env'], on: 'key' as const };
      yield {
        at,
        message: `Backstage writes to ${host}, which leads to the standbys of ${describe(database)}${host.includes('-ro') ? '' : ', too'}`,
        chain: [step(resource), `Service/${database.name}-${connection.service}`, step(database)],
        sensitive: true,
      };
    }
  },
};
