import { join } from 'node:path';
import {
  App,
  Application,
  BarmanCloudPlugin,
  CloudNativePg,
  Cluster,
  ConfigMap,
  CronTask,
  ExternalSecrets,
  GeneratedSecret,
  Migration,
  ObjectStore,
  PasswordGenerator,
  PostgresCluster,
  ScheduledBackup,
  StatefulService,
  WebService,
  Worker,
} from 'cdk8s-espalier';

// A shop: a web service and what runs beside it, on a database that was restored.
const app = new App({ outdir: join(__dirname, 'dist') });
const home = new Cluster(app, 'home', { sourceRoot: 'examples/apps/dist' });
const operator = new ExternalSecrets(home, { version: '2.9.0' });
const cnpg = new CloudNativePg(home, { version: '0.29.0' });
const plugin = BarmanCloudPlugin.named(); // installed by something else

// The data: an app of its own, which the migration waits for, and the shop for the migration.
const data = new Application(home, 'shop-data', { namespace: 'shop' }).directory;
const objectStore = new ObjectStore(data, 'backups', {
  plugin,
  destinationPath: 's3://acme-backups/shop',
  retentionPolicy: '30d',
  spec: { configuration: { s3Credentials: { inheritFromIamRole: true } } },
});
const login = new GeneratedSecret(data, 'shop-db-login', {
  operator,
  generator: new PasswordGenerator(data, 'shop-db-password'),
  username: 'shop',
  rotated: '2026-11',
});
const database = new PostgresCluster(data, 'shop-db-2', {
  operator: cnpg,
  credentials: login.secret,
  storage: { size: '20Gi' },
  resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
  backup: { objectStore },
  // As it was before the release of that morning; the name of the one before is its folder in the store.
  restoreFrom: { archive: { objectStore, serverName: 'shop-db' }, time: '2026-11-30T09:30:00Z' },
});
new ScheduledBackup(data, 'shop-db-nightly', { cluster: database, schedule: '0 0 2 * * *' });

// Who may only read, with a password of its own.
const reporting = database.role('reporting', { operator, inRoles: ['pg_read_all_data'], rotated: '2026-11' });

const shop = new Application(home, 'shop');
const image = 'ghcr.io/acme/shop:1.4.2';
const resources = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } };
const settings = new ConfigMap(shop.directory, 'settings', { data: { 'shop.yaml': 'title: Shop\n' } });

new Migration(shop, 'migrate', { image, args: ['migrate'], database, resources });

const search = new StatefulService(shop.directory, 'search', {
  image: 'ghcr.io/acme/search:2.1.0',
  port: 9200,
  user: 1000,
  volumes: { '/var/lib/search': { size: '20Gi' } },
  resources: { requests: { cpu: '200m', memory: '1Gi' }, limits: { memory: '1Gi' } },
});

new WebService(shop.directory, 'shop', {
  image,
  resources,
  port: 8080,
  ports: { metrics: 9090 },
  host: 'shop.acme.example',
  gateway: { name: 'public', namespace: 'gateway-system', sectionName: 'https' },
  replicas: 2,
  database,
  env: { SEARCH_HOST: search.address },
  mounts: { '/etc/shop': settings },
  probes: { readiness: '/ready', liveness: '/alive' },
});

new Worker(shop.directory, 'mailer', { image, resources, args: ['mailer'], database });

new CronTask(shop.directory, 'report', {
  image,
  resources,
  args: ['report'],
  schedule: '0 6 * * 1-5',
  timeZone: 'Europe/Amsterdam',
  activeDeadlineSeconds: 3600,
  database: reporting,
});

app.synth();
