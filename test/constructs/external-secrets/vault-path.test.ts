import { refusal, stage } from '../synthesize';

const { vault } = stage();

test('a path knows its mount, the key that ESO takes, and the paths that policies name', () => {
  const { mount, key, display, dataPath, metadataPath } = vault.path('apps/shop/app');
  expect({ mount, key, display, dataPath, metadataPath }).toEqual({
    mount: 'kv',
    key: 'apps/shop/app',
    display: 'kv/apps/shop/app',
    dataPath: 'kv/data/apps/shop/app',
    metadataPath: 'kv/metadata/apps/shop/app',
  });
});

test("an app's path follows the convention", () => {
  expect(vault.app('backstage', 'db').display).toBe('kv/webgrip/prod/clusters/soyo/apps/backstage/db');
});

test('a property knows its path', () => {
  const path = vault.path('apps/shop/app');
  expect(path.property('API_TOKEN')).toEqual({ path, property: 'API_TOKEN' });
});

test.each(['data', 'metadata', 'metadata/a', 'kvstore/a', 'a/kv/b', 'a/data/b', 'a.b/c_d-E'])('%j is a path', (key) => {
  expect(vault.path(key).key).toBe(key);
});

test('a path that repeats the mount is refused, and the message says what ESO would do', () => {
  expect(refusal(() => vault.path('kv/apps/shop'))).toBe(
    'soyo/vault: a Vault path is "kv/apps/shop". Allowed: a path below the mount, without the mount "kv": ESO puts it in front, so it would read kv/data/apps/shop but write its metadata to kv/metadata/kv/apps/shop. Example: "apps/shop".',
  );
});

test('the mount alone is refused', () => {
  expect(refusal(() => vault.path('kv'))).toMatch(
    /^soyo\/vault: a Vault path is "kv"\. Allowed: a path below the mount, /,
  );
});

test("a path that repeats the API's data is refused", () => {
  expect(refusal(() => vault.path('data/apps/shop'))).toBe(
    'soyo/vault: a Vault path is "data/apps/shop". Allowed: a path without "data/": External Secrets adds it, so it would read kv/data/data/apps/shop. Example: "apps/shop".',
  );
});

test.each(['', '/apps', 'apps/', 'a//b', '..', 'a/../b', './a', 'a b', 'a/*', 'a/+/b', 'é'])('%j is refused', (key) => {
  expect(refusal(() => vault.path(key))).toBe(
    `soyo/vault: a Vault path is ${JSON.stringify(key)}. Allowed: segments of letters, digits, "-", "_" and "." separated by "/", without ".." and without a leading or trailing "/". Example: "apps/backstage/app".`,
  );
});

test.each([
  ['shop', '../bank', 'purpose is "../bank"'],
  [undefined, 'app', 'app is not set'],
  ['shop', '', 'purpose is ""'],
])("an app's path of %j and %j is refused", (app, purpose, found) => {
  expect(refusal(() => vault.app(app as string, purpose))).toBe(
    `soyo/vault: ${found}. Allowed: segments of letters, digits, "-", "_" and "." separated by "/", without ".." and without a leading or trailing "/". Example: "apps/backstage/app".`,
  );
});

test.each(['', ' password', undefined])('the property %j is refused', (property) => {
  expect(refusal(() => vault.path('apps/shop').property(property as string))).toBe(
    `soyo/vault: a property of kv/apps/shop is ${property === undefined ? 'not set' : JSON.stringify(property)}. Allowed: the name of a property in Vault, without white space at either end. Example: "password".`,
  );
});
