import { ClusterSpecResourcesRequests } from '../../../imports/cnpg-cluster';
import { Application, CloudNativePg, Cluster, ExternalSecret, type PostgresClusterProps, Secret } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { stage, synthesize } from '../synthesize';
import { database, refusal, type Shop, shopOn, store, synthesizeShop } from './shop';

const at = 'soyo/apps/shop/shop/app/shop-db';
const refused = (props: Partial<PostgresClusterProps>) => refusal((shop) => database(shop, props));
const specOf = (props: Partial<PostgresClusterProps>) =>
  synthesizeShop((shop) => database(shop, props)).find('Cluster', 'shop-db').spec as JsonObject;

describe('PostgresCluster', () => {
  test('makes one database of one owner, safe from Flux and without a superuser', () => {
    const { document } = synthesizeShop((shop) => database(shop));
    expect(document('kubernetes/apps/shop/shop/app/shop-db.yaml')).toEqual({
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: {
        name: 'shop-db',
        namespace: 'shop',
        annotations: {
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
          'kustomize.toolkit.fluxcd.io/force': 'disabled',
        },
      },
      spec: {
        instances: 3,
        enableSuperuserAccess: false,
        bootstrap: { initdb: { database: 'shop', owner: 'shop', secret: { name: 'shop-db-credentials' } } },
        storage: { size: '10Gi' },
      },
    });
  });

  test('writes every property in the terms of the API', () => {
    const { find } = synthesizeShop((shop) =>
      database(shop, {
        name: 'orders-db',
        labels: { team: 'shop' },
        annotations: { 'example.org/contact': 'shop@example.org' },
        database: 'orders',
        instances: 2,
        imageName: 'ghcr.io/cloudnative-pg/postgresql:17.6',
        storage: { size: '20Gi', storageClass: 'fast' },
        walStorage: { size: '5Gi', storageClass: 'fast' },
        resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
        parameters: { shared_buffers: '256MB', max_connections: '200' },
        createdb: true,
        postInitSql: ['CREATE EXTENSION pg_stat_statements'],
        postInitApplicationSql: ['CREATE SCHEMA orders'],
        backup: { objectStore: store(shop) },
      }),
    );
    expect(find('Cluster', 'orders-db')).toEqual({
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: {
        name: 'orders-db',
        namespace: 'shop',
        labels: { team: 'shop' },
        annotations: {
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
          'kustomize.toolkit.fluxcd.io/force': 'disabled',
          'example.org/contact': 'shop@example.org',
        },
      },
      spec: {
        instances: 2,
        imageName: 'ghcr.io/cloudnative-pg/postgresql:17.6',
        enableSuperuserAccess: false,
        bootstrap: {
          initdb: {
            database: 'orders',
            owner: 'shop',
            secret: { name: 'shop-db-credentials' },
            postInitSQL: ['CREATE EXTENSION pg_stat_statements'],
            postInitApplicationSQL: ['CREATE SCHEMA orders'],
          },
        },
        storage: { size: '20Gi', storageClass: 'fast' },
        walStorage: { size: '5Gi', storageClass: 'fast' },
        resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
        postgresql: { parameters: { shared_buffers: '256MB', max_connections: '200' } },
        managed: {
          roles: [
            {
              name: 'shop',
              ensure: 'present',
              login: true,
              createdb: true,
              passwordSecret: { name: 'shop-db-credentials' },
            },
          ],
        },
        plugins: [
          { name: 'barman-cloud.cloudnative-pg.io', isWALArchiver: true, parameters: { barmanObjectName: 'backups' } },
        ],
      },
    });
  });

  test('its Kustomization waits for the operator, the plugin and what makes the Secret', () => {
    const { find } = synthesizeShop((shop) => database(shop, { backup: { objectStore: store(shop) } }));
    expect((find('Kustomization', 'shop').spec as JsonObject).dependsOn).toEqual([
      { name: 'cloudnative-pg', namespace: 'cnpg-system' },
      { name: 'plugin-barman-cloud', namespace: 'cnpg-system' },
      { name: 'external-secrets', namespace: 'external-secrets' },
    ]);
  });

  test('tells others what it is', () => {
    const { built } = synthesizeShop((shop) => database(shop, { database: 'orders', createdb: true, instances: 2 }));
    expect(built).toMatchObject({ owner: 'shop', database: 'orders', instances: 2, createdb: true, name: 'shop-db' });
  });

  test('reaches every field through spec, and keeps its own roles and plugins', () => {
    const spec = specOf({
      createdb: true,
      spec: {
        enablePdb: false,
        resources: { requests: { 'ephemeral-storage': ClusterSpecResourcesRequests.fromString('1Gi') } },
        postgresql: { sharedPreloadLibraries: ['pg_cron'] },
        managed: { roles: [{ name: 'reader', login: true }] },
        plugins: [{ name: 'other.example.org' }],
        bootstrap: { initdb: { dataChecksums: true } },
      },
    });
    expect(spec).toEqual({
      instances: 3,
      enablePDB: false,
      enableSuperuserAccess: false,
      bootstrap: {
        initdb: { database: 'shop', owner: 'shop', secret: { name: 'shop-db-credentials' }, dataChecksums: true },
      },
      storage: { size: '10Gi' },
      resources: { requests: { 'ephemeral-storage': '1Gi' } },
      postgresql: { shared_preload_libraries: ['pg_cron'] },
      managed: {
        roles: [
          {
            name: 'shop',
            ensure: 'present',
            login: true,
            createdb: true,
            passwordSecret: { name: 'shop-db-credentials' },
          },
          { name: 'reader', login: true },
        ],
      },
      plugins: [{ name: 'other.example.org' }],
    });
  });

  test('restores rather than makes the database where spec says from what', () => {
    const externalClusters = [{ name: 'old', connectionParameters: { host: 'old.example.org' } }];
    const spec = specOf({ spec: { bootstrap: { recovery: { source: 'old' } }, externalClusters } });
    expect(spec.bootstrap).toEqual({
      recovery: { database: 'shop', owner: 'shop', secret: { name: 'shop-db-credentials' }, source: 'old' },
    });
    const copied = specOf({ spec: { bootstrap: { pgBasebackup: { source: 'old' } }, externalClusters } });
    expect(copied.bootstrap).toEqual({
      pg_basebackup: { database: 'shop', owner: 'shop', secret: { name: 'shop-db-credentials' }, source: 'old' },
    });
  });

  test('SQL reaches PostgreSQL as written, whether or not Flux replaces variables', () => {
    const sql = [`DO $$ BEGIN RAISE NOTICE '\${x}'; END $$`];
    const tree = (substitute: boolean) =>
      synthesizeShop((shop) => {
        const postBuild = substitute ? { substitute: { region: 'eu' } } : undefined;
        const { directory } = new Application(shop.cluster, 'other', { kustomization: { postBuild } });
        const credentials = Secret.named('other-db', { keys: ['username', 'password'], username: 'other' });
        return database(
          { ...shop, directory, credentials },
          { postInitSql: sql, postInitApplicationSql: sql },
          'other-db',
        );
      });
    const initdb = (substitute: boolean) =>
      (tree(substitute).find('Cluster', 'other-db').spec as { bootstrap: { initdb: JsonObject } }).bootstrap.initdb;
    expect(initdb(false)).toMatchObject({ postInitSQL: sql, postInitApplicationSQL: sql });
    const escaped = [`DO $$$$ BEGIN RAISE NOTICE '$\${x}'; END $$$$`];
    expect(initdb(true)).toMatchObject({ postInitSQL: escaped, postInitApplicationSQL: escaped });
  });
});

