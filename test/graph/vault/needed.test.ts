import { neededPolicy } from '../../../lib/graph/vault/needed';
import { fluxKustomization, graphOf } from '../graph';

const store = (path: string, more = '') => `---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: vault }
spec: { provider: { vault: { server: https://vault.example.com${path === '' ? '' : `, path: ${path}`}${more} } } }
`;
const ref = 'secretStoreRef: { kind: ClusterSecretStore, name: vault }';
const read = (item: string) => `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: read, namespace: shop }
spec: { ${ref}, dataFrom: [${item}] }
`;
const push = (key: string, more = '') => `---
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: push-${key.replaceAll('/', '-')}, namespace: shop }
spec:
  secretStoreRefs: [{ kind: ClusterSecretStore, name: vault }]
  selector: { secret: { name: db } }
  ${more}
  data: [{ match: { secretKey: a, remoteRef: { remoteKey: ${key}, property: a } } }]
`;

/** What a policy must allow, a line each. */
function needed(...texts: string[]): string[] {
  const { clusters } = graphOf({ 'ks.yaml': fluxKustomization('apps', './apps'), 'apps/all.yaml': texts.join('') });
  return neededPolicy(clusters[0]?.vault ?? []).map(({ path, capabilities }) => `${path} ${capabilities.join(' ')}`);
}

describe('what External Secrets must be allowed in Vault', () => {
  it('is to read the values of a key, or its metadata instead', () => {
    expect(needed(store('kv'), read('{ extract: { key: shop/app } }'))).toEqual(['kv/data/shop/app read']);
    expect(needed(store('kv'), read('{ extract: { key: shop/app, metadataPolicy: Fetch } }'))).toEqual([
      'kv/metadata/shop/app read',
    ]);
    // Version 1 has none, and ESO refuses without a call.
    const v1 = store('kv', ', version: v1');
    expect(needed(v1, read('{ extract: { key: shop/app, metadataPolicy: Fetch } }'))).toEqual([]);
  });

  it('is to list folders and read what is in them', () => {
    expect(needed(store('kv'), read('{ find: { path: shop, name: { regexp: .* } } }'))).toEqual([
      'kv/data/shop/* read',
      'kv/metadata/shop/* list',
    ]);
    expect(needed(store('kv'), read('{ find: { tags: { team: shop } } }'))).toEqual([
      'kv/data/* read',
      'kv/metadata/* read list',
    ]);
    // Without a name, tags are looked at whether there are any or not; with one, they are not.
    expect(needed(store('kv'), read('{ find: { path: shop } }'))).toEqual([
      'kv/data/shop/* read',
      'kv/metadata/shop/* read list',
    ]);
    expect(needed(store('kv'), read('{ find: { name: { regexp: .* }, tags: { team: shop } } }'))).toEqual([
      'kv/data/* read',
      'kv/metadata/* list',
    ]);
    const v1 = store('kv', ', version: v1');
    expect(needed(v1, read('{ find: { path: shop, name: { regexp: .* } } }'))).toEqual(['kv/shop/* read list']);
    expect(needed(v1, read('{ find: { tags: { team: shop } } }'))).toEqual([]);
  });

  it('includes what a folder allows in each path within it, since the most specific rule of a policy decides alone', () => {
    const find = (path: string, more: string) => read(`{ find: { path: ${path}, ${more} } }`);
    const named = 'name: { regexp: .* }';
    const two = read('{ find: { tags: { a: b } } }, { find: { path: shop, name: { regexp: .* } } }');
    expect(needed(store('kv'), two)).toEqual([
      'kv/data/* read',
      'kv/data/shop/* read',
      'kv/metadata/* read list',
      'kv/metadata/shop/* read list',
    ]);
    // A folder is listed by the path that a secret has which is called like it.
    expect(needed(store('kv'), find('shop', named), push('shop'), push('shop/db'), push('shopping'))).toEqual([
      'kv/data/shop read update',
      'kv/data/shop/* read',
      'kv/data/shop/db read update',
      'kv/data/shopping read update',
      'kv/metadata/shop create read update list',
      'kv/metadata/shop/* list',
      'kv/metadata/shop/db create read update list',
      'kv/metadata/shopping create read update',
    ]);
  });

  it('is to read, write and mark what is pushed, and to delete it where that is asked for', () => {
    expect(needed(store('kv'), push('shop/db'))).toEqual([
      'kv/data/shop/db read update',
      'kv/metadata/shop/db create read update',
    ]);
    expect(needed(store('kv'), push('shop/db', 'deletionPolicy: Delete'))).toEqual([
      'kv/data/shop/db read update delete',
      'kv/metadata/shop/db create read update delete',
    ]);
  });

  it('is one path where version 1 has no metadata', () => {
    expect(needed(store('kv', ', version: v1'), push('shop/db'))).toEqual(['kv/shop/db create read update']);
  });

  it('follows the paths that ESO makes of a mount and a key', () => {
    expect(needed(store('kv'), read('{ extract: { key: kv/data/shop } }'))).toEqual(['kv/data/shop read']);
    expect(needed(store('kv'), read('{ extract: { key: data/shop } }'))).toEqual(['kv/data/data/shop read']);
    expect(needed(store('team/kv'), read('{ extract: { key: shop } }'))).toEqual(['team/kv/data/shop read']);
    expect(needed(store(''), read('{ extract: { key: kv/shop/app } }'))).toEqual(['kv/data/shop/app read']);
    expect(needed(store('kv'), push('kv/shop'))).toEqual([
      'kv/data/shop read update',
      'kv/metadata/kv/shop create read update',
    ]);
  });
});
