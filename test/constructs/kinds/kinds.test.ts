import * as espalier from '../../../lib';
import {
  Alert,
  Application,
  Certificate,
  CiliumNetworkPolicy,
  ClusterIssuer,
  ClusterTriggerAuthentication,
  Database,
  DatabaseRole,
  DnsEndpoint,
  FluxInstance,
  Gateway,
  GatewayClass,
  GitRepository,
  GrafanaDashboard,
  GrafanaDatasource,
  GrpcRoute,
  HorizontalPodAutoscaler,
  HttpRoute,
  ImagePolicy,
  ImageRepository,
  ImageUpdateAutomation,
  Ingress,
  Issuer,
  KindObject,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  PodMonitor,
  Pooler,
  Probe,
  PrometheusRule,
  Provider,
  Receiver,
  ReferenceGrant,
  ReplicationDestination,
  ReplicationSource,
  ResourceSet,
  ResourceSetInputProvider,
  ScaledJob,
  ScaledObject,
  Secret,
  Service,
  ServiceMonitor,
  TcpRoute,
  TlsRoute,
  TriggerAuthentication,
  UdpRoute,
  WebService,
  Worker,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { image, resources, write } from '../workload/parts';

type Parts = Parameters<Parameters<typeof write>[0]>[0];

/** What objects name, in namespace shop. */
function parts({ directory, database, config }: Parts) {
  const web = new WebService(directory, 'web', {
    image,
    resources,
    port: 8080,
    ports: { metrics: 9090 },
    replicas: null,
    disruptionBudget: null,
  });
  const token = Secret.named('token', { keys: ['token', 'password'] });
  const issuer = ClusterIssuer.named('letsencrypt');
  const gateway = new Gateway(directory, 'public', {
    spec: {
      gatewayClassName: GatewayClass.named('envoy'),
      listeners: [{ name: 'tls', port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } }],
    },
  });
  const data = new PersistentVolumeClaim(directory, 'data', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  return { directory, database, config, web, token, issuer, gateway, data };
}

type Given = ReturnType<typeof parts>;

/** The kinds: how each is given its spec, with handles, and what is written. */
const table: readonly (readonly [new (...args: never[]) => KindObject, (given: Given) => object, object])[] = [
  [Provider, ({ token }) => ({ type: 'discord', secretRef: token }), { type: 'discord', secretRef: { name: 'token' } }],
  [
    Alert,
    ({ directory }) => ({
      providerRef: Provider.named('discord'),
      eventSources: [
        new GitRepository(directory, 'source', { spec: { interval: '1h', url: 'https://example.org/shop' } }),
        directory.appliedBy,
        { kind: 'HelmRelease', name: '*' },
      ],
    }),
    {
      providerRef: { name: 'discord' },
      eventSources: [
        { kind: 'GitRepository', name: 'source' },
        { kind: 'Kustomization', name: 'shop' },
        { kind: 'HelmRelease', name: '*' },
      ],
    },
  ],
  [
    Receiver,
    ({ token }) => ({
      type: 'github',
      secretRef: token,
      resources: [ImageRepository.named('shop', { namespace: 'images' })],
    }),
    {
      type: 'github',
      secretRef: { name: 'token' },
      resources: [{ kind: 'ImageRepository', name: 'shop', namespace: 'images' }],
    },
  ],
  [
    ImageRepository,
    ({ token }) => ({ image: 'ghcr.io/acme/shop', interval: '10m', secretRef: token }),
    { image: 'ghcr.io/acme/shop', interval: '10m', secretRef: { name: 'token' } },
  ],
  [
    ImagePolicy,
    () => ({ imageRepositoryRef: ImageRepository.named('shop'), policy: { semver: { range: '1.x' } } }),
    { imageRepositoryRef: { name: 'shop' }, policy: { semver: { range: '1.x' } } },
  ],
  [
    ImageUpdateAutomation,
    () => ({
      interval: '30m',
      sourceRef: GitRepository.named('flux-system', { namespace: 'flux-system' }),
      git: { commit: { author: { email: 'flux@example.org' } } },
    }),
    {
      interval: '30m',
      sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
      git: { commit: { author: { email: 'flux@example.org' } } },
    },
  ],
  [
    FluxInstance,
    ({ token }) => ({ distribution: { version: '2.x', registry: 'ghcr.io/fluxcd', artifactPullSecret: token } }),
    { distribution: { version: '2.x', registry: 'ghcr.io/fluxcd', artifactPullSecret: 'token' } },
  ],
  [
    ResourceSet,
    () => ({ inputsFrom: [ResourceSetInputProvider.named('requests')], resources: [] }),
    {
      inputsFrom: [{ name: 'requests' }],
      resources: [],
    },
  ],
  [
    ResourceSetInputProvider,
    ({ token }) => ({ type: 'GitHubPullRequest', url: 'https://github.com/acme/shop', secretRef: token }),
    { type: 'GitHubPullRequest', url: 'https://github.com/acme/shop', secretRef: { name: 'token' } },
  ],
  [
    Issuer,
    ({ directory, issuer }) => {
      const spec = { secretName: 'authority', issuerRef: issuer, isCA: true, commonName: 'authority' };
      return { ca: { secretName: new Certificate(directory, 'authority', { spec }).secret } };
    },
    { ca: { secretName: 'authority' } },
  ],
  [
    ClusterIssuer,
    ({ token }) => ({
      acme: {
        server: 'https://acme.example.org/directory',
        privateKeySecretRef: { name: 'account' },
        solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: token.key('token') } } }],
      },
    }),
    {
      acme: {
        server: 'https://acme.example.org/directory',
        privateKeySecretRef: { name: 'account' },
        solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: { name: 'token', key: 'token' } } } }],
      },
    },
  ],
  [
    Certificate,
    ({ issuer }) => ({ secretName: 'shop-tls', issuerRef: issuer, dnsNames: ['shop.example.org'] }),
    {
      secretName: 'shop-tls',
      issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' },
      dnsNames: ['shop.example.org'],
    },
  ],
  [
    ServiceMonitor,
    ({ web, token }) => ({
      selector: web,
      endpoints: [
        { port: web.port('metrics'), basicAuth: { username: token.key('token'), password: token.key('password') } },
      ],
    }),
    {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      endpoints: [
        {
          port: 'metrics',
          basicAuth: { username: { name: 'token', key: 'token' }, password: { name: 'token', key: 'password' } },
        },
      ],
    },
  ],
  [
    PodMonitor,
    ({ web }) => ({ selector: web, podMetricsEndpoints: [{ port: 'metrics' }] }),
    { selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } }, podMetricsEndpoints: [{ port: 'metrics' }] },
  ],
  [
    PrometheusRule,
    () => ({ groups: [{ name: 'shop', rules: [{ alert: 'ShopDown', expr: 'up{job="shop"} == 0', for: '5m' }] }] }),
    { groups: [{ name: 'shop', rules: [{ alert: 'ShopDown', expr: 'up{job="shop"} == 0', for: '5m' }] }] },
  ],
  [
    Probe,
    ({ token }) => ({
      prober: { url: 'blackbox.monitoring.svc:9115' },
      targets: { staticConfig: { static: ['https://shop.example.org'] } },
      bearerTokenSecret: token.key('token'),
    }),
    {
      prober: { url: 'blackbox.monitoring.svc:9115' },
      targets: { staticConfig: { static: ['https://shop.example.org'] } },
      bearerTokenSecret: { name: 'token', key: 'token' },
    },
  ],
  [
    GrafanaDashboard,
    ({ config }) => ({ instanceSelector: { matchLabels: { grafana: 'main' } }, configMapRef: config.key('LOG_LEVEL') }),
    {
      instanceSelector: { matchLabels: { grafana: 'main' } },
      configMapRef: { name: 'shop-config', key: 'LOG_LEVEL' },
    },
  ],
  [
    GrafanaDatasource,
    ({ token }) => ({
      instanceSelector: { matchLabels: { grafana: 'main' } },
      datasource: { name: 'Prometheus', type: 'prometheus' },
      valuesFrom: [{ targetPath: 'basicAuthPassword', valueFrom: { secretKeyRef: token.key('password') } }],
    }),
    {
      instanceSelector: { matchLabels: { grafana: 'main' } },
      datasource: { name: 'Prometheus', type: 'prometheus' },
      valuesFrom: [
        { targetPath: 'basicAuthPassword', valueFrom: { secretKeyRef: { name: 'token', key: 'password' } } },
      ],
    },
  ],
  [
    DnsEndpoint,
    () => ({ endpoints: [{ dnsName: 'shop.example.org', recordType: 'CNAME', targets: ['edge.example.org'] }] }),
    { endpoints: [{ dnsName: 'shop.example.org', recordType: 'CNAME', targets: ['edge.example.org'] }] },
  ],
  [
    CiliumNetworkPolicy,
    ({ web }) => ({ endpointSelector: web, egress: [{ toFQDNs: [{ matchName: 'api.example.org' }] }] }),
    {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      egress: [{ toFQDNs: [{ matchName: 'api.example.org' }] }],
    },
  ],
  [
    GatewayClass,
    () => ({ controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' }),
    { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
  ],
  [
    Gateway,
    ({ directory, issuer }) => {
      const certificate = new Certificate(directory, 'gateway-tls', {
        spec: { secretName: 'gateway-tls', issuerRef: issuer, dnsNames: ['example.org'] },
      });
      const tls = { certificateRefs: [certificate.secret] };
      return { gatewayClassName: 'envoy', listeners: [{ name: 'https', port: 443, protocol: 'HTTPS', tls }] };
    },
    {
      gatewayClassName: 'envoy',
      listeners: [{ name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'gateway-tls' }] } }],
    },
  ],
  [
    GrpcRoute,
    ({ gateway, web }) => ({ parentRefs: [gateway], rules: [{ backendRefs: [web] }] }),
    { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  ],
  [
    TlsRoute,
    ({ gateway, web }) => ({
      parentRefs: [gateway.listener('tls')],
      hostnames: ['shop.example.org'],
      rules: [{ backendRefs: [web.port('metrics')] }],
    }),
    {
      parentRefs: [{ name: 'public', sectionName: 'tls' }],
      hostnames: ['shop.example.org'],
      rules: [{ backendRefs: [{ name: 'web', port: 9090 }] }],
    },
  ],
  [
    TcpRoute,
    ({ web }) => ({
      parentRefs: [Gateway.named('edge', { namespace: 'network' })],
      rules: [{ backendRefs: [web.service] }],
    }),
    { parentRefs: [{ name: 'edge', namespace: 'network' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  ],
  [
    UdpRoute,
    () => ({ parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'dns', port: 53 }] }] }),
    { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'dns', port: 53 }] }] },
  ],
  [
    ReferenceGrant,
    ({ token }) => ({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'network' }],
      to: [token],
    }),
    {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'network' }],
      to: [{ group: '', kind: 'Secret', name: 'token' }],
    },
  ],
  [
    Ingress,
    ({ web, token }) => ({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.example.org'], secretName: token }],
      defaultBackend: { service: web.port('http') },
    }),
    {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.example.org'], secretName: 'token' }],
      defaultBackend: { service: { name: 'web', port: { name: 'http' } } },
    },
  ],
  [
    NetworkPolicy,
    ({ web }) => ({ podSelector: web, ingress: [], policyTypes: ['Ingress'] }),
    { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } }, ingress: [], policyTypes: ['Ingress'] },
  ],
  [
    PodDisruptionBudget,
    ({ web }) => ({ selector: web.workload, maxUnavailable: 1 }),
    { selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } }, maxUnavailable: 1 },
  ],
  [
    HorizontalPodAutoscaler,
    ({ web }) => ({ scaleTargetRef: web, minReplicas: 2, maxReplicas: 6 }),
    { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 6 },
  ],
  [
    PersistentVolumeClaim,
    () => ({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      dataSourceRef: ReplicationDestination.named('restore'),
    }),
    {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      dataSourceRef: { apiGroup: 'volsync.backube', kind: 'ReplicationDestination', name: 'restore' },
    },
  ],
  [
    Service,
    () => ({ selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
    { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  ],
  [
    ScaledObject,
    ({ web }) => ({
      scaleTargetRef: web,
      triggers: [
        {
          type: 'redis',
          metadata: { address: 'redis:6379', listName: 'jobs', listLength: '5' },
          authenticationRef: TriggerAuthentication.named('redis'),
        },
      ],
    }),
    {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      triggers: [
        {
          type: 'redis',
          metadata: { address: 'redis:6379', listName: 'jobs', listLength: '5' },
          authenticationRef: { kind: 'TriggerAuthentication', name: 'redis' },
        },
      ],
    },
  ],
  [
    ScaledJob,
    ({ token }) => ({
      jobTargetRef: {
        template: {
          spec: {
            containers: [
              { name: 'job', image, env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: token.key('token') } }] },
            ],
          },
        },
      },
      triggers: [{ type: 'cron', metadata: {} }],
    }),
    {
      jobTargetRef: {
        template: {
          spec: {
            containers: [
              {
                name: 'job',
                image,
                env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token', key: 'token' } } }],
              },
            ],
          },
        },
      },
      triggers: [{ type: 'cron', metadata: {} }],
    },
  ],
  [
    TriggerAuthentication,
    ({ token }) => ({ secretTargetRef: [{ parameter: 'password', name: token, key: token.key('password') }] }),
    { secretTargetRef: [{ parameter: 'password', name: 'token', key: 'password' }] },
  ],
  [ClusterTriggerAuthentication, () => ({ podIdentity: { provider: 'aws' } }), { podIdentity: { provider: 'aws' } }],
  [
    ReplicationSource,
    ({ data, token }) => ({
      sourcePVC: data,
      trigger: { schedule: '0 2 * * *' },
      restic: { repository: token, copyMethod: 'Snapshot' },
    }),
    {
      sourcePVC: 'data',
      trigger: { schedule: '0 2 * * *' },
      restic: { repository: 'token', copyMethod: 'Snapshot' },
    },
  ],
  [
    ReplicationDestination,
    ({ data, token }) => ({
      trigger: { manual: 'once' },
      restic: { repository: token, destinationPVC: data, copyMethod: 'Direct' },
    }),
    { trigger: { manual: 'once' }, restic: { repository: 'token', destinationPVC: 'data', copyMethod: 'Direct' } },
  ],
  [
    Database,
    ({ database }) => ({ cluster: database, name: 'reports', owner: 'shop' }),
    { cluster: { name: 'shop-db' }, name: 'reports', owner: 'shop' },
  ],
  [
    DatabaseRole,
    ({ database, token }) => ({ cluster: database, name: 'reporting', login: true, passwordSecret: token }),
    { cluster: { name: 'shop-db' }, name: 'reporting', login: true, passwordSecret: { name: 'token' } },
  ],
  [
    Pooler,
    ({ database }) => ({ cluster: database, type: 'rw', pgbouncer: { poolMode: 'session' } }),
    { cluster: { name: 'shop-db' }, type: 'rw', pgbouncer: { poolMode: 'session' } },
  ],
];

