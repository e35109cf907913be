import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as espalier from '../../lib';
import {
  App,
  Application,
  BarmanCloudPlugin,
  CloudNativePg,
  Cluster,
  ClusterSecretStore,
  ConfigMap,
  CronTask,
  type Directory,
  ExternalSecret,
  ExternalSecrets,
  FluxKustomization,
  GeneratedSecret,
  GitRepository,
  HelmRelease,
  HttpRoute,
  Migration,
  Namespace,
  ObjectStore,
  PasswordGenerator,
  PostgresCluster,
  PushSecret,
  ScheduledBackup,
  Secret,
  SecretStore,
  StatefulService,
  VaultStore,
  WebService,
  Worker,
} from '../../lib';
import type { JsonObject } from '../../lib/json/json';
import { at } from '../../lib/json/read';

function objects(construct: { readonly resource?: ApiObject | undefined; readonly objects?: readonly ApiObject[] }) {
  return construct.objects ?? [construct.resource as ApiObject];
}

interface Stage {
  readonly cluster: Cluster;
  readonly on: Directory;
}

/** What a construct is given besides what a test asks of it; never a default. */
type Given = never;

interface Case {
  /** @returns the objects that it makes */
  readonly make: (stage: Stage, given: Given) => readonly ApiObject[];
  /** Fields that null does not take away, and why: they are given, or something else is told by them. */
  readonly given?: Readonly<Record<string, string>>;
  /** What is written in a cluster without defaults. */
  readonly alone?: readonly string[];
}

const store = SecretStore.named('store');
const login = Secret.named('login', { namespace: 'shop', keys: ['username', 'password'] as const });
const operator = CloudNativePg.named();
const chart = { oci: 'oci://ghcr.io/acme/charts/shop' } as const;
const paths = 'paths and policies are made of it';
const byBootstrap = 'the Secret of those who log in is told by it; the property bootstrap replaces all of it';
const identity = 'what is referred to';

const image = 'ghcr.io/acme/shop:1.4.2';
const pods = 'what runs';
const selector = 'spec.selector.matchLabels.app.kubernetes.io/name';
const podLabel = 'spec.template.metadata.labels.app.kubernetes.io/name';
const emptyDirs = 'emptyDirs: null takes it away, and the mount';
const alone = { [selector]: identity, [podLabel]: identity, 'spec.template.spec.containers': pods };
const ofPods = { ...alone, 'spec.template.spec.volumes': emptyDirs };
const web = { image, port: 8080, resources: null };
const restart = 'spec.jobTemplate.spec.template.spec.restartPolicy';
const search = { ...web, user: 1000, volumes: { '/data': { size: '1Gi' } } };

const place = ['spec.path', 'spec.sourceRef.kind', 'spec.sourceRef.name', 'spec.sourceRef.namespace'];

