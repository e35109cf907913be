import {
  Application,
  Cluster,
  ExternalSecrets,
  GeneratedSecret,
  type GeneratedSecretProps,
  PasswordGenerator,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { reader, refusal, type Stage, stage } from '../synthesize';

function shop() {
  const on = stage();
  const { directory } = new Application(on.cluster, 'shop');
  return { ...on, directory, generator: new PasswordGenerator(directory, 'pw') };
}

function make(
  on: Stage & ReturnType<typeof shop>,
  props: Partial<GeneratedSecretProps> = {},
  id = 'db',
): GeneratedSecret {
  return new GeneratedSecret(on.directory, id, {
    operator: on.eso,
    generator: on.generator,
    username: 'shop',
    ...props,
  });
}

test('credentials are generated once: immutable, and nobody owns them', () => {
  const on = shop();
  make(on);
  expect(reader(on.app.tree()).document('kubernetes/apps/shop/shop/app/db.yaml')).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      refreshPolicy: 'CreatedOnce',
      refreshInterval: '0s',
      target: {
        name: 'db',
        creationPolicy: 'Orphan',
        deletionPolicy: 'Retain',
        immutable: true,
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          type: 'kubernetes.io/basic-auth',
          metadata: { labels: { 'cnpg.io/reload': 'true' } },
          data: { username: 'shop', password: '{{ .password }}' },
        },
      },
      dataFrom: [
        {
          sourceRef: {
            generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'pw' },
          },
        },
      ],
    },
  });
});

test('names, labels and any other field can be set', () => {
  const on = shop();
  make(on, {
    name: 'db-generated',
    secretName: 'db-credentials',
    secretLabels: { a: 'b' },
    spec: { target: { template: { metadata: { annotations: { note: 'n' } } } } },
  });
  const { metadata, spec } = reader(on.app.tree()).find('ExternalSecret', 'db-generated');
  const { target } = spec as { target: JsonObject };
  expect([metadata, target.name, (target.template as JsonObject).metadata]).toEqual([
    { name: 'db-generated', namespace: 'shop' },
    'db-credentials',
    { labels: { a: 'b' }, annotations: { note: 'n' } },
  ]);
});

test('a rotated password has names of its own, which end as it says', () => {
  const on = shop();
  const named = make(on, { rotated: '2026-11', secretName: 'db-login' });
  const again = make(on, { rotated: '2', generator: new PasswordGenerator(on.directory, 'pw-2') }, 'other');
  expect([named.resource.name, named.secret.name, again.resource.name, again.secret.name]).toEqual([
    'db-2026-11',
    'db-login-2026-11',
    'other-2',
    'other-2',
  ]);
});

test('the handle knows its keys, and the username', () => {
  const on = shop();
  const made = make(on, { secretName: 'db-credentials' });
  const { producer, ...others } = made.secret;
  expect(others).toEqual({
    name: 'db-credentials',
    namespace: 'shop',
    keys: ['username', 'password'],
    open: false,
    type: 'kubernetes.io/basic-auth',
    username: 'shop',
  });
  // A construct that is printed prints the whole app.
  expect(producer === made).toBe(true);
});

test('a username that looks like a template stays what it is', () => {
  const on = shop();
  make(on, { username: '{{ .password }}' });
  const { target } = reader(on.app.tree()).find('ExternalSecret', 'db').spec as {
    target: { template: { data: JsonObject } };
  };
  expect(target.template.data.username).toBe('{{ "{{ .password }}" }}');
});

test('the app waits for the operator, not for the stores', () => {
  const on = shop();
  make(on);
  expect((reader(on.app.tree()).find('Kustomization', 'shop').spec as JsonObject).dependsOn).toEqual([
    { name: 'external-secrets', namespace: 'external-secrets' },
  ]);
});

