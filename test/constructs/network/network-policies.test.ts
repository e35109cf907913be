import {
  type App,
  Application,
  BarmanCloudPlugin,
  ConfigMap,
  CronTask,
  Gateway,
  HelmRelease,
  HttpRoute,
  Ingress,
  Manifest,
  Migration,
  NetworkPolicies,
  type NetworkPoliciesProps,
  ObjectStore,
  Pooler,
  PostgresCluster,
  Secret,
  Service,
  StatefulService,
  WebService,
  Worker,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { at } from '../../../lib/json/read';
import { reader, refusal, type Stage, stage } from '../synthesize';
import { image, at as path, resources, shop, write } from '../workload/parts';

type Policy = { readonly ingress: readonly JsonObject[]; readonly egress: readonly JsonObject[] };

const dns = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};
const named = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const instances = { podSelector: { matchLabels: { 'cnpg.io/cluster': 'shop-db' } } };
const operator = {
  ...namespace('cnpg-system'),
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'cloudnative-pg' } },
};

/** What the policies of an app say, by name, of a stage on which more may be built. */
function policies(build: (parts: ReturnType<typeof shop>, on: Stage) => NetworkPoliciesProps | undefined) {
  const on = stage();
  const parts = shop(on);
  const props = build(parts, on);
  NetworkPolicies.of(parts.app, { defaultDeny: false, ...props });
  return read(on.app);
}

function read(app: App): Record<string, Policy> {
  const files = app.tree().files.filter((file) => file.path.endsWith('networkpolicies.yaml'));
  const all = files.flatMap(({ documents }) => documents as JsonObject[]);
  return Object.fromEntries(all.map((policy) => [at(policy, 'metadata', 'name'), policy.spec as unknown as Policy]));
}

test('each workload may do what it refers to, and no other pod of the namespace anything but look up names', () => {
  const { text, findings } = write(({ app, directory, database }, { cluster }) => {
    const web = new WebService(directory, 'web', { image, resources, port: 8080, database });
    new Worker(directory, 'mailer', { image, resources, env: { WEB: web.address } });
    NetworkPolicies.of(app);
    const data = cluster.node.findAll().find(({ node }) => node.id === 'shop-data') as Application;
    NetworkPolicies.of(data);
  });
  expect(findings.filter((finding) => !finding.includes('backup'))).toEqual([]);
  expect(text('networkpolicies.yaml')).toBe(`---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: shop-default-deny
  namespace: shop
spec:
  egress:
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
      to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
  ingress: []
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  egress:
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
      to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
    - ports:
        - port: 5432
      to:
        - podSelector:
            matchLabels:
              cnpg.io/cluster: shop-db
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: mailer
      ports:
        - port: 8080
  podSelector:
    matchLabels:
      app.kubernetes.io/name: web
  policyTypes:
    - Ingress
    - Egress
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: mailer
  namespace: shop
spec:
  egress:
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
      to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
    - ports:
        - port: 8080
      to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: web
  ingress: []
  podSelector:
    matchLabels:
      app.kubernetes.io/name: mailer
  policyTypes:
    - Ingress
    - Egress
`);
});

