import type { Path } from '../../json/json';
import { isKubernetesGroup } from './groups';

/** Places, with items of lists as `*`, and what may lack there. */
type Fields = Readonly<Record<string, readonly string[]>>;

const selector = ['key', 'name'];
const expression = ['key', 'operator'];
const ofArchive = [
  'azureCredentials.connectionString',
  'azureCredentials.storageAccount',
  'azureCredentials.storageKey',
  'azureCredentials.storageSasToken',
  'endpointCA',
  'googleCredentials.applicationCredentials',
  's3Credentials.accessKeyId',
  's3Credentials.region',
  's3Credentials.secretAccessKey',
  's3Credentials.sessionToken',
];
const keysOf = (archive: string): Fields => Object.fromEntries(ofArchive.map((key) => [`${archive}.${key}`, selector]));

/**
 * What the definition of a Cluster requires, and CloudNativePG's webhook writes empty where it lacks, before the API server looks: it
 * reads the object into its types, and writes these out again.
 *
 * Source: CloudNativePG 1.30 api/v1/cluster_types.go (fields without omitempty); seen with kube-apiserver 1.36.3
 */
const ofCluster: Fields = {
  ...keysOf('spec.backup.barmanObjectStore'),
  ...keysOf('spec.externalClusters.*.barmanObjectStore'),
  'spec.bootstrap.initdb.import': ['source'],
  'spec.bootstrap.initdb.import.source': ['externalCluster'],
  'spec.bootstrap.initdb.postInitSQLRefs.configMapRefs.*': selector,
  'spec.bootstrap.initdb.postInitSQLRefs.secretRefs.*': selector,
  'spec.bootstrap.initdb.postInitTemplateSQLRefs.configMapRefs.*': selector,
  'spec.bootstrap.initdb.postInitTemplateSQLRefs.secretRefs.*': selector,
  'spec.bootstrap.initdb.secret': ['name'],
  'spec.bootstrap.pg_basebackup.secret': ['name'],
  'spec.bootstrap.recovery.backup': ['name'],
  'spec.bootstrap.recovery.backup.endpointCA': selector,
  'spec.bootstrap.recovery.secret': ['name'],
  'spec.bootstrap.recovery.volumeSnapshots.storage': ['name'],
  'spec.bootstrap.recovery.volumeSnapshots.walStorage': ['name'],
  'spec.env.*': ['name'],
  'spec.env.*.valueFrom.configMapKeyRef': ['key'],
  'spec.env.*.valueFrom.fieldRef': ['fieldPath'],
  'spec.env.*.valueFrom.fileKeyRef': ['key', 'path', 'volumeName'],
  'spec.env.*.valueFrom.resourceFieldRef': ['resource'],
  'spec.env.*.valueFrom.secretKeyRef': ['key'],
  'spec.ephemeralVolumeSource.volumeClaimTemplate': ['spec'],
  'spec.ephemeralVolumeSource.volumeClaimTemplate.spec.selector.matchExpressions.*': expression,
  'spec.externalClusters.*': ['name'],
  'spec.externalClusters.*.password': ['key'],
  'spec.externalClusters.*.plugin': ['name'],
  'spec.externalClusters.*.sslCert': ['key'],
  'spec.externalClusters.*.sslKey': ['key'],
  'spec.externalClusters.*.sslRootCert': ['key'],
  'spec.imageCatalogRef': ['name'],
  'spec.imagePullSecrets.*': ['name'],
  'spec.managed.roles.*': ['name'],
  'spec.managed.roles.*.passwordSecret': ['name'],
  'spec.monitoring.customQueriesConfigMap.*': selector,
  'spec.monitoring.customQueriesSecret.*': selector,
  'spec.plugins.*': ['name'],
  'spec.podSecurityContext.appArmorProfile': ['type'],
  'spec.podSecurityContext.seccompProfile': ['type'],
  'spec.podSecurityContext.sysctls.*': ['name', 'value'],
  'spec.podSelectorRefs.*': ['selector'],
  'spec.postgresql.ldap.bindSearchAuth.bindPassword': ['key'],
  'spec.postgresql.syncReplicaElectionConstraint': ['enabled'],
  'spec.projectedVolumeTemplate.sources.*.clusterTrustBundle': ['path'],
  'spec.projectedVolumeTemplate.sources.*.clusterTrustBundle.labelSelector.matchExpressions.*': expression,
  'spec.projectedVolumeTemplate.sources.*.configMap.items.*': ['key', 'path'],
  'spec.projectedVolumeTemplate.sources.*.downwardAPI.items.*': ['path'],
  'spec.projectedVolumeTemplate.sources.*.downwardAPI.items.*.fieldRef': ['fieldPath'],
  'spec.projectedVolumeTemplate.sources.*.downwardAPI.items.*.resourceFieldRef': ['resource'],
  'spec.projectedVolumeTemplate.sources.*.secret.items.*': ['key', 'path'],
  'spec.projectedVolumeTemplate.sources.*.serviceAccountToken': ['path'],
  'spec.replicationSlots.synchronizeReplicas': ['enabled'],
  'spec.seccompProfile': ['type'],
  'spec.securityContext.appArmorProfile': ['type'],
  'spec.securityContext.seccompProfile': ['type'],
  'spec.serviceAccountTemplate': ['metadata'],
  'spec.storage.pvcTemplate.selector.matchExpressions.*': expression,
  'spec.topologySpreadConstraints.*': ['maxSkew', 'topologyKey', 'whenUnsatisfiable'],
  'spec.topologySpreadConstraints.*.labelSelector.matchExpressions.*': expression,
  'spec.walStorage.pvcTemplate.selector.matchExpressions.*': expression,
};

