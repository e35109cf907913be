import { at, listAt, objectAt, textAt } from '../../../json/read';
import { secretKeys } from '../../../systems/external-secrets/keys';
import { creationPolicy } from '../../../systems/external-secrets/spec';
import type { SecretKind } from '../secret-index';
import { addProducer, anyNamespace, type FindGenerator, type Produce } from './producer';

/** An ExternalSecret makes the Secret of its target, which has its own name unless it says another. */
export const externalSecret: Produce = (resource, found, find) => {
  const spec = objectAt(resource.value, 'spec');
  if (spec === undefined) return;
  const policy = creationPolicy(spec);
  const manifest = textAt(spec, 'target', 'manifest', 'kind');
  if (policy === 'None' || (manifest !== undefined && manifest !== 'Secret' && manifest !== 'ConfigMap')) return;
  const named = textAt(spec, 'target', 'name');
  addProducer(found, resource, {
    kind: (manifest as SecretKind | undefined) ?? 'Secret',
    name: named ?? resource.name,
    path: named === undefined ? ['metadata', 'name'] : ['spec', 'target', 'name'],
    ...secretKeys(spec, findIn(resource.namespace, find)),
    adds: policy === 'Merge',
  });
};

/** A ClusterExternalSecret makes an ExternalSecret in each namespace that it names; by labels, in whichever has them. */
export const clusterExternalSecret: Produce = (resource, found, find) => {
  const spec = objectAt(resource.value, 'spec', 'externalSecretSpec');
  if (spec === undefined) return;
  const name = textAt(spec, 'target', 'name') ?? textAt(resource.value, 'spec', 'externalSecretName') ?? resource.name;
  const selects = at(resource.value, 'spec', 'namespaceSelectors') ?? at(resource.value, 'spec', 'namespaceSelector');
  const named = listAt(resource.value, 'spec', 'namespaces').filter((namespace) => typeof namespace === 'string');
  const namespaces = [...(named as string[]), ...(selects === undefined ? [] : [anyNamespace])];
  for (const namespace of namespaces) {
    const keys = secretKeys(spec, findIn(namespace, find));
    addProducer(found, resource, { namespace, name, path: ['spec', 'externalSecretSpec'], ...keys });
  }
};

function findIn(namespace: string, find: FindGenerator) {
  return (kind: string, name: string) => objectAt(find(kind, namespace, name)?.value, 'spec');
}
