import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { backstagePort } from '../../systems/backstage/app-config';
import { dns1035Label, dnsLabel } from '../../systems/kubernetes/names';
import { auto } from '../../systems/reloader';
import type { PostgresCluster } from '../cnpg';
import { requireFormat, requireInteger } from '../formats';
import { refuse } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import { freeId, Resource, type ResourceProps, withoutNull } from '../resource';
import { clusterOf, namespaceAt } from '../scopes';
import type { Secret, SecretKey } from '../secret';
import type { ConfigMap } from '../workload';
import { patchable } from '../workload';
import { ContainerEnvironment } from '../workload/container-environment';
import { needServiceAccount } from '../workload/service-account';
import { addBackstageContainer, type BackstageContainerProps } from './container';
import { divisionVariables, type PluginDivisionMode, requireDivision } from './plugin-databases';
import { requireVariables } from './required-variables';
import { type ContainerResources, containerResources } from './resources';

export interface BackstageDeploymentProps extends ResourceProps, BackstageContainerProps {
  /** ConfigMaps and Secrets whose keys all become variables. @default none */
  readonly envFrom?: readonly (ConfigMap | Secret)[];
  /** Single variables: a value, or a key of a Secret. @default none */
  readonly env?: Readonly<Record<string, string | SecretKey>>;
  /** Variables that the image sets, which `appConfig` may read. The author's word; nothing can check it. @default none */
  readonly imageVariables?: readonly string[];
  /**
   * Where Backstage keeps its data: POSTGRES_HOST, _PORT, _USER and _PASSWORD, and POSTGRES_DB unless `envFrom` or `env`
   * has it.
   * @default none: the image's own
   */
  readonly database?: PostgresCluster;
  /** With 'schema', Backstage is told by variables. @default 'database', as Backstage's own */
  readonly pluginDivisionMode?: PluginDivisionMode;
  /** Who the pods are. @default the namespace's `default` */
  readonly serviceAccount?: kplus.IServiceAccount;
  /** Give the pods its token, as the Kubernetes plugin needs it. @default false */
  readonly serviceAccountToken?: boolean;
  /** @default 1 */
  readonly replicas?: number;
  /** @default requests of 100m CPU and 512Mi memory, a limit of 1Gi memory */
  readonly resources?: ContainerResources;
  /** Seconds that a pod has to finish what it does. @default 30 */
  readonly terminationGracePeriod?: number;
}

/** The user `node` of Node's images, whom create-app's Dockerfile gives /app. */
const user = 1000;

/**
 * Backstage's Deployment. It runs as a user without rights on a file system that it cannot write, but for /tmp; it
 * restarts when a Secret or ConfigMap that it reads has changed, where Stakater's Reloader runs in the cluster.
 *
 * Every variable has one source, and an app-config finds every variable that it reads; anything else is refused.
 *
 * @example
 * const deployment = new BackstageDeployment(portal.directory, 'deployment', {
 *   name: 'portal',
 *   image: 'ghcr.io/acme/portal:1.4.2',
 *   envFrom: [config, secrets.secret],
 *   database: db,
 * });
 */
export class BackstageDeployment extends Resource implements kplus.IPodSelector {
  /** The cdk8s-plus Deployment: mount volumes, add containers, schedule. */
  readonly deployment: kplus.Deployment;
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** Every variable that Backstage's container has. */
  readonly variables: ReadonlySet<string>;
  private readonly selected: Record<string, string>;

