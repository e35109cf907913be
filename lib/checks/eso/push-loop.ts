import type { Cluster } from '../../graph/cluster';
import { describe, identityKey, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { accessesBySecret, vaultSecretKey } from '../../graph/vault/by-secret';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { objectAt, textAt } from '../../json/read';
import { deletionPolicy } from '../../systems/external-secrets/spec';
import { dataPath } from '../../systems/external-secrets/vault-paths';
import type { ClusterCheck } from '../check';

export const pushLoop: ClusterCheck = {
  id: 'eso/push-loop',
  severity: 'warning',
  title: 'Secret that is pushed back to where it is read from',
  atRunTime:
    'while the path does not exist, reading and pushing wait for each other; if a person created the path, the push is refused: "secret not managed by external-secrets"',
  remedy: 'remove the push, or push to another path',
  source: 'external-secrets providers/v1/vault/client_push.go (PushSecret)',
  *check(cluster) {
    const said = new Set<string>();
    for (const push of cluster.vault) {
      const { verb, resource, path } = push;
      if (verb !== 'push' || !isClear(push) || textAt(resource.value, 'spec', 'updatePolicy') === 'IfNotExists')
        continue;
      const maker = makerOf(cluster, resource);
      if (maker === undefined || maker.uncertain) continue;
      const key = vaultSecretKey(push);
      const accesses = accessesBySecret(cluster).get(key) ?? [];
      if (!accesses.some((access) => access.verb === 'read' && access.resource === maker && isClear(access))) continue;
      // What another one pushes, it can read and push back.
      if (accesses.some((access) => access.verb === 'push' && access.resource !== resource && isClear(access)))
        continue;
      // Once for a path, however many of its properties are pushed.
      const id = `${identityKey(resource)} ${key}`;
      if (said.has(id)) continue;
      said.add(id);
      yield {
        at: { resource, path },
        message: `${dataPath(push)} is pushed from Secret ${textAt(resource.value, 'spec', 'selector', 'secret', 'name')}, which ${describe(maker)} reads from the same path`,
        chain: [
          step(resource),
          `Secret/${textAt(resource.value, 'spec', 'selector', 'secret', 'name')}`,
          step(maker),
          dataPath(push),
        ],
      };
    }
  },
};

function isClear({ key, mount, resource }: VaultAccess): boolean {
  return isKnown(key) && isKnown(mount ?? '') && !resource.uncertain;
}

/** The ExternalSecret that alone makes the Secret, and makes none while the store lacks what it reads. */
function makerOf(cluster: Cluster, { value, namespace }: Resource): Resource | undefined {
  const name = textAt(value, 'spec', 'selector', 'secret', 'name');
  if (name === undefined || !isKnown(name)) return undefined;
  const found = cluster.secrets.lookup('Secret', namespace, name);
  if (found.state !== 'found' || found.producers.length !== 1) return undefined;
  const [{ resource }] = found.producers;
  const retains = deletionPolicy(objectAt(resource.value, 'spec')) === 'Retain';
  return resource.kind === 'ExternalSecret' && retains ? resource : undefined;
}
