import { faultsOf, judgedKinds } from '../../systems/cnpg/admission';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';
import { refusedFields } from '../refused-fields';

export const refused: ClusterCheck = {
  id: 'cnpg/refused',
  severity: 'error',
  title: "Object that CloudNativePG's webhook refuses",
  atRunTime:
    'the webhook denies the request ("admission webhook … denied the request"), and Flux applies nothing of the whole Kustomization',
  remedy: 'write a value that the message allows',
  source: 'cloudnative-pg 1.30 internal/webhook/v1',
  *check(cluster, graph) {
    for (const kind of judgedKinds) {
      for (const resource of cluster.ofKind(group, kind)) {
        yield* refusedFields(resource, faultsOf(resource.value), cluster, graph);
      }
    }
  },
};
