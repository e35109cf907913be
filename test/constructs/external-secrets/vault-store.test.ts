import { Application, Cluster, ExternalSecret, ExternalSecrets, VaultStore, type VaultStoreProps } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, refusal, stage, synthesize } from '../synthesize';

const server = 'http://vault.vault.svc:8200';
const folder = 'kubernetes/apps/external-secrets/external-secrets-stores';

function storeOf(props: Partial<VaultStoreProps> = {}, id = 'vault'): VaultStore {
  const { cluster } = emptyCluster();
  return new VaultStore(cluster, id, {
    operator: new ExternalSecrets(cluster, { version: '2.9.0' }),
    server,
    ...props,
  });
}

test('a store is a ClusterSecretStore that logs in as the operator', () => {
  expect(synthesize(() => undefined).documents(`${folder}/stores/vault.yaml`)).toEqual([
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterSecretStore',
      metadata: { name: 'vault' },
      spec: {
        provider: {
          vault: {
            server,
            path: 'kv',
            version: 'v2',
            auth: {
              kubernetes: {
                mountPath: 'kubernetes',
                role: 'external-secrets',
                serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' },
              },
            },
          },
        },
      },
    },
  ]);
});

test('its Kustomization waits for the operator, and is ready when the store is', () => {
  const { spec } = synthesize(() => undefined).document(`${folder}/ks.yaml`) as { spec: JsonObject };
  expect([spec.dependsOn, spec.wait, spec.healthCheckExprs]).toEqual([
    [{ name: 'external-secrets', namespace: 'external-secrets' }],
    true,
    [
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ClusterSecretStore',
        current: "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
      },
    ],
  ]);
});

test('all of it can be set, and any other field reached', () => {
  const { find } = synthesize(
    ({ cluster, eso }) =>
      new VaultStore(cluster, 'second', {
        operator: eso,
        server: 'https://vault.example.org',
        mount: 'teams/web',
        name: 'vault-web',
        role: 'web',
        mountPath: 'clusters/soyo',
        serviceAccount: { name: 'vault-auth', namespace: 'vault' },
        spec: {
          conditions: [{ namespaces: ['web'] }],
          provider: {
            vault: { namespace: 'admin', caProvider: { type: 'ConfigMap' as never, name: 'ca', namespace: 'vault' } },
          },
        },
      }),
  );
  expect(find('ClusterSecretStore', 'vault-web').spec).toEqual({
    conditions: [{ namespaces: ['web'] }],
    provider: {
      vault: {
        server: 'https://vault.example.org',
        path: 'teams/web',
        version: 'v2',
        namespace: 'admin',
        caProvider: { type: 'ConfigMap', name: 'ca', namespace: 'vault' },
        auth: {
          kubernetes: {
            mountPath: 'clusters/soyo',
            role: 'web',
            serviceAccountRef: { name: 'vault-auth', namespace: 'vault' },
          },
        },
      },
    },
  });
});

test('the mount is kv unless said otherwise, and may have several parts', () => {
  expect(storeOf().mount).toBe('kv');
  expect(storeOf({ mount: 'teams/web' }).path('a').dataPath).toBe('teams/web/data/a');
});

test("two stores share one Kustomization, beside the operator's", () => {
  const { document, paths } = synthesize(
    ({ cluster, eso }) => new VaultStore(cluster, 'second', { operator: eso, server, mount: 'team' }),
  );
  expect(document(`${folder}/stores/kustomization.yaml`).resources).toEqual(['./vault.yaml', './second.yaml']);
  expect(paths().filter((path) => path.includes('external-secrets-stores'))).toEqual([
    `${folder}/ks.yaml`,
    `${folder}/stores/kustomization.yaml`,
    `${folder}/stores/second.yaml`,
    `${folder}/stores/vault.yaml`,
  ]);
});

test('who reads from a store waits for it and for the operator', () => {
  const { find } = synthesize(({ cluster, vault }) => {
    const { directory } = new Application(cluster, 'shop');
    new ExternalSecret(directory, 'config', { store: vault, extract: vault.path('a'), required: ['A'] });
  });
  expect((find('Kustomization', 'shop').spec as JsonObject).dependsOn).toEqual([
    { name: 'external-secrets', namespace: 'external-secrets' },
    { name: 'external-secrets-stores', namespace: 'external-secrets' },
  ]);
});

