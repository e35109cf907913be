import { hostsIn } from '../../graph/cnpg/hosts';
import { describe, step } from '../../graph/identity';
import { textAt } from '../../json/read';
import { hasNoStandby } from '../../systems/cnpg/made';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';

export const noStandby: ClusterCheck = {
  id: 'cnpg/no-standby',
  severity: 'error',
  title: 'Host for standbys of a Cluster that has none',
  atRunTime: 'the -ro Service has no endpoints, so every connection is refused',
  remedy: 'connect to -rw or -r, or give the Cluster at least two instances',
  source: 'https://cloudnative-pg.io/documentation/current/architecture/#read-only-workloads',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'Pooler')) {
      const [type, name] = [textAt(resource.value, 'spec', 'type'), textAt(resource.value, 'spec', 'cluster', 'name')];
      const { namespace } = resource;
      const [database] = type === 'ro' && name ? cluster.find({ group, kind: 'Cluster', namespace, name }) : [];
      if (database === undefined || database.uncertain || !hasNoStandby(database.value)) continue;
      yield {
        at: { resource, path: ['spec', 'type'] },
        message: `${describe(resource)} leads to the standbys of ${describe(database)}, which has none: it has one instance`,
        chain: [step(resource), `Service/${name}-ro`, step(database)],
      };
    }
    for (const { resource, path, text, database: name, service, namespace } of hostsIn(cluster)) {
      if (service !== 'ro') continue;
      const [database] = cluster.find({ group, kind: 'Cluster', namespace, name });
      if (database === undefined || database.uncertain || !hasNoStandby(database.value)) continue;
      yield {
        at: { resource, path },
        message: `${text} leads to the standbys of ${describe(database)}, which has none: it has one instance`,
        chain: [step(resource), `Service/${name}-ro`, step(database)],
      };
    }
  },
};
