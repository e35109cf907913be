import { isJsonObject, type JsonObject, type Path } from '../../json/json';
import { listAt, objectAt } from '../../json/read';
import { externalSecretsGroup, targetName } from '../../systems/external-secrets/spec';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';

/** What an object asks External Secrets for: its own spec, or that of the objects that it makes in other namespaces. */
export interface Asked {
  readonly resource: Resource;
  readonly spec: JsonObject;
  /** The way to the spec. */
  readonly path: Path;
  /** The namespaces that it is known to be in; of those that labels select, none. */
  readonly namespaces: readonly string[];
}

/** ExternalSecrets, and what ClusterExternalSecrets make. Found once: many rules look at them. */
export const externalSecrets: (cluster: Cluster) => readonly Asked[] = memoize((cluster) => {
  const asked = cluster.ofKind(externalSecretsGroup, 'ExternalSecret').flatMap(own);
  for (const resource of cluster.ofKind(externalSecretsGroup, 'ClusterExternalSecret')) {
    const path = ['spec', 'externalSecretSpec'];
    const spec = objectAt(resource.value, ...path);
    const named = listAt(resource.value, 'spec', 'namespaces');
    const namespaces = named.filter((name) => typeof name === 'string').filter((name) => isKnown(name));
    if (spec !== undefined) asked.push({ resource, spec, path, namespaces });
  }
  return asked;
});

/** PushSecrets, and what ClusterPushSecrets make. */
export const pushSecrets: (cluster: Cluster) => readonly Asked[] = memoize((cluster) => {
  const asked = cluster.ofKind(externalSecretsGroup, 'PushSecret').flatMap(own);
  for (const resource of cluster.ofKind(externalSecretsGroup, 'ClusterPushSecret')) {
    const path = ['spec', 'pushSecretSpec'];
    const spec = objectAt(resource.value, ...path);
    if (spec !== undefined) asked.push({ resource, spec, path, namespaces: [] });
  }
  return asked;
});

/** Both, the ones that push last. */
export const allAsked: (cluster: Cluster) => readonly Asked[] = memoize((cluster) => [
  ...externalSecrets(cluster),
  ...pushSecrets(cluster),
]);

function own(resource: Resource): Asked[] {
  const spec = resource.value.spec ?? {};
  const { namespace } = resource;
  if (!isJsonObject(spec)) return [];
  return [{ resource, spec, path: ['spec'], namespaces: namespace === '' || !isKnown(namespace) ? [] : [namespace] }];
}

/** The Secret that an ExternalSecret writes. */
export function targetOf({ resource, spec }: Asked): string | undefined {
  const name = targetName(spec, resource.name);
  return isKnown(name) ? name : undefined;
}
