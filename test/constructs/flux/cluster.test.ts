import {
  App,
  Application,
  Cluster,
  type ClusterProps,
  ConfigMap,
  Directory,
  ExternalSecrets,
  File,
  FluxKustomization,
  VaultStore,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

/** The tree of an otherwise empty cluster. */
const treeOf = (props: Partial<ClusterProps>) => reader(emptyCluster(props).app.tree());
const root = 'kubernetes/flux/cluster/ks.yaml';

const rootSpec = {
  interval: '1h',
  retryInterval: '2m',
  timeout: '5m',
  path: './dist/kubernetes/apps',
  prune: true,
  wait: false,
  sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
};

test('an empty cluster is the root Kustomization and the folder of the namespaces', () => {
  const tree = treeOf({});
  expect(tree.paths()).toEqual([
    'kubernetes/apps/kustomization.yaml',
    'kubernetes/flux/cluster/ks.yaml',
    'kubernetes/flux/cluster/kustomization.yaml',
  ]);
  expect(tree.documents(root)).toEqual([
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'cluster-apps', namespace: 'flux-system', annotations: { 'espalier/cluster': 'soyo' } },
      spec: rootSpec,
    },
  ]);
});

test('the folder of the namespaces lists them in the order of their construction', () => {
  const { app, cluster } = emptyCluster();
  cluster.inNamespace('web');
  cluster.inNamespace('bank');
  expect(reader(app.tree()).document('kubernetes/apps/kustomization.yaml').resources).toEqual(['./web', './bank']);
});

test('a namespace is made once, and found again', () => {
  const { cluster } = emptyCluster();
  expect(cluster.inNamespace('web')).toBe(cluster.inNamespace('web'));
});

test.each<[Partial<ClusterProps>, string]>([
  [{ sourceRoot: '.' }, './kubernetes/apps'],
  [{ sourceRoot: './' }, './kubernetes/apps'],
  [{ sourceRoot: './deploy/' }, './deploy/kubernetes/apps'],
  [{ sourceRoot: 'a/b' }, './a/b/kubernetes/apps'],
  [{ directory: 'staging' }, './dist/staging/kubernetes/apps'],
  [{ directory: 'clusters/staging', sourceRoot: '.' }, './kubernetes/apps'],
  [{ directory: 'staging', sourceRoot: 'deploy' }, './deploy/kubernetes/apps'],
  [{ appsRoot: 'apps' }, './dist/apps'],
])('with %j Flux finds the apps at %s', (props, path) => {
  const { spec } = treeOf(props).find('Kustomization', 'cluster-apps') as { spec: JsonObject };
  expect(spec.path).toBe(path);
});

test('its folders can be named', () => {
  expect(treeOf({ directory: 'staging', appsRoot: 'apps', fluxRoot: 'flux' }).paths()).toEqual([
    'staging/apps/kustomization.yaml',
    'staging/flux/ks.yaml',
    'staging/flux/kustomization.yaml',
  ]);
});

test('the source may be written without its namespace, or be left to a patch', () => {
  const sourceRefOf = (source: ClusterProps['source']) => {
    const { app, cluster } = emptyCluster({ root: null, source });
    new FluxKustomization(cluster, 'shop', { folder: 'apps', kustomizationFile: null });
    const [document] = app.tree().files.find(({ path }) => path === 'apps/ks.yaml')?.documents ?? [];
    return (document as { spec: { sourceRef?: object } }).spec.sourceRef;
  };
  expect(sourceRefOf({ kind: 'OCIRepository', name: 'tree', namespace: null })).toEqual({
    kind: 'OCIRepository',
    name: 'tree',
  });
  expect(sourceRefOf(null)).toBeUndefined();
});

test('the source, the variables and the root Kustomization can be set', () => {
  const tree = treeOf({
    source: { kind: 'OCIRepository', name: 'tree', namespace: 'gitops' },
    substitutions: { substitute: { domain: 'example.org' } },
    root: { interval: '10m', wait: true, name: 'apps' },
  });
  expect(tree.document(root)).toEqual({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'apps', namespace: 'gitops', annotations: { 'espalier/cluster': 'soyo' } },
    spec: {
      ...rootSpec,
      interval: '10m',
      wait: true,
      sourceRef: { kind: 'OCIRepository', name: 'tree', namespace: 'gitops' },
    },
  });
});

test('the root replaces no variables of the cluster: what it applies has variables of its own', () => {
  const { app, cluster } = emptyCluster({ root: { postBuild: { substitute: { domain: 'example.org' } } } });
  new Application(cluster, 'shop');
  const tree = reader(app.tree());
  expect((tree.document(root).spec as JsonObject).postBuild).toEqual({ substitute: { domain: 'example.org' } });
  expect(tree.find('Kustomization', 'shop').metadata).toEqual({
    name: 'shop',
    namespace: 'shop',
    annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' },
  });
});

