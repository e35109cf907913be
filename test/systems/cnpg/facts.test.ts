import type { JsonObject } from '../../../lib/json/json';
import { majorOf, majorOfTag, tagOf } from '../../../lib/systems/cnpg/image';
import { applicationOf, secretsMade, servicesMade } from '../../../lib/systems/cnpg/made';
import { reservedNames } from '../../../lib/systems/cnpg/names';
import { postgresBoolean, quantityOfSize } from '../../../lib/systems/cnpg/parameters';
import { restartsPostgresql } from '../../../lib/systems/cnpg/restart';

const cluster = (spec: JsonObject): JsonObject => ({ metadata: { name: 'shop' }, spec });

test.each([
  ['postgresql', 'latest', undefined],
  ['localhost:5000/postgresql', 'latest', undefined],
  ['ghcr.io/acme/postgresql:17.6-bookworm', '17.6-bookworm', 17],
  ['postgresql:17@sha256:aa', '17', 17],
  ['postgresql@sha256:aa', '', undefined],
  ['postgresql:18beta1', '18beta1', 18],
  ['postgresql:17.', '17.', undefined],
  ['postgresql:v17', 'v17', undefined],
])('the image %s has the tag "%s" and PostgreSQL %s', (image, tag, major) => {
  expect([tagOf(image), majorOfTag(tag)]).toEqual([tag, major]);
});

test.each([
  [{ initdb: { database: 'template0', owner: 'shop' } }, ['spec.bootstrap.initdb.database']],
  [{ initdb: { database: 'shop', owner: 'pg_shop' } }, ['spec.bootstrap.initdb.owner']],
  [{ initdb: { database: 'postgres', owner: 'postgres' } }, ['spec.bootstrap.initdb.owner']],
  [{ recovery: { database: 'postgres', owner: 'streaming_replica' } }, ['spec.bootstrap.recovery.owner']],
  [{ initdb: {} }, []],
])('of %j, PostgreSQL reserves %j', (bootstrap, paths) => {
  expect([...reservedNames(cluster({ bootstrap }))].map(({ path }) => path.join('.'))).toEqual(paths);
});

test('with access of the superuser, the application may be the superuser', () => {
  const bootstrap = { initdb: { database: 'postgres', owner: 'postgres' } };
  expect([...reservedNames(cluster({ bootstrap, enableSuperuserAccess: true }))]).toEqual([]);
});

test('a catalog says the major version before an image does', () => {
  expect(majorOf(cluster({ imageCatalogRef: { major: 16 }, imageName: 'postgresql:17' }))).toBe(16);
});

test.each([
  ['128', '128Mi'],
  ['128MB', '128Mi'],
  ['1.5 GB', '1.5Gi'],
  ['8kB', '8Ki'],
  ['10B', '10'],
  ['256Mi', undefined],
  ['abc', undefined],
  ['', undefined],
])('a size of %s is %s', (text, quantity) => {
  expect(quantityOfSize(text)).toBe(quantity);
});

test('booleans are any beginning of a word that tells them apart', () => {
  expect(['ON', 'ye', 't', '1', 'of', 'o', ''].map(postgresBoolean)).toEqual([
    true,
    true,
    true,
    true,
    false,
    undefined,
    undefined,
  ]);
});

test('a Cluster makes the Secrets that it is not given', () => {
  const made = (spec: JsonObject) => [...secretsMade(cluster(spec))].map(({ name }) => name);
  expect(made({})).toEqual(['shop-app', 'shop-ca', 'shop-server', 'shop-replication', 'cnpg-default-monitoring']);
  const bootstrap = { initdb: { secret: { name: 'own' } } };
  expect(made({ bootstrap, enableSuperuserAccess: true, certificates: { serverCASecret: 'ca' } })).toEqual([
    'shop-superuser',
    'shop-server',
    'shop-replication',
    'cnpg-default-monitoring',
  ]);
});

test('a Cluster makes three Services, unless they are turned off, and those that it is asked for', () => {
  const services = {
    disabledDefaultServices: ['r'],
    additional: [{ serviceTemplate: { metadata: { name: 'shop-lb' } } }],
  };
  expect(servicesMade(cluster({}))).toEqual(['shop-rw', 'shop-ro', 'shop-r']);
  expect(servicesMade(cluster({ managed: { services } }))).toEqual(['shop-rw', 'shop-ro', 'shop-lb']);
});

test('a database is made for the owner that is said, that the database is named after, or app', () => {
  const ownerOf = (spec: JsonObject) => applicationOf(cluster(spec))?.owner;
  expect(ownerOf({})).toBe('app');
  expect(ownerOf({ bootstrap: { initdb: { database: 'orders' } } })).toBe('orders');
  expect(ownerOf({ bootstrap: { recovery: { owner: 'shop' } } })).toBe('shop');
  expect(ownerOf({ bootstrap: { recovery: {} }, replica: { source: 'old' } })).toBeUndefined();
  expect(ownerOf({ bootstrap: { initdb: { import: { type: 'monolith' } } } })).toBeUndefined();
});

test('PostgreSQL restarts for what it reads at its start and for libraries, and for nothing else', () => {
  const restarts = (before: JsonObject, after: JsonObject) =>
    restartsPostgresql(cluster({ postgresql: { parameters: before } }), cluster({ postgresql: { parameters: after } }));
  expect(restarts({ work_mem: '8MB' }, { work_mem: '16MB' })).toBe(false);
  expect(restarts({}, { max_connections: '200' })).toBe(true);
  expect(restarts({}, { 'pgaudit.log': 'all' })).toBe(true);
  expect(restarts({ 'pgaudit.log': 'all' }, { 'pgaudit.log': 'ddl' })).toBe(false);
});
