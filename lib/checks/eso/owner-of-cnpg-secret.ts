import type { Cluster } from '../../graph/cluster';
import { externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import { step } from '../../graph/identity';
import { isSame } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { objectAt } from '../../json/read';
import { credentialKeys } from '../../systems/cnpg/made';
import { isCluster } from '../../systems/cnpg/names';
import { creationPolicy } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';

export const ownerOfCnpgSecret: ClusterCheck = {
  id: 'eso/owner-of-cnpg-secret',
  severity: 'error',
  title: 'ExternalSecret for a Secret that CloudNativePG creates',
  atRunTime:
    'once CloudNativePG has created the Secret, the ExternalSecret never syncs: "could not set controller reference on secret: Object … is already owned by another Cluster controller"',
  remedy: 'set target.creationPolicy: Merge, or create a Secret with another name and name it in the bootstrap',
  source: 'external-secrets pkg/controllers/externalsecret/externalsecret_controller.go (ErrSecretSetCtrlRef)',
  *check(cluster) {
    const made = secretsOfClusters(cluster);
    if (made.size === 0) return;
    for (const asked of externalSecrets(cluster)) {
      const { resource, spec, path, namespaces } = asked;
      const name = targetOf(asked);
      if (creationPolicy(spec) !== 'Owner' || objectAt(spec, 'target', 'manifest') !== undefined) continue;
      const owner = namespaces
        .map((namespace) => made.get(`${namespace}/${name}`))
        .find((found) => found !== undefined);
      if (owner === undefined || owner.uncertain || comesBefore(resource, owner)) continue;
      const named = objectAt(spec, 'target')?.name !== undefined;
      yield {
        at: { resource, path: named ? [...path, 'target', 'name'] : ['metadata', 'name'] },
        message: `Cluster ${owner.name} creates and owns Secret ${name}, so the ExternalSecret cannot own it (creationPolicy Owner)`,
        chain: [step(resource), `Secret/${name}`, step(owner)],
      };
    }
  },
};

/** The credentials that Clusters make, by namespace and name. */
function secretsOfClusters(cluster: Cluster): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>();
  for (const { keys, namespace, name, resource } of cluster.secrets.producers)
    if (isCluster(resource) && keys === credentialKeys) found.set(`${namespace}/${name}`, resource);
  return found;
}

/** Whether Flux applies one before the other: a Secret that is there already, CloudNativePG leaves as it is. */
function comesBefore(first: Resource, second: Resource): boolean {
  const { appliedBy } = first;
  if (appliedBy === undefined || second.appliedBy === undefined) return false;
  const seen = new Set<FluxKustomization>([second.appliedBy]);
  for (const kustomization of seen) {
    for (const { target } of kustomization.dependsOn) {
      if (target === undefined) continue;
      if (isSame(target, appliedBy)) return true;
      seen.add(target);
    }
  }
  return false;
}
