import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceAccount } from 'cdk8s-plus-28';
import {
  Application,
  ClusterSecretStore,
  ExternalSecret,
  ExternalSecrets,
  PushSecret,
  Secret,
  SecretStore,
  type StoreOf,
  VaultStore,
  YamlFile,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { temporaryFolder } from '../../repository';
import { emptyCluster, reader, refusal } from '../synthesize';

const temporary = temporaryFolder();

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
      'soyo/apps/shop/shop/app/b: doppler.auth.secretRef.dopplerToken is "Secret external-secrets/token". Allowed: one of namespace shop: External Secrets looks for it there. Example: a ClusterSecretStore.',
    );
    const elsewhere = new ServiceAccount(new Application(on.cluster, 'bank').directory, 'reader');
    const auth = { jwt: { serviceAccountRef: elsewhere } };
    expect(
      refusal(() => new SecretStore(on.shop, 'c', { aws: { service: 'SecretsManager', region: 'eu-west-1', auth } })),
    ).toBe(
      'soyo/apps/shop/shop/app/c: aws.auth.jwt.serviceAccountRef is "soyo/apps/bank/bank/app/reader". Allowed: one of namespace shop: External Secrets looks for it there. Example: a ClusterSecretStore.',
    );
  });
});

describe('what at() names', () => {
  const stores = {
    aws: ClusterSecretStore.named('it', { provider: 'aws' }),
    ssm: ClusterSecretStore.named('it', { provider: 'aws/ParameterStore' }),
    azure: ClusterSecretStore.named('it', { provider: 'azurekv' }),
    connect: ClusterSecretStore.named('it', { provider: 'onepassword' }),
    onepassword: ClusterSecretStore.named('it', { provider: 'onepasswordSDK' }),
    scaleway: ClusterSecretStore.named('it', { provider: 'scaleway' }),
    ibm: ClusterSecretStore.named('it', { provider: 'ibm' }),
    gcp: ClusterSecretStore.named('it', { provider: 'gcpsm' }),
    lockbox: ClusterSecretStore.named('it', { provider: 'yandexlockbox' }),
    unknown: ClusterSecretStore.named('it'),
  };

  test.each([
    [stores.aws.at('shop/db', { property: 'user.name' }), { key: 'shop/db', property: 'user.name' }],
    [stores.ssm.at('/shop/db', { version: '3' }), { key: '/shop/db', version: '3' }],
    [stores.azure.at('tls', { type: 'cert' }), { key: 'cert/tls' }],
    [stores.connect.at('Grafana', { property: 'file/tls.crt' }), { key: 'Grafana', property: 'file/tls.crt' }],
    [stores.onepassword.at('Grafana/admin/password'), { key: 'Grafana/admin/password' }],
    [stores.scaleway.at('path:/shop/db', { property: 'user' }), { key: 'path:/shop/db', property: 'user' }],
    [stores.ibm.at('db', { type: 'kv', property: 'user' }), { key: 'kv/db', property: 'user' }],
    [stores.gcp.at('db', { metadataPolicy: 'Fetch' }), { key: 'db', metadataPolicy: 'Fetch' }],
    [stores.lockbox.at('e6q', { property: 'user' }), { key: 'e6q', property: 'user' }],
    [stores.unknown.at('db', { property: 'user', version: '1' }), { key: 'db', property: 'user', version: '1' }],
  ])('%#', (remote, remoteRef) => {
    const on = home();
    new ExternalSecret(on.shop, 'it', { store: null, template: null, data: { A: remote } });
    expect(on.tree().find('ExternalSecret', 'it').spec).toMatchObject({
      data: [{ secretKey: 'A', remoteRef, sourceRef: { storeRef: { name: 'it', kind: 'ClusterSecretStore' } } }],
    });
  });

  test('a secret whole, and what a search finds', () => {
    const on = home();
    const { gcp } = stores;
    new ExternalSecret(on.shop, 'it', {
      store: gcp,
      template: null,
      extract: gcp.at('db', { version: '2' }),
      dataFrom: [{ find: { name: { regexp: '^shop-' }, tags: { team: 'shop' } } }],
    });
    expect(on.tree().find('ExternalSecret', 'it').spec).toMatchObject({
      secretStoreRef: { name: 'it', kind: 'ClusterSecretStore' },
      dataFrom: [
        { extract: { key: 'db', version: '2' } },
        { find: { name: { regexp: '^shop-' }, tags: { team: 'shop' } } },
      ],
    });
  });

  test('secrets of several stores, each of its own', () => {
    const on = home();
    const doppler = SecretStore.named('doppler', { provider: 'doppler' });
    new ExternalSecret(on.shop, 'it', {
      store: null,
      data: { USER: stores.aws.at('db', { property: 'user' }), PASSWORD: doppler.at('DB_PASSWORD') },
    });
    expect(on.tree().find('ExternalSecret', 'it').spec).toMatchObject({
      data: [
        {
          secretKey: 'USER',
          remoteRef: { key: 'db', property: 'user' },
          sourceRef: { storeRef: { name: 'it', kind: 'ClusterSecretStore' } },
        },
        {
          secretKey: 'PASSWORD',
          remoteRef: { key: 'DB_PASSWORD' },
          sourceRef: { storeRef: { name: 'doppler', kind: 'SecretStore' } },
        },
      ],
    });
  });
});

