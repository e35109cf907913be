import { ignoredFields } from '../../systems/cnpg/ignored';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';
import { refusedFields } from '../refused-fields';

export const ignored: ClusterCheck = {
  id: 'cnpg/ignored',
  severity: 'warning',
  title: 'Field of a Cluster that does not do what it says',
  atRunTime:
    'CloudNativePG warns when the Cluster is applied, where nobody reads it, and follows another field: old backups are never deleted, a volume has another class or size',
  remedy: 'move the value to the field that counts',
  source: 'cloudnative-pg 1.30 internal/webhook/v1/cluster_webhook.go (getAdmissionWarnings)',
  *check(cluster, graph) {
    for (const resource of cluster.ofKind(group, 'Cluster'))
      if (!resource.uncertain) yield* refusedFields(resource, ignoredFields(resource.value), cluster, graph);
  },
};
