import { describe } from '../../graph/identity';
import { listAt, objectAt } from '../../json/read';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';

export const inTreeBarman: ClusterCheck = {
  id: 'cnpg/in-tree-barman',
  severity: 'warning',
  title: 'Backups that CloudNativePG will no longer support',
  atRunTime:
    'CloudNativePG 1.31 no longer supports barmanObjectStore ("will be completely removed in CloudNativePG 1.31.0"): after the upgrade the database has no backups',
  remedy: 'move to the Barman Cloud plugin: an ObjectStore, and an entry of spec.plugins with isWALArchiver: true',
  source: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/migration/',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'Cluster')) {
      const places = [
        ['spec', 'backup'],
        ...listAt(resource.value, 'spec', 'externalClusters').map((_, i) => ['spec', 'externalClusters', i]),
      ];
      for (const place of places) {
        const path = [...place, 'barmanObjectStore'];
        if (objectAt(resource.value, ...path) === undefined) continue;
        const purpose = place.length === 2 ? 'backs up' : 'restores';
        yield {
          at: { resource, path, on: 'key' },
          message: `${describe(resource)} ${purpose} with barmanObjectStore, which CloudNativePG 1.31 removes`,
        };
      }
    }
  },
};
