import type { Json, JsonObject } from '../../../lib/json/json';
import { pathText } from '../../../lib/json/path-text';
import { faultsOf } from '../../../lib/systems/cnpg/admission';
import { symbol } from '../../../lib/text/symbolic';

type Spec = Record<string, Json>;

const unknown = symbol('VALUE');

function objectOf(kind: string, spec: Spec, annotations: Record<string, string> = {}): JsonObject {
  const plain: Spec =
    kind === 'Cluster' ? { instances: 2, storage: { size: '10Gi' } } : { cluster: { name: 'shop-db' } };
  return { kind, metadata: { name: 'shop', annotations }, spec: { ...plain, ...spec } };
}

/** The places that are refused. */
function refused(kind: string, spec: Spec, annotations?: Record<string, string>): string[] {
  return [...faultsOf(objectOf(kind, spec, annotations))].map(({ path }) => pathText(path));
}

const parameters = (given: Spec): Spec => ({ postgresql: { parameters: given } });
const initdb = (given: Spec): Spec => ({ bootstrap: { initdb: given } });
const recovery = (given: Spec): Spec => ({
  bootstrap: { recovery: given },
  externalClusters: [{ name: 'old', connectionParameters: { host: 'old' } }],
});
const backedUp = (credentials: Spec): Spec => ({
  backup: { barmanObjectStore: { destinationPath: 's3://a', ...credentials } },
});
const key = { name: 's3', key: 'key' };

