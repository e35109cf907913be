import { Application, PostgresCluster, type PostgresClusterProps, Secret } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { database, refusal, type Shop, store, synthesizeShop } from './shop';

/** spec of a database `new`, beside the archived database `shop-db`, but for what every database says. */
function specOf(props: (shop: Shop, old: PostgresCluster) => Partial<PostgresClusterProps>): JsonObject {
  const { find } = synthesizeShop((shop) => {
    const old = database(shop, { backup: { objectStore: store(shop) } });
    return database(shop, props(shop, old), 'new');
  });
  const { instances: _, storage: __, enableSuperuserAccess: ___, ...spec } = find('Cluster', 'new').spec as JsonObject;
  return spec;
}

function refused(props: (shop: Shop, old: PostgresCluster) => Partial<PostgresClusterProps>): string {
  return refusal((shop) => {
    const old = database(shop, { backup: { objectStore: store(shop) } });
    database(shop, props(shop, old), 'new');
  });
}

const at = 'soyo/apps/shop/shop/app/new';
const application = { database: 'shop', owner: 'shop', secret: { name: 'shop-db-credentials' } };
const archived = {
  name: 'shop-db',
  plugin: {
    name: 'barman-cloud.cloudnative-pg.io',
    parameters: { barmanObjectName: 'backups', serverName: 'shop-db' },
  },
};
const streamed = {
  connectionParameters: {
    host: 'shop-db-rw.shop.svc',
    user: 'streaming_replica',
    dbname: 'postgres',
    sslmode: 'verify-full',
  },
  sslCert: { name: 'shop-db-replication', key: 'tls.crt' },
  sslKey: { name: 'shop-db-replication', key: 'tls.key' },
  sslRootCert: { name: 'shop-db-ca', key: 'ca.crt' },
};

describe('restoreFrom', () => {
  test('a database of the app, at a moment, for its owner and database', () => {
    expect(specOf((_, old) => ({ restoreFrom: { archive: old, time: '2026-11-30T09:30:00Z' } }))).toEqual({
      bootstrap: {
        recovery: { ...application, source: 'shop-db', recoveryTarget: { targetTime: '2026-11-30T09:30:00Z' } },
      },
      externalClusters: [archived],
    });
  });

  test('an archive whose database is gone, and an archive of its own', () => {
    expect(
      specOf((_, { objectStore }) => ({
        credentials: null,
        owner: 'shop',
        restoreFrom: {
          archive: { objectStore: objectStore as never, serverName: 'lost' },
          target: { backupId: '20261130T020000', targetImmediate: true },
        },
        backup: { objectStore: objectStore as never },
      })),
    ).toEqual({
      bootstrap: {
        recovery: {
          database: 'shop',
          owner: 'shop',
          source: 'lost',
          recoveryTarget: { backupID: '20261130T020000', targetImmediate: true },
        },
      },
      plugins: [
        { name: 'barman-cloud.cloudnative-pg.io', isWALArchiver: true, parameters: { barmanObjectName: 'backups' } },
      ],
      externalClusters: [
        {
          name: 'lost',
          plugin: {
            name: 'barman-cloud.cloudnative-pg.io',
            parameters: { barmanObjectName: 'backups', serverName: 'lost' },
          },
        },
      ],
    });
  });

  test('the Secret that CNPG makes belongs to the new database', () => {
    const { built } = synthesizeShop((shop) => {
      const old = database(shop, { backup: { objectStore: store(shop), serverName: 'shop-db-v1' } });
      return database(shop, { credentials: null, restoreFrom: { archive: old } }, 'new');
    });
    expect(built.credentials.name).toBe('new-app');
    expect([built.owner, built.database]).toEqual(['shop', 'shop']);
  });

  test('external clusters of spec stand beside it', () => {
    const other = { name: 'other', connectionParameters: { host: 'other' } };
    const spec = specOf((_, old) => ({ restoreFrom: { archive: old }, spec: { externalClusters: [other] } }));
    expect(spec.externalClusters).toEqual([archived, other]);
  });
});