const cases: Readonly<Record<string, Case>> = {
  Cluster: {
    make: ({ cluster }, root) => [
      new Cluster(cluster.node.root, 'other', { directory: 'other', defaults: cluster.defaults, root }).root.resource,
    ],
    alone: place,
  },
  Namespace: { make: ({ cluster }, given) => objects(new Namespace(cluster.apps, 'x', given)), alone: [] },
  FluxKustomization: {
    make: ({ cluster }, given) => objects(new FluxKustomization(cluster.inNamespace('other'), 'x', given)),
    alone: place,
  },
  Application: {
    make: ({ cluster }, kustomization) => [new Application(cluster, 'x', { kustomization }).kustomization.resource],
    alone: place,
  },
  'HelmRelease of an artifact': {
    make: ({ on }, given: object) => objects(new HelmRelease(on, 'x', { chart, version: '1.0.0', ...given })),
    alone: [
      ...['spec.layerSelector.mediaType', 'spec.layerSelector.operation', 'spec.ref.tag', 'spec.url'],
      ...['spec.chartRef.kind', 'spec.chartRef.name'],
    ],
  },
  'HelmRelease of a repository': {
    make: ({ on }, given: object) => {
      const chart = { repository: 'https://charts.acme.example', name: 'shop' };
      return objects(new HelmRelease(on, 'x', { chart, version: '1.0.0', ...given }));
    },
    alone: [
      ...['spec.url', 'spec.chart.spec.chart', 'spec.chart.spec.version'],
      ...['spec.chart.spec.sourceRef.kind', 'spec.chart.spec.sourceRef.name'],
    ],
  },
  'HelmRelease of a folder': {
    make: ({ on }, given: object) => {
      return objects(new HelmRelease(on, 'x', { chart: { folder: 'charts/shop' }, version: null, ...given }));
    },
    alone: ['chart', 'sourceRef.kind', 'sourceRef.name', 'sourceRef.namespace'].map(
      (field) => `spec.chart.spec.${field}`,
    ),
  },
  'source of a HelmRelease': {
    make: ({ on }, source) => [new HelmRelease(on, 'x', { chart, version: '1.0.0', source }).source],
    given: { 'metadata.namespace': 'it stands with its release' },
  },
  GitRepository: {
    make: ({ on }, given: object) => {
      return objects(
        new GitRepository(on, 'x', { spec: { interval: '1h', url: 'https://git.acme.example' }, ...given }),
      );
    },
    given: { 'spec.interval': 'spec is given', 'spec.url': 'spec is given' },
  },
  CloudNativePg: {
    make: ({ cluster }, kustomization) => [
      new CloudNativePg(cluster, { version: '1.0.0', kustomization }).kustomization.resource,
    ],
    alone: place,
  },
  ConfigMap: {
    make: ({ on }, given: object) => objects(new ConfigMap(on, 'x', { data: { A: 'b' }, ...given })),
    given: { 'data.A': 'data is given' },
  },
  SecretStore: {
    make: ({ on }, given: object) => objects(new SecretStore(on, 'x', { provider: { fake: { data: [] } }, ...given })),
  },
  ClusterSecretStore: {
    make: ({ on }, given: object) => {
      return objects(new ClusterSecretStore(on, 'x', { provider: { fake: { data: [] } }, ...given }));
    },
  },
  VaultStore: {
    make: ({ cluster }, given: object) => {
      const operator = new ExternalSecrets(cluster, { version: '2.9.0' });
      return objects(new VaultStore(cluster, 'x', { operator, server: 'http://vault.vault.svc:8200', ...given }));
    },
    given: {
      'spec.provider.vault.server': 'required',
      'spec.provider.vault.path': paths,
      'spec.provider.vault.version': paths,
      'spec.provider.vault.auth.kubernetes.serviceAccountRef.namespace': 'External Secrets would look elsewhere',
    },
  },
  ExternalSecret: {
    make: ({ on }, given: object) => {
      return objects(new ExternalSecret(on, 'x', { store, extract: 'shop', required: ['A'], ...given }));
    },
    given: {
      'spec.dataFrom': 'extract is given',
      'spec.secretStoreRef.kind': identity,
      'spec.secretStoreRef.name': identity,
      'spec.target.template.data.A': 'required is given',
    },
  },
  PushSecret: {
    make: ({ on }, given: object) => objects(new PushSecret(on, 'x', { store, secret: login, to: 'shop', ...given })),
    given: { 'spec.data': 'to is given', 'spec.secretStoreRefs': identity, 'spec.selector.secret.name': identity },
  },
  PasswordGenerator: { make: ({ on }, given) => objects(new PasswordGenerator(on, 'x', given)) },
  GeneratedSecret: {
    make: ({ on }, given: object) => {
      const generator = new PasswordGenerator(on, 'password');
      const operator = ExternalSecrets.named();
      return objects(new GeneratedSecret(on, 'x', { operator, generator, username: 'shop', ...given }));
    },
    given: {
      'spec.dataFrom': 'generator is given',
      'spec.target.template.data.username': 'username is given',
      'spec.target.template.data.password': 'generator is given',
    },
  },
  PostgresCluster: {
    make: ({ on }, given: object) => {
      const backup = { objectStore: ObjectStore.named('backups') };
      const storage = { size: '1Gi' };
      return objects(
        new PostgresCluster(on, 'x', { operator, credentials: login, owner: 'shop', storage, backup, ...given }),
      );
    },
    given: {
      'spec.storage.size': 'storage is given',
      'spec.plugins': 'backup is given',
      'spec.bootstrap.initdb.database': byBootstrap,
      'spec.bootstrap.initdb.owner': byBootstrap,
      'spec.bootstrap.initdb.secret.name': byBootstrap,
    },
  },
  ObjectStore: {
    make: ({ on }, given: object) => {
      const spec = { configuration: { s3Credentials: { inheritFromIAMRole: true } } };
      const plugin = BarmanCloudPlugin.named();
      return objects(new ObjectStore(on, 'x', { plugin, destinationPath: 's3://acme-backups/shop', spec, ...given }));
    },
    given: {
      'spec.configuration.destinationPath': 'required',
      'spec.configuration.s3Credentials.inheritFromIAMRole': 'given',
    },
  },
  ScheduledBackup: {
    make: ({ on }, given: object) => {
      const cluster = PostgresCluster.named('shop-db');
      return objects(new ScheduledBackup(on, 'x', { cluster, schedule: '0 0 2 * * *', ...given }));
    },
    given: { 'spec.cluster.name': identity, 'spec.schedule': 'required' },
  },
  WebService: {
    make: ({ on }, given: object) => objects(new WebService(on, 'x', { ...web, ...given })),
    given: ofPods,
    alone: Object.keys(alone),
  },
  'Service of a WebService': {
    make: ({ on }, { namespace, ...service }: { namespace?: null }) => {
      return [ApiObject.of(new WebService(on, 'x', { ...web, service, ...{ namespace } }).service as Construct)];
    },
    alone: ['spec.ports', 'spec.selector.app.kubernetes.io/name'],
  },
  'PodDisruptionBudget of a WebService': {
    make: ({ on }, { spec: disruptionBudget, ...given }: { spec?: object }) => {
      const all = { ...web, replicas: 2, ...{ disruptionBudget }, ...given };
      return [new WebService(on, 'x', all).disruptionBudget as ApiObject];
    },
    given: { [selector]: identity },
  },
  Worker: {
    make: ({ on }, given: object) => objects(new Worker(on, 'x', { image, resources: null, ...given })),
    given: ofPods,
    alone: Object.keys(alone),
  },
  CronTask: {
    make: ({ on }, given: object) => {
      return objects(new CronTask(on, 'x', { image, resources: null, schedule: '@daily', ...given }));
    },
    given: {
      'spec.schedule': 'required',
      'spec.jobTemplate.spec.template.spec.containers': pods,
      'spec.jobTemplate.spec.template.spec.volumes': emptyDirs,
      [restart]: 'required',
    },
    alone: [
      ...['spec.schedule', 'spec.jobTemplate.spec.template.metadata.labels.app.kubernetes.io/name'],
      ...['spec.jobTemplate.spec.template.spec.containers', restart],
    ],
  },
  StatefulService: {
    make: ({ on }, given: object) => objects(new StatefulService(on, 'x', { ...search, ...given })),
    given: { ...ofPods, 'spec.volumeClaimTemplates': 'the container mounts them' },
    alone: [
      ...[...Object.keys(alone), 'spec.serviceName', 'spec.volumeClaimTemplates'],
      ...['fsGroup', 'runAsGroup', 'runAsUser'].map((field) => `spec.template.spec.securityContext.${field}`),
    ],
  },
  Migration: {
    make: ({ cluster }, given: object) => {
      return objects(new Migration(new Application(cluster, 'y'), 'x', { image, resources: null, ...given }));
    },
    given: {
      'spec.template.spec.containers': pods,
      'spec.template.spec.volumes': emptyDirs,
      'spec.template.spec.restartPolicy': 'required',
    },
    alone: [podLabel, 'spec.template.spec.containers', 'spec.template.spec.restartPolicy'],
  },
  HttpRoute: {
    make: ({ on }, given: object) => {
      const service = { name: 'shop', port: 80 };
      return objects(
        new HttpRoute(on, 'x', { hosts: ['shop.acme.example'], gateway: { name: 'web' }, service, ...given }),
      );
    },
  },
};