describe('host', () => {
  test.each([
    ['rw', 'shop-db-rw.shop.svc', true],
    ['ro', 'shop-db-ro.shop.svc', false],
    ['r', 'shop-db-r.shop.svc', false],
  ] as const)('%s is a Service of the database in its namespace', (service, host, writable) => {
    const { built } = synthesizeShop((shop) => database(shop));
    expect(built.host(service)).toEqual({ host, port: 5432, cluster: built, writable });
  });

  test('a single instance has no standbys to read from', () => {
    expect(refusal((shop) => database(shop, { instances: 1 }).host('ro'))).toBe(
      `${at}: host is "ro". Allowed: 'rw' or 'r': 'ro' leads to the standbys, and a single instance has none. Example: host('rw').`,
    );
  });

  test('a Service that spec switches off is refused', () => {
    const spec = { managed: { services: { disabledDefaultServices: ['ro' as never] } } };
    expect(refusal((shop) => database(shop, { spec }).host('ro'))).toBe(
      `${at}: host is "ro". Allowed: a Service of the Cluster: rw, r. Example: host('rw').`,
    );
  });
});

describe('credentials and owner', () => {
  const fromVault = (shop: Shop) =>
    new ExternalSecret(shop.directory, 'db-from-vault', {
      store: shop.vault,
      extract: shop.vault.app('shop', 'db'),
      required: ['username', 'password'],
    }).secret;

  test('the owner is given where the user name is not known', () => {
    const { find } = synthesizeShop((shop) => database(shop, { credentials: fromVault(shop), owner: 'orders' }));
    expect(find('Cluster', 'shop-db').spec).toMatchObject({
      bootstrap: { initdb: { database: 'orders', owner: 'orders', secret: { name: 'db-from-vault' } } },
    });
    expect(refusal((shop) => database(shop, { credentials: fromVault(shop) }))).toBe(
      `${at}: owner is not set. Allowed: the username in Secret shop/db-from-vault, which is not known here. Example: "shop".`,
    );
  });

  test('an owner that is not the user name is refused', () => {
    expect(refused({ owner: 'orders' })).toBe(
      `${at}: owner is "orders". Allowed: "shop", the username in Secret shop/shop-db-credentials: CNPG sets only that role's password from it. Example: leave owner out.`,
    );
  });

  test('a Secret without the two keys is refused', () => {
    const credentials = Secret.named('db', { keys: ['user', 'password'] }) as unknown as Shop['credentials'];
    expect(refused({ credentials, owner: 'shop' })).toBe(
      `${at}: credentials is "db". Allowed: a Secret with the keys username and password: this one lacks username (it has user, password). Example: new GeneratedSecret(scope, 'shop-db-credentials', { … }).secret.`,
    );
  });

  test('a Secret of another namespace is refused', () => {
    const credentials = Secret.named('db', { keys: ['username', 'password'], namespace: 'vault', username: 'shop' });
    expect(refused({ credentials })).toBe(
      `${at}: secret is "vault/db". Allowed: a Secret of namespace shop: Kubernetes does not let a pod read Secrets of other namespaces. Example: an ExternalSecret in namespace shop.`,
    );
  });

  test('a Secret of another cluster is refused', () => {
    const message = refusal((shop) => {
      const edge = new Cluster(shop.app, 'edge', { organisation: 'webgrip', environment: 'prod', directory: 'edge' });
      const operator = new CloudNativePg(edge, { version: '0.29.0' });
      const { directory } = new Application(edge, 'shop');
      return database({ ...shop, directory, cnpg: operator });
    });
    expect(message).toBe(
      'edge/apps/shop/shop/app/shop-db: secret is "shop/shop-db-credentials". Allowed: a Secret of the same cluster: soyo/apps/shop/shop/app/shop-db-credentials creates this one in cluster soyo. Example: a PushSecret there and an ExternalSecret here.',
    );
  });

  test('an operator of another cluster is refused', () => {
    const message = refusal((shop) => {
      const edge = new Cluster(shop.app, 'edge', { organisation: 'webgrip', environment: 'prod', directory: 'edge' });
      return database(shop, { operator: new CloudNativePg(edge, { version: '0.29.0' }) });
    });
    expect(message).toBe(
      `${at}: operator is "edge/cloudnative-pg". Allowed: one of the same cluster (soyo). Example: another CloudNativePg in soyo.`,
    );
  });

  const name =
    'Allowed: a PostgreSQL name: lower-case letters, digits and "_", beginning with a letter or "_", at most 63 characters. Example: "backstage".';
  const unreserved =
    'It must be neither postgres nor streaming_replica, and not beginning with pg_ or cnpg_: those are reserved. Example: "shop".';
  test.each([
    ['postgres', unreserved],
    ['pg_owner', unreserved],
    ['Shop', name],
    ['my-shop', name],
  ])('the owner %s is refused', (owner, allowed) => {
    const credentials = Secret.named('db', { keys: ['username', 'password'] });
    expect(refused({ credentials, owner })).toBe(`${at}: owner is "${owner}". ${allowed}`);
    expect(refused({ credentials, owner, createdb: true })).toBe(`${at}: owner is "${owner}". ${allowed}`);
  });

  test('a role that would set the owner another password is refused', () => {
    const roles = [{ name: 'shop', passwordSecret: { name: 'another' } }];
    expect(refused({ spec: { managed: { roles } } })).toBe(
      `${at}: spec.managed.roles["shop"].passwordSecret.name is "another". Allowed: "shop-db-credentials", the Secret of credentials: with two Secrets the password changes back and forth. Example: createdb: true, which adds the role.`,
    );
    expect(refused({ createdb: true, spec: { managed: { roles } } })).toBe(
      `${at}: spec.managed.roles[1].name is "shop". It must be a name that no other role of the list has.`,
    );
  });
});

