import * as kplus from 'cdk8s-plus-28';
import { dns1035Label } from '../../systems/kubernetes/names';
import { type CloudNativePg, PostgresCluster, type PostgresClusterProps } from '../cnpg';
import { postgresOwner } from '../cnpg/postgres-formats';
import { type Keys, keysOf } from '../description';
import type { VaultStore } from '../external-secrets';
import { ExternalSecret, GeneratedSecret, PasswordGenerator, PushSecret } from '../external-secrets';
import { Application, type ApplicationProps } from '../flux/application';
import type { Cluster } from '../flux/cluster';
import { Directory, File } from '../flux/directory';
import { requireFormat, requireObject } from '../formats';
import { type GatewayTarget, HttpRoute } from '../gateway';
import { refuse } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import type { ResourceProps } from '../resource';
import type { Secret } from '../secret';
import type { ServicePort } from '../service-handle';
import { ConfigMap } from '../workload';
import { addressOf, portOf, type WorkloadAddress } from '../workload/exposure';
import { AppConfig, type AppConfigProps } from './app-config';
import { BackstageDeployment, type BackstageDeploymentProps } from './backstage-deployment';
import { KubernetesReadAccess } from './kubernetes-read-access';

/** Settings of the Deployment that follow from what Backstage is made of. */
type Derived = keyof ResourceProps | 'envFrom' | 'database' | 'appConfig' | 'serviceAccount' | 'serviceAccountToken';

export interface BackstageProps<R extends string, O extends string, D extends string>
  extends ApplicationProps,
    Omit<BackstageDeploymentProps, Derived> {
  /** Where its secrets come from, and where its database credentials are kept for people to look up. */
  readonly vault: VaultStore;
  /** The operator of its database. */
  readonly cnpg: CloudNativePg;
  /** The host that it answers to. */
  readonly host: string;
  /** The Gateway, made elsewhere, that requests for the host come in by. */
  readonly gateway: GatewayTarget | readonly GatewayTarget[];
  /**
   * Keys of its secret in Vault, `…/apps/<id>/app`; each becomes a variable. Lists, or objects with a line on each key.
   * POSTGRES_DB is added with a default.
   */
  readonly secrets: {
    readonly required?: Keys<R>;
    readonly optional?: Keys<O>;
    readonly defaults?: { readonly [Name in D]: string };
  };
  /** Further variables, nothing secret. @default NODE_ENV=production */
  readonly config?: Readonly<Record<string, string>>;
  /** Settings on top of the image's: the text of an app-config, or an object. @default none */
  readonly appConfig?: AppConfigProps['content'];
  /** Let the Kubernetes plugin read the cluster, but no Secrets. @default true */
  readonly kubernetesPlugin?: boolean;
  /** Settings of its database. @default three instances with 10Gi each */
  readonly database?: Partial<Omit<PostgresClusterProps, 'operator' | 'credentials' | 'createdb'>>;
}

/**
 * Backstage with its database, its secrets and its route, in a namespace and a Flux Kustomization of its own.
 *
 * To others it is a WebService with a database: `service`, `route`, `port()`, `address`. It is none beneath: its objects stand in files of
 * their own, and its pods have labels, probes and an update strategy that cannot change without a new Deployment, or a restart of all
 * that run.
 *
 * Its secrets come from Vault; the database's password is made in the cluster and pushed to Vault. The parts are
 * constructs that can be composed in any folder otherwise.
 *
 * @example
 * new Backstage(soyo, 'backstage', {
 *   vault,
 *   cnpg,
 *   image: 'ghcr.io/webgrip/backstage:1.0.0',
 *   host: 'backstage.example.org',
 *   gateway: { name: 'external', namespace: 'gateway-system' },
 *   secrets: { required: ['BACKEND_SECRET'], optional: ['SENTRY_TOKEN'] },
 * });
 */
export class Backstage<
  const R extends string = never,
  const O extends string = never,
  const D extends string = never,
