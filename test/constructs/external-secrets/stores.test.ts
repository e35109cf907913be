import { ServiceAccount } from 'cdk8s-plus-28';
import { Application, ClusterSecretStore, ExternalSecret, ExternalSecrets, Secret, SecretStore } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

function home() {
  const { app, cluster } = emptyCluster();
  const eso = new ExternalSecrets(cluster, { version: '2.9.0' });
  const shop = new Application(cluster, 'shop').directory;
  return { app, cluster, eso, shop, tree: () => reader(app.tree()) };
}

test('AWS Secrets Manager: a store, and one value of a secret', () => {
  const on = home();
  const aws = new ClusterSecretStore(on.cluster, 'aws', {
    operator: on.eso,
    aws: {
      service: 'SecretsManager',
      region: 'eu-west-1',
      auth: { jwt: { serviceAccountRef: on.eso.serviceAccount } },
    },
  });
  new ExternalSecret(on.shop, 'db', {
    store: aws,
    data: { PASSWORD: aws.at('shop/db', { property: 'password', version: 'AWSPREVIOUS' }) },
  });
  expect(on.tree().document('kubernetes/apps/external-secrets/external-secrets-stores/stores/aws.yaml')).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: 'aws' },
    spec: {
      provider: {
        aws: {
          service: 'SecretsManager',
          region: 'eu-west-1',
          auth: { jwt: { serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' } } },
        },
      },
    },
  });
  expect(on.tree().find('ExternalSecret', 'db').spec).toMatchObject({
    secretStoreRef: { name: 'aws', kind: 'ClusterSecretStore' },
    data: [{ secretKey: 'PASSWORD', remoteRef: { key: 'shop/db', property: 'password', version: 'AWSPREVIOUS' } }],
  });
  expect((on.tree().find('Kustomization', 'shop').spec as JsonObject).dependsOn).toEqual([
    { name: 'external-secrets', namespace: 'external-secrets' },
    { name: 'external-secrets-stores', namespace: 'external-secrets' },
  ]);
});

/** spec.provider of a ClusterSecretStore in the folder of an app `tools`. */
function providerOf(build: (on: ReturnType<typeof home>) => unknown): unknown {
  const on = home();
  build(on);
  const { spec } = on.tree().find('ClusterSecretStore', 'it') as { spec: JsonObject };
  return spec.provider;
}