describe('what is refused', () => {
  test.each([
    [
      { storage: { size: '10 Gi' } },
      'storage.size is "10 Gi". It must be a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces. Example: "10Gi".',
    ],
    [
      { walStorage: { size: '5GB' } },
      'walStorage.size is "5GB". It must be a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces. Example: "10Gi".',
    ],
    [
      { storage: { size: '10Gi', storageClass: 'Fast' } },
      'storage.storageClass is "Fast". Allowed: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters. Example: "my-app".',
    ],
    [
      { resources: { requests: { memory: '1 GB' } } },
      'resources.requests.memory is "1 GB". It must be a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces. Example: "10Gi".',
    ],
    [
      { resources: { requests: { cpu: '2' }, limits: { cpu: '500m' } } },
      'resources.requests.cpu is "2". It must be at most its limit, 500m. Example: "500m".',
    ],
    [{ instances: 0 }, 'instances is 0. It must be a whole number of at least 1. Example: 1.'],
    [
      { database: 'my-shop' },
      'database is "my-shop". Allowed: a PostgreSQL name: lower-case letters, digits and "_", beginning with a letter or "_", at most 63 characters. Example: "backstage".',
    ],
    [
      { database: 'template0' },
      'database is "template0". It must be none of postgres, template0 and template1, which exist already. Example: "shop".',
    ],
    [
      {
        imageName: 'ghcr.io/cloudnative-pg/postgresql:17.6',
        spec: { imageCatalogRef: { kind: 'ImageCatalog', name: 'pg', major: 17 } },
      },
      'imageName is "ghcr.io/cloudnative-pg/postgresql:17.6". It must be either imageName or spec.imageCatalogRef, not both. Example: only imageName.',
    ],
    [
      { spec: { bootstrap: { initdb: { encoding: 'UTF8' }, recovery: { source: 'old' } } } },
      'spec.bootstrap is ["initdb","recovery"]. It must be one way to create the database: initdb, recovery or pg_basebackup.',
    ],
    [
      { postInitSql: ['SELECT 1'], spec: { bootstrap: { recovery: { source: 'old' } } } },
      'postInitSql is ["SELECT 1"]. Allowed: left out if the database is restored: CNPG runs it only after initdb. Example: leave it out; the restored database already has the result.',
    ],
    [
      { spec: { bootstrap: { initdb: { owner: 'orders' } } } },
      'spec.bootstrap.initdb.owner is "orders". Allowed: "shop", as in the property owner. Example: only the property owner.',
    ],
    [
      { spec: { bootstrap: { initdb: null as never } } },
      `spec.bootstrap. Allowed: one way to create the database: without one, CNPG creates a database named "app". Example: spec: { bootstrap: { recovery: { source: 'shop-db' } } }.`,
    ],
    [
      { createdb: true, spec: { managed: null as never } },
      'spec.managed is not set. Allowed: the role "shop", which createdb adds. Example: createdb: false, or spec.managed without null.',
    ],
    [
      { operator: undefined },
      "operator is not set. Allowed: a construct of this cluster. Example: new CloudNativePg(cluster, { version: '0.29.0' }).",
    ],
    [
      { credentials: undefined },
      "credentials is not set. Allowed: a username and its password. Example: new GeneratedSecret(scope, 'shop-db-credentials', { … }).secret.",
    ],
    [
      { backup: {} as never },
      "backup.objectStore is not set. Allowed: a construct of this cluster. Example: new ObjectStore(scope, 'backups', { … }).",
    ],
    [
      { storage: undefined },
      'storage.size is not set. It must be a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces. Example: "10Gi".',
    ],
  ] satisfies [Partial<PostgresClusterProps>, string][])('%j', (props, message) => {
    expect(refused(props)).toBe(`${at}: ${message}`);
  });

  test.each([
    ['prune', 'enabled', 'Flux would delete the database and its volumes when its file leaves the tree'],
    ['force', 'enabled', 'Flux would delete the database and create an empty one when a field cannot be changed'],
  ])('an annotation that gives the database up to Flux: %s', (annotation, value, loss) => {
    expect(refused({ annotations: { [`kustomize.toolkit.fluxcd.io/${annotation}`]: value } })).toBe(
      `${at}: annotations["kustomize.toolkit.fluxcd.io/${annotation}"] is "${value}". Allowed: "disabled": ${loss}. Example: leave it out; to delete the database for good, remove it from the tree and run \`kubectl delete cluster\`.`,
    );
  });

  test('the annotation that is there already does no harm', () => {
    const annotations = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
    expect(synthesizeShop((shop) => database(shop, { annotations })).find('Cluster', 'shop-db').metadata).toMatchObject(
      {
        annotations: { ...annotations, 'kustomize.toolkit.fluxcd.io/force': 'disabled' },
      },
    );
  });

  test.each(['Shop', '1shop', 'shop.db', `s${'h'.repeat(50)}`])('the name %s, which no Service could have', (name) => {
    expect(refused({ name })).toBe(
      `${at}: name is "${name}". Allowed: a DNS label: a-z, 0-9 and "-", beginning with a letter and ending with a letter or digit, at most 50 characters. Example: "shop-db".`,
    );
  });

  const image = 'ghcr.io/cloudnative-pg/postgresql';
  const digest = `sha256:${'a'.repeat(64)}`;
  test.each([image, `${image}:latest`, `${image}@${digest}`, `${image}@sha256:aaaa`, `${image}:v17.6`])(
    'the image %s, whose version CNPG cannot tell',
    (imageName) => {
      expect(refused({ imageName })).toBe(
        `${at}: imageName is "${imageName}". It must be an image whose tag begins with PostgreSQL's version: CloudNativePG reads it there. Example: "ghcr.io/cloudnative-pg/postgresql:17.6".`,
      );
    },
  );

  test.each([`${image}:17`, `${image}:17-bookworm`, `${image}:17.6@sha256:aaaa`])(
    'the image %s, which moves or has no digest',
    (imageName) => {
      expect(refused({ imageName })).toBe(
        `${at}: imageName is "${imageName}". Allowed: an image pinned by a digest or by a tag that does not move (not latest, main, master, edge, …). A tag with only a major version changes over time, so it needs a digest. Example: "ghcr.io/cloudnative-pg/postgresql:17.6" or "ghcr.io/cloudnative-pg/postgresql:17@sha256:<64 hex digits>".`,
      );
    },
  );

  test.each([`${image}:17.6`, `${image}:17.6-standard-bookworm`, `${image}:18beta1`, `${image}:17@${digest}`])(
    'the image %s is accepted',
    (imageName) => {
      expect(specOf({ imageName }).imageName).toBe(imageName);
    },
  );
});

