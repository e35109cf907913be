import { at } from '../../json/read';
import { faultsOf, judged } from '../../systems/flux/fails';
import type { ClusterCheck } from '../check';
import { refusedFields } from '../refused-fields';

export const stalls: ClusterCheck = {
  id: 'flux/stalls',
  severity: 'error',
  title: "Object that the API server accepts and Flux's controllers cannot use",
  atRunTime:
    'the object is applied, and its controller does nothing with it until the spec changes: it is stalled, or an Alert sends no message',
  remedy: 'write a value that the message allows',
  source:
    'flux 2.9 source-controller, image-reflector-controller, image-automation-controller, notification-controller',
  *check(cluster, graph) {
    for (const { group, kind } of judged)
      for (const resource of cluster.ofKind(group, kind))
        if (!resource.uncertain && at(resource.value, 'spec', 'suspend') !== true)
          yield* refusedFields(resource, faultsOf(resource.value), cluster, graph);
  },
};
