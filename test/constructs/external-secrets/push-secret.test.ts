import {
  Application,
  ClusterSecretStore,
  ExternalSecret,
  MFAGenerator,
  PushSecret,
  type PushSecretProps,
  Secret,
  SSHKeyGenerator,
  tls,
  VaultStore,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { reader, refusal, stage } from '../synthesize';

function shop() {
  const on = stage();
  const { directory } = new Application(on.cluster, 'shop');
  const secret = Secret.named('db', { keys: ['username', 'password'] });
  return { ...on, directory, secret, to: on.vault.app('shop', 'db') };
}

function push(on: ReturnType<typeof shop>, props: Partial<PushSecretProps<string>> = {}): PushSecret<string> {
  return new PushSecret<string>(on.directory, 'push', {
    secret: on.secret as Secret<string>,
    store: on.vault,
    to: on.to,
    ...props,
  });
}

const remoteKey = 'webgrip/prod/clusters/soyo/apps/shop/db';

test('every key is pushed, each as a property of its own name', () => {
  const on = shop();
  push(on);
  expect(reader(on.app.tree()).document('kubernetes/apps/shop/shop/app/push.yaml')).toEqual({
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name: 'push', namespace: 'shop' },
    spec: {
      updatePolicy: 'Replace',
      deletionPolicy: 'None',
      refreshInterval: '1h',
      secretStoreRefs: [{ name: 'vault', kind: 'ClusterSecretStore' }],
      selector: { secret: { name: 'db' } },
      data: [
        { match: { secretKey: 'username', remoteRef: { remoteKey, property: 'username' } } },
        { match: { secretKey: 'password', remoteRef: { remoteKey, property: 'password' } } },
      ],
    },
  });
});

test('some keys, under other names, with other policies, and any other field', () => {
  const on = shop();
  push(on, {
    name: 'push-db',
    properties: { password: 'pw' },
    updatePolicy: 'IfNotExists',
    deletionPolicy: 'Delete',
    refreshInterval: '10m',
    spec: { template: { engineVersion: 'v2' as never } },
  });
  expect(reader(on.app.tree()).find('PushSecret', 'push-db').spec).toEqual({
    updatePolicy: 'IfNotExists',
    deletionPolicy: 'Delete',
    refreshInterval: '10m',
    secretStoreRefs: [{ name: 'vault', kind: 'ClusterSecretStore' }],
    selector: { secret: { name: 'db' } },
    data: [{ match: { secretKey: 'password', remoteRef: { remoteKey, property: 'pw' } } }],
    template: { engineVersion: 'v2' },
  });
});

test('the app waits for the store and the operator, and is ready when the value is pushed', () => {
  const on = shop();
  push(on);
  const spec = reader(on.app.tree()).find('Kustomization', 'shop').spec as JsonObject;
  expect([spec.dependsOn, spec.healthCheckExprs]).toEqual([
    [
      { name: 'external-secrets', namespace: 'external-secrets' },
      { name: 'external-secrets-stores', namespace: 'external-secrets' },
    ],
    [
      {
        apiVersion: 'external-secrets.io/v1alpha1',
        kind: 'PushSecret',
        current: "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
      },
    ],
  ]);
});

test('the name of a property reaches Vault as it stands, also where Flux replaces variables', () => {
  const { app, cluster, vault } = stage({ substitutions: { substitute: { a: 'b' } } });
  const { directory } = new Application(cluster, 'shop');
  const secret = Secret.named('db', { keys: ['password'] });
  new PushSecret(directory, 'push', { secret, store: vault, to: vault.path('db'), properties: { password: '${pw}' } });
  expect(reader(app.tree()).find('PushSecret', 'push').spec).toMatchObject({
    data: [{ match: { remoteRef: { remoteKey: 'db', property: '$${pw}' } } }],
  });
});

describe('keys that are made for the store alone', () => {
  const specOf = (build: (on: ReturnType<typeof shop>) => unknown) => {
    const on = shop();
    build(on);
    return reader(on.app.tree()).find('PushSecret', 'push').spec as JsonObject;
  };

  test('a template makes what is pushed, of the values of the Secret', () => {
    const { selector, template, data } = specOf(
      ({ directory, secret, vault, to }) =>
        new PushSecret(directory, 'push', {
          secret,
          store: vault,
          to,
          template: (k) => ({ data: { url: `postgres://${k.username}:${k.password.urlEncode}@db/{{` } }),
        }),
    );
    expect({ selector, template, data }).toEqual({
      selector: { secret: { name: 'db' } },
      template: {
        engineVersion: 'v2',
        data: { url: 'postgres://{{ .username }}:{{ .password | urlquery | replace "+" "%20" }}@db/{{ "{{" }}' },
      },
      data: [{ match: { secretKey: 'url', remoteRef: { remoteKey, property: 'url' } } }],
    });
  });

  test('keys of the Secret may go beside them, and a template of one’s own is written as it stands', () => {
    const { template, data } = specOf(
      ({ directory, secret, vault, to }) =>
        new PushSecret(directory, 'push', {
          secret,
          store: vault,
          to,
          template: { data: { url: '{{ .username }}@${HOST}' } },
          properties: { url: 'dsn', password: 'password' },
        }),
    );
    expect({ template, data }).toEqual({
      template: { data: { url: '{{ .username }}@${HOST}' } },
      data: [
        { match: { secretKey: 'url', remoteRef: { remoteKey, property: 'dsn' } } },
        { match: { secretKey: 'password', remoteRef: { remoteKey, property: 'password' } } },
      ],
    });
  });

  test('a key that the Secret has not is refused, unless nobody knows its keys', () => {
    const push = (secret: Secret<string>) =>
      specOf(
        ({ directory, vault, to }) =>
          new PushSecret(directory, 'push', {
            secret,
            store: vault,
            to,
            template: (k) => ({ data: { a: `${k.any}` } }),
          }),
      );
    expect(refusal(() => push(Secret.named('db', { keys: ['password'] }) as Secret<string>))).toContain(
      'the key "any" in template. Allowed: one of the keys that its sources yield: password.',
    );
    expect(push(Secret.named('db')).template).toEqual({ engineVersion: 'v2', data: { a: '{{ .any }}' } });
  });
});