describe('what is refused', () => {
  test('a generator that is used twice', () => {
    const on = shop();
    make(on);
    expect(refusal(() => make(on, {}, 'second'))).toBe(
      'soyo/apps/shop/shop/app/second: generator is "soyo/apps/shop/shop/app/pw". Allowed: a generator of its own: soyo/apps/shop/shop/app/db uses this one, and each use generates a different password. Example: new PasswordGenerator(scope, \'second-password\').',
    );
  });

  test('a generator in another namespace', () => {
    const on = shop();
    const generator = new PasswordGenerator(new Application(on.cluster, 'bank').directory, 'pw');
    expect(refusal(() => make(on, { generator }))).toBe(
      'soyo/apps/shop/shop/app/db: generator is "soyo/apps/bank/bank/app/pw". Allowed: a generator in namespace shop: ESO looks for it in the namespace of the ExternalSecret.',
    );
  });

  test('a generator that yields no password', () => {
    const on = shop();
    const generator = new PasswordGenerator(on.directory, 'pin', { spec: { secretKeys: ['pin'] } });
    expect(refusal(() => make(on, { generator }))).toBe(
      'soyo/apps/shop/shop/app/db: generator is "soyo/apps/shop/shop/app/pin". Allowed: one that yields the key "password": its spec.secretKeys is ["pin"]. Example: secretKeys left out.',
    );
  });

  test('the operator of another cluster', () => {
    const on = shop();
    const mars = new Cluster(on.app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
    const operator = new ExternalSecrets(mars, { version: '2.9.0' });
    expect(refusal(() => make(on, { operator }))).toBe(
      'soyo/apps/shop/shop/app/db: operator is "mars/external-secrets". Allowed: the operator of this cluster (soyo).',
    );
  });

  test.each(['', '  ', 'shop\n', 'a\tb', 'a\u0000', 'o"brien', "o'brien", 'a\\b'])('the username %j', (username) => {
    expect(refusal(() => make(shop(), { username }))).toBe(
      `soyo/apps/shop/shop/app/db: username is ${JSON.stringify(username)}. Allowed: the user that the password is for, without quotes, backslashes, control characters, or white space at either end. Example: "shop".`,
    );
  });

  test.each<[Partial<GeneratedSecretProps>, string]>([
    [
      { operator: undefined },
      "operator is not set. Allowed: the operator that makes the Secret. Example: new ExternalSecrets(cluster, { version: '2.9.0' }).",
    ],
    [
      { generator: undefined },
      "generator is not set. Allowed: the generator of the password. Example: new PasswordGenerator(scope, 'shop-db-password').",
    ],
  ])('nothing where something is needed: %j', (props, message) => {
    expect(refusal(() => make(shop(), props))).toBe(`soyo/apps/shop/shop/app/db: ${message}`);
  });

  const rotates =
    'any other value would generate a new password while the database keeps the old one. Example: an ExternalSecret for a Secret that changes.';
  test.each<[object, string]>([
    [{ refreshPolicy: 'Periodic' }, `spec.refreshPolicy is "Periodic". Allowed: "CreatedOnce": ${rotates}`],
    [{ target: { immutable: false } }, `spec.target.immutable is false. Allowed: true: ${rotates}`],
    [{ target: { creationPolicy: 'Owner' } }, `spec.target.creationPolicy is "Owner". Allowed: "Orphan": ${rotates}`],
    [{ target: { deletionPolicy: 'Merge' } }, `spec.target.deletionPolicy is "Merge". Allowed: "Retain": ${rotates}`],
    [
      { target: { name: 'other' } },
      'spec.target.name is "other". Allowed: "db", the name of the Secret that others refer to. Example: only the property secretName.',
    ],
    [
      { target: { template: { data: { password: null } } } },
      'the keys of spec.target.template.data is ["username"]. Allowed: the keys that others can refer to: username, password. Example: the properties that name keys; in spec, only other values for the same keys.',
    ],
    [
      { target: { template: { data: { username: 'other' } } } },
      'spec.target.template.data.username is "other". Allowed: the property username: readers of the Secret get the username from it. Example: only the property username.',
    ],
    [
      { dataFrom: [{ extract: { key: 'a' } }] },
      'spec.dataFrom is [{"extract":{"key":"a"}}]. Allowed: the generator in the property generator. Example: only the property generator.',
    ],
  ])('an override that rotates the password, or contradicts the handle: %j', (spec, message) => {
    expect(refusal(() => make(shop(), { spec: spec as never }))).toBe(`soyo/apps/shop/shop/app/db: ${message}`);
  });

  test('a Secret that another one makes', () => {
    const on = shop();
    make(on, { secretName: 'shop' });
    const generator = new PasswordGenerator(on.directory, 'second-pw');
    expect(refusal(() => make(on, { generator, secretName: 'shop' }, 'second'))).toBe(
      'soyo/apps/shop/shop/app/second: secretName is "shop/shop". Allowed: a Secret that nothing else creates: soyo/apps/shop/shop/app/db already creates this one. Example: "shop-2", or creationPolicy: \'Merge\' to add to it.',
    );
  });

  test('a name that no Secret can have', () => {
    expect(refusal(() => make(shop(), { secretName: 'DB' }))).toMatch(
      /^soyo\/apps\/shop\/shop\/app\/db: secretName is "DB"\. Allowed: a DNS subdomain/,
    );
  });
});
