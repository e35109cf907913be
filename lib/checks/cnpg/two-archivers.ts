import { describe } from '../../graph/identity';
import { at, listAt, objectAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';
import { group } from './database';

export const twoArchivers: ClusterCheck = {
  id: 'cnpg/two-archivers',
  severity: 'error',
  title: 'Two archivers of the write-ahead log',
  atRunTime:
    'the webhook refuses the Cluster ("Cannot enable a WAL archiver plugin when barmanObjectStore is configured")',
  remedy: 'leave one: the plugin',
  source: 'cloudnative-pg internal/webhook/v1/cluster_webhook.go (validatePluginConfiguration)',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'Cluster')) {
      const archivers = listAt(resource.value, 'spec', 'plugins').flatMap((plugin, i) => {
        const archives = at(plugin, 'isWALArchiver') === true && at(plugin, 'enabled') !== false;
        return archives ? [{ name: textAt(plugin, 'name') ?? `plugins[${i}]`, i }] : [];
      });
      const inTree = objectAt(resource.value, 'spec', 'backup', 'barmanObjectStore') !== undefined;
      const names = [...(inTree ? ['backup.barmanObjectStore'] : []), ...archivers.map(({ name }) => name)];
      const last = archivers.at(-1);
      if (names.length < 2 || last === undefined) continue;
      yield {
        at: { resource, path: ['spec', 'plugins', last.i, 'isWALArchiver'], on: 'key' },
        message: `${describe(resource)} has ${names.length} archivers: ${names.join(', ')}`,
      };
    }
  },
};
