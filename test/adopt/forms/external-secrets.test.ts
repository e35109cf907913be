import { flat, said } from './said';

function externalSecret(spec: string): string {
  return said({
    externalsecret: `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: shop }\nspec:\n${spec}`,
  });
}

test('an ExternalSecret of all that an item has, with a template', () => {
  expect(
    externalSecret(`
  refreshInterval: 5m
  secretStoreRef: { kind: ClusterSecretStore, name: onepassword }
  target:
    name: shop-secret
    template:
      engineVersion: v2
      data: { URL: 'postgres://{{ .USER }}@db' }
  dataFrom: [{ extract: { key: shop } }]
`),
  ).toBe(
    flat(`new ExternalSecret(app, 'externalsecret', {
  name: 'shop',
  store: ClusterSecretStore.named('onepassword'),
  refreshInterval: '5m',
  secretName: 'shop-secret',
  template: { engineVersion: 'v2', data: { URL: 'postgres://{{ .USER }}@db' } },
  extract: 'shop',
});
`),
  );
});

test('without a target, of single values, some from other stores; a store without a kind', () => {
  expect(
    externalSecret(`
  secretStoreRef: { name: team }
  data:
    - { secretKey: TOKEN, remoteRef: { key: shop, property: token } }
    - { secretKey: WHOLE, remoteRef: { key: whole } }
    - secretKey: OTHER
      remoteRef: { key: other, version: '2' }
      sourceRef: { storeRef: { kind: SecretStore, name: other } }
`),
  ).toBe(
    flat(`new ExternalSecret(app, 'externalsecret', {
  name: 'shop',
  store: SecretStore.named('team', { kind: null }),
  data: {
    TOKEN: { key: 'shop', property: 'token' },
    WHOLE: 'whole',
    OTHER: { key: 'other', version: '2', sourceRef: { storeRef: SecretStore.named('other') } },
  },
});
`),
  );
});

test('several sources, policies, an immutable target, a generator without a store', () => {
  expect(
    externalSecret(`
  refreshPolicy: CreatedOnce
  refreshInterval: "0"
  target: { name: shop, creationPolicy: Orphan, immutable: true }
  dataFrom:
    - sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: SSHKey, name: ssh } }
    - extract: { key: a }
      sourceRef: { storeRef: { kind: ClusterSecretStore, name: vault } }
      rewrite: [{ regexp: { source: '(.*)', target: 'A_$1' } }]
`),
  ).toBe(
    flat(`new ExternalSecret(app, 'externalsecret', {
  name: 'shop',
  store: null,
  refreshPolicy: 'CreatedOnce',
  refreshInterval: '0',
  target: { name: 'shop', creationPolicy: 'Orphan', immutable: true },
  dataFrom: [
    {
      sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'SSHKey', name: 'ssh' } },
    },
    {
      extract: 'a',
      rewrite: [{ regexp: { source: '(.*)', target: 'A_$1' } }],
      sourceRef: { storeRef: ClusterSecretStore.named('vault') },
    },
  ],
});
`),
  );
});

test('names that Flux fills in are variables', () => {
  const code = said({
    externalsecret: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: '\${APP}-vars' }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: '\${STORE:=onepassword}' }
  target: { name: '\${APP}' }
  dataFrom: [{ extract: { key: '\${APP}' } }]
`,
  });
  expect(code).toBe(
    flat(`new ExternalSecret(app, 'externalsecret', {
  name: \`\${variable('APP')}-vars\`,
  store: ClusterSecretStore.named(variable('STORE', { default: 'onepassword' })),
  secretName: variable('APP'),
  extract: '\${APP}',
});
`),
  );
});

test('what the construct cannot say is an object: another version, a key twice', () => {
  const twice = `
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  data: [{ secretKey: A, remoteRef: { key: a } }, { secretKey: A, remoteRef: { key: b } }]
`;
  expect(externalSecret(twice)).toContain("new Manifest(app, 'externalsecret', {");
  const older = `apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: { name: shop }
spec: { secretStoreRef: { name: vault }, dataFrom: [{ extract: { key: a } }] }
`;
  expect(said({ older })).toContain("new Manifest(app, 'older', {");
});

