import { isKnown } from '../../graph/substitution';
import { statefulSetName } from '../../systems/kubernetes/names';
import type { ClusterCheck } from '../check';

export const statefulSetNameLength: ClusterCheck = {
  id: 'workload/stateful-set-name',
  severity: 'error',
  title: 'StatefulSet whose name is too long for its pods',
  atRunTime:
    'the API server takes the StatefulSet and refuses its pods ("metadata.labels: Invalid value … must be no more than 63 bytes"): their label controller-revision-hash has the name and up to 11 characters more',
  remedy: 'give it a name of at most 52 characters',
  source: 'kubernetes 1.36 pkg/controller/statefulset/stateful_set_utils.go (setPodRevision)',
  *check(cluster) {
    for (const resource of cluster.ofKind('apps', 'StatefulSet')) {
      const { name } = resource;
      if (resource.uncertain || !isKnown(name) || name.length > 63 || statefulSetName.accepts(name)) continue;
      yield {
        at: { resource, path: ['metadata', 'name'] },
        message: `StatefulSet ${name} has ${name.length} characters in its name, and its pods cannot have more than 52`,
      };
    }
  },
};
