import type { Cluster } from '../../graph/cluster';
import { generatedKeys } from '../../graph/external-secrets/generated';
import { type PushedItem, pushedGenerator, pushesIn } from '../../graph/external-secrets/pushes';
import { externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import { describe } from '../../graph/identity';
import { neverPruned } from '../../graph/kustomization';
import { at, textAt } from '../../json/read';
import { deletesPushed } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';

export const pushDeletion: ClusterCheck = {
  id: 'eso/push-deletion',
  severity: 'warning',
  title: 'Generated value that is deleted with its PushSecret',
  atRunTime:
    'when the PushSecret is removed from the tree or moves to another Kustomization, ESO deletes the value from the store, and nobody can generate the same value again',
  remedy: 'set deletionPolicy: None',
  fixes: 'set deletionPolicy to None',
  source: 'external-secrets pkg/controllers/pushsecret/pushsecret_controller.go (DeleteSecretFromProviders)',
  *check(cluster) {
    const generated = generatedSecrets(cluster);
    const said = new Set<unknown>();
    for (const push of pushesIn(cluster)) {
      const { resource, spec, path } = push.asked;
      if (!deletesPushed(spec) || said.has(resource) || neverPruned(resource)) continue;
      if (
        resource.chart !== undefined ||
        at(resource.appliedBy?.spec, 'prune') !== true ||
        !isGenerated(cluster, push, generated)
      )
        continue;
      said.add(resource);
      yield {
        at: { resource, path: [...path, 'deletionPolicy'] },
        message: `${push.remoteKey} holds a generated value, which is deleted with ${describe(resource)}`,
        ...setting([...path, 'deletionPolicy'], 'None'),
      };
    }
  },
};

/** The keys with generated values, by namespace and name of their Secret. */
function generatedSecrets(cluster: Cluster): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const asked of externalSecrets(cluster)) {
    const keys = generatedKeys(cluster, asked);
    const name = targetOf(asked);
    if (keys.size === 0 || name === undefined) continue;
    for (const namespace of asked.namespaces) found.set(`${namespace}/${name}`, new Set(keys.keys()));
  }
  return found;
}

function isGenerated(
  cluster: Cluster,
  { asked, namespace, secretKey }: PushedItem,
  generated: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (pushedGenerator(cluster, asked) !== undefined) return true;
  const keys = generated.get(`${namespace}/${textAt(asked.spec, 'selector', 'secret', 'name')}`);
  return keys !== undefined && (secretKey === undefined || keys.has(secretKey));
}
