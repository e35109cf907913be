import { BarmanCloudPlugin, CloudNativePg, Cluster, ObjectStore, type ObjectStoreProps, Secret } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { refusal, type Shop, s3, store, synthesizeShop } from './shop';

const at = 'soyo/apps/shop/shop/app/backups';
const keys = { accessKeyId: s3.key('ACCESS_KEY_ID'), secretAccessKey: s3.key('SECRET_ACCESS_KEY') };

function storeWith(shop: Shop, props: Partial<ObjectStoreProps>): ObjectStore {
  const plugin = new BarmanCloudPlugin(shop.cluster, { operator: shop.cnpg, version: '0.7.1' });
  const defaults = { plugin, destinationPath: 's3://acme-backups/soyo', credentials: keys };
  return new ObjectStore(shop.directory, 'backups', { ...defaults, ...props });
}
const refused = (props: Partial<ObjectStoreProps>) => refusal((shop) => storeWith(shop, props));

describe('ObjectStore', () => {
  test('names the bucket and the keys of the Secret', () => {
    const { document } = synthesizeShop(store);
    expect(document('kubernetes/apps/shop/shop/app/backups.yaml')).toEqual({
      apiVersion: 'barmancloud.cnpg.io/v1',
      kind: 'ObjectStore',
      metadata: {
        name: 'backups',
        namespace: 'shop',
        // What stays with the database that archives to it.
        annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      },
      spec: {
        configuration: {
          destinationPath: 's3://acme-backups/soyo',
          s3Credentials: {
            accessKeyId: { name: 'backup-s3', key: 'ACCESS_KEY_ID' },
            secretAccessKey: { name: 'backup-s3', key: 'SECRET_ACCESS_KEY' },
          },
        },
      },
    });
  });

  test('writes every property in the terms of the API', () => {
    const more = Secret.named('minio', { keys: ['REGION', 'TOKEN', 'ca.crt'] });
    const { find } = synthesizeShop((shop) =>
      storeWith(shop, {
        name: 'minio',
        endpointURL: 'https://minio.example.org:9000',
        endpointCA: more.key('ca.crt'),
        credentials: { ...keys, region: more.key('REGION'), sessionToken: more.key('TOKEN') },
        retentionPolicy: '30d',
        wal: { compression: 'zstd', maxParallel: 4 },
        data: { compression: 'gzip', jobs: 2 },
        spec: { instanceSidecarConfiguration: { retentionPolicyIntervalSeconds: 3600 } },
      }),
    );
    expect(find('ObjectStore', 'minio').spec).toEqual({
      retentionPolicy: '30d',
      configuration: {
        destinationPath: 's3://acme-backups/soyo',
        endpointURL: 'https://minio.example.org:9000',
        endpointCA: { name: 'minio', key: 'ca.crt' },
        s3Credentials: {
          accessKeyId: { name: 'backup-s3', key: 'ACCESS_KEY_ID' },
          secretAccessKey: { name: 'backup-s3', key: 'SECRET_ACCESS_KEY' },
          region: { name: 'minio', key: 'REGION' },
          sessionToken: { name: 'minio', key: 'TOKEN' },
        },
        wal: { compression: 'zstd', maxParallel: 4 },
        data: { compression: 'gzip', jobs: 2 },
      },
      instanceSidecarConfiguration: { retentionPolicyIntervalSeconds: 3600 },
    });
  });

  test('logs in without keys where spec says how', () => {
    const { find } = synthesizeShop((shop) =>
      storeWith(shop, {
        credentials: undefined,
        spec: { configuration: { s3Credentials: { inheritFromIamRole: true } } },
      }),
    );
    expect(find('ObjectStore', 'backups').spec).toEqual({
      configuration: { destinationPath: 's3://acme-backups/soyo', s3Credentials: { inheritFromIAMRole: true } },
    });
  });

  test('its Kustomization waits for the plugin', () => {
    const { find } = synthesizeShop(store);
    expect((find('Kustomization', 'shop').spec as JsonObject).dependsOn).toContainEqual({
      name: 'plugin-barman-cloud',
      namespace: 'cnpg-system',
    });
  });

  test.each([
    [
      { destinationPath: 'acme-backups' },
      'destinationPath is "acme-backups". Allowed: s3://, a bucket and a path in it, without spaces; a bucket has 3 to 63 letters, digits, "-", "_" and ".", and begins with a letter or digit. Example: "s3://acme-backups/soyo".',
    ],
    [
      { destinationPath: 's3://acme backups' },
      'destinationPath is "s3://acme backups". Allowed: s3://, a bucket and a path in it, without spaces; a bucket has 3 to 63 letters, digits, "-", "_" and ".", and begins with a letter or digit. Example: "s3://acme-backups/soyo".',
    ],
    [
      { destinationPath: 's3://a/soyo' },
      'destinationPath is "s3://a/soyo". Allowed: s3://, a bucket and a path in it, without spaces; a bucket has 3 to 63 letters, digits, "-", "_" and ".", and begins with a letter or digit. Example: "s3://acme-backups/soyo".',
    ],
    [
      { spec: { configuration: null as never } },
      'destinationPath is not set. Allowed: a bucket and a path in it that begin with s3://, gs:// or, for Azure, https://, without spaces. Example: "gs://acme-backups/soyo".',
    ],
    [
      { plugin: undefined },
      "plugin is not set. Allowed: a construct of this cluster. Example: new BarmanCloudPlugin(cluster, { operator: cnpg, version: '0.7.1' }).",
    ],
    [
      { endpointURL: 'minio:9000' },
      'endpointURL is "minio:9000". Allowed: an address that begins with http:// or https://, without a trailing "/". Example: "https://service.example.org:8443".',
    ],
    [
      { retentionPolicy: '30 days' },
      'retentionPolicy is "30 days". Allowed: a whole number of days, weeks or months: digits followed by d, w or m. Example: "30d".',
    ],
    [
      { wal: { compression: 'zip' as never } },
      'wal.compression is "zip". Allowed: one of gzip, bzip2, lz4, snappy, xz, zstd. Example: "gzip".',
    ],
    [
      { data: { compression: 'zstd' as never } },
      'data.compression is "zstd". Allowed: one of gzip, bzip2, lz4, snappy. Example: "gzip".',
    ],
    [
      { credentials: undefined },
      "credentials. Allowed: the keys of a Secret, or in spec a way to log in without them. Example: { accessKeyId: s3.secret.key('ACCESS_KEY_ID'), secretAccessKey: s3.secret.key('SECRET_ACCESS_KEY') }.",
    ],
    [
      { credentials: { ...keys, region: { secret: s3, key: 'REGION' } } },
      'credentials.region is "REGION". Allowed: one of the keys of Secret backup-s3: ACCESS_KEY_ID, SECRET_ACCESS_KEY. Example: "ACCESS_KEY_ID".',
    ],
    [
      { spec: { configuration: { serverName: 'shop' } } },
      'spec.configuration.serverName is "shop". Allowed: leave it out: the plugin takes the server\'s name from the Cluster\'s plugin parameters. Example: leave it out; the folder is named after the Cluster, or by serverName in its backup.',
    ],
    [
      { name: 'Backups' },
      'name is "Backups". Allowed: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters. Example: "my-app".',
    ],
  ] satisfies [Partial<ObjectStoreProps>, string][])('%j is refused', (props, message) => {
    expect(refused(props)).toBe(`${at}: ${message}`);
  });

  test('a Secret of another namespace is refused', () => {
    const elsewhere = Secret.named('s3', { keys: ['id', 'key'], namespace: 'minio' });
    const credentials = { accessKeyId: elsewhere.key('id'), secretAccessKey: elsewhere.key('key') };
    expect(refused({ credentials })).toBe(
      `${at}: secret is "minio/s3". Allowed: a Secret of namespace shop: Kubernetes does not let a pod read Secrets of other namespaces. Example: an ExternalSecret in namespace shop.`,
    );
  });

  test('a plugin of another cluster is refused', () => {
    const message = refusal((shop) => {
      const edge = new Cluster(shop.app, 'edge', { organisation: 'webgrip', environment: 'prod', directory: 'edge' });
      const operator = new CloudNativePg(edge, { version: '0.29.0' });
      return storeWith(shop, { plugin: new BarmanCloudPlugin(edge, { operator, version: '0.7.1' }) });
    });
    expect(message).toBe(
      `${at}: plugin is "edge/plugin-barman-cloud". Allowed: one of the same cluster (soyo). Example: another BarmanCloudPlugin in soyo.`,
    );
  });
});