test('a database takes its clients, its operator and its instances, and reaches the API server and its object store', () => {
  const on = stage();
  const app = new Application(on.cluster, 'shop');
  const plugin = new BarmanCloudPlugin(on.cluster, { operator: on.cnpg, version: '0.7.1' });
  const s3 = Secret.named('s3', { keys: ['id', 'key'] });
  const objectStore = new ObjectStore(app.directory, 'backups', {
    plugin,
    destinationPath: 's3://backups/soyo',
    endpointURL: 'https://s3.acme.example:9443',
    credentials: { accessKeyId: s3.key('id'), secretAccessKey: s3.key('key') },
  });
  const database = new PostgresCluster(app.directory, 'shop-db', {
    operator: on.cnpg,
    storage: { size: '10Gi' },
    credentials: null,
    owner: 'shop',
    backup: { objectStore },
  });
  const { address: DB } = new Pooler(app.directory, 'pooler', {
    name: 'shop-pool',
    spec: { cluster: database, type: 'rw', pgbouncer: { poolMode: 'session' } },
  });
  new Migration(app, 'migrate', { image, resources, env: { DB: 'postgres://shop-db-rw.shop.svc:5432/shop' } });
  new Worker(app.directory, 'mailer', { image, resources, env: { DB } });
  NetworkPolicies.of(app, { apiServer: ['10.0.0.1/32'] });
  const made = read(on.app);
  const pooler = { podSelector: { matchLabels: { 'cnpg.io/poolerName': 'shop-pool' } } };
  const postgres = [{ port: 5432 }];
  const both = [{ port: 5432 }, { port: 8000 }];
  const apiServer = { to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [{ port: 443 }, { port: 6443 }] };
  expect(made['shop-db-postgres']).toEqual({
    podSelector: { matchLabels: { 'cnpg.io/cluster': 'shop-db' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [pooler, named('shop-migrate')], ports: postgres },
      { from: [operator, instances], ports: both },
    ],
    egress: [
      dns,
      { to: [instances], ports: both },
      apiServer,
      { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }], ports: [{ port: 9443 }] },
    ],
  });
  expect(made['shop-pool-pooler']).toMatchObject({
    ingress: [{ from: [named('mailer')], ports: postgres }],
    egress: [dns, { to: [instances], ports: postgres }, apiServer],
  });
  expect(made['shop-migrate']).toMatchObject({ ingress: [], egress: [dns, { to: [instances], ports: postgres }] });
});