test('a generator is pushed like a Secret, and one of lasting values once', () => {
  const on = shop();
  const { directory, vault } = on;
  const ssh = new SSHKeyGenerator(directory, 'ssh');
  const template = { engineVersion: 'v2', data: { pub: '{{ .publicKey | trim }}' } };
  new PushSecret(directory, 'a', { secret: ssh, store: vault, to: vault.path('a') });
  new PushSecret(directory, 'b', {
    secret: MFAGenerator.named('mfa'),
    store: vault,
    to: vault.path('b'),
    properties: { token: 'code' },
  });
  new PushSecret(directory, 'c', {
    secret: ssh,
    store: vault,
    to: vault.path('c'),
    template: (k) => ({ data: { pub: k.publicKey.trim } }),
  });
  const generatorRef = (kind: string, name: string) => ({
    generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind, name },
  });
  const written = reader(on.app.tree());
  expect(written.find('PushSecret', 'a').spec).toMatchObject({
    updatePolicy: 'IfNotExists',
    selector: generatorRef('SSHKey', 'ssh'),
    data: [
      { match: { secretKey: 'privateKey', remoteRef: { remoteKey: 'a', property: 'privateKey' } } },
      { match: { secretKey: 'publicKey', remoteRef: { remoteKey: 'a', property: 'publicKey' } } },
    ],
  });
  expect(written.find('PushSecret', 'b').spec).toMatchObject({
    updatePolicy: 'Replace',
    selector: generatorRef('MFA', 'mfa'),
    data: [{ match: { secretKey: 'token', remoteRef: { remoteKey: 'b', property: 'code' } } }],
  });
  expect(written.find('PushSecret', 'c').spec).toMatchObject({
    template,
    data: [{ match: { secretKey: 'pub', remoteRef: { property: 'pub' } } }],
  });
});

