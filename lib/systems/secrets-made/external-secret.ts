import { at, listAt, objectAt, textAt } from '../../json/read';
import { secretKeys } from '../external-secrets/keys';
import { creationPolicy } from '../external-secrets/spec';
import { anyNamespace, type FindGenerator, type Makes, type SecretKind } from './made';

/** An ExternalSecret makes the Secret of its target, which has its own name unless it says another. */
export const externalSecret: Makes = function* (object, find) {
  const spec = objectAt(object.value, 'spec');
  if (spec === undefined) return;
  const policy = creationPolicy(spec);
  const manifest = textAt(spec, 'target', 'manifest', 'kind');
  if (policy === 'None' || (manifest !== undefined && manifest !== 'Secret' && manifest !== 'ConfigMap')) return;
  const named = textAt(spec, 'target', 'name');
  yield {
    kind: (manifest as SecretKind | undefined) ?? 'Secret',
    name: named ?? object.name,
    path: named === undefined ? ['metadata', 'name'] : ['spec', 'target', 'name'],
    ...secretKeys(spec, findIn(object.namespace, find)),
    adds: policy === 'Merge',
    type: textAt(spec, 'target', 'template', 'type'),
  };
};

/** A ClusterExternalSecret makes an ExternalSecret in each namespace that it names; by labels, in whichever has them. */
export const clusterExternalSecret: Makes = function* (object, find) {
  const spec = objectAt(object.value, 'spec', 'externalSecretSpec');
  if (spec === undefined) return;
  const name = textAt(spec, 'target', 'name') ?? textAt(object.value, 'spec', 'externalSecretName') ?? object.name;
  const selects = at(object.value, 'spec', 'namespaceSelectors') ?? at(object.value, 'spec', 'namespaceSelector');
  const named = listAt(object.value, 'spec', 'namespaces').filter((namespace) => typeof namespace === 'string');
  const namespaces = [...(named as string[]), ...(selects === undefined ? [] : [anyNamespace])];
  for (const namespace of namespaces) {
    const keys = secretKeys(spec, findIn(namespace, find));
    yield { namespace, name, path: ['spec', 'externalSecretSpec'], ...keys };
  }
};

function findIn(namespace: string, find: FindGenerator) {
  return (kind: string, name: string) => find(kind, kind === 'ClusterGenerator' ? '' : namespace, name)?.value;
}