describe('what a provider cannot do is refused', () => {
  const named = (provider: string) => ClusterSecretStore.named('it', { provider: provider as 'aws' });
  const refused = (provider: string, props: (store: ReturnType<typeof named>) => object) => {
    const on = home();
    const store = named(provider);
    const message = refusal(() => new ExternalSecret(on.shop, 'it', { store, template: null, ...props(store) }));
    return message.replace('soyo/apps/shop/shop/app/it: ', '');
  };
  type Case = [string, (store: ReturnType<typeof named>) => object, string];
  test.each<Case>([
    [
      'doppler',
      (s) => ({ data: { A: s.at('a', { property: 'b' }) } }),
      'data.A.property is "b". Allowed: left out: External Secrets reads no properties of Doppler.',
    ],
    [
      'doppler',
      () => ({ data: { A: { key: 'a', property: 'b' } } }),
      'data.A.property is "b". Allowed: left out: External Secrets reads no properties of Doppler.',
    ],
    [
      'onepassword',
      (s) => ({ data: { A: s.at('a', { version: '2' }) } }),
      'data.A.version is "2". Allowed: left out: External Secrets reads no versions of 1Password Connect.',
    ],
    [
      'onepasswordSDK',
      (s) => ({ data: { A: s.at('a') } }),
      'data.A is "a". Allowed: an item and a field of it, a section between them, as "…/…". Example: "shop/password".',
    ],
    [
      'scaleway',
      (s) => ({ extract: s.at('a') }),
      'extract is "a". Allowed: a secret by its ID, name or path, as "id:…" or "name:…" or "path:/…". Example: "id:shop".',
    ],
    [
      'azurekv',
      (s) => ({ data: { A: s.at('certificate/tls') } }),
      'data.A is "certificate/tls". Allowed: the name of a secret, a certificate or a key, with one of these before it: "secret/", "cert/", "key/". Example: "secret/shop".',
    ],
    [
      'azurekv',
      (s) => ({ extract: s.at('cert/tls') }),
      'extract is "cert/tls". Allowed: the name of a secret, a certificate or a key, with one of these before it: "secret/". Example: "secret/shop".',
    ],
    [
      'passbolt',
      (s) => ({ data: { A: s.at('1', { property: 'pass' }) } }),
      'data.A.property is "pass". Allowed: one of name, username, uri, password, description. Example: "name".',
    ],
    [
      'passbolt',
      (s) => ({ extract: s.at('1') }),
      'extract is "it". Allowed: one of another provider: External Secrets reads only single values of Passbolt.',
    ],
    [
      'aws/CertificateManager',
      () => ({ dataFrom: [{ find: { tags: { a: 'b' } } }] }),
      'dataFrom[0].find is "it". Allowed: one of another provider: External Secrets does not search AWS Certificate Manager.',
    ],
    [
      'openBao',
      () => ({ dataFrom: [{ find: { tags: { a: 'b' } } }] }),
      'dataFrom[0].find.tags is {"a":"b"}. Allowed: left out: in OpenBao External Secrets searches only by name and path.',
    ],
    [
      'github',
      (s) => ({ data: { A: s.at('a') } }),
      'store is "it". Allowed: one of another provider: External Secrets only writes to GitHub Actions.',
    ],
    [
      'aws',
      () => ({ data: { A: ClusterSecretStore.named('other', { provider: 'aws' }).at('a') } }),
      'data.A is "a". Allowed: a secret of the store ClusterSecretStore.named("it"): this one is of the store other. Example: store: null, where each value is of a store of its own.',
    ],
    [
      'aws',
      (s) => ({ data: { A: s.at('a', { proprety: 'b' } as never) } }),
      'ClusterSecretStore.named("it"): at: proprety is "b". Allowed: one of property, version, type, metadataPolicy, decodingStrategy, conversionStrategy, nullBytePolicy. Example: property.',
    ],
    [
      'aws',
      (s) => ({ data: { A: s.at('a', null as never) } }),
      'ClusterSecretStore.named("it"): at: options is null. Allowed: an object. Example: { property: \'password\' }.',
    ],
    [
      'aws',
      (s) => ({ data: { A: s.at('a', { decodingStrategy: 'base64' } as never) } }),
      'ClusterSecretStore.named("it"): at: decodingStrategy is "base64". Allowed: one of None, Auto, Base64, Base64URL. Example: "None".',
    ],
    [
      'aws',
      () => ({ data: { A: { key: 'a', proprety: 'b' } } }),
      'data.A: proprety is "b". Allowed: one of key, sourceRef, property, version, type, metadataPolicy, decodingStrategy, conversionStrategy, nullBytePolicy. Example: property.',
    ],
  ])('%s %#', (provider, props, message) => {
    expect(refused(provider, props)).toBe(message);
  });
});

