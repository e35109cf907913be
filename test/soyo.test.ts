import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { espalier, has, repository, run } from './repository';

/** The committed tree of main.ts, held against the specification of the cluster soyo. */
const dist = join(repository, 'dist');
const app = 'kubernetes/apps/backstage/backstage/app';

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has a spec of its own
  readonly [field: string]: any;
}

const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .sort();
const documents = (file: string): Resource[] =>
  parseAllDocuments(readFileSync(join(dist, file), 'utf8'), { uniqueKeys: true }).map((document) => document.toJS());
const find = (kind: string, name: string): Resource =>
  files.flatMap(documents).find((document) => document.kind === kind && document.metadata?.name === name) as Resource;
const kustomizations = files
  .flatMap(documents)
  .filter(({ apiVersion }) => apiVersion?.startsWith('kustomize.toolkit.fluxcd.io/'));

test('the committed tree is what main.ts yields', async () => {
  expect(await espalier(['synth', '--check'])).toMatchObject({ code: 0, stderr: '' });
});

test('every file that the specification names is there', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'kubernetes/apps/backstage/backstage/ks.yaml',
      `${app}/base/backstage-db-externalsecret.yaml`,
      `${app}/base/pushsecret-vault.yaml`,
      `${app}/kustomization.yaml`,
      `${app}/secret-externalsecret.yaml`,
    ]),
  );
});

test('every file begins with ---, its schema and the construct that made it', () => {
  for (const file of files) {
    const [first, second, third] = readFileSync(join(dist, file), 'utf8').split('\n');
    expect({ file, first, second, third }).toEqual({
      file,
      first: '---',
      second: expect.stringMatching(/^# yaml-language-server: \$schema=https:\/\/\S+$/),
      third: expect.stringMatching(/^# Made by \w+ at \S+; change the construct, not this file\.$/),
    });
  }
});

test('Backstage waits for the operators and the stores, in their namespaces', () => {
  expect(find('Kustomization', 'backstage')).toMatchObject({
    metadata: { namespace: 'backstage' },
    spec: {
      path: './dist/kubernetes/apps/backstage/backstage/app',
      dependsOn: [
        { name: 'cloudnative-pg', namespace: 'cnpg-system' },
        { name: 'external-secrets', namespace: 'external-secrets' },
        { name: 'external-secrets-stores', namespace: 'external-secrets' },
      ],
    },
  });
  expect(find('Kustomization', 'external-secrets-stores').spec.dependsOn).toEqual([
    { name: 'external-secrets', namespace: 'external-secrets' },
  ]);
});

test('the application secrets: 11 required keys, 5 optional ones, POSTGRES_DB with a default', () => {
  const { metadata, spec } = documents(`${app}/secret-externalsecret.yaml`)[0] as Resource;
  const required = [
    ...['GITHUB_TOKEN', 'AUTH_GITHUB_CLIENT_ID', 'AUTH_GITHUB_CLIENT_SECRET', 'GA_MEASUREMENT_ID', 'OPENAPI_AI_KEY'],
    ...['GITHUB_APP_ID', 'GITHUB_APP_CLIENT_ID', 'GITHUB_APP_CLIENT_SECRET', 'GITHUB_APP_WEBHOOK_SECRET'],
    ...['GITHUB_APP_PRIVATE_KEY', 'BACKEND_SECRET'],
  ];
  const optional = [
    ...['SENTRY_TOKEN', 'NEW_RELIC_REST_API_KEY', 'NEW_RELIC_USER_KEY'],
    ...['K8S_SERVICE_ACCOUNT_TOKEN_BACKSTAGE', 'K8S_CONFIG_CA_DATA'],
  ];
  expect(metadata).toMatchObject({ name: 'backstage-secrets', namespace: 'backstage' });
  expect(spec.secretStoreRef).toEqual({ kind: 'ClusterSecretStore', name: 'vault' });
  expect(spec.dataFrom).toEqual([{ extract: { key: 'webgrip/prod/clusters/soyo/apps/backstage/app' } }]);
  expect(spec.target).toMatchObject({
    name: 'backstage-secrets',
    template: {
      data: {
        ...Object.fromEntries(required.map((key) => [key, `{{ .${key} }}`])),
        ...Object.fromEntries(optional.map((key) => [key, `{{ index . "${key}" | default "" }}`])),
        POSTGRES_DB: '{{ index . "POSTGRES_DB" | default "backstage" }}',
      },
    },
  });
  expect(Object.keys(spec.target.template.data)).toHaveLength(17);
});

test('the database credentials are generated once, bootstrap the database and are pushed to Vault', () => {
  expect(find('Password', 'backstage-db-password').metadata.namespace).toBe('backstage');
  expect(
    documents(`${app}/base/backstage-db-externalsecret.yaml`).map(({ kind, metadata }) => [kind, metadata.name]),
  ).toEqual([
    ['Password', 'backstage-db-password'],
    ['ExternalSecret', 'backstage-db-secret'],
  ]);
  expect(find('ExternalSecret', 'backstage-db-secret').spec).toMatchObject({
    refreshPolicy: 'CreatedOnce',
    target: { name: 'backstage-db-secret', immutable: true, creationPolicy: 'Orphan' },
    dataFrom: [{ sourceRef: { generatorRef: { kind: 'Password', name: 'backstage-db-password' } } }],
  });
  expect(find('Cluster', 'backstage-db').spec).toMatchObject({
    enableSuperuserAccess: false,
    bootstrap: { initdb: { database: 'backstage', owner: 'backstage', secret: { name: 'backstage-db-secret' } } },
  });
  const push = documents(`${app}/base/pushsecret-vault.yaml`)[0] as Resource;
  const remoteKey = 'webgrip/prod/clusters/soyo/apps/backstage/db';
  expect(push).toMatchObject({ kind: 'PushSecret', metadata: { name: 'backstage-db-credentials-to-vault' } });
  expect(push.spec).toMatchObject({
    selector: { secret: { name: 'backstage-db-secret' } },
    data: [
      { match: { secretKey: 'username', remoteRef: { remoteKey, property: 'username' } } },
      { match: { secretKey: 'password', remoteRef: { remoteKey, property: 'password' } } },
    ],
  });
});

test('Backstage reads its secrets by envFrom and its database by key', () => {
  const { template } = find('Deployment', 'backstage').spec;
  const [container] = template.spec.containers;
  expect(container.envFrom).toEqual(expect.arrayContaining([{ secretRef: { name: 'backstage-secrets' } }]));
  expect(container.env).toEqual(
    expect.arrayContaining([
      { name: 'POSTGRES_USER', valueFrom: { secretKeyRef: { name: 'backstage-db-secret', key: 'username' } } },
      { name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: 'backstage-db-secret', key: 'password' } } },
    ]),
  );
});