describe('a Secret’s key and a service account stand for a reference to them', () => {
  const token = Secret.named('token', { keys: ['token', 'ca.crt'], namespace: 'external-secrets' });

  test('of 1Password, of Doppler, of GitLab', () => {
    const settings = {
      onepasswordSDK: { vault: 'home', auth: { serviceAccountSecretRef: token.key('token') } },
      doppler: { auth: { secretRef: { dopplerToken: token.key('token') } } },
      gitlab: { projectID: '42', auth: { SecretRef: { accessToken: token.key('token') } } },
    };
    const reference = { name: 'token', key: 'token', namespace: 'external-secrets' };
    expect([
      providerOf((on) => new ClusterSecretStore(on.shop, 'it', { onepasswordSDK: settings.onepasswordSDK })),
      providerOf((on) => new ClusterSecretStore(on.shop, 'it', { doppler: settings.doppler })),
      providerOf((on) => new ClusterSecretStore(on.shop, 'it', { gitlab: settings.gitlab })),
      providerOf((on) => new ClusterSecretStore(on.shop, 'it', { provider: { gitlab: settings.gitlab } })),
    ]).toEqual([
      { onepasswordSDK: { vault: 'home', auth: { serviceAccountSecretRef: reference } } },
      { doppler: { auth: { secretRef: { dopplerToken: reference } } } },
      { gitlab: { projectID: '42', auth: { SecretRef: { accessToken: reference } } } },
      { gitlab: { projectID: '42', auth: { SecretRef: { accessToken: reference } } } },
    ]);
  });

  test('a CA says what holds it, and the fields keep the API’s own names', () => {
    expect(
      providerOf(
        (on) =>
          new ClusterSecretStore(on.shop, 'it', {
            kubernetes: {
              server: { caProvider: token.key('ca.crt') },
              auth: { token: { bearerToken: token.key('token') } },
            },
          }),
      ),
    ).toEqual({
      kubernetes: {
        server: { caProvider: { type: 'Secret', name: 'token', key: 'ca.crt', namespace: 'external-secrets' } },
        auth: { token: { bearerToken: { name: 'token', key: 'token', namespace: 'external-secrets' } } },
      },
    });
    const key = { secretRef: token.key('token') };
    const projectId = '5b1f5b0c-8ea4-4e9b-9e5c-1c6f0d6bd3a1';
    const scaleway = { region: 'fr-par', projectId, accessKey: { value: 'SCW' }, secretKey: key };
    expect(providerOf((on) => new ClusterSecretStore(on.shop, 'it', { provider: { scaleway } }))).toMatchObject({
      scaleway: { region: 'fr-par', projectId },
    });
  });

  test('of a SecretStore without a namespace, and it waits for what makes the Secret', () => {
    const on = home();
    const account = new ServiceAccount(on.shop, 'reader');
    const vault = ClusterSecretStore.named('vault', { provider: 'vault' });
    const { secret } = new ExternalSecret(on.shop, 'login', { store: vault, extract: 'login', required: ['token'] });
    const gitlab = new SecretStore(on.shop, 'gitlab', {
      gitlab: { projectID: '42', auth: { SecretRef: { accessToken: secret.key('token') } } },
    });
    new SecretStore(on.shop, 'aws', {
      aws: { service: 'ParameterStore', region: 'eu-west-1', auth: { jwt: { serviceAccountRef: account } } },
    });
    const { find } = on.tree();
    expect([find('SecretStore', 'gitlab').spec, find('SecretStore', 'aws').spec]).toEqual([
      {
        provider: {
          gitlab: { projectID: '42', auth: { SecretRef: { accessToken: { name: 'login', key: 'token' } } } },
        },
      },
      {
        provider: {
          aws: {
            service: 'ParameterStore',
            region: 'eu-west-1',
            auth: { jwt: { serviceAccountRef: { name: account.name } } },
          },
        },
      },
    ]);
    expect(gitlab.node.dependencies).toContain(secret.producer);
  });

  test('of a service account in a ClusterSecretStore with its namespace', () => {
    expect(
      providerOf((on) => {
        const serviceAccountRef = new ServiceAccount(on.shop, 'reader', { metadata: { name: 'reader' } });
        const auth = { workloadIdentity: { clusterLocation: 'eu', clusterName: 'a', serviceAccountRef } };
        new ClusterSecretStore(on.shop, 'it', { gcpsm: { projectID: 'acme', auth } });
      }),
    ).toEqual({
      gcpsm: {
        projectID: 'acme',
        auth: {
          workloadIdentity: {
            clusterLocation: 'eu',
            clusterName: 'a',
            serviceAccountRef: { name: 'reader', namespace: 'shop' },
          },
        },
      },
    });
  });

  test('is refused without a namespace that a ClusterSecretStore can name, and from elsewhere in a SecretStore', () => {
    const on = home();
    const unknown = Secret.named('token', { keys: ['token'] });
    const doppler = (from: typeof token | typeof unknown) => ({
      auth: { secretRef: { dopplerToken: from.key('token') } },
    });
    expect(refusal(() => new ClusterSecretStore(on.shop, 'a', { doppler: doppler(unknown) }))).toBe(
      "soyo/apps/shop/shop/app/a: doppler.auth.secretRef.dopplerToken is \"Secret token\". Allowed: a Secret whose namespace is said: a ClusterSecretStore looks for it there. Example: Secret.named('token', { namespace: 'external-secrets' }).",
    );
    expect(refusal(() => new SecretStore(on.shop, 'b', { doppler: doppler(token) }))).toBe(
      'soyo/apps/shop/shop/app/b: doppler.auth.secretRef.dopplerToken is "Secret external-secrets/token". Allowed: one of namespace shop: a SecretStore uses no others. Example: a ClusterSecretStore.',
    );
    const elsewhere = new ServiceAccount(new Application(on.cluster, 'bank').directory, 'reader');
    const auth = { jwt: { serviceAccountRef: elsewhere } };
    expect(
      refusal(() => new SecretStore(on.shop, 'c', { aws: { service: 'SecretsManager', region: 'eu-west-1', auth } })),
    ).toBe(
      'soyo/apps/shop/shop/app/c: aws.auth.jwt.serviceAccountRef is "soyo/apps/bank/bank/app/reader". Allowed: one of namespace shop: a SecretStore uses no others. Example: a ClusterSecretStore.',
    );
  });
});
