import { object } from '../../graph/graph';
import { shopEffects } from '../review-of';

const store = object(
  'external-secrets.io/v1',
  'SecretStore',
  'aws',
  'spec: { provider: { aws: { service: SecretsManager, region: eu-west-1 } } }',
);
const asked = (...keys: [key: string, property: string][]) =>
  object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'shop',
    `spec: { secretStoreRef: { name: aws }, target: { name: keys }, data: [${keys.map(([key, property]) => `{ secretKey: ${property}, remoteRef: { key: ${key}, property: ${property} } }`).join(', ')}] }`,
  );
const changed = (before: string, after: string) => shopEffects(store + before, store + after);

test('what is read from a store from now on has to be there', () => {
  expect(changed('', asked(['prod/shop', 'a']))).toEqual([
    'vault medium: ExternalSecret shop/shop now reads `a` in `prod/shop` through SecretStore shop/aws, and fails if it is not there\n  1. Before the merge, check that SecretStore shop/aws has `a` in `prod/shop`, and that its credentials may read it.',
  ]);
  expect(changed(asked(['prod/shop', 'a']), asked(['prod/shop', 'a'], ['prod/shop', 'b']))).toEqual([
    'vault medium: ExternalSecret shop/shop now reads `b` in `prod/shop` through SecretStore shop/aws, and fails if it is not there\n  1. Before the merge, check that SecretStore shop/aws has `b` in `prod/shop`, and that its credentials may read it.',
  ]);
});

test('a whole secret, too, also through a store that the tree does not have', () => {
  const extract = asked().replace(
    'data: []',
    'dataFrom: [{ extract: { key: prod/shop }, sourceRef: { storeRef: { kind: ClusterSecretStore, name: gcp } } }]',
  );
  expect(changed('', extract)).toEqual([
    'vault medium: ExternalSecret shop/shop now reads `prod/shop` through ClusterSecretStore gcp, and fails if it is not there\n  1. Before the merge, check that ClusterSecretStore gcp has `prod/shop`, and that its credentials may read it.',
  ]);
});

test('what is written through a store from now on has to be allowed', () => {
  const push = object(
    'external-secrets.io/v1alpha1',
    'PushSecret',
    'shop',
    'spec: { secretStoreRefs: [{ name: aws }], selector: { secret: { name: keys } }, data: [{ match: { secretKey: a, remoteRef: { remoteKey: out } } }] }',
  );
  const keys = object('v1', 'Secret', 'keys', 'stringData: { a: b }');
  expect(changed(keys, keys + push)).toEqual([
    'vault medium: PushSecret shop/shop now writes `out` through SecretStore shop/aws\n  1. Before the merge, check that the credentials of SecretStore shop/aws may write `out`.',
  ]);
});

test('what was read before, a generator and values in the tree need nothing', () => {
  expect(changed(asked(['prod/shop', 'a'], ['prod/shop', 'b']), asked(['prod/shop', 'a']))).toEqual([]);
  const fake = store.replace('aws: { service: SecretsManager, region: eu-west-1 }', 'fake: { data: [] }');
  expect(shopEffects(fake, fake + asked(['prod/shop', 'a']))).toEqual([]);
});
