import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Application,
  commented,
  Directory,
  type DirectoryProps,
  File,
  FluxKustomization,
  Manifest,
} from '../../../lib';
import { objectAt } from '../../../lib/json/read';
import { emptyCluster, reader, refusal } from '../synthesize';

const folder = 'kubernetes/apps/shop/shop/app';

/** The tree of an app, as far as it lies in the app's folder, and what that lists. */
function treeOf(build: (directory: Directory) => void, kustomizationFile?: DirectoryProps['kustomizationFile']) {
  const { app, cluster } = emptyCluster();
  const namespace = cluster.inNamespace('shop');
  const file = new File(namespace, 'ks.yaml');
  const applies = new Directory(namespace, 'shop/app', { kustomizationFile });
  new FluxKustomization(namespace, 'shop', { file, applies });
  build(applies);
  const tree = reader(app.tree());
  const below = tree.paths().filter((path) => path.startsWith(`${folder}/`));
  return {
    paths: below.map((path) => path.slice(folder.length + 1)),
    document: (path = 'kustomization.yaml') => tree.document(`${folder}/${path}`),
  };
}

function object(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } });
}

describe('a folder without a kustomization.yaml of its own', () => {
  test('has its files listed by the one above', () => {
    const { paths, document } = treeOf((directory) => {
      const sub = new Directory(directory, 'sub', { kustomizationFile: null });
      object(sub, 'a');
      object(new Directory(sub, 'deeper', { kustomizationFile: null }), 'b');
      object(new Directory(sub, 'base'), 'c');
    });
    expect(paths).toEqual([
      'kustomization.yaml',
      'sub/a.yaml',
      'sub/base/c.yaml',
      'sub/base/kustomization.yaml',
      'sub/deeper/b.yaml',
    ]);
    expect(document().resources).toEqual(['./sub/a.yaml', './sub/deeper/b.yaml', './sub/base']);
  });

  test('is what a Kustomization applies: Flux takes all that lies there', () => {
    const { paths } = treeOf((directory) => object(directory, 'a'), null);
    expect(paths).toEqual(['a.yaml']);
  });

  test('has files that nothing lists, where somebody else does', () => {
    const { paths, document } = treeOf((directory) => {
      object(new Directory(directory, 'sub', { kustomizationFile: null, listed: false }), 'a');
      object(new Directory(directory, 'base', { listed: false }), 'b');
    });
    expect(paths).toEqual(['base/b.yaml', 'base/kustomization.yaml', 'kustomization.yaml', 'sub/a.yaml']);
    expect(document().resources).toEqual([]);
  });

  test('is named as a whole by the fields above: its kustomization.yaml is somebody else’s', () => {
    const { document } = treeOf(
      (directory) => object(new Directory(directory, 'sub', { kustomizationFile: null }), 'a'),
      { resources: ['./sub/'] },
    );
    expect(document().resources).toEqual(['./sub/']);
  });

  test('is the same folder as its scope', () => {
    const { paths, document } = treeOf((directory) =>
      object(new Directory(directory, '.', { kustomizationFile: null }), 'a'),
    );
    expect(paths).toEqual(['a.yaml', 'kustomization.yaml']);
    expect(document().resources).toEqual(['./a.yaml']);
  });
});

