import { describe as named } from '../../../lib/graph/identity';
import { withoutStore } from '../../../lib/graph/vault/cluster-wide';
import { requirementsOf } from '../../../lib/graph/vault/requirements';
import { one, paths, provider, push, read, requirements, store, withVariables } from '../../report/policy/trees';
import { graphOf } from '../graph';

describe('a role of Vault must allow', () => {
  it('what is asked of its stores, values and metadata of a secret side by side, with who needs it', () => {
    const role = one(store(), read(['b', 'a']), push('a'));
    expect(paths(role)).toEqual(['kv/data/a read update', 'kv/metadata/a create read update', 'kv/data/b read']);
    expect(role.paths[0]?.needs.map(({ resource, purpose }) => `${named(resource)} ${purpose}`)).toEqual([
      'ExternalSecret shop/read reads it',
      'PushSecret shop/push pushes to it',
    ]);
  });

  it('nothing of a cluster without a store of Vault', () => {
    expect(requirements(read(['a']))).toEqual([]);
  });

  it('what stores of one server, namespace, mount and role ask together, in several mounts', () => {
    const other = store({ ...provider, path: 'team' }, 'other');
    const role = one(store(), other, read(['a']), read(['a'], 'more', { kind: 'ClusterSecretStore', name: 'other' }));
    expect(role.clients.map(({ name }) => name)).toEqual(['other', 'vault']);
    expect(paths(role)).toEqual(['kv/data/a read', 'team/data/a read']);
  });

  it.each([
    ['another role', { ...provider, auth: { kubernetes: { role: 'other' } } }, ['eso', 'other']],
    ['another mount', { ...provider, auth: { kubernetes: { role: 'eso', mountPath: 'blue' } } }, ['blue-eso', 'eso']],
    ['another server', { ...provider, server: 'https://other.example.com' }, ['eso', 'eso-2']],
    ['another namespace', { ...provider, namespace: 'team' }, ['eso', 'eso-2']],
    ['a token', { ...provider, auth: { tokenSecretRef: { name: 'x', key: 'y' } } }, ['eso', 'other']],
  ])('%s in a policy of its own', (_, vault, names) => {
    expect(requirements(store(), store(vault, 'other')).map(({ policy }) => policy)).toEqual(names);
  });

  it('paths of a namespace below the one that is logged in to', () => {
    const below = { ...provider, namespace: 'org/team', auth: { ...provider.auth, namespace: 'org' } };
    expect(paths(one(store(below), read(['a'])))).toEqual(['team/kv/data/a read']);
    const topmost = { ...provider, namespace: 'org/team', auth: { ...provider.auth, namespace: '' } };
    expect(paths(one(store(topmost), read(['a'])))).toEqual(['org/team/kv/data/a read']);
    expect(paths(one(store({ ...provider, namespace: 'org' }), read(['a'])))).toEqual(['kv/data/a read']);
  });

  it('what a ClusterExternalSecret and a ClusterPushSecret have made in other namespaces', () => {
    const wide = (kind: string, field: string, of: object) => ({
      apiVersion: 'external-secrets.io/v1',
      kind,
      metadata: { name: 'wide' },
      spec: { namespaces: ['a', 'b'], [field]: (of as { spec: object }).spec },
    });
    expect(
      paths(
        one(
          store(),
          wide('ClusterExternalSecret', 'externalSecretSpec', read(['x'])),
          wide('ClusterPushSecret', 'pushSecretSpec', push('y')),
        ),
      ),
    ).toEqual(['kv/data/x read', 'kv/data/y read update', 'kv/metadata/y create read update']);
  });

  it('what a PushSecret pushes in one, and what it deletes', () => {
    const dataTo = [{ storeRef: { kind: 'ClusterSecretStore', name: 'vault' }, remoteKey: 'all' }];
    expect(paths(one(store(), push('a', { data: [], dataTo, deletionPolicy: 'Delete' })))).toEqual([
      'kv/data/all read update delete',
      'kv/metadata/all create read update delete',
    ]);
  });

  it('the calls of a generator that logs in by itself', () => {
    const generator = (method?: string) => ({
      apiVersion: 'generators.external-secrets.io/v1alpha1',
      kind: 'VaultDynamicSecret',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { path: '/database/creds/shop', method, provider },
    });
    expect(paths(one(store(), generator()))).toEqual(['database/creds/shop read']);
    expect(paths(one(generator('POST')))).toEqual(['database/creds/shop create update']);
    expect(paths(one(generator('DELETE')))).toEqual(['database/creds/shop delete']);
  });
});

