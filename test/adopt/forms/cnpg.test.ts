import { flat, said } from './said';

test('a database with its backups; what is plain stays plain', () => {
  const code = said({
    cluster: `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: postgres }
spec:
  instances: 3
  imageName: ghcr.io/cloudnative-pg/postgresql:17.2
  storage: { size: 20Gi, storageClass: '\${CLASS:=local}' }
  superuserSecret: { name: superuser }
  enableSuperuserAccess: true
  postgresql: { parameters: { max_connections: '100' }, pg_hba: [local all all trust] }
  bootstrap: { initdb: { database: app, owner: app } }
  plugins:
    - { name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName: backups, serverName: v1 } }
`,
    objectstore: `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: backups }
spec:
  retentionPolicy: 30d
  configuration:
    destinationPath: s3://backups/
    endpointURL: https://s3.example.org
    data: { compression: bzip2 }
    wal: { compression: bzip2, maxParallel: 8 }
    s3Credentials:
      accessKeyId: { name: s3, key: id }
      secretAccessKey: { name: s3, key: key }
`,
    scheduledbackup: `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: daily }
spec:
  schedule: '0 0 2 * * *'
  immediate: true
  backupOwnerReference: self
  method: plugin
  pluginConfiguration: { name: barman-cloud.cloudnative-pg.io }
  cluster: { name: postgres }
`,
  });
  expect(code).toBe(
    flat(`const objectStore = new ObjectStore(app, 'objectstore', {
  name: 'backups',
  plugin: BarmanCloudPlugin.named(),
  destinationPath: 's3://backups/',
  endpointURL: 'https://s3.example.org',
  retentionPolicy: '30d',
  wal: { compression: 'bzip2', maxParallel: 8 },
  data: { compression: 'bzip2' },
  spec: {
    configuration: {
      s3Credentials: { accessKeyId: { name: 's3', key: 'id' }, secretAccessKey: { name: 's3', key: 'key' } },
    },
  },
});
const database = new PostgresCluster(app, 'cluster', {
  name: 'postgres',
  operator: CloudNativePg.named(),
  credentials: null,
  bootstrap: { initdb: { database: 'app', owner: 'app' } },
  imageName: 'ghcr.io/cloudnative-pg/postgresql:17.2',
  instances: 3,
  storage: { size: '20Gi', storageClass: variable('CLASS', { default: 'local' }) },
  parameters: { max_connections: '100' },
  backup: { objectStore, serverName: 'v1', isWALArchiver: true },
  spec: {
    superuserSecret: { name: 'superuser' },
    enableSuperuserAccess: true,
    postgresql: { pg_hba: ['local all all trust'] },
  },
});
new ScheduledBackup(app, 'scheduledbackup', {
  name: 'daily',
  cluster: database,
  schedule: '0 0 2 * * *',
  method: 'plugin',
  immediate: true,
  backupOwnerReference: 'self',
});
`),
  );
});
