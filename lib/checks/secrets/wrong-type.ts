import { describe, step } from '../../graph/identity';
import { namePath } from '../../graph/references/find';
import type { Resource } from '../../graph/resource';
import { judgedReferences } from '../../graph/secrets/judged';
import { textAt } from '../../json/read';
import { groupKind } from '../../systems/api-version';
import { isKnown } from '../../text/symbolic';
import type { ClusterCheck } from '../check';

export const wrongType: ClusterCheck = {
  id: 'secrets/wrong-type',
  severity: 'error',
  title: 'Secret of a type that its reader ignores',
  atRunTime:
    'the kubelet ignores the Secret without a message and pulls the image without credentials: ImagePullBackOff ("unauthorized", "not found")',
  remedy: 'give the Secret the type kubernetes.io/dockerconfigjson, and the key .dockerconfigjson',
  source: 'kubernetes 1.36 pkg/credentialprovider/secrets/secrets.go (MakeDockerKeyring)',
  *check(cluster) {
    for (const reference of judgedReferences(cluster)) {
      const { resource, row, kind, namespace, name } = reference;
      if (row.types === undefined) continue;
      const found = cluster.secrets.lookup(kind, namespace, name);
      if (found.state !== 'found') continue;
      const types = found.producers.map((producer) => typeOf(producer.resource));
      const [type] = types;
      if (type === undefined || !types.every((one) => one !== undefined && isKnown(one) && !row.types?.includes(one)))
        continue;
      const [maker] = found.producers;
      yield {
        at: { resource, path: namePath(reference) },
        message: `${describe(reference)} has the type ${type}, which is ignored here: only ${row.types.join(' and ')} are read`,
        chain: [step(resource), step(reference), step(maker.resource)],
      };
    }
  },
};

/** The type of the Secret that an object is or makes; undefined where nobody can tell. */
function typeOf(resource: Resource): string | undefined {
  if (resource.uncertain) return undefined;
  const { value } = resource;
  const opaque = 'Opaque';
  switch (groupKind(resource)) {
    case '/Secret':
      return textAt(value, 'type') || opaque;
    case 'external-secrets.io/ExternalSecret':
      return textAt(value, 'spec', 'target', 'template', 'type') || opaque;
    case 'bitnami.com/SealedSecret':
      return textAt(value, 'spec', 'template', 'type') || opaque;
    default:
      return undefined;
  }
}
