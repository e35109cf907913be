import { parse } from 'yaml';
import {
  Application,
  ClusterGenerator,
  type Directory,
  dockerConfig,
  ECRAuthorizationTokenGenerator,
  ExternalSecret,
  FakeGenerator,
  GithubAccessTokenGenerator,
  MFAGenerator,
  PasswordGenerator,
  Secret,
  SecretStore,
  SSHKeyGenerator,
  sshAuth,
  UUIDGenerator,
  VaultDynamicSecretGenerator,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

const store = SecretStore.named('op', { kind: 'ClusterSecretStore' });

/** The object of a kind that is composed in the folder of an app. */
function made(kind: string, build: (on: Directory) => unknown): JsonObject {
  const { app, cluster } = emptyCluster();
  build(new Application(cluster, 'shop').directory);
  return reader(app.tree()).find(kind, 'it');
}

function refused(build: (on: Directory) => unknown): string {
  return refusal(() => made('', build)).replace(/^soyo\/apps\/shop\/shop\/app\//, '');
}

test.each<[kind: string, build: (on: Directory) => unknown, yaml: string]>([
  [
    'ECRAuthorizationToken',
    (on) => {
      const aws = Secret.named('aws', { keys: ['id', 'secret'] });
      const secretRef = {
        accessKeyIDSecretRef: aws.key('id'),
        secretAccessKeySecretRef: { name: aws, key: aws.key('secret') },
      };
      return new ECRAuthorizationTokenGenerator(on, 'it', { spec: { region: 'eu-west-1', auth: { secretRef } } });
    },
    `
region: eu-west-1
auth:
  secretRef:
    accessKeyIDSecretRef: { name: aws, key: id }
    secretAccessKeySecretRef: { name: aws, key: secret }
`,
  ],
  [
    'GithubAccessToken',
    (on) => {
      const privateKey = { secretRef: { name: 'github', key: 'key' } };
      return new GithubAccessTokenGenerator(on, 'it', { spec: { appId: '1', installID: '2', auth: { privateKey } } });
    },
    `
appID: '1'
installID: '2'
auth: { privateKey: { secretRef: { name: github, key: key } } }
`,
  ],
  [
    'ClusterGenerator',
    (on) =>
      new ClusterGenerator(on, 'it', {
        kind: 'MFA',
        spec: { secret: Secret.named('seed', { keys: ['seed'], namespace: 'of-the-reader' }).key('seed') },
      }),
    `
kind: MFA
generator: { mfaSpec: { secret: { name: seed, key: seed } } }
`,
  ],
  ['SSHKey', (on) => new SSHKeyGenerator(on, 'it', { spec: { keyType: 'ed25519' } }), 'keyType: ed25519'],
  ['UUID', (on) => new UUIDGenerator(on, 'it'), '{}'],
  [
    'ClusterGenerator',
    (on) =>
      new ClusterGenerator(on, 'it', {
        kind: 'QuayAccessToken',
        spec: { robotAccount: 'a+b', serviceAccountRef: { name: 'quay' } },
      }),
    `
kind: QuayAccessToken
generator: { quayAccessTokenSpec: { robotAccount: a+b, serviceAccountRef: { name: quay } } }
`,
  ],
])('a generator of kind %s', (kind, build, yaml) => {
  const object = made(kind, build);
  expect(object.apiVersion).toBe('generators.external-secrets.io/v1alpha1');
  expect(object.spec).toEqual(parse(yaml));
});

test.each<[what: string, build: (on: Directory) => unknown, yaml: string]>([
  [
    'a value of a generator beside one of a store',
    (on) =>
      new ExternalSecret(on, 'it', {
        store,
        refreshPolicy: 'CreatedOnce',
        data: { USER: 'app', PASSWORD: new PasswordGenerator(on, 'pw').key('password') },
      }),
    `
refreshPolicy: CreatedOnce
refreshInterval: 1h
secretStoreRef: { kind: ClusterSecretStore, name: op }
target:
  name: it
  creationPolicy: Owner
  deletionPolicy: Retain
  template:
    engineVersion: v2
    mergePolicy: Replace
    data: { USER: '{{ .USER }}', PASSWORD: '{{ .password }}' }
data: [{ secretKey: USER, remoteRef: { key: app } }]
dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, name: pw } } }]
`,
  ],
  [
    'values of one generator belong together: it is asked once',
    (on) => {
      const ecr = new ECRAuthorizationTokenGenerator(on, 'ecr', { spec: { region: 'eu-west-1' } });
      return new ExternalSecret(on, 'it', {
        store: null,
        refreshInterval: '6h',
        data: { user: ecr.key('username'), password: ecr.key('password'), registry: ecr.key('proxy_endpoint') },
        template: (k) => dockerConfig({ registry: k.registry, username: k.user, password: k.password }),
      });
    },
    `
refreshInterval: 6h
target:
  name: it
  creationPolicy: Owner
  deletionPolicy: Retain
  template:
    engineVersion: v2
    mergePolicy: Replace
    type: kubernetes.io/dockerconfigjson
    data:
      .dockerconfigjson: '{"auths":{ {{- .proxy_endpoint | toJson }}:{"username":{{ .username | toJson }},"password":{{ .password | toJson }},"auth":{{ print .username ":" .password | b64enc | toJson }}}}}'
dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: ECRAuthorizationToken, name: ecr } } }]
`.replace('{ {{- .', '{{ "{" }}{{ .'),
  ],
  [
    'generators that yield the same keys are told apart',
    (on) =>
      new ExternalSecret(on, 'it', {
        store,
        refreshPolicy: 'CreatedOnce',
        extract: 'app',
        required: ['password'],
        data: {
          SESSION: new PasswordGenerator(on, 'session').key('password'),
          TOKEN: VaultDynamicSecretGenerator.named('db').key('password'),
        },
      }),
    `
refreshPolicy: CreatedOnce
refreshInterval: 1h
secretStoreRef: { kind: ClusterSecretStore, name: op }
target:
  name: it
  creationPolicy: Owner
  deletionPolicy: Retain
  template:
    engineVersion: v2
    mergePolicy: Replace
    data:
      password: '{{ .password }}'
      SESSION: '{{ .generated_1_password }}'
      TOKEN: '{{ .generated_2_password }}'
dataFrom:
- extract: { key: app }
- sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, name: session } }
  rewrite: [{ regexp: { source: ^, target: generated_1_ } }]
- sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: VaultDynamicSecret, name: db } }
  rewrite: [{ regexp: { source: ^, target: generated_2_ } }]
`,
  ],
  [
    'generators that yield different keys, as they are, once',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: null,
        once: true,
        data: { ID: new UUIDGenerator(on, 'id').key('uuid'), CODE: MFAGenerator.named('mfa').key('token') },
      }),
    `
refreshPolicy: CreatedOnce
refreshInterval: 0s
target:
  name: it
  creationPolicy: Orphan
  deletionPolicy: Retain
  immutable: true
  template:
    engineVersion: v2
    mergePolicy: Replace
    data: { ID: '{{ .uuid }}', CODE: '{{ .token }}' }
dataFrom:
- sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: UUID, name: id } }
- sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: MFA, name: mfa } }
`,
  ],
  [
    'a cluster’s generator by name, with all its keys',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: null,
        target: null,
        refreshInterval: null,
        dataFrom: [{ sourceRef: { generatorRef: ClusterGenerator.named('quay', { kind: 'QuayAccessToken' }) } }],
      }),
    `
dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: ClusterGenerator, name: quay } } }]
`,
  ],
])('an ExternalSecret reads %s', (_, build, yaml) => {
  expect(made('ExternalSecret', build).spec).toEqual(parse(yaml));
});