test('two handles of one store are one store', () => {
  const named = () => ClusterSecretStore.named('it', { provider: 'aws' });
  const { shop } = home();
  const read = () => new ExternalSecret(shop, 'a', { store: named(), data: { A: named().at('a') } });
  expect(read).not.toThrow();
});

describe('a Secret is written', () => {
  const secret = Secret.named('db', { keys: ['username', 'password'] });
  const written = (build: (on: ReturnType<typeof home>) => unknown) => {
    const on = home();
    build(on);
    return (on.tree().find('PushSecret', 'it').spec as JsonObject).data;
  };

  test('to one secret, each key a property of it', () => {
    const store = ClusterSecretStore.named('aws', { provider: 'aws' });
    const properties = { password: 'pw' };
    expect([
      written((on) => new PushSecret(on.shop, 'it', { secret, store, to: store.at('shop/db') })),
      written((on) => new PushSecret(on.shop, 'it', { secret, store, to: 'shop/db', properties })),
    ]).toEqual([
      [
        { match: { secretKey: 'username', remoteRef: { remoteKey: 'shop/db', property: 'username' } } },
        { match: { secretKey: 'password', remoteRef: { remoteKey: 'shop/db', property: 'password' } } },
      ],
      [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'shop/db', property: 'pw' } } }],
    ]);
  });

  test('to one secret as JSON, where the provider writes without properties', () => {
    const store = ClusterSecretStore.named('azure', { provider: 'azurekv' });
    expect(written((on) => new PushSecret(on.shop, 'it', { secret, store, to: store.at('shop-db') }))).toEqual([
      { match: { remoteRef: { remoteKey: 'shop-db' } } },
    ]);
  });

  test('each key to a place of its own', () => {
    const doppler = SecretStore.named('doppler', { provider: 'doppler' });
    const vault = VaultStore.named('vault');
    const [user, password] = [vault.path('shop/user').property('name'), vault.at('shop/db', { property: 'pw' })];
    expect([
      written(
        (on) => new PushSecret(on.shop, 'it', { secret, store: doppler, to: { password: doppler.at('DB_PASSWORD') } }),
      ),
      written((on) => new PushSecret(on.shop, 'it', { secret, store: vault, to: { username: user, password } })),
    ]).toEqual([
      [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'DB_PASSWORD' } } }],
      [
        { match: { secretKey: 'username', remoteRef: { remoteKey: 'shop/user', property: 'name' } } },
        { match: { secretKey: 'password', remoteRef: { remoteKey: 'shop/db', property: 'pw' } } },
      ],
    ]);
  });

  test.each<[string, (store: StoreOf<'aws'>) => object, string]>([
    [
      'openBao',
      (s) => ({ to: s.at('a') }),
      'store is "it". Allowed: one of another provider: External Secrets does not write to OpenBao.',
    ],
    [
      'azurekv',
      (s) => ({ to: s.at('a'), properties: { password: 'pw' } }),
      'to.property is "pw". Allowed: left out: External Secrets writes no properties to Azure Key Vault.',
    ],
    [
      'doppler',
      (s) => ({ to: s.at('a') }),
      `to is "a". Allowed: the place of each key: External Secrets writes no whole Secret to Doppler. Example: { username: store.at('a') }.`,
    ],
    [
      'scaleway',
      (s) => ({ to: { password: s.at('id:a') } }),
      'to.password is "id:a". Allowed: a secret by its ID, name or path, as "name:…" or "path:/…". Example: "name:shop".',
    ],
    [
      'kubernetes',
      (s) => ({ to: { password: s.at('db') } }),
      'to.password.property is not set. Allowed: the property that the value becomes: Kubernetes holds properties. Example: "password".',
    ],
    [
      'aws',
      (s) => ({ to: s.at('a', { property: 'b' }) }),
      "to.property is \"b\". Allowed: left out where all keys are written: each becomes a property. Example: to: { password: store.at('shop', { property: 'b' }) }.",
    ],
    [
      'aws',
      (s) => ({ to: { password: s.at('a', { version: 'b' }) } }),
      'to.password.version is "b". Allowed: left out where a value is written.',
    ],
    [
      'aws',
      (s) => ({ to: { pasword: s.at('a') } }),
      'Secret.named("db"): the key "pasword" of Secret db. Allowed: one of its keys: username, password. Example: "username".',
    ],
    [
      'oracle',
      () => ({ data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'a', property: 'b' } } }] }),
      'data[0].match.property is "b". Allowed: left out: External Secrets writes no properties to Oracle Vault.',
    ],
  ])('not to %s %#', (provider, props, message) => {
    const store = ClusterSecretStore.named('it', { provider: provider as 'aws' });
    const refused = refusal(() => new PushSecret(home().shop, 'it', { secret, store, ...props(store) }));
    expect(refused.replace('soyo/apps/shop/shop/app/it: ', '')).toBe(message);
  });
});