test('requests through Gateways come from their namespaces, or from where the proxies run, to the port of the pods', () => {
  const build = ({ directory }: ReturnType<typeof shop>, { cluster }: Stage) => {
    const network = new Application(cluster, 'network').directory;
    const listeners = [
      { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
    ] as const;
    const gateway = new Gateway(network, 'edge', { spec: { gatewayClassName: 'envoy', listeners } });
    const web = new WebService(directory, 'web', { image, resources, port: 8080, ports: { admin: 9000 } });
    new HttpRoute(directory, 'route', { hosts: ['a.acme.example'], gateway, service: web.port('admin') });
    new WebService(directory, 'api', {
      image,
      resources,
      port: 8080,
      host: 'b.acme.example',
      gateway: [gateway.listener('http'), { name: 'inner', namespace: 'inner' }],
    });
  };
  const made = policies((parts, on) => {
    build(parts, on);
    return undefined;
  });
  expect(made.web?.ingress).toEqual([{ from: [namespace('network')], ports: [{ port: 9000 }] }]);
  expect(made.api?.ingress).toEqual([{ from: [namespace('network'), namespace('inner')], ports: [{ port: 8080 }] }]);
  const elsewhere = policies((parts, on) => {
    build(parts, on);
    return { proxies: { namespace: 'envoy-gateway-system', labels: { app: 'envoy' } } };
  });
  const proxies = { ...namespace('envoy-gateway-system'), podSelector: { matchLabels: { app: 'envoy' } } };
  expect(elsewhere.web?.ingress).toEqual([{ from: [proxies], ports: [{ port: 9000 }] }]);
});

describe('requests through an Ingress', () => {
  const through = (more: (web: WebService) => NetworkPoliciesProps, port: object = { name: 'http' }) =>
    policies(({ directory: base }) => {
      const web = new WebService(base, 'web', { image, resources, port: 8080, ports: { metrics: 9090 } });
      const backend = { service: { name: 'web', port } };
      const rules = [{ http: { paths: [{ path: '/', pathType: 'Prefix' as const, backend }] } }];
      new Ingress(base, 'ingress', { spec: { rules } });
      return more(web);
    }).web?.ingress;
  const nginx = { namespace: 'ingress-nginx' };

  test.each([[{ name: 'http' }], [{ number: 80 }]])('come from where its controller runs, to the port %j', (port) => {
    const allowed = [{ from: [namespace('ingress-nginx')], ports: [{ port: 8080 }] }];
    expect(through(() => ({ proxies: nginx }), port)).toEqual(allowed);
    expect(through((pods) => ({ allow: [{ pods, from: nginx, ports: [8080] }] }), port)).toEqual(allowed);
  });

  test('are not cut off in silence', () => {
    expect(refusal(() => through(() => ({})))).toMatch(
      /: proxies is not set\. Allowed: where the requests come from that .*\/ingress leads to web: no reference says where its controller runs\. Example: proxies: \{ namespace: 'ingress-nginx' \}\.$/,
    );
  });
});

test('Services are found by handles and by the addresses in variables and ConfigMaps, from other namespaces and charts, too', () => {
  const made = policies(({ directory }, { cluster }) => {
    const there = new Application(cluster, 'there').directory;
    const search = new StatefulService(directory, 'search', {
      image,
      resources,
      port: 9200,
      ports: { transport: 9300 },
      user: 1000,
      volumes: { '/data': { size: '1Gi' } },
    });
    const ports = [
      { name: 'http', port: 80, targetPort: 'web' },
      { name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' },
    ];
    new Service(there, 'echo', { spec: { selector: { app: 'echo' }, ports } });
    const config = new ConfigMap(directory, 'config', { data: { ECHO: 'http://echo.there.svc.cluster.local:80/' } });
    new WebService(directory, 'web', {
      image,
      resources,
      port: 8080,
      envFrom: [config],
      env: { CACHE: 'redis://redis.cache.svc:6379/0', SEARCH: `http://${search.address.host}:${search.address.port}` },
    });
    new CronTask(there, 'sync', { image, resources, schedule: '0 * * * *', env: { SEARCH: search.address } });
    new HelmRelease(there, 'chart', {
      chart: { oci: 'oci://ghcr.io/acme/charts/dashboard' },
      version: '1.0.0',
      values: { url: 'http://web.shop.svc' },
    });
    new Manifest(there, 'raw', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        selector: { matchLabels: { app: 'raw' } },
        template: {
          metadata: { labels: { app: 'raw', tier: 'web' } },
          spec: { containers: [{ name: 'raw', image, env: [{ name: 'URL', value: 'http://web.shop.svc' }] }] },
        },
      },
    });
    return undefined;
  });
  const sync = { ...namespace('there'), ...named('sync') };
  expect(made.web).toMatchObject({
    egress: [
      dns,
      { to: [namespace('cache')] },
      { to: [named('search')], ports: [{ port: 9200 }] },
      { to: [{ ...namespace('there'), podSelector: { matchLabels: { app: 'echo' } } }], ports: [{ port: 'web' }] },
    ],
    ingress: [
      {
        from: [namespace('there'), { ...namespace('there'), podSelector: { matchLabels: { app: 'raw' } } }],
        ports: [{ port: 8080 }],
      },
    ],
  });
  expect(made.search?.ingress).toEqual([
    { from: [named('web'), sync, named('search')], ports: [{ port: 9200 }] },
    { from: [sync, named('search')], ports: [{ port: 9300 }] },
  ]);
  expect(made.search?.egress).toEqual([
    dns,
    { to: [named('search')], ports: [{ port: 9200 }] },
    { to: [named('search')], ports: [{ port: 9300 }] },
  ]);
});

test('what no reference says is allowed by hand', () => {
  const made = policies(({ directory, app }, { cluster }) => {
    const web = new WebService(directory, 'web', { image, resources, port: 8080, serviceAccountToken: true });
    const other = new Application(cluster, 'other');
    return {
      dns: { cidr: '169.254.20.10/32' },
      allow: [
        { from: { namespace: 'monitoring' }, ports: ['metrics'] },
        { pods: web, to: [{ cidr: '192.168.1.10/32' }, other, web.port()], ports: [{ port: 514, protocol: 'UDP' }] },
        { pods: { app: 'redis' }, from: web, ports: [6379] },
        { pods: app.directory.node.findAll().find((one) => one === web) ?? web, to: 'internet', ports: [443] },
      ],
    };
  });
  const cached = { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: dns.ports };
  expect(made.web).toMatchObject({
    ingress: [{ from: [namespace('monitoring')], ports: [{ port: 'metrics' }] }],
    egress: [
      cached,
      { ports: [{ port: 443 }, { port: 6443 }] },
      {
        to: [{ ipBlock: { cidr: '192.168.1.10/32' } }, namespace('other'), { ...namespace('shop'), ...named('web') }],
        ports: [{ port: 514, protocol: 'UDP' }],
      },
      {
        to: [
          {
            ipBlock: {
              cidr: '0.0.0.0/0',
              except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
            },
          },
          { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
        ],
        ports: [{ port: 443 }],
      },
    ],
  });
  expect(made['shop-allow-3']).toEqual({
    podSelector: { matchLabels: { app: 'redis' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ ...namespace('shop'), ...named('web') }], ports: [{ port: 6379 }] }],
    egress: [cached],
  });
});

