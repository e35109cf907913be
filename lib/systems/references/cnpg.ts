import type { JsonObject } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { group } from '../cnpg/names';
import { environment, projected, storageClass } from './kubernetes';
import { configMapKey, imagePullSecret, own, type Rows, secret, secretKey, within } from './row';

/** What CloudNativePG's kinds refer to (CloudNativePG 1.30, Barman Cloud plugin 0.14). */

/** The credentials of an object store: each field of these is a name and a key. */
const objectStore: Rows = {
  's3Credentials.*': secretKey('credentials'),
  'azureCredentials.*': secretKey('credentials'),
  'googleCredentials.*': secretKey('credentials'),
  endpointCA: secretKey('certificate'),
};

const refs: Rows = {
  'secretRefs[]': secretKey('configuration'),
  'configMapRefs[]': configMapKey('configuration'),
};

const volume: Rows = { storageClass, 'pvcTemplate.storageClassName': storageClass };

const snapshotClass = own('snapshot.storage.k8s.io/VolumeSnapshotClass', 'no snapshot is taken');

const clusterOf = (fails: string) => own(`${group}/Cluster`, fails);

const postgres = 'the operator waits for it, and nothing is made ("the cluster … does not exist")';

export const cnpg: Readonly<Record<string, Rows>> = {
  [`${group}/Cluster`]: {
    ...within('spec.bootstrap.', {
      'initdb.secret': secret('bootstrap'),
      'recovery.secret': secret('bootstrap'),
      'pg_basebackup.secret': secret('bootstrap'),
      ...within('initdb.postInitSQLRefs.', refs),
      ...within('initdb.postInitApplicationSQLRefs.', refs),
      ...within('initdb.postInitTemplateSQLRefs.', refs),
    }),
    'spec.superuserSecret': secret('superuser'),
    'spec.managed.roles[].passwordSecret': secret('managedRole'),
    'spec.postgresql.ldap.bindSearchAuth.bindPassword': secretKey('credentials'),
    ...within('spec.certificates.', {
      serverCASecret: secret('certificate'),
      serverTLSSecret: secret('certificate'),
      clientCASecret: secret('certificate'),
      replicationTLSSecret: secret('certificate'),
    }),
    ...within('spec.backup.barmanObjectStore.', objectStore),
    ...within('spec.externalClusters[].', {
      password: secretKey('credentials'),
      sslKey: secretKey('credentials'),
      sslCert: secretKey('credentials'),
      sslRootCert: secretKey('credentials'),
      ...within('barmanObjectStore.', objectStore),
    }),
    ...within('spec.', environment),
    ...within('spec.projectedVolumeTemplate.', projected),
    'spec.imagePullSecrets[]': imagePullSecret,
    'spec.monitoring.customQueriesSecret[]': secretKey('configuration'),
    'spec.monitoring.customQueriesConfigMap[]': configMapKey('configuration'),
    'spec.imageCatalogRef': own([`${group}/ImageCatalog`, `${group}/ClusterImageCatalog`], 'the Cluster is not made', {
      parts: [{ field: 'major', what: 'image of major version', of: majors, fails: 'the Cluster is not made' }],
    }),
    ...within('spec.storage.', volume),
    ...within('spec.walStorage.', volume),
    ...within('spec.tablespaces[].storage.', volume),
    'spec.backup.volumeSnapshot.className': snapshotClass,
    'spec.backup.volumeSnapshot.walClassName': snapshotClass,
  },
  [`${group}/Pooler`]: {
    'spec.cluster': clusterOf('no pod of it starts'),
    'spec.pgbouncer.authQuerySecret': secret('credentials'),
  },
  [`${group}/Backup`]: { 'spec.cluster': own(`${group}/Cluster`, undefined, { rule: 'cnpg/backup-target' }) },
  [`${group}/ScheduledBackup`]: { 'spec.cluster': own(`${group}/Cluster`, undefined, { rule: 'cnpg/backup-target' }) },
  [`${group}/Database`]: { 'spec.cluster': clusterOf(postgres) },
  [`${group}/DatabaseRole`]: {
    'spec.cluster': clusterOf(postgres),
    'spec.passwordSecret': secret('managedRole'),
  },
  [`${group}/Publication`]: { 'spec.cluster': clusterOf(postgres) },
  [`${group}/Subscription`]: {
    spec: {
      ...clusterOf(postgres),
      name: 'cluster.name',
      parts: [{ field: 'externalClusterName', what: 'entry of externalClusters', of: externalClusters }],
    },
  },
  'barmancloud.cnpg.io/ObjectStore': within('spec.configuration.', objectStore),
};

function majors(catalog: JsonObject) {
  return listAt(catalog, 'spec', 'images').flatMap((image) => at(image, 'major') ?? []);
}

function externalClusters(cluster: JsonObject) {
  return listAt(cluster, 'spec', 'externalClusters').flatMap((external) => textAt(external, 'name') ?? []);
}
