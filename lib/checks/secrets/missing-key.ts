import type { Cluster } from '../../graph/cluster';
import { describe, keyStep, step } from '../../graph/identity';
import { policyOf } from '../../graph/kustomization';
import { judgedReferences } from '../../graph/secrets/judged';
import type { Producer, SecretReference } from '../../graph/secrets/secret-index';
import { keysAt } from '../../json/read';
import { credentialKeys } from '../../systems/cnpg/made';
import { listed } from '../../text/listed';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { respelled } from '../meant';
import type { Unless } from '../unless';

export const missingKey: ClusterCheck = {
  id: 'secrets/missing-key',
  severity: 'error',
  title: 'Key that the Secret or ConfigMap does not have',
  atRunTime: 'a pod that reads it stays in CreateContainerConfigError: "couldn\'t find key … in Secret …"',
  remedy: 'read a key that the Secret has, or add this key to it',
  fixes: 'write the one key that is a slip away',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets',
  *check(cluster) {
    for (const reference of judgedReferences(cluster)) {
      const { resource, kind, namespace, name, key, path } = reference;
      if (key === undefined) continue;
      const found = cluster.secrets.lookup(kind, namespace, name);
      if (found.state !== 'found' || found.keys.has(key)) continue;
      if (found.producers.some(isFilledIn)) continue;
      const hint = meant(reference, found.keys, cluster);
      yield {
        at: { resource, path },
        message: `${describe(reference)} has no key \`${key}\`: ${[...new Set(found.producers.map(written))].join(', ')}${hint}`,
        chain: [step(resource), keyStep(reference, key), produces(found.producers[0])],
        ...(!found.open && respelled(path, key, [...found.keys])),
        ...(found.open ? { unless: { kind, namespace, name, key, by: fillerOf(found.producers) } } : {}),
      };
    }
  },
};

/** What writes keys that the tree does not list: those of an entry of a store that is read whole, say. */
function fillerOf(producers: readonly Producer[]): Unless['by'] {
  const { resource, path } = producers.find(({ open }) => open) ?? (producers[0] as Producer);
  const why = `${describe(resource)} writes keys that the tree does not show`;
  return { why, document: resource.document, path: [...resource.path, ...path] };
}

/** Whether it stands in the tree itself, rather than being made by something there. */
function isPlain({ resource, kind }: Producer): boolean {
  return resource.group === '' && resource.kind === kind;
}

function written(producer: Producer): string {
  const keys = listed(producer.keys);
  return isPlain(producer) ? `it has ${keys}` : `${producer.resource.kind} ${producer.resource.name} writes ${keys}`;
}

function produces(producer: Producer): string {
  const keys = listed(producer.keys);
  return isPlain(producer) ? `it has ${keys}` : `${step(producer.resource)} produces ${keys}`;
}

/** Whether something else writes keys into it, as the object itself says: Flux leaves them, or it is empty as it stands. */
function isFilledIn(producer: Producer): boolean {
  const { resource } = producer;
  if (!isPlain(producer)) return false;
  if (producer.keys.size === 0 || policyOf(resource, 'reconcile') === 'disabled') return true;
  if (policyOf(resource, 'ssa') !== '' && policyOf(resource, 'ssa') !== 'override') return true;
  const marks = [...keysAt(resource.value, 'metadata', 'annotations'), ...keysAt(resource.value, 'metadata', 'labels')];
  return marks.some((mark) => /inject|replicat|reflect|\bsync/i.test(mark));
}

function meant(
  { key = '', name, kind, namespace }: SecretReference,
  keys: ReadonlySet<string>,
  cluster: Cluster,
): string {
  const near = nearest(key, [...keys]);
  if (near !== undefined) return didYouMean(near);
  const bootstraps = cluster.secrets.readersOf(kind, namespace, name).some(({ use }) => use === 'bootstrap');
  if (!bootstraps || !credentialKeys.has(key)) return '';
  return `; CloudNativePG writes ${key} only into a Secret that it makes itself, not into ${name}`;
}