test('a store, a generator, and Secrets that are pushed: to one secret of the store, or as it is', () => {
  const code = said({
    password: `apiVersion: generators.external-secrets.io/v1alpha1
kind: Password
metadata: { name: password }
spec: { length: 40, symbols: 0, encoding: hex }
`,
    push: `apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: push }
spec:
  secretStoreRefs: [{ kind: ClusterSecretStore, name: vault }]
  selector: { secret: { name: db } }
  data: [{ match: { secretKey: password, remoteRef: { remoteKey: db, property: pw } } }]
`,
    several: `apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: several }
spec:
  deletionPolicy: Delete
  secretStoreRefs: [{ kind: ClusterSecretStore, name: a }, { kind: SecretStore, name: b }]
  selector: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: UUID, name: id } }
  data: [{ match: { secretKey: uuid, remoteRef: { remoteKey: id } } }]
`,
    store: `apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: store }
spec:
  provider: { onepassword: { connectHost: 'http://connect', vaults: { home: 1 }, auth: { secretRef: { connectTokenSecretRef: { name: a, key: b, namespace: c } } } } }
  conditions: [{ namespaces: [shop] }]
`,
  });
  expect(code).toBe(
    flat(`new PasswordGenerator(app, 'password', { length: 40, symbols: 0, spec: { encoding: 'hex' } });
new PushSecret(app, 'push', {
  store: ClusterSecretStore.named('vault'),
  secret: Secret.named('db'),
  to: 'db',
  properties: { password: 'pw' },
});
new PushSecret(app, 'several', {
  store: [ClusterSecretStore.named('a'), SecretStore.named('b')],
  secret: null,
  deletionPolicy: 'Delete',
  data: [{ match: { secretKey: 'uuid', remoteRef: { remoteKey: 'id' } } }],
  spec: {
    selector: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'UUID', name: 'id' } },
  },
});
new ClusterSecretStore(app, 'store', {
  onepassword: {
    connectHost: 'http://connect',
    vaults: { home: 1 },
    auth: { secretRef: { connectTokenSecretRef: { name: 'a', key: 'b', namespace: 'c' } } },
  },
  spec: { conditions: [{ namespaces: ['shop'] }] },
});
`),
  );
});

test('a store whose settings the compiler would not take is said as it stands', () => {
  const auth = 'auth: { secretRef: { dopplerToken: { name: a, key: b, namespace: c } } }';
  const store = (settings: string) => `apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: store }
spec: { provider: { doppler: { ${settings} } } }
`;
  expect(said({ store: store(auth) })).toContain("new ClusterSecretStore(app, 'store', { doppler: {");
  for (const more of ['later: 1', 'project: 5', "nameTransformer: '${CASE}'"])
    expect(said({ store: store(`${auth}, ${more}`) })).toContain("new ClusterSecretStore(app, 'store', { provider: {");
});

test('generators of every kind, and ExternalSecrets that read them', () => {
  const code = said({
    ecr: `apiVersion: generators.external-secrets.io/v1alpha1
kind: ECRAuthorizationToken
metadata: { name: ecr }
spec: { region: eu-west-1, auth: { jwt: { serviceAccountRef: { name: ecr } } } }
`,
    quay: `apiVersion: generators.external-secrets.io/v1alpha1
kind: ClusterGenerator
metadata: { name: quay }
spec: { kind: QuayAccessToken, generator: { quayAccessTokenSpec: { robotAccount: a+b, serviceAccountRef: { name: quay } } } }
`,
    secret: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: shop }
spec:
  refreshInterval: 6h
  dataFrom:
    - sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: ECRAuthorizationToken, name: ecr } }
    - sourceRef: { generatorRef: { kind: ClusterGenerator, name: quay } }
`,
  });
  expect(code).toBe(
    flat(`const ecrAuthorizationTokenGenerator = new ECRAuthorizationTokenGenerator(app, 'ecr', {
  spec: { region: 'eu-west-1', auth: { jwt: { serviceAccountRef: { name: 'ecr' } } } },
});
const clusterGenerator = new ClusterGenerator(app, 'quay', {
  kind: 'QuayAccessToken',
  spec: { robotAccount: 'a+b', serviceAccountRef: { name: 'quay' } },
});
new ExternalSecret(app, 'secret', {
  name: 'shop',
  store: null,
  refreshInterval: '6h',
  dataFrom: [
    { sourceRef: { generatorRef: ecrAuthorizationTokenGenerator } },
    { sourceRef: { generatorRef: { kind: 'ClusterGenerator', name: clusterGenerator } } },
  ],
});
`),
  );
});

test.each([
  ['of a kind and the spec of another', '{ kind: UUID, generator: { mfaSpec: { secret: {} } } }'],
  ['of a field that it does not have', '{ kind: MFA, generator: { mfaSpec: { secret: {}, lenght: 6 } } }'],
  ['without a spec', '{ kind: UUID }'],
])('a ClusterGenerator %s stays a Manifest', (_, spec) => {
  const kind = 'apiVersion: generators.external-secrets.io/v1alpha1\nkind: ClusterGenerator\nmetadata: { name: it }';
  expect(said({ it: `${kind}\nspec: ${spec}\n` })).toMatch(/^new Manifest\(/);
});
