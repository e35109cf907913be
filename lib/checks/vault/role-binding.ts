import type { Cluster } from '../../graph/cluster';
import { storesIn } from '../../graph/external-secrets/stores';
import { describe, identityKey, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { VaultRole } from '../../graph/vault/policies';
import { vaultRoles } from '../../graph/vault/roles';
import { roleOf } from '../../graph/vault/store-policy';
import { textAt } from '../../json/read';
import { fitsWildcards } from '../../text/wildcards';
import type { ClusterCheck } from '../check';

const kubernetes = ['spec', 'provider', 'vault', 'auth', 'kubernetes'];

export const roleBinding: ClusterCheck = {
  id: 'vault/role-binding',
  severity: 'error',
  title: 'Role that does not accept the service account of its store',
  atRunTime: 'Vault refuses the login: "service account name not authorized" or "namespace not authorized"',
  remedy:
    'add the service account and its namespace to the role, or name a service account in the store that the role accepts',
  source: 'https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#create-update-role',
  *check(cluster) {
    const roles = vaultRoles(cluster);
    if (roles.length === 0) return;
    for (const store of storesIn(cluster)) {
      const role = roleOf(store, roles);
      const name = textAt(store.value, ...kubernetes, 'serviceAccountRef', 'name');
      if (role === undefined || name === undefined || !isKnown(name)) continue;
      for (const namespace of namespacesOf(store, cluster)) {
        const wrong = refusal(role, name, namespace);
        if (wrong === undefined) continue;
        yield {
          at: { resource: store, path: [...kubernetes, 'serviceAccountRef', 'name'] },
          message: `the role ${role.name} of ${describe(role.resource)} accepts ${wrong}, not service account ${namespace}/${name}`,
          chain: [step(store), `ServiceAccount/${name}`, `${step(role.resource)} role ${role.name}`],
        };
        break;
      }
    }
  },
};

/** Where ESO looks for the account: only a ClusterSecretStore may say, and otherwise it is where the consumers are. */
function namespacesOf(store: Resource, { vault }: Cluster): ReadonlySet<string> {
  if (store.kind === 'SecretStore') return new Set([store.namespace]);
  const said = textAt(store.value, ...kubernetes, 'serviceAccountRef', 'namespace');
  if (said !== undefined) return new Set([said]);
  const key = identityKey(store);
  return new Set(vault.filter((access) => identityKey(access.store) === key).map(({ resource }) => resource.namespace));
}

function refusal({ serviceAccounts, namespaces }: VaultRole, name: string, namespace: string): string | undefined {
  if (serviceAccounts !== undefined && !isBound(serviceAccounts, name)) {
    return `only the service accounts ${serviceAccounts.join(', ')}`;
  }
  if (namespaces !== undefined && !isBound(namespaces, namespace))
    return `only the namespaces ${namespaces.join(', ')}`;
  return undefined;
}

/** Vault takes `*` for any characters. What is not known may be the name. */
function isBound(bound: readonly string[], name: string): boolean {
  if (!isKnown(name)) return true;
  return bound.some((text) => !isKnown(text) || text.includes('${') || fitsWildcards(text, name));
}
