import { faultsOf } from '../../systems/kubernetes/admission';
import type { ClusterCheck } from '../check';
import { refusedFields } from '../refused-fields';

export const refused: ClusterCheck = {
  id: 'workload/refused',
  severity: 'error',
  title: 'Object that the API server refuses beyond its schema',
  atRunTime: 'the API server refuses the object ("… is invalid"), and Flux applies nothing of the whole Kustomization',
  remedy: 'write a value that the message allows',
  source: 'kubernetes 1.36 pkg/apis/*/validation',
  *check(cluster, graph) {
    for (const resource of cluster.resources) {
      if (!resource.uncertain) yield* refusedFields(resource, faultsOf(resource.value), cluster, graph);
    }
  },
};
