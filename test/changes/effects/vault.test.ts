import { object } from '../../graph/graph';
import { shopEffects } from '../review-of';

const store = object(
  'external-secrets.io/v1',
  'SecretStore',
  'vault',
  "spec: { provider: { vault: { server: 'http://vault:8200', path: kv, auth: { kubernetes: { role: shop, mountPath: kubernetes } } } } }",
);
const asked = (...keys: [key: string, property: string][]) =>
  object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'shop',
    `spec: { secretStoreRef: { name: vault }, target: { name: keys }, data: [${keys.map(([key, property]) => `{ secretKey: ${property}, remoteRef: { key: ${key}, property: ${property} } }`).join(', ')}] }`,
  );
const changed = (before: string, after: string) => shopEffects(store + before, store + after);

test('a path that is read from now on has to be there, and to be allowed', () => {
  expect(changed('', asked(['shop', 'a']))).toEqual([
    'vault medium: ExternalSecret shop/shop reads `kv/shop` in Vault from now on, and fails where it is not there\n  1. Before the merge, write `kv/shop` with `a` into Vault, unless it is there.',
    'vault medium: SecretStore shop/vault asks Vault for 1 path that it did not ask for before\n  1. Before the merge, have the policy of role `shop` allow `kv/data/shop` (read); `espalier policy` prints it.',
  ]);
  expect(changed(asked(['shop', 'a']), asked(['shop', 'a'], ['mail', 'b']))).toEqual([
    'vault medium: ExternalSecret shop/shop reads `kv/mail` in Vault from now on, and fails where it is not there\n  1. Before the merge, write `kv/mail` with `b` into Vault, unless it is there.',
    'vault medium: SecretStore shop/vault asks Vault for 1 path that it did not ask for before\n  1. Before the merge, have the policy of role `shop` allow `kv/data/mail` (read); `espalier policy` prints it.',
  ]);
});

test('a key that is read from now on has to be there', () => {
  expect(changed(asked(['shop', 'a']), asked(['shop', 'a'], ['shop', 'b']))).toEqual([
    'vault medium: ExternalSecret shop/shop reads `b` in `kv/shop` in Vault from now on, and fails where it is not there\n  1. Before the merge, write `b` in `kv/shop` into Vault, unless it is there.',
  ]);
});

test('what was read before needs nothing', () => {
  expect(changed(asked(['shop', 'a'], ['shop', 'b']), asked(['shop', 'a']))).toEqual([]);
  expect(changed(asked(['shop', 'a']), asked(['shop', 'a']).replace('secretKey: a', 'secretKey: c'))).toEqual([]);
});

test('what is pushed from now on has to be allowed', () => {
  const keys = object('v1', 'Secret', 'keys', 'stringData: { a: b }');
  const push = object(
    'external-secrets.io/v1alpha1',
    'PushSecret',
    'shop',
    'spec: { secretStoreRefs: [{ name: vault }], selector: { secret: { name: keys } }, data: [{ match: { secretKey: a, remoteRef: { remoteKey: out, property: a } } }] }',
  );
  expect(changed(keys, keys + push)).toEqual([
    'vault medium: SecretStore shop/vault asks Vault for 2 paths that it did not ask for before\n  1. Before the merge, have the policy of role `shop` allow `kv/data/out` (read, update), `kv/metadata/out` (create, read, update); `espalier policy` prints it.',
  ]);
});

test('a store that asks another Vault, or logs in otherwise, says whom that may fail', () => {
  const with_ = (from: string, to: string) =>
    shopEffects(store + asked(['shop', 'a']), store.replace(from, to) + asked(['shop', 'a'])).slice(0, 1);
  expect(with_('vault:8200', 'other:8200')).toEqual([
    'vault high: SecretStore shop/vault asks elsewhere (`spec.provider.vault.server` changes): ExternalSecret shop/shop fails for what is not there\n  1. Before the merge, see that all that is read through it is there, too, with the roles and policies that it needs.',
  ]);
  expect(with_('role: shop', 'role: store')).toEqual([
    'vault medium: SecretStore shop/vault logs in otherwise (`spec.provider.vault.auth.kubernetes.role` changes): if it may not, ExternalSecret shop/shop fails\n  1. Before the merge, see that it may log in so, and is allowed what it was before.',
  ]);
});
