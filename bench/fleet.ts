import { ConfigMap as ConfigMapL2, Deployment, Env, EnvValue, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  App,
  Application,
  CloudNativePg,
  Cluster,
  ConfigMap,
  ExternalSecret,
  ExternalSecrets,
  envFrom,
  envValue,
  GeneratedSecret,
  HttpRoute,
  PasswordGenerator,
  PostgresCluster,
  PushSecret,
  VaultStore,
} from '../lib';

/** A cluster of many apps, each with secrets, a database, a deployment and what leads to it: 12 resources an app. */
export function fleet(apps: number): App {
  const app = new App();
  const cluster = new Cluster(app, 'fleet', { organisation: 'acme', environment: 'prod' });
  const operator = new ExternalSecrets(cluster, { version: '2.9.0' });
  const cnpg = new CloudNativePg(cluster, { version: '0.29.0' });
  const vault = new VaultStore(cluster, 'vault', { operator, server: 'http://vault.vault.svc:8200' });
  for (let i = 0; i < apps; i++) addApp(cluster, `app-${i}`, { operator, cnpg, vault });
  return app;
}

interface Operators {
  readonly operator: ExternalSecrets;
  readonly cnpg: CloudNativePg;
  readonly vault: VaultStore;
}

function addApp(cluster: Cluster, name: string, { operator, cnpg, vault }: Operators): void {
  const { directory } = new Application(cluster, name);
  const { secret } = new ExternalSecret(directory, `${name}-secrets`, {
    store: vault,
    extract: vault.app(name, 'app'),
    required: ['API_TOKEN', 'SIGNING_KEY'],
    optional: ['SENTRY_DSN'],
  });
  const generator = new PasswordGenerator(directory, `${name}-db-password`);
  const db = new GeneratedSecret(directory, `${name}-db-credentials`, { operator, generator, username: 'app' });
  new PushSecret(directory, `${name}-db-to-vault`, { secret: db.secret, store: vault, to: vault.app(name, 'db') });
  const storage = { size: '10Gi' };
  const postgres = new PostgresCluster(directory, `${name}-db`, { operator: cnpg, credentials: db.secret, storage });
  const serviceAccount = new ServiceAccount(directory, 'serviceaccount', { metadata: { name } });
  const deployment = new Deployment(directory, 'deployment', { metadata: { name }, serviceAccount });
  new ConfigMap(directory, 'configmap', { name, data: { LOG_LEVEL: 'info', PORT: '8080' } });
  const configMap = ConfigMapL2.fromConfigMapName(directory, 'config', name);
  const container = deployment.addContainer({
    image: 'ghcr.io/acme/app:1.0.0',
    portNumber: 8080,
    envFrom: [envFrom(deployment, secret), Env.fromConfigMap(configMap)],
    envVariables: { DB_HOST: EnvValue.fromValue(postgres.host('rw').host) },
  });
  container.env.addVariable('DB_PASSWORD', envValue(deployment, db.secret.key('password')));
  const service = new Service(directory, 'service', {
    metadata: { name },
    selector: deployment,
    ports: [{ port: 80, targetPort: 8080 }],
  });
  const gateway = { name: 'public', namespace: 'gateway' };
  new HttpRoute(directory, 'httproute', { name, hosts: [`${name}.example.org`], gateway, service });
}
