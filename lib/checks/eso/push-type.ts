import type { Cluster } from '../../graph/cluster';
import { type PushedItem, pushesIn } from '../../graph/external-secrets/pushes';
import { findStore, storeRefs } from '../../graph/external-secrets/stores';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { objectAt, textAt } from '../../json/read';
import { missingKeys, secretType } from '../../systems/kubernetes/secret-types';
import { listed } from '../../text/listed';
import type { ClusterCheck } from '../check';

export const pushType: ClusterCheck = {
  id: 'eso/push-type',
  severity: 'error',
  title: 'Pushed property of a Secret whose type needs another one',
  atRunTime:
    'External Secrets makes the remote Secret with the type of the local one and the first of its properties, and the API server refuses that: "data[tls.key]: Required value"',
  remedy: 'push the Secret whole, without secretKey and property, or as another type by `template: { type: Opaque }`',
  source: 'external-secrets providers/v1/kubernetes/client.go (mergePushSecretData)',
  *check(cluster) {
    const begun = new Map<Resource, Set<string>>();
    for (const push of pushesIn(cluster)) {
      const { asked, remoteKey, property, path } = push;
      const places = begun.get(asked.resource) ?? new Set();
      begun.set(asked.resource, places);
      const isFirst = !places.has(remoteKey);
      places.add(remoteKey);
      const type = typeOf(cluster, push);
      const needed = secretType(type);
      if (!isFirst || needed === undefined || property === undefined || !isKnown(property)) continue;
      if (asked.resource.uncertain || missingKeys(needed, (key) => key === property).length === 0) continue;
      const isKubernetes = storeRefs(asked).some((ref) =>
        objectAt(findStore(cluster, ref, push.namespace)?.value, 'spec', 'provider', 'kubernetes'),
      );
      if (!isKubernetes) continue;
      yield {
        at: { resource: asked.resource, path: [...path, 'remoteRef', 'property'] },
        message: `Secret ${remoteKey} is made with ${property} first, but of the type ${type} it must have ${listed(needed.keys)}${needed.any ? ' (one of them)' : ''}`,
      };
    }
  },
};

/** The type that the remote Secret gets: of the template where there is one, else that of the Secret. */
function typeOf({ secrets }: Cluster, { asked, namespace }: PushedItem): string | undefined {
  const template = objectAt(asked.spec, 'template');
  if (template !== undefined) return textAt(template, 'type');
  const name = textAt(asked.spec, 'selector', 'secret', 'name');
  if (name === undefined || !isKnown(name)) return undefined;
  const found = secrets.lookup('Secret', namespace, name);
  return found.state === 'found' ? found.producers.find(({ adds }) => !adds)?.type : undefined;
}