describe('replicaOf', () => {
  test('archive and server: restored from the one, follows both', () => {
    expect(specOf((_, old) => ({ credentials: null, replicaOf: { archive: old, server: old } }))).toEqual({
      bootstrap: { recovery: { ...application, source: 'shop-db' } },
      replica: { enabled: true, source: 'shop-db' },
      externalClusters: [{ ...archived, ...streamed }],
    });
  });

  test('server alone: copied by pg_basebackup', () => {
    expect(specOf((_, old) => ({ replicaOf: { server: old } }))).toEqual({
      bootstrap: { pg_basebackup: { ...application, source: 'shop-db' } },
      replica: { enabled: true, source: 'shop-db' },
      externalClusters: [{ name: 'shop-db', ...streamed }],
    });
  });

  test('a server elsewhere, by its own certificates; enabled: false ends it', () => {
    const tls = Secret.named('paris', { keys: ['ca.crt', 'tls.crt', 'tls.key'] });
    const server = {
      name: 'paris',
      host: 'pg.paris.example',
      port: 6432,
      user: 'streaming_replica',
      sslMode: 'verify-full',
      sslRootCert: tls.key('ca.crt'),
      sslCert: tls.key('tls.crt'),
      sslKey: tls.key('tls.key'),
      parameters: { application_name: 'soyo' },
    } as const;
    expect(specOf(() => ({ replicaOf: { server, enabled: false } }))).toEqual({
      bootstrap: { pg_basebackup: { ...application, source: 'paris' } },
      replica: { enabled: false, source: 'paris' },
      externalClusters: [
        {
          name: 'paris',
          connectionParameters: {
            host: 'pg.paris.example',
            port: '6432',
            user: 'streaming_replica',
            dbname: 'postgres',
            sslmode: 'verify-full',
            application_name: 'soyo',
          },
          sslRootCert: { name: 'paris', key: 'ca.crt' },
          sslCert: { name: 'paris', key: 'tls.crt' },
          sslKey: { name: 'paris', key: 'tls.key' },
        },
      ],
    });
  });

  test('readers of a replica log in as those of its primary', () => {
    const { built } = synthesizeShop((shop) =>
      database(shop, { credentials: null, replicaOf: { server: database(shop) } }, 'new'),
    );
    expect(built.credentials.name).toBe('shop-db-credentials');
    expect(built.isReplica).toBe(true);
  });

  test('certificates that the primary is given', () => {
    const given = { clientCASecret: 'own-clients', serverTLSSecret: 'own-server' };
    const spec = specOf((shop) => ({
      replicaOf: {
        server: database(
          shop,
          { spec: { certificates: { ...given, serverCASecret: 'own-ca', replicationTLSSecret: 'own-replication' } } },
          'primary',
        ),
      },
    }));
    expect(spec.externalClusters).toMatchObject([
      { sslRootCert: { name: 'own-ca' }, sslKey: { name: 'own-replication' }, sslCert: { name: 'own-replication' } },
    ]);
  });
});

