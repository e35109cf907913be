import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { objectAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { pinnedImage } from '../../systems/image';
import { hasTrait, podTemplatePath } from '../../systems/kinds/kinds';
import { dns1035Label } from '../../systems/kubernetes/names';
import { auto } from '../../systems/reloader';
import { faultsOf } from '../admission';
import type { PostgresCluster, PostgresRole } from '../cnpg';
import type { ConfigMapKey } from '../config-map-key';
import { literal } from '../flux/substitution';
import { anyText, requireFormat, requireInteger, requireObject } from '../formats';
import { type HostHandle, resolveHandles } from '../handles';
import { refuse } from '../input-error';
import { merge } from '../merge';
import { refuseFaults } from '../refuse-faults';
import { Resource, type ResourceProps, withoutNull } from '../resource';
import { clusterOf } from '../scopes';
import type { Secret, SecretKey } from '../secret';
import { type SpecOf, specJson } from '../spec';
import type { WholeConfigMap } from './config-map';
import { ContainerEnvironment } from './container-environment';
import { type Mount, mountAll } from './mounts';
import { type WorkloadResources, workloadResources } from './resources';
import { rewritten, type Written, withSilentResources, withWritten } from './rewrite';
import { needServiceAccount } from './service-account';

/**
 * A single variable: a value, a key of a Secret or ConfigMap, a host such as `db.host('rw')`, or what cdk8s-plus has for it, such as
 * `EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME)`.
 */
export type Variable = string | SecretKey | ConfigMapKey | HostHandle | kplus.EnvValue;

/** Fields of the API that imports/ of cdk8s-plus spell otherwise: JSON patches reach them. */
type Spelled = 'hostIpc' | 'hostPid' | 'setHostnameAsFqdn';

/** What all workloads take. What a cluster without defaults does not write is marked by "default". */
export interface WorkloadProps extends ResourceProps {
  /** The image, pinned. */
  readonly image: string;
  /** What it needs, and may use at most; null for nothing said. */
  readonly resources: WorkloadResources | null;
  /** Replaces the image's entrypoint. @default the image's */
  readonly command?: readonly string[];
  /** Replaces the image's arguments. @default the image's */
  readonly args?: readonly string[];
  /** ConfigMaps and Secrets whose keys all become variables. @default none */
  readonly envFrom?: readonly (WholeConfigMap | Secret)[];
  /** Single variables. Values reach the program as they stand, `${…}` too. @default none */
  readonly env?: Readonly<Record<string, Variable>>;
  /** The database that it uses, as its owner or as a role of it: PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE, which libpq and most drivers read. @default none */
  readonly database?: PostgresCluster | PostgresRole;
  /** What it finds at paths: a ConfigMap or Secret as a folder, a key of either as a file, a Volume of cdk8s-plus. @default none */
  readonly mounts?: Readonly<Record<string, Mount>>;
  /** Empty folders that it may write, since it cannot write the rest of its file system; null for none. @default ['/tmp'] */
  readonly emptyDirs?: readonly string[] | null;
  /** Id of the user and group that it runs as, which volumes then belong to. @default the image's user, who must not be root */
  readonly user?: number | null;
  /** Who the pods are; null for the namespace's `default`. @default one of their own, without rights */
  readonly serviceAccount?: kplus.IServiceAccount | null;
  /** Give the pods its token; null leaves that to the account. @default false */
  readonly serviceAccountToken?: boolean | null;
  /** Labels by which its pods are found. They can never be changed. @default app.kubernetes.io/name with its name */
  readonly selector?: Readonly<Record<string, string>>;
  /** Labels of its pods besides those of `labels` and `selector`. @default none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of its pods; those in `annotations` are the Deployment's or the like. @default none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Any field of the container; null takes a default away. @default none */
  readonly container?: SpecOf<kplus.k8s.Container>;
  /** Any field of the pods' spec; null takes a default away. @default none */
  readonly pod?: Omit<SpecOf<kplus.k8s.PodSpec>, Spelled>;
}

/** What each kind adds. */
export interface WorkloadForm<W extends kplus.Workload> {
  /** Makes the object of cdk8s-plus. */
  readonly make: (scope: Construct, props: kplus.WorkloadProps) => W;
  /** The probes of its container. */
  readonly probes?: JsonObject;
  /** The ports of its container, by name. */
  readonly ports?: Readonly<Record<string, number>>;
  /** Fields of its spec, laid over what cdk8s-plus says: the kind's own, then the author's. */
  readonly spec?: readonly JsonObject[];
  readonly volumeMounts?: readonly JsonObject[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What the restricted Pod Security Standard asks for, and a file system that nobody can write. (Kubernetes, Pod Security Standards) */
const restricted = {
  container: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
  pod: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
} as const;

/** The label by which cdk8s-plus finds pods is none that an author gives. */
const withoutAddress = { metadata: { labels: { [kplus.Pod.ADDRESS_LABEL]: null } } };

/** What WebService, Worker, CronTask, StatefulService and Migration have in common: one container, and what it needs to run. */
export abstract class Workload<W extends kplus.Workload = kplus.Workload> extends Resource {
  /** metadata.name, and the container's. */
  readonly name: string;
  /** The object of cdk8s-plus: mount volumes, add containers, schedule. */
  readonly workload: W;
  /** Its container in cdk8s-plus. */
  readonly container: kplus.Container;
  /** The L1 beneath: JSON patches reach every field. */
  readonly resource: ApiObject;
  /** Who the pods are; undefined for the namespace's `default`. */
  readonly serviceAccount: kplus.IServiceAccount | undefined;
  /** Every variable that the container has, as far as its image sets none. */
  readonly variables: ReadonlySet<string>;
  /** The labels by which its pods are found. */
  readonly selector: Readonly<Record<string, string>>;
  /** The labels of the objects that it makes. */
  readonly labels: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    props: WorkloadProps,
    /** What kind of workload it is; refuses unknown properties first, since one may be a misspelt property that is required. */
    form: (self: Construct) => WorkloadForm<kplus.Workload>,
  ) {
    super(scope, id, props);
    // What is no object is for refuseUnknown to refuse.
    this.name = requireFormat(this, 'name', props?.name ?? id, dns1035Label);
    this.selector = props?.selector ?? { 'app.kubernetes.io/name': this.name };
    const kind = form(this);
    const written = this.written(props, kind);
    const environment = this.environment(props);
    this.variables = environment.names;
    const { defaults } = clusterOf(this);
    const own = defaults ? this.selector : {};
    this.labels = withoutNull({ ...own, ...props.labels });
    this.serviceAccount = this.account(props);
    const metadata = this.metadata(props, { labels: own, annotations: kind.annotations ?? {} });
    this.workload = kind.make(this, {
      metadata,
      // A selector can never be changed: labels that people know, rather than cdk8s-plus' hash of the construct's path.
      select: false,
      podMetadata: {
        labels: { ...metadata.labels, ...props.podLabels, ...this.selector },
        ...(props.podAnnotations && { annotations: { ...props.podAnnotations } }),
      },
      ...(this.serviceAccount && { serviceAccount: this.serviceAccount }),
    }) as W;
    // By this label cdk8s-plus finds pods in its policies and spreads; its own value is a hash of the construct's path.
    this.workload.podMetadata.addLabel(kplus.Pod.ADDRESS_LABEL, this.name);
    this.container = this.workload.addContainer(this.containerProps(props, kind.ports ?? {}, environment));
    mountAll(this, this.container, props.mounts ?? {}, this.byDefault(props.emptyDirs, ['/tmp']) ?? []);
    const object = ApiObject.of(this.workload);
    const type = { group: groupVersion(object.apiVersion).group, kind: object.kind };
    if (hasTrait(type, 'selects')) this.workload.select(kplus.LabelSelector.of({ labels: { ...this.selector } }));
    const [, ...template] = podTemplatePath(type) ?? [];
    const address = template.reduceRight<JsonObject>((below, step) => ({ [step]: below }), withoutAddress);
    const spec = defaults ? written.spec : [address, ...written.spec];
    this.resource = rewritten(object, (ofPlus) => {
      const all = withWritten(ofPlus, template, { ...written, spec });
      this.requireSaid(objectAt(all, ...template, 'spec') ?? {});
      return all;
    });
    this.node.defaultChild = this.resource;
    refuseFaults(this, this.resource.toJson(), faultsOf, (path) => path);
  }

  /** The labels of its pods, for Services and policies. */
  toPodSelectorConfig(): kplus.PodSelectorConfig {
    return { labelSelector: kplus.LabelSelector.of({ labels: { ...this.selector } }) };
  }

  /** Containers that an author adds by cdk8s-plus say what they need, too. */
  private requireSaid(pod: JsonObject): void {
    for (const name of withSilentResources(pod)) {
      refuse(this, {
        field: `resources of the container ${name}`,
        value: undefined,
        allowed: 'what it needs: cdk8s-plus would assume a CPU and 2Gi of memory',
        example: 'resources: { memory: { limit: Size.mebibytes(64) } }, or resources: {} for none',
      });
    }
  }

  private written(props: WorkloadProps, kind: WorkloadForm<kplus.Workload>): Written {
    const { defaults } = clusterOf(this);
    const id =
      props.user === undefined || props.user === null ? undefined : requireInteger(this, 'user', props.user, 1);
    const user = id !== undefined && {
      ...{ runAsUser: id, runAsGroup: id, fsGroup: id },
      ...(defaults && { fsGroupChangePolicy: 'OnRootMismatch' }),
    };
    const resources = workloadResources(this, props.resources);
    const token = this.byDefault(props.serviceAccountToken, false);
    const container = {
      ...kind.probes,
      ...(Object.keys(resources).length > 0 && { resources }),
      ...(defaults && { securityContext: restricted.container }),
    };
    const securityContext = { ...(defaults && restricted.pod), ...user };
    const pod = {
      ...(token !== undefined && { automountServiceAccountToken: token }),
      // A Service named `postgres` would bring a POSTGRES_PORT of its own.
      ...(defaults && { enableServiceLinks: false }),
      ...(Object.keys(securityContext).length > 0 && { securityContext }),
    };
    return {
      container: merge<JsonObject>(container, specJson(this, props.container)),
      pod: merge<JsonObject>(pod, specJson(this, props.pod)),
      spec: kind.spec ?? [],
      capabilities: defaults ? { drop: [...restricted.container.capabilities.drop] } : undefined,
      volumeMounts: kind.volumeMounts ?? [],
    };
  }

  private containerProps(
    props: WorkloadProps,
    ports: Readonly<Record<string, number>>,
    environment: ContainerEnvironment,
  ): kplus.ContainerProps {
    const texts = (field: string, given: readonly string[]) =>
      given.map((text, i) => literal(this, requireFormat(this, `${field}[${i}]`, text, anyText)));
    return {
      name: this.name,
      image: requireFormat(this, 'image', props.image, pinnedImage),
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      ...(props.command && { command: texts('command', props.command) }),
      ...(props.args && { args: texts('args', props.args) }),
      ports: Object.entries(ports).map(([name, number]) => ({ name, number })),
      envFrom: environment.envFrom,
      envVariables: environment.variables,
    };
  }

  private account({ serviceAccount }: WorkloadProps): kplus.IServiceAccount | undefined {
    if (serviceAccount) needServiceAccount(this, serviceAccount);
    const metadata = { name: this.name, labels: { ...this.labels } };
    const own = () => new kplus.ServiceAccount(this, 'ServiceAccount', { metadata });
    return serviceAccount === undefined && clusterOf(this).defaults ? own() : (serviceAccount ?? undefined);
  }

  private environment(props: WorkloadProps): ContainerEnvironment {
    const environment = new ContainerEnvironment(this);
    for (const from of props.envFrom ?? []) {
      requireObject(this, 'envFrom', from, { allowed: 'a ConfigMap or a Secret', example: '[secrets.secret]' });
      environment.addAll(from);
    }
    for (const [name, value] of Object.entries(props.env ?? {}))
      environment.add(name, this.variable(name, value), 'env');
    if (!props.database) return environment;
    if (typeof props.database.host !== 'function') {
      const allowed = 'a PostgresCluster, or a role of one';
      refuse(this, { field: 'database', value: props.database, allowed, example: 'database: db' });
    }
    const { credentials, database } = props.database;
    const { host, port, cluster } = props.database.host('rw');
    this.node.addDependency(cluster, props.database);
    const variables = {
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: credentials.key('username'),
      PGPASSWORD: credentials.key('password'),
      PGDATABASE: database,
    };
    for (const [name, value] of Object.entries(variables)) environment.add(name, value, 'database');
    return environment;
  }

  private variable(name: string, value: Variable): Exclude<Variable, HostHandle> {
    if (typeof value !== 'object' || value === null || !('host' in value)) return value;
    const reading = { field: `env.${name}`, namespace: this.namespace, anyNamespace: true };
    return resolveHandles(this, value, reading) as string;
  }
}

/** Pods that run on and on read Secrets and ConfigMaps when they start: Stakater's Reloader restarts them, where it runs. */
export function reloaded(scope: Construct): Readonly<Record<string, string>> {
  return clusterOf(scope).defaults ? { [auto]: 'true' } : {};
}

/** The number of pods; undefined where it is not written: `replicas: null`, of what an autoscaler decides. */
export function replicasOf(scope: Construct, given: number | null | undefined): number | undefined {
  const replicas = given === undefined && clusterOf(scope).defaults ? 1 : given;
  return replicas === undefined || replicas === null ? undefined : requireInteger(scope, 'replicas', replicas, 0);
}