test.each(table.map(([Kind, spec, written]) => [Kind.name, Kind, spec, written] as const))(
  '%s, with handles for what it names, is as its schema has it',
  (className, Kind, spec, written) => {
    let made: KindObject | undefined;
    // The Flux Operator takes no other name.
    const name = className === 'FluxInstance' ? 'flux' : 'it';
    const { find, findings } = write((all) => {
      const given = spec(parts(all));
      made = new Kind(...([all.directory, 'it', { name, spec: given }] as never[]));
    });
    const { apiVersion, kind } = made as KindObject;
    const object = find(kind, name);
    expect({ apiVersion, spec: object.spec }).toEqual({ apiVersion: object.apiVersion, spec: written });
    expect(findings.filter((finding) => /^(schema|workload\/refused|certmanager|cnpg)/.test(finding))).toEqual([]);
  },
);

test('the table has every kind', () => {
  const kinds = Object.entries(espalier).filter(
    ([, value]) => typeof value === 'function' && value.prototype instanceof KindObject,
  );
  expect(table.map(([Kind]) => Kind.name).sort()).toEqual(kinds.map(([name]) => name).sort());
});

test('objects of the cluster have no namespace, and are waited for from elsewhere', () => {
  const { find } = write(({ directory }, { cluster }) => {
    const certManager = new Application(cluster, 'cert-manager');
    const issuer = new ClusterIssuer(certManager.directory, 'internal', { spec: { selfSigned: {} } });
    new Certificate(directory, 'tls', { spec: { secretName: 'tls', issuerRef: issuer, dnsNames: ['a.example.org'] } });
  });
  expect(find('ClusterIssuer', 'internal').metadata).toEqual({ name: 'internal' });
  expect((find('Kustomization', 'shop').spec as JsonObject).dependsOn).toEqual([
    { name: 'cert-manager', namespace: 'cert-manager' },
  ]);
});

