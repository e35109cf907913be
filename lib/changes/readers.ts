import type { Cluster } from '../graph/cluster';
import { describe } from '../graph/identity';
import type { Resource } from '../graph/resource';
import { isRestarted, isRestartedByChart } from '../graph/restarts';
import type { SecretReference } from '../graph/secrets/secret-index';
import { containersOf, podTemplate } from '../graph/workload';
import type { JsonObject } from '../json/json';
import { keysAt, listAt, objectAt, textAt } from '../json/read';
import { reloadLabel } from '../systems/cnpg/names';
import { hasTrait } from '../systems/kinds/kinds';
import { effect, type Happening } from './effect';

/** How a workload takes over what changes in a Secret or ConfigMap. */
type Takeover = 'reloader' | 'values' | 'files' | 'stale' | 'next';

/**
 * `reloader`: an annotation asks Reloader to restart the pods; `values`: one in the values of a chart does;
 * `files`: the kubelet puts new files into the volume; `stale`: pods keep what they have read at their start, and so do mounts by
 * `subPath` (https://kubernetes.io/docs/concepts/configuration/secret/#mounted-secrets-are-updated-automatically); `next`: pods that
 * start later read it.
 */
function takeoverOf(reference: SecretReference, annotations: JsonObject | undefined): Takeover {
  const { resource, use, name } = reference;
  if (resource.kind === 'HelmRelease') return isRestartedByChart(reference, annotations ?? {}) ? 'values' : 'next';
  if (!hasTrait(resource, 'long-lived')) return 'next';
  if (isRestarted(reference, annotations ?? {})) return 'reloader';
  return use === 'volume' && !mountsPart(resource, name) ? 'files' : 'stale';
}

/** What reads a Secret or ConfigMap, and the metadata of that; undefined where nobody knows it. */
export interface Reading {
  readonly reference: SecretReference;
  readonly metadata: JsonObject | undefined;
}

/**
 * What becomes of an object that reads Secrets or ConfigMaps, in the same way, once they have another content; undefined for nothing of
 * its own.
 *
 * @param what those that change, as people name them
 */
export function readingAnew(readings: readonly Reading[], what: string): Happening | undefined {
  const [first] = readings;
  if (first === undefined) return undefined;
  const { resource, use } = first.reference;
  const takes = readings.map((one) => takeoverOf(one.reference, objectAt(one.metadata, 'annotations')));
  if (takes.includes('values')) {
    return effect('restart', 'medium', `has its pods restarted by Reloader, as its values ask: ${what} changes`);
  }
  switch (use) {
    case 'env':
    case 'envFrom':
    case 'volume': {
      if (takes.includes('reloader'))
        return effect('restart', 'medium', `is restarted by Reloader, as its annotation asks: ${what} changes`);
      if (takes.includes('stale'))
        return effect(
          'stale',
          'medium',
          `keeps running with the old ${what} until it is restarted`,
          `Once Flux has applied the change: \`kubectl -n ${resource.namespace} rollout restart ${resource.kind.toLowerCase()}/${resource.name}\`.`,
        );
      return takes.includes('files')
        ? effect('other', 'low', `reads the new ${what} in its files within minutes`)
        : effect('other', 'low', `reads the new ${what} the next time that its pods start`);
    }
    case 'bootstrap':
    case 'managedRole':
    case 'superuser': {
      const isTold = keysAt(first.metadata, 'labels').includes(reloadLabel);
      return effect(
        'password',
        'high',
        `sets the password of the role to that of ${what}${isTold ? '' : ', at its next reconciliation'}: from then on, logins with the old one are refused`,
      );
    }
    case 'values':
      return effect('upgrade', 'medium', `is upgraded with the new ${what} at its next reconciliation`);
    case 'push':
      return effect('vault', 'low', `pushes the new ${what}`);
    case 'store':
    case 'credentials':
      return effect('other', 'medium', `logs in with the new ${what}`);
    case 'flux':
      return undefined;
    default:
      return effect('other', 'low', `reads the new ${what}`);
  }
}

/** The metadata of what is written: its own, or what External Secrets gives it; without a template, that of the ExternalSecret. */
export function metadataOf({ value, kind }: Resource, written: 'Secret' | 'ConfigMap'): JsonObject | undefined {
  const spec = objectAt(value, 'spec', 'externalSecretSpec') ?? objectAt(value, 'spec');
  const template = objectAt(spec, 'target', 'template');
  return kind === written || template === undefined ? objectAt(value, 'metadata') : objectAt(template, 'metadata');
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
