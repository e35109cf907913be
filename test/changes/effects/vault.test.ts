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
    'vault medium: ExternalSecret shop/shop now reads `kv/shop` from Vault, and fails if it is not there\n  1. Before the merge, write `kv/shop` with `a` to Vault, unless it is there already.',
    'vault medium: SecretStore shop/vault needs access to 1 more path in Vault\n  1. Before the merge, extend the policy of role `shop` to allow `kv/data/shop` (read); `espalier policy` prints it.',
  ]);
  expect(changed(asked(['shop', 'a']), asked(['shop', 'a'], ['mail', 'b']))).toEqual([
    'vault medium: ExternalSecret shop/shop now reads `kv/mail` from Vault, and fails if it is not there\n  1. Before the merge, write `kv/mail` with `b` to Vault, unless it is there already.',
    'vault medium: SecretStore shop/vault needs access to 1 more path in Vault\n  1. Before the merge, extend the policy of role `shop` to allow `kv/data/mail` (read); `espalier policy` prints it.',
  ]);
});

test('a key that is read from now on has to be there', () => {
  expect(changed(asked(['shop', 'a']), asked(['shop', 'a'], ['shop', 'b']))).toEqual([
    'vault medium: ExternalSecret shop/shop now reads `b` of `kv/shop` from Vault, and fails if it is not there\n  1. Before the merge, add `b` to `kv/shop` in Vault, unless it is there already.',
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
    'vault medium: SecretStore shop/vault needs access to 2 more paths in Vault\n  1. Before the merge, extend the policy of role `shop` to allow `kv/data/out` (read, update), `kv/metadata/out` (create, read, update); `espalier policy` prints it.',
  ]);
});

test('a store that asks another Vault, or logs in otherwise, says whom that may fail', () => {
  const with_ = (from: string, to: string) =>
    shopEffects(store + asked(['shop', 'a']), store.replace(from, to) + asked(['shop', 'a'])).slice(0, 1);
  expect(with_('vault:8200', 'other:8200')).toEqual([
    'vault high: SecretStore shop/vault uses another place (`spec.provider.vault.server` changes): ExternalSecret shop/shop fails if what is needed is not there\n  1. Before the merge, check that the new place has all that is read through it, with the roles and policies that it needs.',
  ]);
  expect(with_('role: shop', 'role: store')).toEqual([
    'vault medium: SecretStore shop/vault changes how it logs in (`spec.provider.vault.auth.kubernetes.role` changes): ExternalSecret shop/shop fails if the login is refused\n  1. Before the merge, check that the new login works, and that it is allowed what the old one was.',
  ]);
});
