import type { Cluster } from '../graph/cluster';
import { describe } from '../graph/identity';
import type { Resource } from '../graph/resource';
import { isRestarted } from '../graph/restarts';
import type { SecretReference } from '../graph/secrets/secret-index';
import { containersOf, podTemplate } from '../graph/workload';
import type { JsonObject } from '../json/json';
import { listAt, textAt } from '../json/read';
import { hasTrait } from '../systems/kinds/kinds';

/** How a workload takes over what changes in a Secret or ConfigMap. */
type Takeover = 'reloader' | 'files' | 'stale' | 'next';

/**
 * `reloader`: an annotation asks Reloader to restart the pods;
 * `files`: the kubelet puts new files into the volume; `stale`: pods keep what they have read at their start, and so do mounts by
 * `subPath` (https://kubernetes.io/docs/concepts/configuration/secret/#mounted-secrets-are-updated-automatically); `next`: pods that
 * start later read it.
 */
export function takeoverOf(reference: SecretReference, annotations: JsonObject | undefined): Takeover {
  const { resource, use, name } = reference;
  if (!hasTrait(resource, 'long-lived')) return 'next';
  if (isRestarted(reference, annotations ?? {})) return 'reloader';
  return use === 'volume' && !mountsPart(resource, name) ? 'files' : 'stale';
}

/** Whether a container mounts a single file of the volume, which then is never replaced. */
function mountsPart(resource: Resource, name: string): boolean {
  const pod = podTemplate(resource);
  if (pod === undefined) return false;
  const volumes = listAt(pod.spec, 'volumes').filter((volume) => JSON.stringify(volume).includes(JSON.stringify(name)));
  const names = new Set(volumes.map((volume) => textAt(volume, 'name')));
  return containersOf(pod).some(({ value }) =>
    listAt(value, 'volumeMounts').some(
      (mount) => names.has(textAt(mount, 'name')) && textAt(mount, 'subPath') !== undefined,
    ),
  );
}

/** "Deployment shop/shop, Cluster shop/db": who reads a Secret, each once. */
export function readerNames(
  cluster: Cluster | undefined,
  kind: 'Secret' | 'ConfigMap',
  namespace: string,
  name: string,
): string[] {
  const readers = cluster?.secrets.readersOf(kind, namespace, name) ?? [];
  return [...new Set(readers.map(({ resource }) => describe(resource)))];
}
