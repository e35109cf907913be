import type { Cluster } from '../../graph/cluster';
import { describe, identityKey, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { objectAt, textAt } from '../../json/read';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { push } from '../../text/group-by';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';

export const accountNamespace: ClusterCheck = {
  id: 'vault/account-namespace',
  severity: 'error',
  title: "Service account that is looked up in each consumer's namespace",
  atRunTime:
    'the secret fails to sync: "cannot request Kubernetes service account token for service account …: not found"',
  remedy: 'set serviceAccountRef.namespace in the ClusterSecretStore',
  fixes: 'set the namespace where one alone has a service account of that name',
  source: 'external-secrets providers/v1/vault/auth.go (createServiceAccountToken)',
  *check(cluster) {
    const consumers = consumersByStore(cluster);
    for (const store of cluster.ofKind(externalSecretsGroup, 'ClusterSecretStore')) {
      const path = ['spec', 'provider', 'vault', 'auth', 'kubernetes', 'serviceAccountRef'];
      const account = objectAt(store.value, ...path);
      const name = textAt(account, 'name');
      if (account?.namespace !== undefined || name === undefined || !isKnown(name)) continue;
      // Without a namespace each consumer may bring an account of its own: that is a way to use it.
      const consumer = consumers.get(identityKey(store))?.find(({ namespace }) => {
        const identity = { group: '', kind: 'ServiceAccount', namespace, name };
        return isKnown(namespace) && cluster.lookup(identity).state === 'absent';
      });
      if (consumer === undefined) continue;
      const accounts = cluster.ofKind('', 'ServiceAccount').filter((other) => other.name === name);
      const elsewhere = accounts[0]?.namespace;
      yield {
        at: { resource: store, path, on: 'key' },
        ...(accounts.length === 1 && elsewhere && setting([...path, 'namespace'], elsewhere, ['name'])),
        message: `without a namespace, the service account ${name} is looked up in ${consumer.namespace}, the namespace of ${describe(consumer)}${elsewhere === undefined ? ', where it does not exist' : `; it is in ${elsewhere}`}`,
        chain: [step(consumer), step(store), `ServiceAccount/${name}`],
      };
    }
  },
};

function consumersByStore({ vault }: Cluster): ReadonlyMap<string, readonly Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const { store, resource } of vault) push(found, identityKey(store), resource);
  return found;
}