/** Constructs without defaults of an object, why, and those that another one stands for. */
const others: Readonly<Record<string, string>> = {
  App: 'no object',
  Directory: 'a kustomization.yaml of given fields',
  File: 'no object',
  YamlFile: 'as it stands',
  YamlObject: 'as it stands',
  KustomizationFile: 'as it stands',
  Manifest: 'as it stands',
  Resource: 'abstract',
  Source: 'abstract',
  OciRepository: 'as GitRepository',
  HelmRepository: 'as GitRepository',
  Bucket: 'as GitRepository',
  ExternalSecrets: 'as CloudNativePg',
  BarmanCloudPlugin: 'as CloudNativePg',
  Backstage: 'an app of many objects',
  AppConfig: 'a ConfigMap of given data',
  BackstageDeployment: 'a Deployment as that app needs it',
  KubernetesReadAccess: 'what that app needs',
  Tenant: 'a namespace, its source, account and Kustomization, each of a construct here',
  PostgresRole: 'what db.role() makes',
  NetworkPolicies: 'what follows from references',
};

test('every construct is in the table', () => {
  const constructs = Object.entries(espalier).flatMap(([name, value]) =>
    // Those of kinds write what is given, and nothing else.
    typeof value === 'function' && value.prototype instanceof Construct && !isOfKind(value) ? [name] : [],
  );
  const known = [...Object.keys(cases), ...Object.keys(others)];
  expect(constructs.filter((name) => !known.some((key) => key.split(' ').includes(name)))).toEqual([]);
});