/** Choices of a Cluster that the webhook leaves out where they are empty texts, so that they have their defaults. (fields with omitempty) */
const emptyChoices = new Set(['spec.backup.target', 'spec.logLevel', 'spec.postgresql.synchronous.dataDurability']);

/**
 * What the OpenAPI of Kubernetes' own kinds requires, and the API server reads as empty without asking for it, by the end of the place.
 *
 * Source: kube-apiserver 1.36.3, asked for each field that is required
 */
const ofKubernetes: Fields = {
  'csidriver ': ['spec'],
  'spec.tokenRequests.*': ['audience'],
  'customresourcedefinition spec.versions.*': ['served'],
  'hints.forZones.*': ['name'],
  'limitrange spec': ['limits'],
  'metric.selector.matchExpressions.*': expression,
  'spec.podFailurePolicy': ['rules'],
  'securityContext.sysctls.*': ['value'],
  'nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.*': ['preference'],
  'httpGet.httpHeaders.*': ['value'],
  'lifecycle.preStop.sleep': ['seconds'],
  'lifecycle.postStart.sleep': ['seconds'],
  'sources.*.clusterTrustBundle': ['path'],
  // It is dropped whole while PodCertificateRequest is off.
  'sources.*.podCertificate': ['keyType', 'signerName'],
  'volumes.*.iscsi': ['lun'],
};
const ends = Object.entries(ofKubernetes);

/** Who takes an object although it lacks fields that are required in this place, and reads them as empty; undefined for nobody. */
export function takenEmpty(
  { group, kind }: { readonly group: string; readonly kind: string },
  path: Path,
  lacks: readonly string[],
): string | undefined {
  const place = placeOf(path);
  const all = (fields: readonly string[] | undefined) =>
    fields !== undefined && lacks.every((one) => fields.includes(one));
  if (isCluster(group, kind)) return all(ofCluster[place]) ? "CloudNativePG's webhook" : undefined;
  if (!isKubernetesGroup(group)) return undefined;
  const whole = `${kind.toLowerCase()} ${place}`;
  // Without a kind it is dropped whole.
  const isDropped = whole === 'persistentvolumeclaim spec.dataSource' && lacks.includes('kind');
  return isDropped || ends.some(([end, fields]) => whole.endsWith(end) && all(fields)) ? 'the API server' : undefined;
}

/** Whether an empty text in this place counts as left out. */
export function isLeftOut({ group, kind }: { readonly group: string; readonly kind: string }, path: Path): boolean {
  return isCluster(group, kind) && emptyChoices.has(placeOf(path));
}

function isCluster(group: string, kind: string): boolean {
  return group === 'postgresql.cnpg.io' && kind === 'Cluster';
}

function placeOf(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
}