describe('what is refused', () => {
  test.each([
    ['kv/data', '"kv"'],
    ['teams/web/data', '"teams/web"'],
  ])('the mount %j, which holds the part that ESO adds', (mount, example) => {
    expect(refusal(() => storeOf({ mount }))).toBe(
      `soyo/vault: mount is "${mount}". Allowed: only the mount, without KV v2's "data": ESO adds it, so the path would have it twice. Example: ${example}.`,
    );
  });

  test.each(['/kv', 'kv/', '', 'a b', '../kv'])('the mount %j', (mount) => {
    expect(refusal(() => storeOf({ mount }))).toBe(
      `soyo/vault: mount is ${JSON.stringify(mount)}. Allowed: segments of letters, digits, "-", "_" and "." separated by "/", without ".." and without a leading or trailing "/". Example: "apps/backstage/app".`,
    );
  });

  test('a server with a trailing "/" is accepted, as by Vault\'s client', () => {
    expect(() => storeOf({ server: 'http://vault:8200/' })).not.toThrow();
  });

  test.each(['vault.vault.svc:8200', 'http:///', ''])('the server %j', (address) => {
    expect(refusal(() => storeOf({ server: address }))).toBe(
      `soyo/vault: server is ${JSON.stringify(address)}. Allowed: an address that begins with http:// or https://. Example: "https://vault.example.org:8200".`,
    );
  });

  test('a service account without a namespace, as JavaScript may give', () => {
    expect(refusal(() => storeOf({ serviceAccount: { name: 'vault-auth' } as never }))).toMatch(
      /^soyo\/vault: serviceAccount\.namespace is not set\. Allowed: a DNS label/,
    );
  });

  test('a name that Kubernetes refuses', () => {
    expect(refusal(() => storeOf({}, 'My_Vault'))).toMatch(
      /^soyo\/My_Vault: name is "My_Vault"\. Allowed: a DNS subdomain/,
    );
  });

  test('no operator, as JavaScript may give', () => {
    expect(refusal(() => storeOf({ operator: undefined as never }))).toBe(
      "soyo/vault: operator is not set. Allowed: the operator that reads the store. Example: new ExternalSecrets(cluster, { version: '2.9.0' }).",
    );
  });

  test('a second store of the same name', () => {
    const { cluster, eso } = stage();
    const second = () => new VaultStore(cluster, 'second', { operator: eso, server, name: 'vault' });
    expect(refusal(second)).toBe(
      'soyo/second: name is "vault". Allowed: a name that no other store of the cluster has: soyo/vault already has this one. Example: "vault-2".',
    );
  });

  const vault = (settings: object) => ({ spec: { provider: { vault: settings } } }) as Partial<VaultStoreProps>;
  const namespace =
    'Allowed: a namespace: without one, a cluster-wide store looks in the namespace of each ExternalSecret. Example: "external-secrets".';
  test.each<[Partial<VaultStoreProps>, string]>([
    [
      vault({ path: 'other' }),
      'spec.provider.vault.path is "other". Allowed: "kv", as in the property mount. Example: only the property mount.',
    ],
    [
      vault({ auth: { appRole: { path: 'approle', secretRef: { name: 'a', namespace: 'b', key: 'c' } } } }),
      'spec.provider.vault.auth.appRole.roleId is not set. It must be given, unless roleRef names the Secret that has it.',
    ],
    [
      vault({ version: 'v1' }),
      'spec.provider.vault.version is "v1". Allowed: "v2", as in the property version. Example: only the property version.',
    ],
    [
      vault({ server: 'vault:8200' }),
      'server is "vault:8200". Allowed: an address that begins with http:// or https://. Example: "https://vault.example.org:8200".',
    ],
    [
      vault({ auth: { kubernetes: { serviceAccountRef: { namespace: null } } } }),
      `spec.provider.vault.auth.kubernetes.serviceAccountRef.namespace is not set. ${namespace}`,
    ],
    [
      vault({ auth: { kubernetes: null, tokenSecretRef: { name: 'token', key: 'token' } } }),
      `spec.provider.vault.auth.tokenSecretRef.namespace is not set. ${namespace}`,
    ],
    [
      vault({ caProvider: { type: 'ConfigMap', name: 'ca' } }),
      `spec.provider.vault.caProvider.namespace is not set. ${namespace}`,
    ],
    [
      { spec: { provider: { vault: null } } } as never,
      'spec.provider.vault is not set. Allowed: settings for Vault: paths and policies need it. Example: only the properties of VaultStore.',
    ],
  ])('an override that would not work, or contradict what the store says: %j', (props, message) => {
    expect(refusal(() => storeOf(props))).toBe(`soyo/vault: ${message}`);
  });

  test('an operator of another cluster', () => {
    const { app, cluster } = emptyCluster();
    const mars = new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
    const operator = new ExternalSecrets(mars, { version: '2.9.0' });
    expect(refusal(() => new VaultStore(cluster, 'vault', { operator, server }))).toBe(
      'soyo/vault: operator is "mars/external-secrets". Allowed: an operator of the same cluster (soyo).',
    );
  });

  test('a reader in another cluster', () => {
    const store = storeOf();
    const { cluster } = emptyCluster();
    const { directory } = new Application(cluster, 'shop');
    expect(
      refusal(() => new ExternalSecret(directory, 'config', { store, extract: store.path('a'), required: ['A'] })),
    ).toBe('soyo/apps/shop/shop/app/config: store is "soyo/vault". Allowed: a store of the same cluster (soyo).');
  });
});