function isOfKind(construct: { readonly name: string; readonly prototype: object }): boolean {
  const { KindObject } = espalier;
  return construct === KindObject || construct.prototype instanceof KindObject || construct.name.endsWith('Generator');
}

function fieldsOf(value: unknown, path: readonly string[] = []): string[][] {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
  return isMap ? Object.entries(value).flatMap(([key, item]) => fieldsOf(item, [...path, key])) : [[...path]];
}

/** What a construct writes, but for what says which object it is. */
function written(
  one: Case,
  given: object,
  defaults = true,
): { readonly document: JsonObject; readonly fields: string[][] }[] {
  const app = new App();
  const cluster = new Cluster(app, 'soyo', { defaults, vaultPolicies: false });
  const on = new FluxKustomization(cluster.inNamespace('shop'), 'shop').directory;
  const made = one.make({ cluster, on }, given as Given);
  const documents = app.tree().files.flatMap((file) => file.documents as JsonObject[]);
  return made.map(({ kind, name }) => {
    const document = documents.findLast((each) => each.kind === kind && at(each, 'metadata', 'name') === name);
    if (document === undefined) throw new Error(`${kind} ${name} is not written`);
    const fields = fieldsOf(document).filter((path) => !/^(apiVersion|kind|metadata,name)$/.test(String(path)));
    return { document, fields };
  });
}

/** What an author writes to take a field away. */
function takenAway([first, ...path]: readonly string[]): object {
  const nested = (path: readonly string[]) => path.reduceRight<unknown>((below, step) => ({ [step]: below }), null);
  return first === 'metadata' ? (nested(path) as object) : { [String(first)]: nested(path) };
}

test.each(Object.entries(cases))('%s: null takes away every field that it writes by itself', (name, one) => {
  const left: string[] = [];
  for (const [i, { document, fields }] of written(one, {}).entries()) {
    // The source that a release makes is a case of its own.
    if (name.startsWith('HelmRelease') && document.kind !== 'HelmRelease') continue;
    for (const path of fields) {
      if (one.given && path.join('.') in one.given) continue;
      const after = written(one, takenAway(path))[i]?.fields ?? [];
      if (after.some((each) => each.join('.') === path.join('.'))) left.push(path.join('.'));
    }
  }
  expect(left).toEqual([]);
});

test.each(Object.entries(cases).filter(([, { alone }]) => alone))(
  '%s: a cluster without defaults writes what follows from what is given, and nothing else',
  (_name, one) => {
    const fields = written(one, {}, false).flatMap(({ fields }) => fields.map((path) => path.join('.')));
    expect(fields.filter((field) => field !== 'metadata.namespace').sort()).toEqual([...(one.alone ?? [])].sort());
  },
);
