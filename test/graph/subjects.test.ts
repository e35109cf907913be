import { subjectCalled, subjectName, subjectsIn } from '../../lib/graph/subjects';
import { served } from '../changes/impact/tree';
import { clusterOf } from '../report/pictures/trees';
import { fluxKustomization, object } from './graph';

const cluster = clusterOf(served);
const meant = (text: string) => {
  const meaning = subjectCalled(cluster, text);
  return meaning.state === 'found' ? subjectName(meaning.subject) : meaning;
};

describe('a name as people write it', () => {
  it.each([
    ['Secret/shop/db-app', 'Secret/shop/db-app'],
    ['secret shop/db-app', 'Secret/shop/db-app'],
    ['secrets/shop/db-app#password', 'Secret/shop/db-app#password'],
    ['db-app', 'Secret/shop/db-app'],
    ['shop/db-app', 'Secret/shop/db-app'],
    ['es/web', 'ExternalSecret/shop/web'],
    ['ks front', 'Kustomization/flux-system/front'],
    ['cluster.postgresql.cnpg.io/db', 'Cluster/shop/db'],
    ['clusters/db', 'Cluster/shop/db'],
    ['httproutes/front', 'HTTPRoute/shop/front'],
    ['css/vault', 'ClusterSecretStore/vault'],
    ['Secret/shop/lost', 'Secret/shop/lost'],
    ['vault:kv/shop/web', 'vault:kv/shop/web'],
    ['vault:kv/shared/token#token', 'vault:kv/shared/token#token'],
    ['host:shop.example.org', 'host:shop.example.org'],
    ['Shop.example.org', 'host:shop.example.org'],
  ])('%s means %s', (text, name) => {
    expect(meant(text)).toBe(name);
  });

  it('that several objects have is told with all of them', () => {
    expect(meant('front')).toEqual({
      state: 'ambiguous',
      names: ['Deployment/shop/front', 'HTTPRoute/shop/front', 'Kustomization/flux-system/front', 'Service/shop/front'],
    });
  });

  it.each([
    ['Secret/shop/db-ap', ['Secret/shop/db-app']],
    ['Secret/billing/db-app', ['Secret/shop/db-app']],
    ['ConfigMap/shop/db-app', ['Secret/shop/db-app']],
    ['vault:kv/shop/wep', ['vault:kv/shop/web']],
    ['vault:secret/shop/web', ['vault:kv/shop/web']],
    ['host:shp.example.org', ['host:shop.example.org']],
    ['nothing-of-that-kind', []],
    ['deploy wep', ['Deployment/shop/web']],
    ['deploy', ['Deployment/shop/front', 'Deployment/shop/web']],
    ['pvc nothing-near', ['PersistentVolumeClaim/shop/data']],
  ])('%s is none, and may have meant %j', (text, near) => {
    expect(meant(text)).toEqual({ state: 'absent', near });
  });
});

describe('the objects of a file', () => {
  it('are those that are written in it', () => {
    expect(subjectsIn(cluster, 'billing/app.yaml').map(subjectName)).toEqual(['ExternalSecret/billing/token']);
  });

  it('or the Kustomizations that build it, of a file that holds none', () => {
    const built = clusterOf({ ...served, 'billing/kustomization.yaml': 'resources: [app.yaml]\n' });
    expect(subjectsIn(built, 'billing/kustomization.yaml').map(subjectName)).toEqual([
      'Kustomization/flux-system/billing',
    ]);
    expect(subjectsIn(built, 'README.md')).toEqual([]);
  });
});

it.each(['web/.env', 'web/settings/page.html', 'web/kustomization.yaml'])(
  'of a file that a generator reads is what it makes: %s',
  (file) => {
    const generated = clusterOf({
      ...served,
      'web/kustomization.yaml': `configMapGenerator:
  - { name: web, namespace: shop, envs: [./.env], files: [index.html=settings/page.html] }
generatorOptions: { disableNameSuffixHash: true }
`,
      'web/.env': 'A=b\n',
      'web/settings/page.html': '<p>',
      'flux/web.yaml': fluxKustomization('web', './web'),
    });
    expect(subjectsIn(generated, file).map(subjectName)).toEqual(['ConfigMap/shop/web']);
  },
);

test('one path of two Vaults is named with the store', () => {
  const store = (name: string) =>
    object(
      'external-secrets.io/v1',
      'ClusterSecretStore',
      name,
      `spec: { provider: { vault: { server: "http://${name}:8200", path: kv } } }`,
      '',
    );
  const reads = (name: string) =>
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      name,
      `spec: { secretStoreRef: { kind: ClusterSecretStore, name: ${name} }, dataFrom: [{ extract: { key: app } }] }`,
    );
  const two = clusterOf({ 'a.yaml': store('one') + store('other') + reads('one') + reads('other') });
  expect(subjectCalled(two, 'vault:kv/app')).toEqual({ state: 'ambiguous', names: ['one:kv/app', 'other:kv/app'] });
  expect(subjectCalled(two, 'other:kv/app')).toMatchObject({
    state: 'found',
    subject: { entry: { remotes: [{ storeName: 'other' }] } },
  });
});