  constructor(scope: Construct, id: string, props: BackstageDeploymentProps) {
    super(scope, id, props);
    refuseUnknown(this, BackstageDeployment, props);
    const name = requireFormat(this, 'name', props.name ?? id, dnsLabel);
    this.selected = { 'app.kubernetes.io/name': 'backstage', 'app.kubernetes.io/instance': name };
    if (props.serviceAccount) needServiceAccount(this, props.serviceAccount);
    const environment = this.environment(props);
    this.variables = environment.names;
    if (props.appConfig) requireVariables(this, props.appConfig, environment.names);

    const annotations = { [auto]: 'true' };
    const metadata = this.metadata(props, { labels: this.selected, annotations });
    this.deployment = new kplus.Deployment(this, 'Deployment', {
      metadata,
      // A selector can never be changed: labels that people know, rather than cdk8s-plus' hash of the construct's path.
      select: false,
      podMetadata: { labels: { ...metadata.labels, ...this.selected } },
      replicas: requireInteger(this, 'replicas', props.replicas ?? 1, 1),
      strategy: kplus.DeploymentStrategy.rollingUpdate({
        maxSurge: kplus.PercentOrAbsolute.absolute(1),
        maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
      }),
      serviceAccount: props.serviceAccount,
      automountServiceAccountToken: props.serviceAccountToken ?? false,
      securityContext: {
        user,
        group: user,
        fsGroup: user,
        fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH,
      },
      terminationGracePeriod: Duration.seconds(
        requireInteger(this, 'terminationGracePeriod', props.terminationGracePeriod ?? 30, 0),
      ),
    });
    // cdk8s-plus selects the pods by this label where it is asked to; its own value is a hash of the construct's path.
    this.deployment.podMetadata.addLabel(kplus.Pod.ADDRESS_LABEL, name);
    this.deployment.select(kplus.LabelSelector.of({ labels: this.selected }));
    addBackstageContainer(this, this.deployment, environment, props);
    this.resource = patchable(ApiObject.of(this.deployment));
    this.resource.addJsonPatch(
      JsonPatch.add('/spec/template/spec/containers/0/resources', containerResources(this, props.resources)),
      // A Service named `postgres` would bring a POSTGRES_PORT of its own.
      JsonPatch.add('/spec/template/spec/enableServiceLinks', false),
    );
  }

  /** The labels of its pods, for Services and policies. */
  toPodSelectorConfig(): kplus.PodSelectorConfig {
    return { labelSelector: kplus.LabelSelector.of({ labels: this.selected }) };
  }

  /**
   * A Service that leads to it.
   *
   * @param scope the folder that it stands in, of the same namespace
   */
  service(
    scope: Construct,
    id: string,
    props: Omit<ResourceProps, 'namespace'> & { readonly port?: number } = {},
  ): kplus.Service {
    this.requireOwnNamespace(scope);
    const { labels, annotations = {} } = props;
    const name = requireFormat(this, 'name of the Service', props.name ?? id, dns1035Label);
    const port = requireInteger(this, 'port of the Service', props.port ?? 80, 1, 65535);
    const service = new kplus.Service(scope, freeId(scope, id), {
      metadata: {
        name,
        labels: withoutNull({ ...this.selected, ...labels }),
        annotations: withoutNull(annotations),
      },
      selector: this,
      ports: [{ name: 'http', port, targetPort: backstagePort }],
    });
    patchable(ApiObject.of(service)).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
    return service;
  }

  private requireOwnNamespace(scope: Construct): void {
    const { clusterName } = clusterOf(this);
    if (clusterOf(scope) === clusterOf(this) && (namespaceAt(scope) ?? 'default') === this.namespace) return;
    refuse(this, {
      field: 'folder of the Service',
      value: scope.node.path,
      allowed: `one of namespace ${this.namespace} in cluster ${clusterName}: a Service selects only pods of its own namespace`,
      example: 'the folder of the deployment',
    });
  }

  private environment(props: BackstageDeploymentProps): ContainerEnvironment {
    const environment = new ContainerEnvironment(this, props.imageVariables);
    for (const from of props.envFrom ?? []) environment.addAll(from);
    for (const [name, value] of Object.entries(props.env ?? {})) environment.add(name, value, 'env');
    const { database } = props;
    if (database === undefined) return environment;
    const mode = props.pluginDivisionMode ?? 'database';
    requireDivision(this, mode, database, props.appConfig);
    const { host, port, cluster } = database.host('rw');
    this.node.addDependency(cluster);
    const variables = {
      POSTGRES_HOST: host,
      POSTGRES_PORT: String(port),
      POSTGRES_USER: database.credentials.key('username'),
      POSTGRES_PASSWORD: database.credentials.key('password'),
      ...(environment.sets('POSTGRES_DB') ? {} : { POSTGRES_DB: database.database }),
      ...divisionVariables(mode),
    };
    for (const [name, value] of Object.entries(variables)) environment.add(name, value, 'database');
    return environment;
  }
}