describe('kustomization.yaml', () => {
  test('lists what its own resources leave out, and then those, in their spelling and order', () => {
    const build = (directory: Directory) => ['a', 'b', 'c'].map((id) => object(directory, id));
    const resources = ['c.yaml', 'https://example.org/crds.yaml', './a.yaml'];
    expect(treeOf(build, { resources }).document().resources).toEqual(['./b.yaml', ...resources]);
    const all = ['c.yaml', '../foreign.yaml', './b.yaml', './a.yaml'];
    expect(treeOf(build, { resources: all }).document().resources).toEqual(all);
  });

  test('keeps what is said of its list, and of entries that the folder lists by itself, too', () => {
    const resources = commented([commented('./a.yaml', 'the first'), '../x.yaml'], 'in this order');
    const { document } = treeOf((directory) => ['a', 'b'].map((id) => object(directory, id)), {
      resources: commented(resources, 'no others', 'end'),
    });
    expect(document().resources).toEqual(['./b.yaml', './a.yaml', '../x.yaml']);
  });

  test('has the fields in the order given, apiVersion and kind too', () => {
    const fields = { kind: 'Kustomization', namespace: 'shop', resources: [], components: ['../x'], apiVersion: 'v1' };
    const { document } = treeOf((directory) => object(directory, 'a'), fields);
    expect(Object.entries(document())).toEqual(Object.entries({ ...fields, resources: ['./a.yaml'] }));
    expect(Object.keys(treeOf(() => {}, { namespace: 'shop' }).document())).toEqual([
      'apiVersion',
      'kind',
      'namespace',
      'resources',
    ]);
  });

  test('leaves out what is null', () => {
    expect(
      treeOf(() => {}, { apiVersion: null, kind: null, resources: null, components: ['../x'] }).document(),
    ).toEqual({ components: ['../x'] });
  });

  test.each([[3], [{ a: 'b' }], ['./a.yaml']])('has resources that are no list as they are given: %j', (resources) => {
    const { document } = treeOf((directory) => object(directory, 'a'), { resources });
    expect(document().resources).toEqual(resources);
  });

  test('does not list what its other fields name: a patch, what a generator reads', () => {
    const fields = {
      namespace: 'base',
      patches: [{ path: './p.yaml' }],
      configMapGenerator: [{ name: 'x', files: ['values.yaml=g.yaml', 'h.yaml'] }],
    };
    const { document } = treeOf((directory) => {
      for (const id of ['p', 'g', 'h', 'r']) object(directory, id);
      object(new Directory(directory, 'base'), 'b');
    }, fields);
    expect(document()).toMatchObject({ ...fields, resources: ['./r.yaml', './base'] });
  });

  test('of a Component has its version, and is listed by nobody but who names it', () => {
    const { paths, document } = treeOf(
      (directory) => {
        const component = { kind: 'Component', resources: null, patches: [{ path: './p.yaml' }] };
        new Directory(directory, 'component', { kustomizationFile: component });
        object(new Directory(directory, 'other', { kustomizationFile: null }), 'a');
      },
      { components: ['./component', 'other'] },
    );
    expect(paths).toContain('other/a.yaml');
    expect(document()).toMatchObject({ resources: [], components: ['./component', 'other'] });
    expect(document('component/kustomization.yaml')).toEqual({
      apiVersion: 'kustomize.config.k8s.io/v1alpha1',
      kind: 'Component',
      patches: [{ path: './p.yaml' }],
    });
  });

  test('names Components by the way from where they are used, under their comments', () => {
    const { app, cluster } = emptyCluster();
    const own = new Directory(cluster, 'components/alerts', { kustomizationFile: { kind: 'Component' } });
    const volsync = Directory.named('components/volsync');
    new Directory(cluster, 'flux-apps', {
      kustomizationFile: { components: [own, commented(volsync, 'of the repository')] },
    });
    cluster.inNamespace('shop', { kustomizationFile: { components: ['../x', own] } });
    new FluxKustomization(cluster.inNamespace('web'), 'web', { components: [volsync, own, '../x'] });
    const tree = reader(app.tree());
    expect(tree.document('flux-apps/kustomization.yaml').components).toEqual([
      '../components/alerts',
      '../../components/volsync',
    ]);
    expect(tree.document('kubernetes/apps/shop/kustomization.yaml').components).toEqual([
      '../x',
      '../../../components/alerts',
    ]);
    expect(objectAt(tree.document('kubernetes/apps/web/web/ks.yaml'), 'spec')?.components).toEqual([
      '../../../../../../components/volsync',
      '../../../../../components/alerts',
      '../x',
    ]);
  });

  test('refuses a folder that is no Component, where one is asked for', () => {
    const { cluster } = emptyCluster();
    const base = new Directory(cluster, 'base');
    const shop = cluster.inNamespace('shop');
    expect(refusal(() => new FluxKustomization(shop, 'shop', { components: [base] }))).toBe(
      'soyo/apps/shop/shop: components is "soyo/base". Allowed: a Directory that is a Component. Example: ' +
        "new Directory(cluster, 'kubernetes/components/volsync', { kustomizationFile: { kind: 'Component' } }).",
    );
  });
});

describe('a File', () => {
  test('may lie in a folder that has no kustomization.yaml', () => {
    const { paths, document } = treeOf((directory) => object(new File(directory, 'jobs/clean up (old)+é.yml'), 'a'));
    expect(paths).toEqual(['jobs/clean up (old)+é.yml', 'kustomization.yaml']);
    expect(document().resources).toEqual(['./jobs/clean up (old)+é.yml']);
  });

  test('is not listed where something else does', () => {
    const { paths, document } = treeOf((directory) => object(new File(directory, 'a.yaml', { listed: false }), 'a'));
    expect(paths).toEqual(['a.yaml', 'kustomization.yaml']);
    expect(document().resources).toEqual([]);
  });
});

