import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Backstage, type BackstageProps } from '../../../lib/constructs/backstage';
import { renderTree } from '../../../lib/tree';
import { has, run, temporaryFolder } from '../../repository';
import { refusal, type Stage, stage, synthesize } from '../synthesize';

const app = 'kubernetes/apps/backstage/backstage/app';
const labels = { 'app.kubernetes.io/name': 'backstage', 'app.kubernetes.io/instance': 'backstage' };
const metadata = (name: string) => ({ name, namespace: 'backstage', labels });

function compose(
  { cluster, cnpg, vault }: Stage,
  more: Partial<BackstageProps<never, never, never>> = {},
  id = 'backstage',
) {
  return new Backstage(cluster, id, {
    vault,
    cnpg,
    image: 'ghcr.io/webgrip/backstage:1.0.0',
    host: 'backstage.webgrip.dev',
    gateway: { name: 'external', namespace: 'gateway-system' },
    secrets: { required: ['GITHUB_TOKEN', 'BACKEND_SECRET'], optional: ['SENTRY_TOKEN'] },
    ...more,
  });
}

describe('Backstage', () => {
  const folder = temporaryFolder();
  const { paths, document, documents, built, tree } = synthesize((on) => compose(on));

  test('lies where the seed has it', () => {
    expect(paths().filter((path) => path.startsWith('kubernetes/apps/backstage/'))).toEqual([
      `${app}/base/backstage-db-cluster.yaml`,
      `${app}/base/backstage-db-externalsecret.yaml`,
      `${app}/base/kustomization.yaml`,
      `${app}/base/pushsecret-vault.yaml`,
      `${app}/configmap.yaml`,
      `${app}/deployment.yaml`,
      `${app}/httproute.yaml`,
      `${app}/kustomization.yaml`,
      `${app}/rbac.yaml`,
      `${app}/secret-externalsecret.yaml`,
      `${app}/service.yaml`,
      `${app}/serviceaccount.yaml`,
      'kubernetes/apps/backstage/backstage/ks.yaml',
      'kubernetes/apps/backstage/kustomization.yaml',
      'kubernetes/apps/backstage/namespace.yaml',
    ]);
  });

  test('is reached as a WebService is', () => {
    expect([built.address.host, built.address.port]).toEqual(['backstage.backstage.svc', 80]);
    expect([built.port().name, built.port().port, built.port('http').port]).toEqual(['backstage', 80, 80]);
  });

  test('waits for the operators and the store that it refers to', () => {
    expect(document('kubernetes/apps/backstage/backstage/ks.yaml')).toMatchObject({
      spec: {
        dependsOn: [
          { name: 'cloudnative-pg', namespace: 'cnpg-system' },
          { name: 'external-secrets', namespace: 'external-secrets' },
          { name: 'external-secrets-stores', namespace: 'external-secrets' },
        ],
      },
    });
  });

  test("takes its secrets from Vault, the database's name with a default", () => {
    expect(document(`${app}/secret-externalsecret.yaml`)).toMatchObject({
      metadata: metadata('backstage-secrets'),
      spec: {
        dataFrom: [{ extract: { key: 'webgrip/prod/clusters/soyo/apps/backstage/app' } }],
        target: {
          name: 'backstage-secrets',
          template: {
            data: {
              GITHUB_TOKEN: '{{ .GITHUB_TOKEN }}',
              BACKEND_SECRET: '{{ .BACKEND_SECRET }}',
              SENTRY_TOKEN: '{{ index . "SENTRY_TOKEN" | default "" }}',
              POSTGRES_DB: '{{ index . "POSTGRES_DB" | default "backstage" }}',
            },
          },
        },
      },
    });
  });

  test('keeps a default for POSTGRES_DB that is given', () => {
    const { document } = synthesize((on) => compose(on, { secrets: { defaults: { POSTGRES_DB: 'other' } } as never }));
    expect(document(`${app}/secret-externalsecret.yaml`)).toMatchObject({
      spec: { target: { template: { data: { POSTGRES_DB: '{{ index . "POSTGRES_DB" | default "other" }}' } } } },
    });
  });

  test("generates the database's password, pushes it to Vault and gives it to the database", () => {
    const [generator, secret] = documents(`${app}/base/backstage-db-externalsecret.yaml`);
    expect(generator).toMatchObject({ kind: 'Password', metadata: metadata('backstage-db-password') });
    expect(secret).toMatchObject({
      kind: 'ExternalSecret',
      metadata: metadata('backstage-db-secret'),
      spec: { target: { name: 'backstage-db-secret', template: { data: { username: 'backstage' } } } },
    });
    const to = (property: string) => ({
      match: {
        secretKey: property,
        remoteRef: { remoteKey: 'webgrip/prod/clusters/soyo/apps/backstage/db', property },
      },
    });
    expect(document(`${app}/base/pushsecret-vault.yaml`)).toMatchObject({
      kind: 'PushSecret',
      metadata: metadata('backstage-db-credentials-to-vault'),
      spec: { selector: { secret: { name: 'backstage-db-secret' } }, data: [to('username'), to('password')] },
    });
    expect(document(`${app}/base/backstage-db-cluster.yaml`)).toMatchObject({
      kind: 'Cluster',
      metadata: { name: 'backstage-db', namespace: 'backstage', labels },
      spec: {
        bootstrap: {
          initdb: { database: 'backstage', owner: 'backstage', secret: { name: 'backstage-db-secret' } },
        },
        managed: { roles: [{ name: 'backstage', createdb: true }] },
        storage: { size: '10Gi' },
      },
    });
  });

  test('runs Backstage without rights, on a file system that it cannot write', () => {
    expect(document(`${app}/deployment.yaml`)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata('backstage'), annotations: { 'reloader.stakater.com/auto': 'true' } },
      spec: {
        minReadySeconds: 0,
        progressDeadlineSeconds: 600,
        replicas: 1,
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: {
          metadata: {
            labels: {
              ...labels,
              // cdk8s-plus' own, for its scheduling and its network policies
              'cdk8s.io/metadata.addr': 'backstage',
            },
          },
          spec: {
            automountServiceAccountToken: true,
            serviceAccountName: 'backstage',
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 30,
            dnsPolicy: 'ClusterFirst',
            hostNetwork: false,
            restartPolicy: 'Always',
            setHostnameAsFQDN: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              runAsGroup: 1000,
              fsGroup: 1000,
              fsGroupChangePolicy: 'OnRootMismatch',
            },
            containers: [
              {
                name: 'backstage',
                image: 'ghcr.io/webgrip/backstage:1.0.0',
                imagePullPolicy: 'IfNotPresent',
                envFrom: [{ configMapRef: { name: 'backstage-config' } }, { secretRef: { name: 'backstage-secrets' } }],
                env: [
                  { name: 'POSTGRES_HOST', value: 'backstage-db-rw.backstage.svc' },
                  { name: 'POSTGRES_PORT', value: '5432' },
                  {
                    name: 'POSTGRES_USER',
                    valueFrom: { secretKeyRef: { name: 'backstage-db-secret', key: 'username' } },
                  },
                  {
                    name: 'POSTGRES_PASSWORD',
                    valueFrom: { secretKeyRef: { name: 'backstage-db-secret', key: 'password' } },
                  },
                ],
                ports: [{ name: 'http', containerPort: 7007 }],
                startupProbe: probe('readiness', 5, 60),
                readinessProbe: probe('readiness', 10, 3),
                livenessProbe: probe('liveness', 10, 6),
                resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
                securityContext: {
                  runAsNonRoot: true,
                  readOnlyRootFilesystem: true,
                  allowPrivilegeEscalation: false,
                  privileged: false,
                  capabilities: { drop: ['ALL'] },
                  seccompProfile: { type: 'RuntimeDefault' },
                },
                volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
              },
            ],
            volumes: [{ name: 'tmp', emptyDir: {} }],
          },
        },
      },
    });
  });

  test('leads requests for the host to the pods', () => {
    expect(document(`${app}/httproute.yaml`)).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadata('backstage'),
      spec: {
        hostnames: ['backstage.webgrip.dev'],
        parentRefs: [{ name: 'external', namespace: 'gateway-system' }],
        rules: [{ backendRefs: [{ name: 'backstage', port: 80 }] }],
      },
    });
    expect(document(`${app}/service.yaml`)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('backstage'),
      spec: { type: 'ClusterIP', selector: labels, ports: [{ name: 'http', port: 80, targetPort: 7007 }] },
    });
  });

  test('lets the Kubernetes plugin read what it shows', () => {
    expect(document(`${app}/serviceaccount.yaml`)).toEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata('backstage'),
      automountServiceAccountToken: false,
    });
    const [role, binding] = documents(`${app}/rbac.yaml`);
    expect(role).toMatchObject({ kind: 'ClusterRole', metadata: { name: 'backstage-read-only', labels } });
    expect(binding).toMatchObject({ kind: 'ClusterRoleBinding', metadata: { name: 'backstage-read-only', labels } });
  });

  test('without the Kubernetes plugin has neither rights nor a token', () => {
    const { paths, document } = synthesize((on) => compose(on, { kubernetesPlugin: false }));
    expect(paths()).not.toContain(`${app}/rbac.yaml`);
    expect(document(`${app}/deployment.yaml`)).toMatchObject({
      spec: { template: { spec: { automountServiceAccountToken: false, serviceAccountName: 'backstage' } } },
    });
  });

  test('adds variables to NODE_ENV=production, which can be changed', () => {
    expect(document(`${app}/configmap.yaml`).data).toEqual({ NODE_ENV: 'production' });
    const config = { NODE_ENV: 'development', LOG_LEVEL: 'debug' };
    const { document: changed } = synthesize((on) => compose(on, { config }));
    expect(changed(`${app}/configmap.yaml`).data).toEqual(config);
  });

  test('hands on settings of its database and its Deployment', () => {
    const { find } = synthesize((on) =>
      compose(on, {
        database: { instances: 1, storage: { size: '2Gi' }, owner: 'portal' },
        replicas: 2,
        env: { LOG_LEVEL: 'info' },
        resources: { limits: { memory: '2Gi' } },
        pluginDivisionMode: 'schema',
        kustomization: { interval: '30m' },
      }),
    );
    expect(find('Cluster', 'backstage-db')).toMatchObject({
      spec: { instances: 1, storage: { size: '2Gi' }, bootstrap: { initdb: { owner: 'portal' } } },
    });
    expect(find('Cluster', 'backstage-db')).not.toHaveProperty('spec.managed');
    expect(find('Deployment', 'backstage')).toMatchObject({ spec: { replicas: 2 } });
    expect(find('Kustomization', 'backstage')).toMatchObject({ spec: { interval: '30m' } });
  });

  test('another id names everything, PostgreSQL included', () => {
    const { tree, find } = synthesize(({ cluster, cnpg, vault }) => {
      new Backstage(cluster, 'dev-portal', {
        vault,
        cnpg,
        image: 'ghcr.io/webgrip/backstage:1.0.0',
        host: 'portal.webgrip.dev',
        gateway: { name: 'external' },
        secrets: { required: ['BACKEND_SECRET'] },
      });
    });
    const names = tree.files
      .filter(({ path }) => path.startsWith('kubernetes/apps/dev-portal/dev-portal/app/'))
      .flatMap(({ documents }) => documents as { metadata?: { name: string }; kind: string }[])
      .flatMap(({ kind, metadata }) => (metadata ? [`${kind} ${metadata.name}`] : []))
      .sort();
    expect(names).toEqual([
      'Cluster dev-portal-db',
      'ClusterRole dev-portal-read-only',
      'ClusterRoleBinding dev-portal-read-only',
      'ConfigMap dev-portal-config',
      'Deployment dev-portal',
      'ExternalSecret dev-portal-db-secret',
      'ExternalSecret dev-portal-secrets',
      'HTTPRoute dev-portal',
      'Password dev-portal-db-password',
      'PushSecret dev-portal-db-credentials-to-vault',
      'Service dev-portal',
      'ServiceAccount dev-portal',
    ]);
    expect(find('Cluster', 'dev-portal-db')).toMatchObject({
      spec: { bootstrap: { initdb: { database: 'dev_portal', owner: 'dev_portal' } } },
    });
  });

  const owner =
    'Allowed: a PostgreSQL name: lower-case letters, digits and "_", beginning with a letter or "_", at most 63 characters; neither postgres nor streaming_replica, and not beginning with pg_ or cnpg_: those are reserved';
  test.each<[string, object, string]>([
    [
      '3scale',
      {},
      'id is "3scale". Allowed: a DNS label: a-z, 0-9 and "-", beginning with a letter and ending with a letter or digit, at most 63 characters. Example: "my-app".',
    ],
    [
      'postgres',
      {},
      `database.owner is "postgres". ${owner}. The default is the id. Example: database: { owner: 'backstage' }.`,
    ],
    [
      'backstage',
      { database: { owner: 'pg_portal' } },
      `database.owner is "pg_portal". ${owner}. Example: database: { owner: 'backstage' }.`,
    ],
    [
      'backstage',
      { vault: undefined },
      "vault is not set. Allowed: the store that its secrets come from. Example: vault: new VaultStore(cluster, 'vault', { … }).",
    ],
    [
      'backstage',
      { cnpg: undefined },
      "cnpg is not set. Allowed: the operator of its database. Example: cnpg: new CloudNativePg(cluster, { version: '0.29.0' }).",
    ],
    [
      'backstage',
      { secrets: undefined },
      "secrets is not set. Allowed: the keys of its secret in Vault. Example: secrets: { required: ['BACKEND_SECRET'] }.",
    ],
  ])('the id %j with %j is refused', (id, props, message) => {
    expect(refusal(() => compose(stage(), props, id))).toBe(`soyo/${id}: ${message}`);
  });

  test('its handles know their keys', () => {
    const { cluster, vault, cnpg } = stage();
    const { secrets } = new Backstage(cluster, 'backstage', {
      vault,
      cnpg,
      image: 'ghcr.io/webgrip/backstage:1.0.0',
      host: 'backstage.webgrip.dev',
      gateway: { name: 'external' },
      secrets: { required: ['BACKEND_SECRET'], optional: ['SENTRY_TOKEN'], defaults: { LOG_LEVEL: 'info' } },
    });
    expect(secrets.key('BACKEND_SECRET').key).toBe('BACKEND_SECRET');
    expect(secrets.key('POSTGRES_DB').key).toBe('POSTGRES_DB');
    // @ts-expect-error: no such key
    expect(() => secrets.key('BACKEND_SECERT')).toThrow(
      'the key "BACKEND_SECERT" of Secret backstage/backstage-secrets. Allowed: one of its keys: BACKEND_SECRET, SENTRY_TOKEN, POSTGRES_DB, LOG_LEVEL.',
    );
    expect(built.database.host('rw').host).toBe('backstage-db-rw.backstage.svc');
    expect(built.service.name).toBe('backstage');
  });

  (has('kubectl', ['version', '--client']) ? test : test.skip)('kustomize builds its folder', () => {
    for (const [path, text] of renderTree(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { code, stdout } = run('kubectl', ['kustomize', join(folder, app)]);
    expect({ code, objects: stdout.match(/^kind: .*/gm) }).toEqual({
      code: 0,
      objects: [
        'kind: ServiceAccount',
        'kind: ClusterRole',
        'kind: ClusterRoleBinding',
        'kind: ConfigMap',
        'kind: Service',
        'kind: Deployment',
        'kind: ExternalSecret',
        'kind: ExternalSecret',
        'kind: PushSecret',
        'kind: HTTPRoute',
        'kind: Password',
        'kind: Cluster',
      ],
    });
  });
});

function probe(what: string, periodSeconds: number, failureThreshold: number) {
  const httpGet = { path: `/.backstage/health/v1/${what}`, port: 7007, scheme: 'HTTP' };
  return { httpGet, periodSeconds, failureThreshold, timeoutSeconds: 5 };
}