describe('import', () => {
  const ca = { sslRootCert: { name: 'shop-db-ca', key: 'ca.crt' } };

  test('one database of another, by its owner', () => {
    const sql = ['ANALYZE'];
    expect(
      specOf((_, old) => ({ import: { type: 'microservice', server: old, postImportApplicationSql: sql } })),
    ).toEqual({
      bootstrap: {
        initdb: {
          ...application,
          import: {
            type: 'microservice',
            databases: ['shop'],
            postImportApplicationSQL: ['ANALYZE'],
            source: { externalCluster: 'shop-db' },
          },
        },
      },
      externalClusters: [
        {
          name: 'shop-db',
          connectionParameters: { host: 'shop-db-rw.shop.svc', user: 'shop', dbname: 'shop', sslmode: 'verify-full' },
          password: { name: 'shop-db-credentials', key: 'password' },
          ...ca,
        },
      ],
    });
  });

  test('several databases and roles of a server elsewhere', () => {
    const password = Secret.named('legacy', { keys: ['password'] }).key('password');
    expect(
      specOf(() => ({
        credentials: null,
        import: {
          type: 'monolith',
          databases: ['bank', 'books'],
          roles: ['*'],
          schemaOnly: true,
          server: { host: 'legacy.acme.example', user: 'postgres', password },
        },
      })),
    ).toEqual({
      bootstrap: {
        initdb: {
          import: {
            type: 'monolith',
            databases: ['bank', 'books'],
            roles: ['*'],
            schemaOnly: true,
            source: { externalCluster: 'legacy.acme.example' },
          },
        },
      },
      externalClusters: [
        {
          name: 'legacy.acme.example',
          connectionParameters: { host: 'legacy.acme.example', user: 'postgres', dbname: 'postgres' },
          password: { name: 'legacy', key: 'password' },
        },
      ],
    });
  });

  test('several databases of another, by its superuser', () => {
    const spec = specOf((shop) => {
      const old = database(shop, { spec: { enableSuperuserAccess: true } }, 'old');
      return { credentials: null, import: { type: 'monolith', databases: ['*'], server: old } };
    });
    expect(spec.externalClusters).toMatchObject([
      { connectionParameters: { user: 'postgres' }, password: { name: 'old-superuser', key: 'password' } },
    ]);
  });

  test('a database of another namespace, by its address', () => {
    const { find } = synthesizeShop((shop) => {
      const { directory } = new Application(shop.cluster, 'legacy');
      const legacy = new PostgresCluster(directory, 'legacy-db', {
        operator: shop.cnpg,
        credentials: null,
        storage: { size: '1Gi' },
      });
      const password = Secret.named('legacy-login', { keys: ['password'] }).key('password');
      const server = { host: legacy.host('rw'), user: 'app', database: 'app', password };
      return database(shop, { import: { type: 'microservice', server } }, 'new');
    });
    expect(find('Cluster', 'new').spec).toMatchObject({
      bootstrap: { initdb: { import: { databases: ['app'] } } },
      externalClusters: [{ name: 'legacy-db', connectionParameters: { host: 'legacy-db-rw.legacy.svc' } }],
    });
  });
});