describe('what the tree does not say is said, not guessed', () => {
  it('of keys and mounts that variables name', () => {
    const [role] = withVariables(store(), read(['${TEAM}/app', 'shop']));
    expect(paths(role)).toEqual(['kv/data/shop read']);
    expect(role?.unclear.map(({ why }) => why)).toEqual(['its key ${TEAM}/app depends on a variable']);
    const [mount] = withVariables(store({ ...provider, path: '${MOUNT}' }), read(['shop']));
    expect(mount?.unclear.map(({ why }) => why)).toEqual(['the mount ${MOUNT} of its store depends on a variable']);
    // Without Flux's variables it is the name of a key.
    expect(paths(one(store(), read(['${TEAM}'])))).toEqual(['kv/data/${TEAM} read']);
  });

  it('of paths that no policy can name, or only with more besides', () => {
    const role = one(store(), read(['a{{b}}', 'c/+*', 'd/*', 'e/+/f', 'g', '../../sys/policy/x']));
    expect(paths(role)).toEqual(['kv/data/d/* read', 'kv/data/e/+/f read', 'kv/data/g read']);
    expect(role.unclear.map(({ why }) => why)).toEqual([
      'no policy can name kv/data/a{{b}}',
      'no policy can name kv/data/c/+*',
      'no policy can name kv/data/../../sys/policy/x',
    ]);
    expect(role.wider).toEqual(['kv/data/d/*', 'kv/data/e/+/f']);
  });
});

test('credentials in the address of a Vault are not told', () => {
  const role = one(store({ ...provider, server: 'https://admin:hunter2@vault.example.com:8200/' }), read(['a']));
  expect(role.login.server).toBe('https://vault.example.com:8200/');
});

describe('who logs in', () => {
  const accounts = (vault: object, ...objects: object[]) =>
    one(store(vault), ...objects).accounts.map(({ namespace, name }) => `${namespace}/${name}`);

  it('is the service account of the store, or those beside the objects that use it', () => {
    expect(accounts(provider)).toEqual(['external-secrets/eso']);
    const anywhere = { ...provider, auth: { kubernetes: { role: 'eso', serviceAccountRef: { name: 'eso' } } } };
    expect(accounts(anywhere, read(['a']), push('b'))).toEqual(['shop/eso']);
    const { metadata, spec } = read(['a']) as { metadata: object; spec: object };
    const made = {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterExternalSecret',
      metadata,
      spec: { namespaces: ['blog', 'shop'], externalSecretSpec: spec },
    };
    expect(accounts(anywhere, made)).toEqual(['blog/eso', 'shop/eso']);
    expect(accounts({ ...provider, auth: { kubernetes: { role: 'eso' } } }, read(['a']))).toEqual([]);
  });
});

test.each([
  ['http://vault:8200', true],
  ['http://vault.security.svc:8200', true],
  ['https://vault.security.svc.cluster.local', true],
  ['http://vault.security:8200', true],
  ['http://vault.elsewhere:8200', false],
  ['https://vault.example.com', false],
  ['http://localhost:8200', false],
  ['http://10.0.0.1:8200', false],
])('a Vault at %s is in the cluster: %s', (server, isInCluster) => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'security' } };
  expect(one(namespace, store({ ...provider, server })).isInCluster).toBe(isInCluster);
});

test("a policy is called as none of Vault's own, which commands would write over", () => {
  const called = (role: string) => one(store({ ...provider, auth: { kubernetes: { role } } })).policy;
  expect(['default', 'root', 'Default', 'defaults'].map(called)).toEqual([
    'eso-default',
    'eso-root',
    'eso-default',
    'defaults',
  ]);
});

describe('what is asked of stores that the tree does not show', () => {
  it('is in no policy, and said', () => {
    const { clusters } = graphOf({
      'apps/all.yaml': [
        store(),
        read(['a'], 'here'),
        read(['a'], 'gone', { name: 'gone' }),
        push('b', { secretStoreRefs: [{ labelSelector: { matchLabels: { a: 'b' } } }] }, 'chosen'),
        push('b', { data: [], dataTo: [{ storeRef: { kind: 'ClusterSecretStore', name: 'vault' } }] }, 'each'),
      ]
        .map((object) => `---\n${JSON.stringify(object)}\n`)
        .join(''),
    });
    const said = clusters.flatMap((cluster) => [...withoutStore(cluster)]);
    expect(said.map(({ resource, why }) => `${resource.name}: ${why}`)).toEqual([
      'gone: SecretStore gone is not in the tree',
      'chosen: its stores are chosen by labels',
    ]);
    const [role] = clusters.flatMap(requirementsOf);
    expect(paths(role)).toEqual(['kv/data/a read']);
    expect(role?.unclear.map(({ resource, why }) => `${resource.name}: ${why}`)).toEqual([
      'each: dataTo without remoteKey writes a path for each key of the Secret',
    ]);
  });
});
