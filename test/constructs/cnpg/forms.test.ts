import {
  Application,
  BarmanCloudPlugin,
  CloudNativePg,
  type Directory,
  ObjectStore,
  PostgresCluster,
  ScheduledBackup,
  Secret,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

/*
 * Objects as people write them, and the construct that says each: nothing is added, nothing is left out.
 */

const operator = CloudNativePg.named();
const plugin = BarmanCloudPlugin.named();
/** Takes the defaults of a PostgresCluster away. */
const plain = { operator, credentials: null, instances: null } as const;
const noSuperuser = { enableSuperuserAccess: null } as const;
const unprotected = {
  annotations: { 'kustomize.toolkit.fluxcd.io/prune': null, 'kustomize.toolkit.fluxcd.io/force': null },
};

/** The object `it` that is composed in the folder of an app `media`. */
function composed(build: (directory: Directory) => unknown): JsonObject {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'media');
  build(directory);
  return reader(app.tree()).document('kubernetes/apps/media/media/app/it.yaml');
}

type Form = [what: string, build: (on: Directory) => unknown, spec: JsonObject];

const clusters: Form[] = [
  [
    'initdb that CNPG defaults',
    (on) => new PostgresCluster(on, 'it', { ...plain, storage: { size: '5Gi' }, bootstrap: null, spec: noSuperuser }),
    { storage: { size: '5Gi' } },
  ],
  [
    'initdb with an owner and a database, without a Secret',
    (on) =>
      new PostgresCluster(on, 'it', {
        ...plain,
        instances: 1,
        storage: { size: '5Gi', storageClass: 'local-path' },
        owner: 'immich',
        database: 'immich',
        postInitApplicationSql: ['CREATE EXTENSION vchord CASCADE;'],
        spec: noSuperuser,
      }),
    {
      instances: 1,
      storage: { size: '5Gi', storageClass: 'local-path' },
      bootstrap: {
        initdb: { database: 'immich', owner: 'immich', postInitApplicationSQL: ['CREATE EXTENSION vchord CASCADE;'] },
      },
    },
  ],
  [
    'initdb as the API has it, in full',
    (on) =>
      new PostgresCluster(on, 'it', {
        ...plain,
        instances: 3,
        storage: { size: '20Gi' },
        imageName: 'ghcr.io/cloudnative-pg/postgresql:17.6',
        bootstrap: {
          initdb: {
            database: 'app',
            encoding: 'UTF8',
            dataChecksums: true,
            postInitSQL: ['ALTER ROLE app SUPERUSER;'],
            import: { type: 'microservice', databases: ['app'], source: { externalCluster: 'old' } },
          },
        },
        spec: {
          enableSuperuserAccess: true,
          externalClusters: [
            {
              name: 'old',
              connectionParameters: { host: 'old-rw', user: 'postgres', dbname: 'app' },
              password: { name: 'old-superuser', key: 'password' },
            },
          ],
        },
      }),
    {
      instances: 3,
      enableSuperuserAccess: true,
      storage: { size: '20Gi' },
      imageName: 'ghcr.io/cloudnative-pg/postgresql:17.6',
      bootstrap: {
        initdb: {
          database: 'app',
          encoding: 'UTF8',
          dataChecksums: true,
          postInitSQL: ['ALTER ROLE app SUPERUSER;'],
          import: { type: 'microservice', databases: ['app'], source: { externalCluster: 'old' } },
        },
      },
      externalClusters: [
        {
          name: 'old',
          connectionParameters: { host: 'old-rw', user: 'postgres', dbname: 'app' },
          password: { name: 'old-superuser', key: 'password' },
        },
      ],
    },
  ],
  [
    'recovery by the plugin, archived under another name',
    (on) => {
      const store = ObjectStore.named('minio');
      new PostgresCluster(on, 'it', {
        ...plain,
        instances: 3,
        storage: { size: '20Gi' },
        backup: { objectStore: store, serverName: 'it-v2' },
        bootstrap: { recovery: { source: 'it-v1' } },
        spec: {
          ...noSuperuser,
          externalClusters: [
            {
              name: 'it-v1',
              plugin: {
                name: 'barman-cloud.cloudnative-pg.io',
                parameters: { barmanObjectName: store.name, serverName: 'it-v1' },
              },
            },
          ],
        },
      });
    },
    {
      instances: 3,
      storage: { size: '20Gi' },
      bootstrap: { recovery: { source: 'it-v1' } },
      plugins: [
        {
          name: 'barman-cloud.cloudnative-pg.io',
          isWALArchiver: true,
          parameters: { barmanObjectName: 'minio', serverName: 'it-v2' },
        },
      ],
      externalClusters: [
        {
          name: 'it-v1',
          plugin: {
            name: 'barman-cloud.cloudnative-pg.io',
            parameters: { barmanObjectName: 'minio', serverName: 'it-v1' },
          },
        },
      ],
    },
  ],
  [
    'recovery from a backup, to a point in time',
    (on) =>
      new PostgresCluster(on, 'it', {
        ...plain,
        storage: { size: '20Gi' },
        bootstrap: {
          recovery: { backup: { name: 'it-20260101' }, recoveryTarget: { targetTime: '2026-01-01T00:00:00Z' } },
        },
        spec: noSuperuser,
      }),
    {
      storage: { size: '20Gi' },
      bootstrap: {
        recovery: { backup: { name: 'it-20260101' }, recoveryTarget: { targetTime: '2026-01-01T00:00:00Z' } },
      },
    },
  ],
  [
    'a copy of another server, with its certificates',
    (on) => {
      const tls = Secret.named('old-replication', { keys: ['tls.crt', 'tls.key'] });
      new PostgresCluster(on, 'it', {
        ...plain,
        storage: { size: '20Gi' },
        bootstrap: { pg_basebackup: { source: 'old' } },
        spec: {
          ...noSuperuser,
          replica: { enabled: true, source: 'old' },
          externalClusters: [
            {
              name: 'old',
              connectionParameters: { host: 'old.example.org', user: 'streaming_replica', sslmode: 'verify-full' },
              sslKey: { name: tls, key: tls.key('tls.key') },
              sslCert: { name: tls, key: 'tls.crt' },
            },
          ],
        },
      });
    },
    {
      storage: { size: '20Gi' },
      bootstrap: { pg_basebackup: { source: 'old' } },
      replica: { enabled: true, source: 'old' },
      externalClusters: [
        {
          name: 'old',
          connectionParameters: { host: 'old.example.org', user: 'streaming_replica', sslmode: 'verify-full' },
          sslKey: { name: 'old-replication', key: 'tls.key' },
          sslCert: { name: 'old-replication', key: 'tls.crt' },
        },
      ],
    },
  ],
  [
    'the backup that CNPG has of its own',
    (on) => {
      const s3 = Secret.named('s3', { keys: ['id', 'key'] });
      new PostgresCluster(on, 'it', {
        ...plain,
        instances: 2,
        storage: { size: '20Gi' },
        bootstrap: null,
        spec: {
          ...noSuperuser,
          superuserSecret: { name: 'it-superuser' },
          backup: {
            retentionPolicy: '30d',
            barmanObjectStore: {
              destinationPath: 's3://cnpg/',
              endpointURL: 'https://s3.example.org',
              serverName: 'it-v3',
              s3Credentials: { accessKeyId: { name: s3, key: 'id' }, secretAccessKey: { name: s3, key: 'key' } },
              wal: { compression: 'bzip2', maxParallel: 8 },
            },
          },
        },
      });
    },
    {
      instances: 2,
      storage: { size: '20Gi' },
      superuserSecret: { name: 'it-superuser' },
      backup: {
        retentionPolicy: '30d',
        barmanObjectStore: {
          destinationPath: 's3://cnpg/',
          endpointURL: 'https://s3.example.org',
          serverName: 'it-v3',
          s3Credentials: { accessKeyId: { name: 's3', key: 'id' }, secretAccessKey: { name: 's3', key: 'key' } },
          wal: { compression: 'bzip2', maxParallel: 8 },
        },
      },
    },
  ],
  [
    'resources, libraries and access rules',
    (on) =>
      new PostgresCluster(on, 'it', {
        ...plain,
        storage: { size: '20Gi' },
        bootstrap: null,
        spec: {
          ...noSuperuser,
          imageName: 'ghcr.io/tensorchord/cloudnative-vectorchord:17-0.4.3',
          resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '2Gi' } },
          postgresql: {
            shared_preload_libraries: ['vchord.so'],
            pg_hba: ['host all all 10.0.0.0/8 md5'],
            parameters: { max_connections: '400' },
          },
          affinity: { enablePodAntiAffinity: true, topologyKey: 'kubernetes.io/hostname' },
        },
      }),
    {
      storage: { size: '20Gi' },
      imageName: 'ghcr.io/tensorchord/cloudnative-vectorchord:17-0.4.3',
      resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '2Gi' } },
      postgresql: {
        shared_preload_libraries: ['vchord.so'],
        pg_hba: ['host all all 10.0.0.0/8 md5'],
        parameters: { max_connections: '400' },
      },
      affinity: { enablePodAntiAffinity: true, topologyKey: 'kubernetes.io/hostname' },
    },
  ],
  [
    'roles and Services of its own, an image of a catalogue',
    (on) =>
      new PostgresCluster(on, 'it', {
        ...plain,
        storage: null,
        bootstrap: null,
        spec: {
          ...noSuperuser,
          imageCatalogRef: {
            apiGroup: 'postgresql.cnpg.io',
            kind: 'ClusterImageCatalog',
            name: 'postgresql',
            major: 17,
          },
          storage: { size: '1Gi', pvcTemplate: { accessModes: ['ReadWriteOnce'] } },
          managed: {
            roles: [{ name: 'grafana', login: true, passwordSecret: { name: 'grafana-db' } }],
            services: { disabledDefaultServices: ['r'] },
          },
          monitoring: { enablePodMonitor: true },
        },
      }),
    {
      imageCatalogRef: { apiGroup: 'postgresql.cnpg.io', kind: 'ClusterImageCatalog', name: 'postgresql', major: 17 },
      storage: { size: '1Gi', pvcTemplate: { accessModes: ['ReadWriteOnce'] } },
      managed: {
        roles: [{ name: 'grafana', login: true, passwordSecret: { name: 'grafana-db' } }],
        services: { disabledDefaultServices: ['r'] },
      },
      monitoring: { enablePodMonitor: true },
    },
  ],
  [
    'an archiver that is said as little as can be, and another plugin',
    (on) =>
      new PostgresCluster(on, 'it', {
        ...plain,
        storage: { size: '1Gi' },
        bootstrap: { initdb: { secret: { name: Secret.named('it-db') } } },
        backup: { objectStore: ObjectStore.named('minio'), isWALArchiver: null },
        spec: { ...noSuperuser, plugins: [{ name: 'other.example.org', enabled: false }] },
      }),
    {
      storage: { size: '1Gi' },
      bootstrap: { initdb: { secret: { name: 'it-db' } } },
      plugins: [
        { name: 'barman-cloud.cloudnative-pg.io', parameters: { barmanObjectName: 'minio' } },
        { name: 'other.example.org', enabled: false },
      ],
    },
  ],
];

