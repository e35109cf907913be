import { faultsOf, judgedKinds } from '../../systems/external-secrets/admission';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';
import { refusedFields } from '../refused-fields';

export const refused: ClusterCheck = {
  id: 'eso/refused',
  severity: 'error',
  title: "Object that External Secrets' webhook refuses",
  atRunTime:
    'the webhook denies the request ("admission webhook … denied the request"), and Flux applies nothing of the whole Kustomization',
  remedy: 'write a value that the message allows',
  source: 'external-secrets 2.9 apis/externalsecrets/v1/*_validator.go, providers/v1/*/ (ValidateStore)',
  *check(cluster, graph) {
    for (const kind of judgedKinds)
      for (const resource of cluster.ofKind(externalSecretsGroup, kind))
        if (!resource.uncertain) yield* refusedFields(resource, faultsOf(resource.value), cluster, graph);
  },
};
