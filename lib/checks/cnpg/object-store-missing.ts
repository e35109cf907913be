import { describe, step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { at, listAt, textAt } from '../../json/read';
import { barmanPlugin, group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';
import { hintFor } from '../hint';
import { namesWritten, respelled } from '../meant';

export const objectStoreMissing: ClusterCheck = {
  id: 'cnpg/object-store-missing',
  severity: 'error',
  title: 'ObjectStore that does not exist',
  atRunTime: 'the plugin cannot archive the write-ahead log, which fills the volume, and every backup fails',
  remedy: 'set barmanObjectName to an ObjectStore of the same namespace',
  fixes: 'write the one name that is a slip away',
  source: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'Cluster')) {
      const { namespace } = resource;
      if (namespace === '') continue;
      const places = [
        ...listAt(resource.value, 'spec', 'plugins').map((_, i) => ['spec', 'plugins', i]),
        ...listAt(resource.value, 'spec', 'externalClusters').map((_, i) => ['spec', 'externalClusters', i, 'plugin']),
      ];
      for (const place of places) {
        if (textAt(resource.value, ...place, 'name') !== barmanPlugin) continue;
        if (at(resource.value, ...place, 'enabled') === false) continue;
        const path = [...place, 'parameters', 'barmanObjectName'];
        const name = textAt(resource.value, ...path);
        if (name === undefined || !isKnown(name)) continue;
        const stores = { group: 'barmancloud.cnpg.io', kind: 'ObjectStore' };
        if (cluster.lookup({ ...stores, namespace, name }).state !== 'absent') continue;
        const hint = hintFor({ namespace, name }, cluster.ofKind(stores.group, stores.kind));
        const others = cluster.ofKind(stores.group, stores.kind).filter((other) => other.namespace === namespace);
        yield {
          at: { resource, path },
          message: `${describe(resource)} ${place[1] === 'plugins' ? 'archives to' : 'restores from'} ObjectStore ${name}, which does not exist in namespace ${namespace}${hint}`,
          chain: [step(resource), `ObjectStore/${name}`],
          ...respelled(path, name, namesWritten(others)),
        };
      }
    }
  },
};
