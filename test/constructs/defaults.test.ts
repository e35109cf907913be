import {
  Application,
  BarmanCloudPlugin,
  CloudNativePg,
  ClusterSecretStore,
  ExternalSecret,
  ObjectStore,
  PasswordGenerator,
  PostgresCluster,
  PushSecret,
  ScheduledBackup,
  Secret,
} from '../../lib';
import { synthesize } from './synthesize';

test('in a cluster without defaults constructs write what they are given', () => {
  const { find } = synthesize(
    ({ cluster }) => {
      const { directory } = new Application(cluster, 'shop');
      const store = ClusterSecretStore.named('vault');
      new ExternalSecret(directory, 'whole', { store, extract: 'shop' });
      new ExternalSecret(directory, 'single', { store, data: { TOKEN: 'token' }, secretName: 'shop' });
      new ExternalSecret(directory, 'keys', { store, extract: 'shop', required: ['A'] });
      new PasswordGenerator(directory, 'password', { length: 24 });
      new PushSecret(directory, 'push', { secret: Secret.named('a', { keys: ['b'] }), store, to: 'c' });
      const objectStore = new ObjectStore(directory, 'backups', {
        plugin: BarmanCloudPlugin.named(),
        destinationPath: 's3://backups/',
        spec: { configuration: { s3Credentials: { inheritFromIAMRole: true } } },
      });
      const operator = CloudNativePg.named();
      const backup = { objectStore };
      const db = new PostgresCluster(directory, 'db', {
        operator,
        credentials: null,
        storage: { size: '1Gi' },
        backup,
      });
      new ScheduledBackup(directory, 'daily', { cluster: db, schedule: '0 0 2 * * *' });
    },
    { defaults: false },
  );
  const secretStoreRef = { kind: 'ClusterSecretStore', name: 'vault' };
  const objects = {
    'ExternalSecret/whole': { secretStoreRef, dataFrom: [{ extract: { key: 'shop' } }] },
    'ExternalSecret/single': {
      secretStoreRef,
      target: { name: 'shop' },
      data: [{ secretKey: 'TOKEN', remoteRef: { key: 'token' } }],
    },
    // What asks for a template gets one.
    'ExternalSecret/keys': {
      secretStoreRef,
      target: { template: { engineVersion: 'v2', mergePolicy: 'Replace', data: { A: '{{ .A }}' } } },
      dataFrom: [{ extract: { key: 'shop' } }],
    },
    'Password/password': { length: 24 },
    'PushSecret/push': {
      secretStoreRefs: [secretStoreRef],
      selector: { secret: { name: 'a' } },
      data: [{ match: { secretKey: 'b', remoteRef: { remoteKey: 'c', property: 'b' } } }],
    },
    'Cluster/db': {
      storage: { size: '1Gi' },
      plugins: [{ name: 'barman-cloud.cloudnative-pg.io', parameters: { barmanObjectName: 'backups' } }],
    },
    'ScheduledBackup/daily': { schedule: '0 0 2 * * *', cluster: { name: 'db' } },
  };
  for (const [object, spec] of Object.entries(objects)) {
    const [kind = '', name = ''] = object.split('/');
    expect(find(kind, name)).toEqual({
      apiVersion: expect.any(String),
      kind,
      metadata: { name, namespace: 'shop' },
      spec,
    });
  }
  expect(find('ObjectStore', 'backups').metadata).toEqual({ name: 'backups', namespace: 'shop' });
});