test('the handle of a Secret knows the keys that a generator without a template yields', () => {
  const { cluster } = emptyCluster();
  const on = new Application(cluster, 'shop').directory;
  const keysOf = (generatorRef: SSHKeyGenerator | FakeGenerator | ClusterGenerator<'MFA'>) =>
    new ExternalSecret(on, `${generatorRef.name}-secret`, {
      store: null,
      template: null,
      dataFrom: [{ sourceRef: { generatorRef } }],
    }).secret.keys;
  expect(keysOf(new SSHKeyGenerator(on, 'a'))).toEqual(['privateKey', 'publicKey']);
  expect(keysOf(new FakeGenerator(on, 'b', { spec: { data: { foo: 'bar' } } }))).toEqual(['foo']);
  expect(keysOf(new ClusterGenerator(on, 'c', { kind: 'MFA', spec: { secret: {} } }))).toEqual(['token', 'timeLeft']);
});

test.each([
  ['an hour, read twice as often', 'GithubAccessToken', 'token', '30m'],
  ['twelve hours, read as often as others', 'ECRAuthorizationToken', 'password', '1h'],
] as const)('a token that expires after %s', (_, kind, key, refreshInterval) => {
  const data = { token: ClusterGenerator.named('it', { kind }).key(key as never) };
  expect(made('ExternalSecret', (on) => new ExternalSecret(on, 'it', { store: null, data })).spec).toMatchObject({
    refreshInterval,
  });
});