test.each<[(shop: Shop, old: PostgresCluster) => Partial<PostgresClusterProps>, string]>([
  [
    (_, old) => ({ restoreFrom: { archive: old }, replicaOf: { server: old } }),
    'replicaOf. Allowed: left out beside restoreFrom: a database is made in one way. Example: only restoreFrom, or only replicaOf.',
  ],
  [
    (_, old) => ({ restoreFrom: { archive: old }, bootstrap: { initdb: {} } }),
    'restoreFrom. Allowed: left out beside bootstrap: a database is made in one way. Example: only bootstrap, or only restoreFrom.',
  ],
  [
    (_, old) => ({ restoreFrom: { archive: old, time: '2026-11-30 09:30:00' } }),
    'restoreFrom.time is "2026-11-30 09:30:00". Allowed: a time with its zone, as RFC 3339 has it. Example: "2026-11-30T09:30:00Z".',
  ],
  [
    (_, old) => ({
      restoreFrom: { archive: old, time: '2026-11-30T09:30:00Z', target: { targetTime: '2026-11-30T09:30:00Z' } },
    }),
    'restoreFrom.target.targetTime. Allowed: left out beside time. Example: only time.',
  ],
  [
    (_, old) => ({
      restoreFrom: { archive: old },
      backup: { objectStore: old.objectStore as never, serverName: 'shop-db' },
    }),
    'backup.serverName is "shop-db". Allowed: another folder than the one that the database is restored from: the plugin archives only to an empty one. Example: "shop-db-2".',
  ],
  [
    (_, old) => ({ restoreFrom: { archive: old }, database: 'orders' }),
    'database is "orders". Allowed: "shop", as of soyo/apps/shop/shop/app/shop-db: CNPG would make another, empty database. Example: database left out.',
  ],
  [
    (_, old) => ({ restoreFrom: { archive: old }, postInitSql: ['SELECT 1'] }),
    'postInitSql is ["SELECT 1"]. Allowed: left out if the database is restored: CNPG runs it only after initdb. Example: leave it out; the restored database already has the result.',
  ],
  [
    (_, { archive }) => ({ credentials: null, restoreFrom: { archive } }),
    'owner is not set. Allowed: the owner of the database in the archive: CNPG would take "app", and make an empty database for it. Example: "shop".',
  ],
  [
    (_, { archive }) => ({ restoreFrom: { archive: { ...archive, serverName: 'a/b' } } }),
    'restoreFrom.archive.serverName is "a/b". Allowed: a name without white space, "/" and "\\", which becomes one of externalClusters. Example: "shop-db".',
  ],
  [
    (_, { archive }) => ({ credentials: null, replicaOf: { archive } }),
    "credentials is null. Allowed: the owner's username and password, as in the database that it follows: CNPG makes no Secret for a replica. Example: Secret.named('shop-db-credentials', { keys: ['username', 'password'], username: 'shop' }).",
  ],
  [
    () => ({ replicaOf: {} }),
    'replicaOf. Allowed: an archive, a server or both, which it follows. Example: replicaOf: { archive: primary.archive }.',
  ],
  [
    (_, old) => ({ import: { type: 'monolith', databases: ['*'], server: old } }),
    'import.server is "soyo/apps/shop/shop/app/shop-db". Allowed: a server whose superuser may log in: the owner of one database cannot export all of them. Example: spec: { enableSuperuserAccess: true } for shop-db, or { host: shop-db.host(\'rw\'), user, password }.',
  ],
  [
    () => ({ import: { type: 'monolith', databases: ['bank'], server: { host: 'pg', user: 'postgres' } } }),
    'database is not set. Allowed: one of the databases that are imported: CNPG would make an empty one, "shop", beside them. Example: "bank".',
  ],
  [
    () => ({ import: { type: 'microservice', server: { host: 'pg', user: 'postgres' } } }),
    'import.database is not set. Allowed: the database that is imported. Example: "shop".',
  ],
  [
    (_, old) => ({ bootstrap: null, restoreFrom: { archive: old } }),
    'restoreFrom. Allowed: left out beside bootstrap: a database is made in one way. Example: only bootstrap, or only restoreFrom.',
  ],
  [
    () => ({ restoreFrom: {} as never }),
    "restoreFrom.archive is not set. Allowed: a PostgresCluster that is backed up, or an object store and the name of a server in it. Example: { objectStore, serverName: 'shop-db' }.",
  ],
  [
    () => ({ import: { type: 'microservice' } as never }),
    "import.server is not set. Allowed: a PostgresCluster, or how a server is reached. Example: { host: 'pg.example.org', user: 'postgres', password: legacy.key('password') }.",
  ],
  [
    () => ({ import: { type: 'microservice', roles: ['*'], server: { host: 'pg', user: 'postgres' } } as never }),
    "import.roles. Allowed: left out, since the type is microservice. Example: database: 'shop'.",
  ],
  [
    () => ({ replicaOf: { server: { host: 'pg', user: 'postgres', sslMode: 'on' as never } } }),
    'replicaOf.server.sslMode is "on". Allowed: one of disable, allow, prefer, require, verify-ca, verify-full. Example: "disable".',
  ],
  [
    () => ({ import: { type: 'all' as never, server: { host: 'pg', user: 'postgres' } } }),
    'import.type is "all". Allowed: one of microservice, monolith. Example: "microservice".',
  ],
])('what is refused: %#', (props, message) => {
  expect(refused(props)).toContain(`${message}`);
  expect(refused(props)).toContain(at);
});

test('a database that is not backed up has no archive, and one of another namespace is refused', () => {
  const message = (build: (shop: Shop) => unknown) => refusal(build);
  expect(message((shop) => database(shop).archive)).toBe(
    "soyo/apps/shop/shop/app/shop-db: archive is not set. Allowed: a database that is backed up. Example: backup: { objectStore } for it, or { objectStore, serverName: 'shop-db' }.",
  );
  const elsewhere = (shop: Shop) =>
    new PostgresCluster(new Application(shop.cluster, 'legacy').directory, 'new', {
      operator: shop.cnpg,
      credentials: null,
      storage: { size: '1Gi' },
      import: { type: 'microservice', server: database(shop) },
    });
  expect(message(elsewhere)).toBe(
    'soyo/apps/legacy/legacy/app/new: import.server is "soyo/apps/shop/shop/app/shop-db". Allowed: one of namespace legacy: CNPG looks for it in the namespace of new. Example: another PostgresCluster in namespace legacy.',
  );
});