test('a store of a file of the tree is that of the file, and readers wait for it', () => {
  const on = home();
  const from = join(temporary, 'stores.yaml');
  const provider = { aws: { service: 'ParameterStore', region: 'eu-west-1' } };
  writeFileSync(
    from,
    JSON.stringify({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterSecretStore',
      metadata: { name: 'ssm' },
      spec: { provider },
    }),
  );
  const producer = new YamlFile(new Application(on.cluster, 'stores').directory, 'stores.yaml', { from });
  const named = (name: string, provider: 'aws' | 'aws/ParameterStore') =>
    ClusterSecretStore.named(name, { provider, producer });
  const ssm = named('ssm', 'aws/ParameterStore');
  new ExternalSecret(on.shop, 'it', { store: ssm, data: { A: ssm.at('/shop/a', { version: '2' }) } });
  const { find, tree } = on.tree();
  expect([find('Kustomization', 'shop').spec, find('ExternalSecret', 'it').spec]).toMatchObject([
    { dependsOn: [{ name: 'stores', namespace: 'stores' }] },
    { secretStoreRef: { name: 'ssm', kind: 'ClusterSecretStore' } },
  ]);
  expect(tree.external).toBeUndefined();
  const read = (name: string, provider: 'aws' | 'aws/ParameterStore') =>
    refusal(() => new ExternalSecret(on.shop, name, { store: named(name, provider), data: { A: 'a' } }));
  expect([read('ssm', 'aws'), read('sms', 'aws/ParameterStore')]).toEqual([
    'ClusterSecretStore.named("ssm"): provider is "aws". Allowed: aws/ParameterStore, as in kubernetes/apps/stores/stores/app/stores.yaml.',
    'soyo/apps/stores/stores/app/stores.yaml: ClusterSecretStore sms in kubernetes/apps/stores/stores/app/stores.yaml. Allowed: one that the file has: ssm.',
  ]);
});

test('a provider that there is not is refused', () => {
  expect(refusal(() => SecretStore.named('it', { provider: 'amazon' as 'aws' }))).toMatch(
    /^SecretStore\.named\("it"\): provider is "amazon"\. Allowed: one of akeyless, aws, aws\/ParameterStore, /,
  );
});

test('a provider, and a property, that a store does not have is refused with what was meant', () => {
  const refused = (props: object) => refusal(() => new SecretStore(home().shop, 'it', props as never));
  expect([refused({ dopler: {} }), refused({ fake: { data: [] }, operater: {} })]).toEqual([
    expect.stringMatching(
      /^soyo\/apps\/shop\/shop\/app\/it: there is no property dopler; did you mean doppler\? Allowed: annotations, .*, akeyless, aws, azurekv, /,
    ),
    expect.stringMatching(/^soyo\/apps\/shop\/shop\/app\/it: there is no property operater; did you mean operator\? /),
  ]);
});