test.each(clusters)('Cluster: %s', (_, build, spec) => {
  expect(composed(build).spec).toEqual(spec);
});

test('the annotations that protect a database can be taken away', () => {
  const database = { ...plain, ...unprotected, storage: { size: '1Gi' } };
  expect(composed((on) => new PostgresCluster(on, 'it', database)).metadata).toEqual({
    name: 'it',
    namespace: 'media',
  });
  const store = {
    plugin,
    destinationPath: 's3://cnpg/',
    spec: { configuration: { s3Credentials: {} } },
    ...unprotected,
  };
  expect(composed((on) => new ObjectStore(on, 'it', store)).metadata).toEqual({ name: 'it', namespace: 'media' });
});

const others: Form[] = [
  [
    'ObjectStore: a bucket that a variable names, logged in by role',
    (on) =>
      new ObjectStore(on, 'it', {
        plugin,
        destinationPath: 's3://${BUCKET}/',
        spec: {
          configuration: { s3Credentials: { inheritFromIAMRole: true } },
          instanceSidecarConfiguration: {
            resources: { requests: { cpu: '10m' } },
            retentionPolicyIntervalSeconds: 1800,
          },
        },
      }),
    {
      configuration: { destinationPath: 's3://${BUCKET}/', s3Credentials: { inheritFromIAMRole: true } },
      instanceSidecarConfiguration: { resources: { requests: { cpu: '10m' } }, retentionPolicyIntervalSeconds: 1800 },
    },
  ],
  [
    'ScheduledBackup: of a database that is there, by the backup that CNPG has of its own',
    (on) =>
      new ScheduledBackup(on, 'it', {
        cluster: PostgresCluster.named('db'),
        schedule: '@daily',
        method: null,
        immediate: true,
        backupOwnerReference: 'self',
      }),
    { cluster: { name: 'db' }, schedule: '@daily', immediate: true, backupOwnerReference: 'self' },
  ],
  [
    'ScheduledBackup: snapshots of volumes',
    (on) =>
      new ScheduledBackup(on, 'it', {
        cluster: PostgresCluster.named('db'),
        schedule: '0 0 3 * * *',
        method: 'volumeSnapshot',
        spec: { online: true },
      }),
    { cluster: { name: 'db' }, schedule: '0 0 3 * * *', method: 'volumeSnapshot', online: true },
  ],
];

