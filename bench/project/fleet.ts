import {
  App,
  Application,
  type AppProps,
  CloudNativePg,
  Cluster,
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
} from 'cdk8s-espalier';
import { EnvValue } from 'cdk8s-plus-28';
import { appName, type FleetProps, image, variables } from './shape';
import { workload } from './workload';

/** The fleet as a user of Espalier writes it: typed constructs, references between them. */
export function fleet(props: FleetProps, appProps?: AppProps): App {
  const app = new App(appProps);
  const cluster = emptyCluster(app);
  const operators = addOperators(cluster);
  for (let i = 0; i < props.apps; i++) addApp(cluster, appName(i), image(i, props), operators, variables(i, props));
  return app;
}

export function emptyCluster(app: App): Cluster {
  return new Cluster(app, 'fleet', { organisation: 'acme', environment: 'prod' });
}

export interface Operators {
  readonly operator: ExternalSecrets;
  readonly cnpg: CloudNativePg;
  readonly vault: VaultStore;
}

export function addOperators(cluster: Cluster): Operators {
  const operator = new ExternalSecrets(cluster, { version: '2.9.0' });
  const cnpg = new CloudNativePg(cluster, { version: '0.29.0' });
  const vault = new VaultStore(cluster, 'vault', { operator, server: 'http://vault.vault.svc:8200' });
  return { operator, cnpg, vault };
}

export function addApp(
  cluster: Cluster,
  name: string,
  image: string,
  { operator, cnpg, vault }: Operators,
  variables: Readonly<Record<string, string>> = {},
): void {
  const { directory } = new Application(cluster, name);
  const { secret } = new ExternalSecret(directory, 'secret', {
    name: `${name}-secrets`,
    store: vault,
    extract: vault.app(name, 'app'),
    required: ['API_TOKEN', 'SIGNING_KEY'],
    optional: ['SENTRY_DSN'],
  });
  const generator = new PasswordGenerator(directory, 'db-password', { name: `${name}-db-password` });
  const credentials = new GeneratedSecret(directory, 'db-credentials', {
    name: `${name}-db-credentials`,
    operator,
    generator,
    username: 'app',
  });
  const pushed = { secret: credentials.secret, store: vault, to: vault.app(name, 'db') };
  new PushSecret(directory, 'db-to-vault', { name: `${name}-db-to-vault`, ...pushed });
  const database = new PostgresCluster(directory, 'db', {
    name: `${name}-db`,
    operator: cnpg,
    credentials: credentials.secret,
    storage: { size: '10Gi' },
  });
  const { deployment, container, service } = workload(directory, name, image);
  container.env.copyFrom(envFrom(deployment, secret));
  container.env.addVariable('DB_HOST', EnvValue.fromValue(database.host('rw').host));
  container.env.addVariable('DB_PASSWORD', envValue(deployment, credentials.secret.key('password')));
  for (const [key, value] of Object.entries(variables)) container.env.addVariable(key, EnvValue.fromValue(value));
  const gateway = { name: 'public', namespace: 'gateway' };
  new HttpRoute(directory, 'httproute', { name, hosts: [`${name}.example.org`], gateway, service });
}