test('a Password yields the keys that it is told to', () => {
  const keys = (props: object) => made('Password', (on) => new PasswordGenerator(on, 'it', props));
  expect(keys({ secretKeys: ['pin', 'puk'] }).spec).toMatchObject({ secretKeys: ['pin', 'puk'] });
  const { cluster } = emptyCluster();
  const on = new Application(cluster, 'shop').directory;
  expect(new PasswordGenerator(on, 'a', { secretKeys: ['pin'] }).key('pin').key).toBe('pin');
  expect(refusal(() => new PasswordGenerator(on, 'b').key('pin' as never))).toContain(
    'yields: password. Example: "password"',
  );
});

describe('refused', () => {
  test('a key that a generator does not yield', () => {
    expect(refused((on) => new SSHKeyGenerator(on, 'ssh').key('privatekey' as never))).toBe(
      'ssh: the key "privatekey". Allowed: one of the keys that it yields: privateKey, publicKey. Example: "privateKey".',
    );
    expect(refused(() => MFAGenerator.named('mfa').key('tokn' as never))).toContain(
      'MFA mfa: the key "tokn". Allowed:',
    );
  });

  test('a value that is made anew at every refresh, unless the author says so', () => {
    const secret = (on: Directory, props: object) =>
      new ExternalSecret(on, 'it', {
        store: null,
        data: { key: new SSHKeyGenerator(on, 'ssh').key('privateKey') },
        template: (k) => sshAuth(k.key),
        ...props,
      });
    expect(refused((on) => secret(on, {}))).toBe(
      `it: refreshPolicy is not set. Allowed: set beside a generator: at every refresh it makes another value of key. Example: once: true, or refreshPolicy: 'Periodic' where all readers follow.`,
    );
    expect(made('ExternalSecret', (on) => secret(on, { refreshPolicy: 'Periodic' })).spec).toMatchObject({
      refreshPolicy: 'Periodic',
    });
  });

  test.each([
    { refreshPolicy: 'Periodic' },
    { creationPolicy: 'Owner' },
    { target: null },
    { into: Secret.named('a') },
  ])('%j beside once', (given) => {
    const props = { store, once: true, data: { a: 'a' }, ...given } as const;
    expect(refused((on) => new ExternalSecret(on, 'it', props as never))).toContain(
      'left out beside once, which says it',
    );
  });

  test('a generator’s value beside a template of one’s own', () => {
    const token = MFAGenerator.named('mfa').key('token');
    expect(refused((on) => new ExternalSecret(on, 'it', { store: null, template: null, data: { token } }))).toContain(
      'data.token is "the key token of a generator". Allowed: a value of a store beside template',
    );
  });

  test('a generator where one of its values should be', () => {
    const data = { key: SSHKeyGenerator.named('ssh') as never };
    expect(refused((on) => new ExternalSecret(on, 'it', { store, data }))).toBe(
      "it: data.key. Allowed: one of the values that the generator makes. Example: generator.key('privateKey').",
    );
  });

  test('a generator of another namespace', () => {
    const { cluster } = emptyCluster();
    const ssh = new SSHKeyGenerator(new Application(cluster, 'tools').directory, 'ssh');
    const on = new Application(cluster, 'shop').directory;
    const data = { key: ssh.key('privateKey') };
    expect(refusal(() => new ExternalSecret(on, 'it', { store: null, refreshPolicy: 'CreatedOnce', data }))).toContain(
      'a ClusterGenerator, or a generator of namespace shop',
    );
  });

  test('a property that there is not, of each kind', () => {
    expect(refused((on) => new SSHKeyGenerator(on, 'it', { spek: {} } as never))).toContain(
      'there is no property spek',
    );
    expect(refused((on) => new ClusterGenerator(on, 'it', { kind: 'UUID', spek: {} } as never))).toContain(
      'there is no property spek',
    );
  });

  test('a Secret of another namespace', () => {
    const secret = Secret.named('seed', { keys: ['seed'], namespace: 'tools' });
    expect(refused((on) => new MFAGenerator(on, 'it', { spec: { secret: secret.key('seed') } }))).toBe(
      'it: spec.secret is "Secret tools/seed". Allowed: one of namespace shop: External Secrets looks for it there.',
    );
  });

  test('a kind of which there is no generator', () => {
    expect(refused((on) => new ClusterGenerator(on, 'it', { kind: 'Pasword' as 'SSHKey' }))).toContain(
      'kind is "Pasword"',
    );
  });
});