test('variables of the cluster that come from objects must be optional: each namespace would need them', () => {
  const substituteFrom = [{ kind: 'ConfigMap', name: 'settings' }] as const;
  expect(refusal(() => emptyCluster({ substitutions: { substituteFrom } }))).toBe(
    'soyo: substitutions.substituteFrom: ConfigMap settings: optional is not set. Allowed: true: Flux looks for it in the namespace of each Kustomization, and a Kustomization without it fails. Example: optional: true; or postBuild in the Kustomizations whose namespace has it.',
  );
});

test('two clusters share an app, each in its folder', () => {
  const { app } = emptyCluster({ directory: 'soyo' });
  new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
  expect(reader(app.tree()).paths()).toEqual(
    ['mars', 'soyo'].flatMap((folder) => [
      `${folder}/kubernetes/apps/kustomization.yaml`,
      `${folder}/kubernetes/flux/cluster/ks.yaml`,
      `${folder}/kubernetes/flux/cluster/kustomization.yaml`,
    ]),
  );
});

describe('what is refused', () => {
  const path = 'a relative path of plain segments separated by "/", without "..", "." or an empty segment';

  test.each(['../dist', '/dist', 'a//b', ''])('the sourceRoot %j', (sourceRoot) => {
    expect(refusal(() => emptyCluster({ sourceRoot }))).toBe(
      `soyo: sourceRoot is ${JSON.stringify(sourceRoot)}. Allowed: ${path}; or "." for the source's root. Example: "dist".`,
    );
  });

  test.each(['../mars', '/mars', '.', ''])('the directory %j', (directory) => {
    expect(refusal(() => emptyCluster({ directory }))).toBe(
      `soyo: directory is ${JSON.stringify(directory)}. Allowed: ${path}. Example: "kubernetes/apps".`,
    );
  });

  test.each(['appsRoot', 'fluxRoot'])('an %s that leaves the tree', (name) => {
    expect(refusal(() => emptyCluster({ [name]: '../x' }))).toBe(
      `soyo/${name === 'appsRoot' ? 'apps' : 'flux'}: path is "../x". Allowed: ${path}; or "." for the folder of its scope. Example: "kubernetes/apps".`,
    );
  });

  test.each(['Soyo', 'so_yo', 'a'.repeat(64), 'so.yo'])('the name %j', (id) => {
    expect(refusal(() => new Cluster(new App(), id, { organisation: 'a', environment: 'b' }))).toBe(
      `${id}: id is "${id}". Allowed: a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters. Example: "my-app".`,
    );
  });

  test.each(['organisation', 'environment'])('an %s that is no segment of a Vault path', (name) => {
    for (const value of ['', 'a/b', '..']) {
      expect(refusal(() => emptyCluster({ [name]: value }))).toMatch(
        new RegExp(`^soyo: ${name} is .*\\. Allowed: a segment of a Vault path: letters, digits`),
      );
    }
  });

  test('a second cluster of one name', () => {
    const { app } = emptyCluster();
    expect(refusal(() => new Cluster(app, 'soyo', { organisation: 'a', environment: 'b' }))).toBe(
      'the app: id is "soyo". Allowed: an id that is not taken: soyo (Cluster) already has this one. Example: "soyo-2".',
    );
  });

  test('settings for a namespace that is there already, which would be lost', () => {
    const { cluster } = emptyCluster();
    cluster.inNamespace('web');
    expect(refusal(() => cluster.inNamespace('web', { create: false }))).toBe(
      'soyo: inNamespace("web"). Allowed: settings only at the first call: soyo/apps/web exists already. Example: cluster.inNamespace("web") without settings.',
    );
  });

  test('a namespace of a name that Kubernetes refuses', () => {
    expect(refusal(() => emptyCluster().cluster.inNamespace('my_ns'))).toMatch(
      /^soyo\/apps\/my_ns: id is "my_ns"\. Allowed: a DNS label/,
    );
  });

  test('a source without a name', () => {
    expect(refusal(() => emptyCluster({ source: { kind: 'Bucket', name: '', namespace: 'flux-system' } }))).toMatch(
      /^soyo: source\.name is ""\. Allowed: a DNS subdomain/,
    );
  });
});

describe('without organisation and environment', () => {
  const { cluster } = composed(() => {});
  const vault = new VaultStore(cluster, 'vault', {
    operator: new ExternalSecrets(cluster, { version: '2.9.0' }),
    server: 'http://vault.vault.svc:8200',
    mount: 'kv',
  });

  test('paths in Vault are given whole', () => {
    expect(vault.path('apps/shop').key).toBe('apps/shop');
  });

  test('the convention asks for them', () => {
    expect(refusal(() => vault.app('shop', 'app'))).toBe(
      'home: organisation is not set. Allowed: a segment of a Vault path: letters, digits, "-", "_" and ".", not beginning with "."; paths by the convention <organisation>/<environment>/clusters/… need it. Example: organisation: \'acme\' of the Cluster; or vault.path(…), which takes the whole path.',
    );
  });
});

