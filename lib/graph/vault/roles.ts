import type { Json } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import type { Cluster } from '../cluster';
import type { VaultRole } from './policies';

/** The roles of Vault's Kubernetes auth method that operators' objects of a cluster make. */
export function vaultRoles(cluster: Cluster): VaultRole[] {
  return [...ofConfigOperator(cluster), ...ofBankVaults(cluster)];
}

/** https://github.com/redhat-cop/vault-config-operator/blob/main/docs/auth-engines.md#kubernetesauthenginerole */
function* ofConfigOperator(cluster: Cluster): Generator<VaultRole> {
  for (const resource of cluster.ofKind('redhatcop.redhat.io', 'KubernetesAuthEngineRole')) {
    const { value, name } = resource;
    const bySelector = at(value, 'spec', 'targetNamespaces', 'targetNamespaceSelector') !== undefined;
    const accounts = texts(at(value, 'spec', 'targetServiceAccounts'));
    yield {
      name: textAt(value, 'spec', 'name') ?? name,
      mount: trimmed(textAt(value, 'spec', 'path') ?? 'kubernetes'),
      policies: [...texts(at(value, 'spec', 'policies')), ...texts(at(value, 'spec', 'tokenPolicies'))],
      serviceAccounts: accounts.length > 0 ? accounts : ['default'],
      namespaces: bySelector ? undefined : given(texts(at(value, 'spec', 'targetNamespaces', 'targetNamespaces'))),
      withoutDefaultPolicy: at(value, 'spec', 'tokenNoDefaultPolicy') === true,
      resource,
      path: ['spec'],
    };
  }
}

/** https://bank-vaults.dev/docs/external-configuration/ */
function* ofBankVaults(cluster: Cluster): Generator<VaultRole> {
  for (const resource of cluster.ofKind('vault.banzaicloud.com', 'Vault')) {
    const { value } = resource;
    for (const [i, method] of listAt(value, 'spec', 'externalConfig', 'auth').entries()) {
      if (textAt(method, 'type') !== 'kubernetes') continue;
      for (const [j, role] of listAt(method, 'roles').entries()) {
        const name = textAt(role, 'name');
        if (name === undefined || objectAt(role) === undefined) continue;
        yield {
          name,
          mount: trimmed(textAt(method, 'path') ?? 'kubernetes'),
          policies: [...texts(at(role, 'policies')), ...texts(at(role, 'token_policies'))],
          serviceAccounts: given(texts(at(role, 'bound_service_account_names'))),
          namespaces: given(texts(at(role, 'bound_service_account_namespaces'))),
          withoutDefaultPolicy: at(role, 'token_no_default_policy') === true,
          resource,
          path: ['spec', 'externalConfig', 'auth', i, 'roles', j],
        };
      }
    }
  }
}

/** A list of strings, or one string with commas, as Vault takes them. */
function texts(value: Json | undefined): string[] {
  if (typeof value === 'string') return value.split(',').map((text) => text.trim());
  return listAt(value).filter((item) => typeof item === 'string');
}

function given(list: readonly string[]): readonly string[] | undefined {
  return list.length === 0 ? undefined : list;
}

function trimmed(mount: string): string {
  return mount.replace(/^\/+|\/+$/g, '').replace(/^auth\//, '');
}
