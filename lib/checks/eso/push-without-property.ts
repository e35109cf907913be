import { isSurelyPlain } from '../../graph/external-secrets/plain-values';
import { pushesIn } from '../../graph/external-secrets/pushes';
import { findStore, storeRefs } from '../../graph/external-secrets/stores';
import { objectAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const pushWithoutProperty: ClusterCheck = {
  id: 'eso/push-without-property',
  severity: 'error',
  title: 'Push of a plain value without a property',
  atRunTime:
    'Vault stores maps, so ESO parses the value as JSON and pushes nothing: "error unmarshalling vault secret: invalid JSON format"',
  remedy: 'set match.remoteRef.property to the property of the Vault secret that should hold the value',
  source: 'external-secrets providers/v1/vault/client_push.go (PushSecret)',
  *check(cluster) {
    for (const push of pushesIn(cluster)) {
      const { asked, secretKey, property, remoteKey, path } = push;
      if (property !== undefined || secretKey === undefined || !isSurelyPlain(cluster, push)) continue;
      const vault = [...storeRefs(asked)]
        .map((ref) => findStore(cluster, ref, push.namespace))
        .find((store) => objectAt(store?.value, 'spec', 'provider', 'vault') !== undefined);
      if (vault === undefined) continue;
      yield {
        at: { resource: asked.resource, path: [...path, 'remoteRef'], on: 'key' },
        message: `${secretKey} is pushed to ${remoteKey} without a property, but its value is not a JSON object`,
        remedy: `add property: ${secretKey} to the remoteRef`,
      };
    }
  },
};