test("the root's annotation with the cluster's name can be left out", () => {
  const tree = treeOf({ root: { annotations: { 'espalier/cluster': null } } });
  expect(tree.find('Kustomization', 'cluster-apps').metadata).toEqual({
    name: 'cluster-apps',
    namespace: 'flux-system',
  });
});

/** A cluster in `.` whose own YAML applies its folders. */
function composed(build: (cluster: Cluster) => void) {
  const app = new App({ outdir: '.' });
  const cluster = new Cluster(app, 'home', { sourceRoot: '.', root: null });
  build(cluster);
  return { cluster, ...reader(app.tree()) };
}

describe('without a root, whose folders the own YAML applies', () => {
  test('nothing is written but what is constructed', () => {
    expect(composed(() => {}).paths()).toEqual([]);
  });

  test('a namespace holds Kustomizations, whose paths are those of the repository', () => {
    const tree = composed((cluster) => {
      const media = cluster.inNamespace('media', { create: false, kustomizationFile: null });
      new ConfigMap(new FluxKustomization(media, 'jellyfin').directory, 'settings', { data: { A: 'b' } });
    });
    expect(tree.paths()).toEqual([
      'kubernetes/apps/media/jellyfin/app/kustomization.yaml',
      'kubernetes/apps/media/jellyfin/app/settings.yaml',
      'kubernetes/apps/media/jellyfin/ks.yaml',
    ]);
    expect((tree.find('Kustomization', 'jellyfin').spec as JsonObject).path).toBe(
      './kubernetes/apps/media/jellyfin/app',
    );
    expect(tree.find('ConfigMap', 'settings').metadata).toEqual({ name: 'settings', namespace: 'media' });
  });

  test('objects in any folder count as applied, and have no namespace that nobody has said', () => {
    const tree = composed((cluster) => {
      new ConfigMap(new Directory(cluster, 'infrastructure/configs'), 'a', { data: { A: 'b' } });
      new ConfigMap(new Directory(cluster, '.', { kustomizationFile: null }), 'b', { data: { A: 'b' } });
      new ConfigMap(new File(cluster, 'clusters/home/c.yml'), 'c', { data: { A: 'b' } });
      new FluxKustomization(new Directory(cluster, 'clusters/home', { kustomizationFile: null }), 'apps', {
        applies: new Directory(cluster, 'apps'),
        file: new File(cluster, 'clusters/home/apps.yaml'),
      });
    });
    expect(tree.paths()).toEqual([
      'apps/kustomization.yaml',
      'b.yaml',
      'clusters/home/apps.yaml',
      'clusters/home/c.yml',
      'infrastructure/configs/a.yaml',
      'infrastructure/configs/kustomization.yaml',
    ]);
    for (const name of ['a', 'b', 'c']) expect(tree.find('ConfigMap', name).metadata).toEqual({ name });
    const { metadata, spec } = tree.find('Kustomization', 'apps');
    expect(metadata).toEqual({ name: 'apps' });
    expect(spec).toMatchObject({ path: './apps', sourceRef: { name: 'flux-system', namespace: 'flux-system' } });
  });

  test('the folder of the namespaces may be one that is made already', () => {
    const tree = composed((cluster) => {
      new Directory(cluster, 'kubernetes/apps', { kustomizationFile: { resources: ['./foreign'] } });
      cluster.inNamespace('media');
    });
    expect(tree.document('kubernetes/apps/kustomization.yaml').resources).toEqual(['./media', './foreign']);
  });

  test('the root of the repository can be what a Kustomization applies', () => {
    const tree = composed((cluster) => {
      const applies = new Directory(cluster, 'all', { path: '.', kustomizationFile: null });
      new FluxKustomization(applies, 'all', { applies, file: new File(applies, 'all.yaml') });
    });
    expect((tree.find('Kustomization', 'all').spec as JsonObject).path).toBe('./');
  });

  test('whoever refers to the root is told that there is none', () => {
    expect(refusal(() => composed(() => {}).cluster.root)).toBe(
      'home: root is null. Allowed: settings of the root Kustomization, where one is referred to: null says that your own YAML applies the folders. Example: root: {}.',
    );
  });

  test('Kustomizations wait for each other as ever', () => {
    const tree = composed((cluster) => {
      const [one, other] = ['one', 'other'].map((name) => new FluxKustomization(cluster.inNamespace('web'), name));
      one?.node.addDependency(other as FluxKustomization);
    });
    expect((tree.find('Kustomization', 'one').spec as JsonObject).dependsOn).toEqual([
      { name: 'other', namespace: 'web' },
    ]);
  });
});