test('what no construct makes is not missed by the checks', () => {
  const { findings } = write(({ directory }) => {
    const issuerRef = ClusterIssuer.named('letsencrypt');
    new Certificate(directory, 'a', { spec: { secretName: 'a', issuerRef, dnsNames: ['a.example.org'] } });
    new Certificate(directory, 'b', {
      spec: { secretName: 'b', issuerRef: Issuer.named('internal'), dnsNames: ['a.example.org'] },
    });
    new ImagePolicy(directory, 'c', {
      spec: {
        imageRepositoryRef: ImageRepository.named('shop', { namespace: 'images' }),
        policy: { alphabetical: {} },
      },
    });
  });
  expect(findings.filter((finding) => finding.startsWith('references/'))).toEqual([]);
});

test('an HttpRoute takes a Gateway, or one of its listeners; a workload mounts a claim', () => {
  const { find } = write((all) => {
    const { directory, gateway, data, web } = parts(all);
    const hosts = ['shop.example.org'];
    new HttpRoute(directory, 'a', { hosts, gateway, service: web.port('metrics') });
    new HttpRoute(directory, 'b', { hosts, gateway: gateway.listener('tls'), service: web.port() });
    new HttpRoute(directory, 'c', {
      hosts,
      gateway: Gateway.named('edge', { namespace: 'network' }),
      service: web.port(),
    });
    new Worker(directory, 'd', { image, resources, mounts: { '/data': data } });
  });
  const spec = (name: string) => find('HTTPRoute', name).spec as JsonObject;
  expect([spec('a').parentRefs, spec('b').parentRefs, spec('c').parentRefs]).toEqual([
    [{ name: 'public' }],
    [{ name: 'public', sectionName: 'tls' }],
    [{ name: 'edge', namespace: 'network' }],
  ]);
  expect(spec('a').rules).toEqual([{ backendRefs: [{ name: 'web', port: 9090 }] }]);
  expect(JSON.stringify(find('Deployment', 'd'))).toContain(
    '{"name":"data","persistentVolumeClaim":{"claimName":"data"',
  );
});