test('the Vault policy allows what Backstage asks for, no more, and stands outside of what Flux applies', () => {
  const policy = readFileSync(join(dist, 'vault', 'external-secrets.hcl'), 'utf8');
  const db = 'webgrip/prod/clusters/soyo/apps/backstage/db';
  expect(
    [...policy.matchAll(/^path "(.*)" \{\n {2}capabilities = \[(.*)\]\n\}$/gm)].map(([, ...rule]) => rule),
  ).toEqual([
    ['kv/data/webgrip/prod/clusters/soyo/apps/backstage/app', '"read"'],
    [`kv/data/${db}`, '"read", "update"'],
    [`kv/metadata/${db}`, '"create", "read", "update"'],
  ]);
  for (const { spec } of kustomizations) expect(spec.path).not.toContain('vault');
  const commands = readFileSync(join(dist, 'vault', 'external-secrets.sh'), 'utf8');
  expect(commands.match(/^ *vault (?:.*\\\n)*.*$/gm)).toEqual([
    'vault read sys/auth/kubernetes >/dev/null 2>&1 ||',
    '  vault auth enable -path=kubernetes kubernetes',
    'vault write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc:443',
    'vault policy write external-secrets external-secrets.hcl',
    `vault write auth/kubernetes/role/external-secrets \\
  bound_service_account_names=external-secrets \\
  bound_service_account_namespaces=external-secrets \\
  token_policies=external-secrets \\
  token_no_default_policy=false \\
  token_ttl=10m`,
  ]);
});

test('every path of a Kustomization lies in the tree and has a kustomization.yaml', () => {
  expect(kustomizations.length).toBeGreaterThan(4);
  for (const { metadata, spec } of kustomizations) {
    expect({ name: metadata.name, path: spec.path.startsWith('./dist/') }).toEqual({ name: metadata.name, path: true });
    expect(existsSync(join(repository, spec.path, 'kustomization.yaml'))).toBe(true);
  }
});

const kubectl = has('kubectl', ['version', '--client']);
(kubectl ? test : test.skip)(
  `kubectl kustomize builds every Kustomization's folder${kubectl ? '' : ' (no kubectl here)'}`,
  () => {
    for (const folder of [...kustomizations.map(({ spec }) => spec.path), 'dist/kubernetes/flux/cluster']) {
      const { code, stdout, stderr } = run('kubectl', ['kustomize', folder]);
      expect({ folder, code, stderr, built: stdout.length > 0 }).toEqual({ folder, code: 0, stderr: '', built: true });
    }
  },
);