describe('parameters', () => {
  test.each([
    [
      { archive_command: '/bin/true' },
      'parameters.archive_command is "/bin/true". It must be left out: CloudNativePG sets it itself, as spec.plugins says.',
    ],
    [{ port: '5433' }, 'parameters.port is "5433". It must be left out: CloudNativePG sets it itself.'],
    [
      { listen_addresses: '*' },
      'parameters.listen_addresses is "*". It must be left out: CloudNativePG sets it itself.',
    ],
    [
      { max_connections: 200 as unknown as string },
      'parameters.max_connections is 200. It must be a text: the API takes no numbers or booleans here. Example: "200".',
    ],
    [
      { 'max connections': '200' },
      'parameters["max connections"]. It must be named as in postgresql.conf: letters, digits, "_" and "$", with at most one ".".',
    ],
    [
      { shared_buffers: '256Mi' },
      'parameters.shared_buffers is "256Mi". It must be a size in PostgreSQL\'s units: a number with B, kB, MB, GB or TB.',
    ],
    [
      { shared_buffers: '2GB' },
      'parameters.shared_buffers is "2GB". It must be at most the memory that is requested, 1Gi.',
    ],
    [{ max_wal_size: '64MB' }, 'parameters.max_wal_size is "64MB". It must be more than min_wal_size, 80MB.'],
    [{ min_wal_size: '2GB' }, 'parameters.min_wal_size is "2GB". It must be less than max_wal_size, 1GB.'],
    [{ max_wal_size: '5GB' }, 'parameters.max_wal_size is "5GB". It must be less than the size of walStorage, 5Gi.'],
  ])('%j is refused', (parameters, message) => {
    const resources = { requests: { memory: '1Gi' } };
    expect(refused({ parameters: parameters as Record<string, string>, resources, walStorage: { size: '5Gi' } })).toBe(
      `${at}: ${message}`,
    );
  });

  test('values reach PostgreSQL as they stand, also where Flux replaces variables; what spec says is for Flux', () => {
    const parameters = { search_path: '"$user", public', 'app.price': '$$5', 'app.name': '${x}', work_mem: '4MB' };
    const spec = { postgresql: { parameters: { 'app.region': '${region}' } } };
    const written = (substitute: boolean) =>
      synthesize(
        (on) => database(shopOn(on), { parameters, spec }),
        substitute ? { substitutions: { substitute: { region: 'eu' } } } : {},
      ).find('Cluster', 'shop-db').spec as JsonObject;
    expect(written(false).postgresql).toEqual({ parameters: { ...parameters, 'app.region': '${region}' } });
    expect(written(true).postgresql).toEqual({
      parameters: { ...parameters, 'app.price': '$$$$5', 'app.name': '$${x}', 'app.region': '${region}' },
    });
  });

  test('those given through spec are checked, too', () => {
    expect(refused({ spec: { postgresql: { parameters: { port: '5433' } } } })).toContain('parameters.port is "5433"');
  });

  test.each<Record<string, string>>([
    { shared_buffers: '1GB' },
    { shared_buffers: '128' },
    { shared_buffers: '0.5 GB' },
    { 'pg_stat_statements.max': '1000' },
  ])('%j is accepted', (parameters) => {
    const resources = { requests: { memory: '1Gi' } };
    expect(specOf({ parameters, resources }).postgresql).toEqual({ parameters });
  });
});