/** Held once against the answers of the webhooks of CloudNativePG 1.30.0, compiled from its sources. */
describe('a Cluster', () => {
  test.each<[Spec, string[]]>([
    [{ storage: {} }, ['spec.storage.size']],
    [{ storage: { size: '10 Gi' } }, ['spec.storage.size']],
    [{ walStorage: { storageClass: 'fast' } }, ['spec.walStorage.size']],
    [{ imageName: 'postgresql:latest' }, ['spec.imageName']],
    [{ imageName: 'ghcr.io/acme/postgresql@sha256:aa' }, ['spec.imageName']],
    [{ imageName: 'postgresql:12.3' }, ['spec.imageName']],
    [{ maxSyncReplicas: 2 }, ['spec.maxSyncReplicas']],
    [{ minSyncReplicas: 1 }, ['spec.minSyncReplicas']],
    [{ postgresql: { synchronous: { method: 'any', number: 2 } } }, ['spec.postgresql.synchronous.number']],
    [{ postgresql: { synchronous: { number: 1 } }, maxSyncReplicas: 1 }, ['spec.postgresql.synchronous']],
    [{ instances: 1, primaryUpdateStrategy: 'supervised' }, ['spec.primaryUpdateStrategy']],
    [{ primaryLease: { leaseDurationSeconds: 10 } }, ['spec.primaryLease.leaseDurationSeconds']],
    [{ resources: { requests: { cpu: 2 }, limits: { cpu: '500m' } } }, ['spec.resources.requests.cpu']],
    [{ resources: { limits: { 'hugepages-2Mi': '1Gi' } } }, ['spec.resources']],
    [parameters({ archive_command: 'cp' }), ['spec.postgresql.parameters.archive_command']],
    [parameters({ 'work-mem': '8MB' }), ['spec.postgresql.parameters.work-mem']],
    [parameters({ shared_buffers: '256Mi' }), ['spec.postgresql.parameters.shared_buffers']],
    [parameters({ min_wal_size: '2GB' }), ['spec.postgresql.parameters.min_wal_size']],
    [parameters({ max_wal_size: '64MB' }), ['spec.postgresql.parameters.max_wal_size']],
    [
      { ...parameters({ max_wal_size: '5GB' }), walStorage: { size: '5Gi' } },
      ['spec.postgresql.parameters.max_wal_size'],
    ],
    [parameters({ wal_level: 'minimal', max_wal_senders: '0' }), ['spec.postgresql.parameters.wal_level']],
    [parameters({ hot_standby_feedback: 'maybe' }), ['spec.postgresql.parameters.hot_standby_feedback']],
    [parameters({ wal_log_hints: 'off' }), ['spec.postgresql.parameters.wal_log_hints']],
    [parameters({ 'pg_failover_slots.drop_extra_slots': 'on' }), ['spec.postgresql.parameters.hot_standby_feedback']],
    [{ bootstrap: { initdb: {}, recovery: { backup: { name: 'b' } } } }, ['spec.bootstrap']],
    [initdb({ walSegmentSize: 15 }), ['spec.bootstrap.initdb.walSegmentSize']],
    [initdb({ import: { type: 'microservice', databases: ['a*'] } }), ['spec.bootstrap.initdb.import.databases[0]']],
    [initdb({ import: { type: 'monolith', databases: ['*', 'a'] } }), ['spec.bootstrap.initdb.import.databases']],
    [recovery({ source: 'older' }), ['spec.bootstrap.recovery.source']],
    [
      recovery({ source: 'old', recoveryTarget: { targetXID: '4294967296', backupID: 'b' } }),
      ['spec.bootstrap.recovery.recoveryTarget.targetXID'],
    ],
    [
      recovery({ source: 'old', recoveryTarget: { targetName: 'n' } }),
      ['spec.bootstrap.recovery.recoveryTarget.backupID'],
    ],
    [
      recovery({ volumeSnapshots: { storage: { kind: 'VolumeSnapshot', name: 's' } } }),
      ['spec.bootstrap.recovery.volumeSnapshots.storage'],
    ],
    [{ externalClusters: [{ name: 'old' }] }, ['spec.externalClusters[0]']],
    [
      { ...recovery({ source: 'old' }), externalClusters: [{ name: '', plugin: { name: 'p' } }] },
      ['spec.bootstrap.recovery.source'],
    ],
    [
      { bootstrap: { initdb: { postInitApplicationSQLRefs: { secretRefs: [{ name: '', key: 'a' }] } } } },
      ['spec.bootstrap.initdb.postInitApplicationSQLRefs.secretRefs[0].name'],
    ],
    [{ projectedVolumeTemplate: {} }, ['spec.projectedVolumeTemplate.sources']],
    [{ tablespaces: [{ name: '', storage: { size: '1Gi' } }] }, ['spec.tablespaces[0].name']],
    [{ replica: { source: 'old', enabled: false } }, ['spec.replica.source']],
    [backedUp({}), ['spec.backup.barmanObjectStore']],
    [backedUp({ s3Credentials: { accessKeyId: key } }), ['spec.backup.barmanObjectStore.s3Credentials']],
    [backedUp({ azureCredentials: { storageKey: key } }), ['spec.backup.barmanObjectStore.azureCredentials']],
    [{ managed: { roles: [{ name: 'a' }, { name: 'a' }] } }, ['spec.managed.roles[1].name']],
    [{ managed: { roles: [{ name: 'pg_monitor' }] } }, ['spec.managed.roles[0].name']],
    [
      { managed: { services: { disabledDefaultServices: ['ro', 'rw'] } } },
      ['spec.managed.services.disabledDefaultServices[1]'],
    ],
    [
      {
        plugins: [
          { name: 'a', isWALArchiver: true },
          { name: 'b', isWALArchiver: true },
        ],
      },
      ['spec.plugins[1].isWALArchiver'],
    ],
    [{ env: [{ name: 'PGDATA', value: '/data' }] }, ['spec.env[0].name']],
    [{ tablespaces: [{ name: 'pg_x', storage: { size: '1Gi' } }] }, ['spec.tablespaces[0].name']],
    [{ certificates: { serverTLSSecret: 'tls' } }, ['spec.certificates.serverCASecret']],
    [{ affinity: { podAntiAffinityType: 'Preferred' } }, ['spec.affinity.podAntiAffinityType']],
    [{ affinity: { tolerations: [{ operator: 'Exists', value: 'a' }] } }, ['spec.affinity.tolerations[0].value']],
    [
      { replicationSlots: { synchronizeReplicas: { excludePatterns: ['('] } } },
      ['spec.replicationSlots.synchronizeReplicas.excludePatterns[0]'],
    ],
    [{ postgresql: { pg_hba: ['host all all ${podselector:web} md5'] } }, ['spec.postgresql.pg_hba[0]']],
    [{ postgresql: { extensions: [{ name: 'a', image: {} }] } }, ['spec.postgresql.extensions[0].image.reference']],
  ])('%j is refused', (spec, expected) => {
    expect(refused('Cluster', spec)).toEqual(expected);
  });

  test.each<[Spec]>([
    [{}],
    [
      {
        imageName: 'localhost:5000/postgresql:17@sha256:aa',
        storage: { pvcTemplate: { resources: { requests: { storage: '1Gi' } } } },
      },
    ],
    [parameters({ archive_mode: 'on', log_destination: 'csvlog', shared_buffers: '1.5 GB', wal_log_hints: 'tru' })],
    [{ ...parameters({ shared_buffers: '8GB' }), resources: { requests: { memory: '2Gi', 'hugepages-2Mi': '8Gi' } } }],
    // The webhook that fills in defaults gives the one the name of the other.
    [initdb({ owner: 'shop' })],
    [initdb({ database: 'shop' })],
    // A primary that is demoted keeps its initdb.
    [
      {
        ...initdb({}),
        replica: { source: 'old', primary: 'old' },
        externalClusters: [{ name: 'old', plugin: { name: 'p' } }],
      },
    ],
    [recovery({ source: 'old', recoveryTarget: { targetTime: '2026-08-21 15:33:31+02' } })],
    [{ resources: { requests: { 'example.org/gpu': 2 }, limits: { 'example.org/gpu': 1 } } }],
  ])('%j is taken', (spec) => {
    expect(refused('Cluster', spec)).toEqual([]);
  });

  test('has a name that Services can be named after', () => {
    const named = (name: string) => [...faultsOf({ ...objectOf('Cluster', {}), metadata: { name } })].length;
    expect(['shop', 'a'.repeat(50), 'a'.repeat(51), '1shop', 'shop.db', 'shop-'].map(named)).toEqual([
      0, 0, 1, 1, 1, 1,
    ]);
  });

  test('has annotations that mean something', () => {
    const annotations = {
      'cnpg.io/hibernation': 'yes',
      'cnpg.io/podPatch': '{}',
      'alpha.cnpg.io/livenessPinger': '{}',
    };
    expect(refused('Cluster', {}, annotations)).toEqual(
      ['cnpg.io/hibernation', 'cnpg.io/podPatch', 'alpha.cnpg.io/livenessPinger'].map(
        (name) => `metadata.annotations["${name}"]`,
      ),
    );
  });

  test('that turns the webhook off is taken as it is', () => {
    expect(refused('Cluster', { storage: {} }, { 'cnpg.io/validation': 'disabled' })).toEqual([]);
  });

  test.each<[Spec]>([
    [{ instances: unknown, maxSyncReplicas: 3 }],
    [{ imageName: unknown, storage: { size: unknown } }],
    [{ resources: { requests: { memory: '2Gi' }, limits: { memory: unknown } } }],
    [{ ...parameters({ shared_buffers: '8GB' }), resources: { requests: { memory: unknown } } }],
    [recovery({ source: unknown })],
    [{ ...recovery({ source: 'older' }), externalClusters: [{ name: unknown, plugin: { name: 'p' } }] }],
    [{ managed: { roles: [{ name: unknown }, { name: unknown }] } }],
  ])('%j, with a variable that nobody knows, is not judged', (spec) => {
    expect(refused('Cluster', spec)).toEqual([]);
  });
});

test.each<[string, Spec, string[]]>([
  ['Pooler', { pgbouncer: { authQuery: 'SELECT 1' } }, ['spec.pgbouncer.authQuerySecret.name']],
  ['Pooler', { pgbouncer: { parameters: { auth_file: 'x' } } }, ['spec.pgbouncer.parameters.auth_file']],
  ['Pooler', { cluster: { name: 'shop' } }, ['metadata.name']],
  ['ScheduledBackup', { schedule: '@daily', online: true }, ['spec.online']],
  ['ScheduledBackup', { schedule: '@daily', method: 'volumeSnapshot', online: true }, []],
  ['Backup', { onlineConfiguration: {} }, ['spec.onlineConfiguration']],
  ['Database', { extensions: [{ name: 'a' }, { name: 'a' }] }, ['spec.extensions[1].name']],
  ['Database', { servers: [{ name: 's', fdw: 'file_fdw' }] }, ['spec.servers[0].fdw']],
  ['Database', { servers: [{ name: 's', fdw: 'file_fdw', ensure: 'absent' }] }, []],
  ['ObjectStore', {}, []],
])('a %s with %j', (kind, spec, expected) => {
  expect(refused(kind, spec)).toEqual(expected);
});