test.each<[string, (parts: ReturnType<typeof shop>, on: Stage) => unknown, string]>([
  [
    'pods of the namespace that would be cut off',
    ({ app }) => NetworkPolicies.of(app),
    `${path}/networkpolicies: defaultDeny. Allowed: false, or NetworkPolicies of soyo/apps/shop/shop-data/app/shop-db, too: they are in namespace shop and would be cut off. Example: NetworkPolicies.of(other).`,
  ],
  [
    'the pods of a chart, which are not known',
    (_, { cluster }) => {
      const app = new Application(cluster, 'cache');
      new HelmRelease(app.directory, 'redis', { chart: { oci: 'oci://ghcr.io/acme/charts/redis' }, version: '1.0.0' });
      NetworkPolicies.of(app);
    },
    "soyo/apps/cache/cache/app/networkpolicies: defaultDeny. Allowed: false, or what the pods of soyo/apps/cache/cache/app/redis may do, by their labels: they are not known here. Example: allow: [{ pods: { app: 'redis' }, from: web, ports: [6379] }].",
  ],
  [
    'a connection of a workload of another app',
    ({ app }, { cluster }) => {
      const pods = new Worker(new Application(cluster, 'other').directory, 'mailer', { image, resources });
      NetworkPolicies.of(app, { defaultDeny: false, allow: [{ pods, to: 'internet' }] });
    },
    `${path}/networkpolicies: allow[0].pods is "soyo/apps/other/other/app/mailer". Allowed: a workload or database of shop, or labels.`,
  ],
  [
    'a connection without an end',
    ({ app }) => NetworkPolicies.of(app, { defaultDeny: false, allow: [{ ports: [80] }] }),
    `${path}/networkpolicies: allow[0]. Allowed: what has from, to or both. Example: { to: 'internet' }.`,
  ],
  [
    'a peer that runs nothing',
    ({ app, directory, config }) => {
      new Worker(directory, 'mailer', { image, resources });
      NetworkPolicies.of(app, { defaultDeny: false, allow: [{ to: config }] });
    },
    `${path}/networkpolicies: allow: to is "soyo/apps/shop/shop-data/app/shop-config". Allowed: a workload, a database, a Namespace, pods by namespace and labels, addresses, or "internet". Example: { namespace: 'monitoring' }.`,
  ],
])('%s: refused', (_, build, message) => {
  const on = stage();
  build(shop(on), on);
  expect(refusal(() => on.app.tree())).toBe(message);
});

test('what is no app, and a property that there is not, are refused', () => {
  const on = stage();
  expect(refusal(() => NetworkPolicies.of(undefined as never))).toBe(
    "NetworkPolicies.of(): app. Allowed: an Application or a FluxKustomization. Example: NetworkPolicies.of(shop), of const shop = new Application(cluster, 'shop').",
  );
  expect(refusal(() => NetworkPolicies.of(shop(on).app, { alow: [] } as never))).toContain(
    'there is no property alow; did you mean allow?',
  );
});

test('they follow what is composed after them, however often the tree is made', () => {
  const on = stage();
  const { app, directory } = shop(on);
  NetworkPolicies.of(app, { defaultDeny: false, labels: { team: 'shop' } });
  expect(Object.keys(read(on.app))).toEqual([]);
  new Worker(directory, 'mailer', { image, resources });
  expect(Object.keys(read(on.app))).toEqual(['mailer']);
  expect(reader(on.app.tree()).find('NetworkPolicy', 'mailer').metadata).toMatchObject({ labels: { team: 'shop' } });
});
