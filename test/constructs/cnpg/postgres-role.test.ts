import { type PostgresRoleProps, Secret, Worker } from '../../../lib';
import { database, refusal, type Shop, synthesizeShop } from './shop';

const at = 'soyo/apps/shop/shop/app/shop-db-reporting';

test('a role, its password and its Secret are one file beside the database', () => {
  const { documents } = synthesizeShop((shop) =>
    database(shop).role('reporting', { operator: shop.eso, inRoles: ['pg_read_all_data'], connectionLimit: 5 }),
  );
  const [password, externalSecret, role] = documents('kubernetes/apps/shop/shop/app/shop-db-reporting.yaml');
  expect(password).toMatchObject({ kind: 'Password', metadata: { name: 'shop-db-reporting', namespace: 'shop' } });
  expect(externalSecret).toMatchObject({
    kind: 'ExternalSecret',
    spec: {
      refreshPolicy: 'CreatedOnce',
      target: {
        name: 'shop-db-reporting',
        template: {
          type: 'kubernetes.io/basic-auth',
          metadata: { labels: { 'cnpg.io/reload': 'true' } },
          data: { username: 'reporting', password: '{{ .password }}' },
        },
      },
    },
  });
  expect(role).toEqual({
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'DatabaseRole',
    metadata: { name: 'shop-db-reporting', namespace: 'shop' },
    spec: {
      cluster: { name: 'shop-db' },
      name: 'reporting',
      login: true,
      passwordSecret: { name: 'shop-db-reporting' },
      connectionLimit: 5,
      inRoles: ['pg_read_all_data'],
    },
  });
});

test('a rotated password is another Secret, which the role and its readers follow', () => {
  const { find } = synthesizeShop((shop) => {
    const reporting = database(shop).role('reporting', { operator: shop.eso, rotated: '2026-11' });
    new Worker(shop.directory, 'reports', { image: 'acme/reports:1.0.0', resources: null, database: reporting });
  });
  expect(find('ExternalSecret', 'shop-db-reporting-2026-11').spec).toMatchObject({
    target: { name: 'shop-db-reporting-2026-11' },
  });
  expect(find('DatabaseRole', 'shop-db-reporting').spec).toMatchObject({
    passwordSecret: { name: 'shop-db-reporting-2026-11' },
  });
  const secretKeyRef = { name: 'shop-db-reporting-2026-11', key: 'password' };
  expect(find('Deployment', 'reports').spec).toMatchObject({
    template: {
      spec: {
        containers: [
          {
            env: [
              { name: 'PGHOST', value: 'shop-db-rw.shop.svc' },
              { name: 'PGPORT', value: '5432' },
              { name: 'PGUSER' },
              { name: 'PGPASSWORD', valueFrom: { secretKeyRef } },
              { name: 'PGDATABASE', value: 'shop' },
            ],
          },
        ],
      },
    },
  });
});

test('a role without a password may not log in, unless it is said', () => {
  const { find, built } = synthesizeShop((shop) => {
    const db = database(shop);
    db.role('audit_log', { credentials: null, databaseRoleReclaimPolicy: 'delete' });
    db.role('cert', { credentials: null, login: true, spec: { clientCertificate: { enabled: true } } });
    return db.role('own', { credentials: Secret.named('own', { keys: ['username', 'password'], username: 'own' }) });
  });
  expect(find('DatabaseRole', 'shop-db-audit-log').spec).toEqual({
    cluster: { name: 'shop-db' },
    name: 'audit_log',
    login: false,
    databaseRoleReclaimPolicy: 'delete',
  });
  expect(find('DatabaseRole', 'shop-db-cert').spec).toMatchObject({
    login: true,
    clientCertificate: { enabled: true },
  });
  expect(find('DatabaseRole', 'shop-db-own').spec).toMatchObject({ passwordSecret: { name: 'own' } });
  expect(built.credentials.name).toBe('own');
});

const own = Secret.named('login', { keys: ['username', 'password'], username: 'other' });

test.each<[(shop: Shop) => PostgresRoleProps, string]>([
  [
    () => ({}),
    "operator is not set. Allowed: the operator that generates the password, unless credentials are given. Example: new ExternalSecrets(cluster, { version: '2.9.0' }).",
  ],
  [
    ({ eso }) => ({ operator: eso, credentials: own }),
    'operator. Allowed: left out beside credentials: whoever makes that Secret makes its password. Example: only credentials.',
  ],
  [
    () => ({ credentials: null, rotated: '2026-11' }),
    'rotated. Allowed: left out beside credentials: whoever makes that Secret makes its password. Example: only credentials.',
  ],
  [
    () => ({ credentials: own }),
    'credentials is "login". Allowed: a Secret whose username is "reporting": CNPG sets no password from that of "other". Example: credentials left out, and operator: eso.',
  ],
  [
    () => ({ credentials: null, spec: { name: 'other' } as never }),
    'spec.name. Allowed: left out: reporting, of which its handle tells. Example: db.role(name, { credentials }).',
  ],
])('what is refused: %#', (props, message) => {
  expect(refusal((shop) => database(shop).role('reporting', props(shop)))).toBe(`${at}: ${message}`);
});

test('a date that no name can end with, and an unknown property, are refused', () => {
  const role = (props: object) => refusal((shop) => database(shop).role('reporting', { operator: shop.eso, ...props }));
  expect(role({ rotated: 'November 2026' })).toBe(
    `${at}/ExternalSecret: rotated is "November 2026". Allowed: a text that a name may end with: lower-case letters, digits and "-", at most 20. Example: "2026-11".`,
  );
  expect(role({ inRole: ['pg_monitor'] })).toContain('there is no property inRole; did you mean inRoles?');
});

test('roles that CNPG would not make are refused', () => {
  const role = (name: string, props = {}) => refusal((shop) => database(shop, props).role(name, { credentials: null }));
  expect(role('pg_reader')).toContain('role is "pg_reader". Allowed: a PostgreSQL name');
  expect(role('shop')).toContain('none of shop, which Cluster shop-db manages itself');
  expect(role('batch', { spec: { managed: { roles: [{ name: 'batch' }] } } })).toContain('none of shop, batch, which');
  const ofReplica = (shop: Shop) =>
    database(shop, { replicaOf: { server: database(shop) } }, 'new').role('reporting', { credentials: null });
  expect(refusal(ofReplica)).toContain('a role of the database that it follows');
});
