import { join } from 'node:path';
import {
  Alert,
  App,
  Application,
  Certificate,
  CloudNativePg,
  Cluster,
  ClusterIssuer,
  Database,
  ExternalSecret,
  ExternalSecrets,
  FluxKustomization,
  Gateway,
  GitRepository,
  ImagePolicy,
  ImageRepository,
  ImageUpdateAutomation,
  NetworkPolicies,
  PersistentVolumeClaim,
  Pooler,
  PostgresCluster,
  PrometheusRule,
  Provider,
  pinned,
  ReplicationSource,
  ScaledObject,
  ServiceMonitor,
  VaultStore,
  WebService,
} from 'cdk8s-espalier';

// An app with all that stands around it: its way in, certificates, monitors, alerts, scaling, backups, image automation, policies. No
// name of an object is written twice.
const app = new App({ outdir: join(__dirname, 'dist') });
const home = new Cluster(app, 'home', { sourceRoot: 'examples/kinds/dist' });
const cnpg = new CloudNativePg(home, { version: '0.29.0' });
const operator = new ExternalSecrets(home, { version: '2.9.0' });
const store = new VaultStore(home, 'vault', { operator, server: 'http://vault.vault.svc:8200', mount: 'kv' });

const network = new Application(home, 'network').directory;
const certManager = home.inNamespace('cert-manager');
const { secret: cloudflare } = new ExternalSecret(
  new FluxKustomization(certManager, 'cloudflare').directory,
  'cloudflare',
  {
    store,
    extract: store.path('dns/cloudflare'),
    required: ['token'],
  },
);
const issuer = new ClusterIssuer(network, 'letsencrypt', {
  spec: {
    acme: {
      server: 'https://acme-v02.api.letsencrypt.org/directory',
      privateKeySecretRef: { name: 'letsencrypt-account' },
      solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: cloudflare.key('token') } } }],
    },
  },
});
const { secret: tls } = new Certificate(network, 'certificate', {
  name: 'public',
  spec: { secretName: 'public-tls', issuerRef: issuer, dnsNames: ['*.acme.example'] },
});
const gateway = new Gateway(network, 'gateway', {
  name: 'public',
  spec: {
    gatewayClassName: 'cilium',
    listeners: [
      {
        name: 'https',
        port: 443,
        protocol: 'HTTPS',
        tls: { certificateRefs: [tls] },
        allowedRoutes: { namespaces: { from: 'All' } },
      },
    ],
  },
});

const shop = new Application(home, 'shop');
const on = shop.directory;
const database = new PostgresCluster(on, 'database', {
  name: 'shop-db',
  operator: cnpg,
  credentials: null,
  owner: 'shop',
  storage: { size: '10Gi' },
});
new Database(on, 'reports', { spec: { cluster: database, name: 'reports', owner: 'shop' } });
const pooler = new Pooler(on, 'pooler', {
  name: 'shop-db-pooler',
  spec: { cluster: database, type: 'rw', instances: 2, pgbouncer: { poolMode: 'transaction' } },
});
const uploads = new PersistentVolumeClaim(on, 'uploads', {
  name: 'shop-uploads',
  annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '20Gi' } } },
});

const { secret: restic } = new ExternalSecret(on, 'restic', {
  name: 'shop-restic',
  store,
  extract: store.path('shop/restic'),
  required: ['RESTIC_REPOSITORY', 'RESTIC_PASSWORD'],
});
const { secret: address } = new ExternalSecret(on, 'chat-secret', {
  name: 'chat',
  store,
  extract: store.path('shop/chat'),
  required: ['address'],
});

const images = new ImageRepository(on, 'images', {
  name: 'shop',
  spec: { image: 'ghcr.io/acme/shop', interval: '10m' },
});
const newest = new ImagePolicy(on, 'policy', {
  name: 'shop',
  spec: { imageRepositoryRef: images, policy: { semver: { range: '1.x' } } },
});
new ImageUpdateAutomation(on, 'automation', {
  name: 'shop',
  spec: {
    interval: '30m',
    sourceRef: GitRepository.named('flux-system', { namespace: 'flux-system' }),
    git: { commit: { author: { email: 'flux@acme.example' } }, push: { branch: 'main' } },
    update: { path: './examples/kinds' },
  },
});

const web = new WebService(on, 'web', {
  name: 'shop',
  image: pinned('ghcr.io/acme/shop', '1.4.2', { policy: newest }),
  port: 8080,
  ports: { metrics: 9090 },
  replicas: null, // KEDA decides
  env: { DB_HOST: pooler.address, DB_USER: database.app.key('username'), DB_PASSWORD: database.app.key('password') },
  mounts: { '/var/lib/shop': uploads },
  host: 'shop.acme.example',
  gateway: gateway.listener('https'),
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } },
});
new ScaledObject(on, 'scaler', {
  name: 'shop',
  spec: {
    scaleTargetRef: web,
    minReplicaCount: 2,
    maxReplicaCount: 6,
    triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '80' } }],
  },
});
new ReplicationSource(on, 'backup', {
  name: 'shop-uploads',
  spec: {
    sourcePVC: uploads,
    trigger: { schedule: '0 2 * * *' },
    restic: {
      repository: restic,
      copyMethod: 'Snapshot',
      retain: { daily: 7 },
    },
  },
});

new ServiceMonitor(on, 'monitor', {
  name: 'shop',
  spec: { selector: web, endpoints: [{ port: web.port('metrics') }] },
});
new PrometheusRule(on, 'rules', {
  name: 'shop',
  spec: { groups: [{ name: 'shop', rules: [{ alert: 'ShopDown', expr: 'up{job="shop"} == 0', for: '5m' }] }] },
});
const chat = new Provider(on, 'chat', {
  spec: { type: 'slack', channel: 'shop', secretRef: address },
});
new Alert(on, 'alert', {
  name: 'shop',
  spec: { providerRef: chat, eventSources: [shop.kustomization, images, newest] },
});

NetworkPolicies.of(shop, {
  allow: [
    { pods: web, to: 'internet', ports: [443] },
    { pods: web, from: { namespace: 'monitoring' }, ports: ['metrics'] },
  ],
});

app.synth();