test('objects have the namespace of the nearest folder that names one', () => {
  const { document } = treeOf((directory) => {
    const other = new Directory(directory, 'other', { namespace: 'media' });
    object(other, 'a');
    object(new Directory(other, 'deeper'), 'b');
    object(directory, 'c');
  });
  const namespaces = ['other/a.yaml', 'other/deeper/b.yaml', 'c.yaml'].map((path) => document(path).metadata);
  expect(namespaces).toEqual([
    { name: 'a', namespace: 'media' },
    { name: 'b', namespace: 'media' },
    { name: 'c', namespace: 'shop' },
  ]);
});

test('what cdk8s names after its path has the same name in a Directory as anywhere', () => {
  const { cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'shop');
  const { name } = new ApiObject(new Directory(directory, 'base'), 'a', { apiVersion: 'v1', kind: 'ConfigMap' });
  expect(name).toBe('soyo-apps-shop-app-base-a');
});

test('a kustomization.yaml has the name that it is given, of those that kustomize looks for', () => {
  const { app, cluster } = emptyCluster();
  const namespace = cluster.inNamespace('shop', { kustomizationFileName: 'Kustomization' });
  const { directory } = new FluxKustomization(namespace, 'shop', { kustomizationFileName: 'kustomization.yml' });
  object(new Directory(directory, 'base', { kustomizationFileName: 'Kustomization' }), 'a');
  const tree = reader(app.tree());
  expect(tree.document(`${folder}/kustomization.yml`)).toMatchObject({ resources: ['./base'] });
  expect(tree.paths().filter((path) => /ustomization[^/]*$/.test(path) && path.includes('/apps/'))).toEqual([
    'kubernetes/apps/kustomization.yaml',
    'kubernetes/apps/shop/Kustomization',
    'kubernetes/apps/shop/shop/app/base/Kustomization',
    'kubernetes/apps/shop/shop/app/kustomization.yml',
  ]);
  expect(
    refusal(() => new Directory(directory, 'b', { kustomizationFileName: 'kustomisation.yaml' as never })),
  ).toContain('Allowed: kustomization.yaml, kustomization.yml, Kustomization');
});

describe('what its kustomization.yaml generates', () => {
  const folder = () => {
    const { app, cluster } = emptyCluster({ root: null });
    const kustomizationFile = {
      configMapGenerator: [{ name: 'settings', files: ['config/app.yaml', 'b=c.yaml'], literals: ['LEVEL=info'] }],
      secretGenerator: [{ name: 'login', envs: ['login.env'] }],
    };
    return { app, directory: new Directory(cluster, 'apps', { kustomizationFile, namespace: 'shop' }) };
  };

  test('is named by handle, without the hash', () => {
    const { app, directory } = folder();
    const [settings, login] = [directory.configMap('settings', ['app.yaml', 'b']), directory.secret('login', ['ANY'])];
    new Manifest(directory, 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: {
        containers: [],
        volumes: [
          { name: 'a', configMap: { name: settings, items: [{ key: settings.key('b'), path: 'b' }] } },
          { name: 'b', secret: { secretName: login } },
        ],
      },
    } as never);
    const [pod] = app.tree().files.find(({ path }) => path === 'apps/pod.yaml')?.documents ?? [];
    expect((pod as { spec: { volumes: object[] } }).spec.volumes).toEqual([
      { name: 'a', configMap: { name: 'settings', items: [{ key: 'b', path: 'b' }] } },
      { name: 'b', secret: { secretName: 'login' } },
    ]);
    expect(directory.configMap('settings')).toBe(settings);
  });

  test.each<[string, (directory: Directory) => unknown, string]>([
    [
      'another name',
      (one) => one.configMap('other'),
      'ConfigMap other. Allowed: one that its kustomizationFile generates: settings.',
    ],
    [
      'a key that it lacks',
      (one) => one.configMap('settings', ['A']),
      'the key "A" of ConfigMap settings. Allowed: one of its keys: app.yaml, b, LEVEL.',
    ],
    [
      'a key of the handle that it lacks',
      (one) => one.configMap('settings').key('A'),
      'the key "A" of ConfigMap settings. Allowed: one of its keys: app.yaml, b, LEVEL.',
    ],
    [
      'a Secret that is a ConfigMap',
      (one) => one.secret('settings', ['A']),
      'Secret settings. Allowed: one that its kustomizationFile generates: login.',
    ],
  ])('is refused: %s', (_, read, message) => {
    expect(refusal(() => read(folder().directory))).toContain(message);
  });
});