test.each(others)('%s', (_, build, spec) => {
  expect(composed(build).spec).toEqual(spec);
});

describe('handles', () => {
  const on = () => new Application(emptyCluster().cluster, 'media').directory;

  test('where no credentials are given, the Secret is the one that CNPG makes', () => {
    const db = new PostgresCluster(on(), 'db', { ...plain, storage: { size: '1Gi' }, owner: 'shop', database: 'shop' });
    expect([db.owner, db.database, db.credentials.name, db.credentials.username]).toEqual([
      'shop',
      'shop',
      'db-app',
      'shop',
    ]);
    expect([db.app.key('uri').key, db.app.namespace, db.app.producer === db]).toEqual(['uri', 'media', true]);
  });

  test('without anything CNPG makes the database app; a Secret that bootstrap names is the owner’s', () => {
    const directory = on();
    const db = new PostgresCluster(directory, 'db', { ...plain, storage: { size: '1Gi' }, bootstrap: null });
    expect([db.owner, db.database, db.instances]).toEqual(['app', 'app', 1]);
    const named = new PostgresCluster(directory, 'named', { ...plain, storage: { size: '1Gi' }, owner: 'shop' });
    expect([named.owner, named.database]).toEqual(['shop', 'shop']);
    const initdb = { initdb: { owner: 'shop' } };
    const written = new PostgresCluster(directory, 'own', { ...plain, storage: { size: '1Gi' }, bootstrap: initdb });
    expect([written.owner, written.database]).toEqual(['shop', 'app']);
    const bootstrap = { recovery: { backup: { name: 'old' }, owner: 'o', database: 'd', secret: { name: 'own' } } };
    const restored = new PostgresCluster(directory, 'restored', { ...plain, storage: { size: '1Gi' }, bootstrap });
    expect([restored.owner, restored.database, restored.credentials.name]).toEqual(['o', 'd', 'own']);
    expect(refusal(() => restored.app)).toBe(
      'soyo/apps/media/media/app/restored: app. Allowed: the Secret media/own, which the owner logs in with: CNPG makes one only where none is given. Example: credentials.',
    );
  });

  test('what brings an operator, a store or a database is waited for', () => {
    const { app, cluster } = emptyCluster();
    const producer = (name: string) => ({ producer: new Application(cluster, name) });
    const { directory } = new Application(cluster, 'media');
    new PostgresCluster(directory, 'db', {
      ...plain,
      operator: CloudNativePg.named(producer('cnpg')),
      storage: { size: '1Gi' },
      backup: { objectStore: ObjectStore.named('minio', producer('minio')) },
    });
    new ScheduledBackup(directory, 'daily', {
      cluster: PostgresCluster.named('other', producer('other')),
      schedule: '0 0 2 * * *',
    });
    const { dependsOn } = reader(app.tree()).find('Kustomization', 'media').spec as JsonObject;
    expect(dependsOn).toEqual(['cnpg', 'minio', 'other'].map((name) => ({ name, namespace: name })));
  });
});