describe('backup', () => {
  test('a store of another namespace is refused', () => {
    const message = refusal((shop) => {
      const { directory } = new Application(shop.cluster, 'orders');
      const credentials = Secret.named('db', { keys: ['username', 'password'], username: 'orders' });
      return database({ ...shop, directory, credentials }, { backup: { objectStore: store(shop) } }, 'orders-db');
    });
    expect(message).toBe(
      'soyo/apps/orders/orders/app/orders-db: backup.objectStore is "soyo/apps/shop/shop/app/backups". Allowed: one of namespace orders: CNPG looks for it in the namespace of orders-db. Example: another ObjectStore in namespace orders.',
    );
  });

  test('a store of another cluster is refused', () => {
    const other = shopOn(stage());
    expect(refused({ backup: { objectStore: store(other) } })).toBe(
      `${at}: backup.objectStore is "soyo/apps/shop/shop/app/backups". Allowed: one of the same cluster (soyo). Example: another ObjectStore in soyo.`,
    );
  });

  test('a second archiver of the WAL is refused', () => {
    const spec = {
      backup: { barmanObjectStore: { destinationPath: 's3://old', s3Credentials: { inheritFromIamRole: true } } },
    };
    const message = refusal((shop) => database(shop, { backup: { objectStore: store(shop) }, spec }));
    expect(message).toBe(
      `${at}: spec.plugins[0].isWALArchiver is true. It must be true for only one archiver, not for spec.backup.barmanObjectStore and barman-cloud.cloudnative-pg.io.`,
    );
  });
});