describe('what is refused', () => {
  test('a key that the Secret lacks', () => {
    expect(refusal(() => push(shop(), { properties: { pasword: 'pw' } }))).toBe(
      'Secret.named("db"): the key "pasword" of Secret db. Allowed: one of its keys: username, password. Example: "username".',
    );
  });

  test('no keys', () => {
    expect(refusal(() => push(shop(), { properties: {} }))).toBe(
      "soyo/apps/shop/shop/app/push: properties is {}. Allowed: at least one key of the Secret. Example: { password: 'password' }.",
    );
  });

  test('a Secret of another namespace', () => {
    const on = shop();
    const { directory } = new Application(on.cluster, 'bank');
    const { secret } = new ExternalSecret(directory, 'config', { store: on.vault, extract: on.to, required: ['A'] });
    expect(refusal(() => push(on, { secret: secret as Secret<string> }))).toBe(
      'soyo/apps/shop/shop/app/push: secret is "bank/config". Allowed: a Secret of namespace shop: Kubernetes does not let a pod read Secrets of other namespaces. Example: an ExternalSecret in namespace shop.',
    );
  });

  test('a path of another store: it would overwrite another secret', () => {
    const on = shop();
    const team = new VaultStore(on.cluster, 'team', { operator: on.eso, server: 'http://vault:8200', mount: 'team' });
    expect(refusal(() => push(on, { to: team.path('db') }))).toBe(
      'soyo/apps/shop/shop/app/push: to is "team/db". Allowed: a path of the store soyo/vault (mount kv): this one belongs to soyo/team (mount team). Example: store.path(\'db\') of soyo/vault.',
    );
    const staging = shop();
    expect(refusal(() => push(shop(), { to: staging.to }))).toMatch(/^soyo\/apps\/shop\/shop\/app\/push: to is /);
  });

  const property = 'Allowed: the name of a property in Vault, without white space at either end. Example: "password".';
  test.each<[Record<string, unknown>, string]>([
    [
      { secret: undefined },
      'secret is not set. Allowed: the Secret whose values are pushed. Example: new GeneratedSecret(…).secret.',
    ],
    [{ store: undefined }, 'store is not set. Allowed: the store that the values go to. Example: a VaultStore.'],
    [{ to: undefined }, "to is not set. Allowed: a path made by the store. Example: vault.app('shop', 'db')."],
    [{ properties: { password: '' } }, `properties.password is "". ${property}`],
    [{ properties: { password: undefined } }, `properties.password is not set. ${property}`],
    [
      { properties: { username: 'db', password: 'db' } },
      'properties.password is "db". Allowed: a property of its own: username is already pushed there. Example: "password".',
    ],
    [{ updatePolicy: 'Always' }, 'updatePolicy is "Always". Allowed: one of Replace, IfNotExists. Example: "Replace".'],
    [{ deletionPolicy: 'Retain' }, 'deletionPolicy is "Retain". Allowed: one of None, Delete. Example: "None".'],
    [
      { spec: { refreshInterval: '1 hour' } },
      'refreshInterval is "1 hour". It must be a duration of numbers with the units ns, us, ms, s, m or h, without spaces. Example: "1h" or "2m30s".',
    ],
    [
      { spec: { selector: { secret: { name: 'other' } } } },
      'spec.selector is {"secret":{"name":"other"}}. Allowed: {"secret":{"name":"db"}}, as in the property secret. Example: only the property secret.',
    ],
    [
      { spec: { secretStoreRefs: [{ name: 'other', kind: 'ClusterSecretStore' }] } },
      'spec.secretStoreRefs is [{"name":"other","kind":"ClusterSecretStore"}]. Allowed: [{"name":"vault","kind":"ClusterSecretStore"}], as in the property store. Example: only the property store.',
    ],
    [
      { spec: { data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'a' } } }] } },
      `properties.password is not set. ${property}`,
    ],
  ])('%j', (props, message) => {
    expect(refusal(() => push(shop(), props as never))).toBe(`soyo/apps/shop/shop/app/push: ${message}`);
  });

  test('a duration in words', () => {
    expect(refusal(() => push(shop(), { refreshInterval: '1 hour' }))).toMatch(
      /^soyo\/apps\/shop\/shop\/app\/push: refreshInterval is "1 hour"\. It must be a duration/,
    );
  });
});

describe('a generator is pushed once', () => {
  const pushed = (name: 'doppler' | 'aws' | 'gcpsm', to: (store: never) => object) => {
    const on = shop();
    const store = ClusterSecretStore.named('store', { provider: name }) as never;
    const secret = new SSHKeyGenerator(on.directory, 'ssh');
    return () => new PushSecret(on.directory, 'push', { secret, store, ...to(store) } as never).resource.toJson().spec;
  };

  test('so not to a store of which External Secrets cannot tell what is there', () => {
    const to = (store: ReturnType<typeof doppler>) => ({ to: { privateKey: store.at('KEY') } });
    expect(refusal(pushed('doppler', to as never))).toBe(
      'soyo/apps/shop/shop/app/push: updatePolicy is "IfNotExists". Allowed: Replace: External Secrets cannot tell what is there in Doppler; ' +
        'a value that is meant to stay is made once as a Secret, which is pushed.',
    );
  });

  test('so whole, where the first of its properties would be the only one', () => {
    const to = (store: ReturnType<typeof aws>) => ({ to: store.at('shop/ssh') });
    expect(refusal(pushed('gcpsm', to as never))).toMatch('once shop/ssh is there, none of its further properties');
    expect(refusal(pushed('aws', to as never))).toBe(
      'soyo/apps/shop/shop/app/push: updatePolicy is "IfNotExists". Allowed: Replace, or all of it written as one value: once shop/ssh is there, ' +
        'none of its further properties is written. Example: data: [{ match: { remoteRef: { remoteKey: "shop/ssh" } } }].',
    );
    const data = [{ match: { remoteRef: { remoteKey: 'shop/ssh' } } }];
    expect(pushed('aws', () => ({ data }))()).toMatchObject({ updatePolicy: 'IfNotExists', data });
  });
});

test('a Secret of a type is pushed whole to Kubernetes, which refuses it with the first of its keys alone', () => {
  const { directory } = shop();
  const store = ClusterSecretStore.named('cluster', { provider: 'kubernetes' });
  const { secret } = new ExternalSecret(directory, 'tls', {
    store: ClusterSecretStore.named('aws', { provider: 'aws' }),
    data: { crt: 'crt', key: 'key' },
    template: (k) => tls({ certificate: k.crt, key: k.key }),
  });
  const data = (props: { readonly name?: string }) =>
    new PushSecret(directory, props.name ?? 'push', {
      secret,
      store,
      to: store.at('shop-tls'),
      ...props,
    } as never).resource.toJson().spec.data;
  expect(data({})).toEqual([{ match: { remoteRef: { remoteKey: 'shop-tls' } } }]);
  expect(data({ name: 'other', template: { type: 'Opaque' } } as never)).toHaveLength(2);
});

const doppler = () => ClusterSecretStore.named('store', { provider: 'doppler' });
const aws = () => ClusterSecretStore.named('store', { provider: 'aws' });
