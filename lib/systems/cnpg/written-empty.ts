import type { Path } from '../../json/json';

/**
 * Where CloudNativePG's webhook writes what is required and lacks, empty, before the API server compares a Cluster with its
 * definition: it reads the object into its types and writes these out again. The Cluster is accepted, and does not work.
 *
 * Source: CloudNativePG 1.30 api/v1/cluster_types.go (fields without omitempty), seen with kube-apiserver 1.36.3
 */
const places = [
  'affinity.tolerations.*',
  'backup.barmanObjectStore.azureCredentials.*',
  'bootstrap.initdb.import.source',
  'bootstrap.*.secret',
  'bootstrap.recovery.backup',
  'env.*',
  'env.*.valueFrom.*',
  'externalClusters.*.barmanObjectStore.s3Credentials.*',
  'externalClusters.*.password',
  'externalClusters.*.plugin',
  'externalClusters.*.sslCert',
  'externalClusters.*.sslKey',
  'externalClusters.*.sslRootCert',
  'backup.barmanObjectStore.s3Credentials.*',
  'externalClusters.*.barmanObjectStore.azureCredentials.*',
  'imagePullSecrets.*',
  'managed.roles.*',
  'managed.roles.*.passwordSecret',
  'monitoring.customQueriesConfigMap.*',
  'monitoring.customQueriesSecret.*',
  'plugins.*',
  'postgresql.ldap.bindSearchAuth.bindPassword',
  'postgresql.syncReplicaElectionConstraint',
  'projectedVolumeTemplate.sources.*.*.items.*',
  'replicationSlots.synchronizeReplicas',
  'seccompProfile',
  'serviceAccountTemplate',
  'topologySpreadConstraints.*',
].map((place) => place.split('.'));

/** Whether what an object of a Cluster at this path lacks is written there, empty. */
export function isWrittenEmpty([top, ...path]: Path): boolean {
  return (
    top === 'spec' &&
    places.some((place) => place.length === path.length && place.every((step, i) => step === '*' || step === path[i]))
  );
}
