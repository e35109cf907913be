import type { Cluster } from '../../graph/cluster';
import { describe } from '../../graph/identity';
import { objectAt } from '../../json/read';
import { type Archive, addressOf, restoreOf } from '../../systems/cnpg/archive';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';

export const ownArchive: ClusterCheck = {
  id: 'cnpg/own-archive',
  severity: 'error',
  title: 'Cluster that is restored from its own archive',
  atRunTime:
    'the restored Cluster archives nothing and its volumes fill up: the plugin finds the backups that it was restored from ("WAL archive check failed for server …: Expected empty archive")',
  remedy: 'give the place that the Cluster archives to another serverName than the one it is restored from',
  source: 'https://cloudnative-pg.io/documentation/1.30/recovery/#restoring-into-a-cluster-with-a-backup-section',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'Cluster')) {
      if (resource.uncertain) continue;
      const restore = restoreOf(resource.value);
      if (restore === undefined) continue;
      const { from, to } = restore;
      const store = storeOf(cluster, resource.namespace, to);
      if (from.server !== to.server || store !== storeOf(cluster, resource.namespace, from)) continue;
      yield {
        at: { resource, path: to.path },
        message: `${describe(resource)} archives to the store that it is restored from, under the same server name, ${to.server}`,
      };
    }
  },
};

/** What tells a store from others: two ObjectStores may name one. */
function storeOf(cluster: Cluster, namespace: string, { store }: Archive): string {
  if ('address' in store) return store.address;
  const found = cluster.find({ group: 'barmancloud.cnpg.io', kind: 'ObjectStore', namespace, name: store.name })[0];
  return addressOf(objectAt(found?.value, 'spec', 'configuration')) ?? `ObjectStore/${store.name}`;
}
