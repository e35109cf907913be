import { isKnown } from '../../graph/substitution';
import { textAt } from '../../json/read';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { vaultServer } from '../../systems/external-secrets/vault-login';
import type { ClusterCheck } from '../check';

export const serverWithoutScheme: ClusterCheck = {
  id: 'vault/server-without-scheme',
  severity: 'warning',
  title: "Vault's address without http:// or https://",
  atRunTime: 'the store is accepted, but never ready: "unsupported protocol scheme", or an address that cannot be read',
  remedy: 'write the whole address, such as https://vault.example.org:8200',
  source:
    'external-secrets providers/v1/vault/client.go (newConfig), https://pkg.go.dev/github.com/hashicorp/vault/api#Config',
  *check(cluster) {
    const path = ['spec', 'provider', 'vault', 'server'];
    for (const kind of ['SecretStore', 'ClusterSecretStore']) {
      for (const resource of cluster.ofKind(externalSecretsGroup, kind)) {
        const server = textAt(resource.value, ...path);
        if (server === undefined || !isKnown(server) || vaultServer.accepts(server)) continue;
        yield {
          at: { resource, path },
          message: `the server of Vault is "${server}" and must be ${vaultServer.allowed}`,
        };
      }
    }
  },
};