> extends Application {
  /** The Secret with its keys from Vault. */
  readonly secrets: Secret<R | O | D | 'POSTGRES_DB'>;
  readonly database: PostgresCluster;
  readonly config: ConfigMap;
  readonly appConfig: AppConfig | undefined;
  readonly serviceAccount: kplus.ServiceAccount;
  /** Undefined where the Kubernetes plugin is off. */
  readonly readAccess: KubernetesReadAccess | undefined;
  readonly deployment: BackstageDeployment;
  readonly service: kplus.Service;
  readonly route: HttpRoute;

  /** @param id name of the app, of what it is made of, and of its folder in Vault */
  constructor(cluster: Cluster, id: string, props: BackstageProps<R, O, D>) {
    super(cluster, id, props);
    refuseUnknown(this, Backstage, props);
    this.requireGiven(id, props);
    const { directory } = this;
    const { vault, cnpg, secrets, database, config, appConfig, kubernetesPlugin, kustomization, namespace, ...more } =
      props;
    const { host, gateway, ...deployment } = more;
    const labels = { 'app.kubernetes.io/name': 'backstage', 'app.kubernetes.io/instance': id };
    const plugin = kubernetesPlugin ?? true;

    this.database = this.makeDatabase(id, labels, props);
    this.secrets = this.makeSecrets(id, labels, props);
    this.config = new ConfigMap(directory, 'configmap', {
      name: `${id}-config`,
      labels,
      data: { NODE_ENV: 'production', ...config },
    });
    if (appConfig !== undefined) {
      const own = { name: `${id}-app-config`, labels, content: appConfig };
      this.appConfig = new AppConfig(directory, 'app-config', own);
    }
    this.serviceAccount = new kplus.ServiceAccount(directory, 'serviceaccount', { metadata: { name: id, labels } });
    if (plugin) {
      const { serviceAccount } = this;
      this.readAccess = new KubernetesReadAccess(directory, 'rbac', {
        name: `${id}-read-only`,
        labels,
        serviceAccount,
      });
    }
    this.deployment = new BackstageDeployment(directory, 'deployment', {
      ...deployment,
      name: id,
      description: undefined, // the app's, which its Flux Kustomization carries
      envFrom: [this.config, this.secrets],
      database: this.database,
      appConfig: this.appConfig,
      serviceAccount: this.serviceAccount,
      serviceAccountToken: plugin,
    });
    this.service = this.deployment.service(directory, 'service', { name: id });
    const { service } = this;
    this.route = new HttpRoute(directory, 'httproute', { name: id, labels, hosts: [host], gateway, service });
  }

  /** A port of its Service, as that of a WebService. @default http */
  port(name?: string): ServicePort {
    return portOf(this, this.service, name);
  }

  /** Where it is reached in the cluster, as that of a WebService: for NetworkPolicies, routes and other programs. */
  get address(): WorkloadAddress {
    return addressOf(this, this.service);
  }

  /** What would be refused far below, under the name of a part. */
  private requireGiven(id: string, { vault, cnpg, secrets, database }: BackstageProps<R, O, D>): void {
    requireFormat(this, 'id', id, dns1035Label);
    const example = "vault: new VaultStore(cluster, 'vault', { … })";
    requireObject(this, 'vault', vault, { allowed: 'the store that its secrets come from', example });
    requireObject(this, 'cnpg', cnpg, {
      allowed: 'the operator of its database',
      example: "cnpg: new CloudNativePg(cluster, { version: '0.29.0' })",
    });
    requireObject(this, 'secrets', secrets, {
      allowed: 'the keys of its secret in Vault',
      example: "secrets: { required: ['BACKEND_SECRET'] }",
    });
    const owner = database?.owner ?? databaseName(id);
    if (!postgresOwner.accepts(owner)) {
      const fromId = database?.owner === undefined ? '. The default is the id' : '';
      refuse(this, {
        field: 'database.owner',
        value: owner,
        allowed: `${postgresOwner.allowed}${fromId}`,
        example: "database: { owner: 'backstage' }",
      });
    }
  }

  private makeDatabase(
    id: string,
    labels: Readonly<Record<string, string>>,
    { vault, cnpg, ...props }: BackstageProps<R, O, D>,
  ): PostgresCluster {
    const base = new Directory(this.directory, 'base');
    const file = new File(base, `${id}-db-externalsecret.yaml`);
    const credentials = new GeneratedSecret(file, `${id}-db-secret`, {
      operator: vault.operator,
      generator: new PasswordGenerator(file, `${id}-db-password`, { labels }),
      username: props.database?.owner ?? databaseName(id),
      labels,
    });
    file.belongsTo(credentials);
    new PushSecret(base, 'pushsecret-vault', {
      name: `${id}-db-credentials-to-vault`,
      labels,
      secret: credentials.secret,
      store: vault,
      to: vault.app(id, 'db'),
    });
    return new PostgresCluster(base, `${id}-db-cluster`, {
      name: `${id}-db`,
      storage: { size: '10Gi' },
      ...props.database,
      labels: { ...labels, ...props.database?.labels },
      operator: cnpg,
      credentials: credentials.secret,
      createdb: (props.pluginDivisionMode ?? 'database') === 'database',
    });
  }

  private makeSecrets(
    id: string,
    labels: Readonly<Record<string, string>>,
    { vault, secrets }: BackstageProps<R, O, D>,
  ): Secret<R | O | D | 'POSTGRES_DB'> {
    const { required, optional, defaults } = secrets;
    const named: readonly string[] = [
      ...keysOf(this, 'secrets.required', required).keys,
      ...keysOf(this, 'secrets.optional', optional).keys,
      ...Object.keys(defaults ?? {}),
    ];
    const database = named.includes('POSTGRES_DB') ? {} : { POSTGRES_DB: this.database.database };
    return new ExternalSecret<R, O, D | 'POSTGRES_DB'>(this.directory, 'secret-externalsecret', {
      name: `${id}-secrets`,
      labels,
      store: vault,
      extract: vault.app(id, 'app'),
      required,
      optional,
      defaults: { ...database, ...defaults } as Record<D | 'POSTGRES_DB', string>,
    }).secret;
  }
}

/** An id as PostgreSQL takes it for a name without quotes. */
function databaseName(id: string): string {
  return id.replaceAll(/[-.]/g, '_');
}
