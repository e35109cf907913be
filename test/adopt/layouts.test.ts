import { fluxKustomization, object } from '../graph/graph';
import { adopted } from './adopted';

const configMap = (name: string) => object('v1', 'ConfigMap', name, 'data: { a: b }');
const listing = (...entries: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${entries.join(', ')}]\n`;
const ks = (name: string, path: string, more = '') => fluxKustomization(name, path, more, 'flux-system');

/** The body of the function of a module, all of its tree said by code. */
function bodyOf(files: Readonly<Record<string, string>>, module: string): string {
  const { code, result } = adopted({ 'clusters/home/apps.yaml': ks('apps', './apps'), ...files });
  expect(result.left).toEqual([]);
  expect([...result.reasons.values()]).toEqual([]);
  const text = code.get(module) as string;
  return text.slice(text.indexOf('export function'));
}

const media = {
  'apps/kustomization.yaml': listing('./media'),
  'apps/media/shop/app/kustomization.yaml': listing('shop.yaml'),
  'apps/media/shop/app/shop.yaml': configMap('shop'),
};

it('a Kustomization in a file of any name, of a namespace’s folder', () => {
  const files = {
    ...media,
    'apps/media/kustomization.yaml': listing('shop/install.yaml'),
    'apps/media/shop/install.yaml': ks('shop', './apps/media/shop/app'),
  };
  expect(bodyOf(files, 'apps/media/shop.ts')).toMatchInlineSnapshot(`
"export function shop(mediaDirectory: Directory) {
  const kustomization = new FluxKustomization(mediaDirectory, 'shop', {
    namespace: 'flux-system',
    file: 'install.yaml',
  });
  new ConfigMap(kustomization.directory, 'shop', { namespace: 'shop', data: { a: 'b' } });
}
"
`);
});

it('several Kustomizations of a file, each with its folder', () => {
  const files = {
    ...media,
    'apps/media/kustomization.yaml': listing('shop/ks.yaml'),
    'apps/media/shop/ks.yaml':
      ks('shop', './apps/media/shop/app') + ks('shop-jobs', './apps/media/shop/jobs', 'dependsOn: [{ name: shop }]'),
    'apps/media/shop/jobs/job.yaml': configMap('job'),
  };
  expect(bodyOf(files, 'apps/media/shop.ts')).toMatchInlineSnapshot(`
"export function shop(mediaDirectory: Directory) {
  const kustomization = new FluxKustomization(mediaDirectory, 'shop', { namespace: 'flux-system' });
  new ConfigMap(kustomization.directory, 'shop', { namespace: 'shop', data: { a: 'b' } });
  const jobsKustomization = new FluxKustomization(mediaDirectory, 'shop-jobs', {
    namespace: 'flux-system',
    directory: 'jobs',
    folder: 'shop',
    file: kustomization.file,
    dependsOn: { exactly: [{ name: kustomization, namespace: null }] },
    kustomizationFile: null,
  });
  new ConfigMap(jobsKustomization.directory, 'job', { namespace: 'shop', data: { a: 'b' } });
}
"
`);
});

it('an app with a kustomization.yaml of its own, whose first Kustomization waits for the second', () => {
  const files = {
    ...media,
    'apps/media/kustomization.yaml': listing('shop'),
    'apps/media/shop/kustomization.yaml': listing('ns.yaml', 'ks.yaml'),
    'apps/media/shop/ns.yaml': object('v1', 'Namespace', 'shop', '', ''),
    'apps/media/shop/ks.yaml':
      ks('shop', './apps/media/shop/app', 'dependsOn: [{ name: shop-volume }]') +
      ks('shop-volume', './templates/volume'),
    'templates/volume/kustomization.yaml': listing('volume.yaml'),
    'templates/volume/volume.yaml': configMap('volume'),
  };
  expect(bodyOf(files, 'apps/media/shop.ts')).toMatchInlineSnapshot(`
"export function shop(mediaDirectory: Directory, { volumeDirectory }: { readonly volumeDirectory: Directory }) {
  const directory = new Directory(mediaDirectory, 'shop');
  new Manifest(directory, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  const file = new File(directory, 'ks.yaml');
  const volumeKustomization = new FluxKustomization(directory, 'shop-volume', {
    namespace: 'flux-system',
    folder: '.',
    file,
    applies: volumeDirectory,
  });
  const kustomization = new FluxKustomization(directory, 'shop', {
    namespace: 'flux-system',
    folder: '.',
    file,
    dependsOn: { exactly: [{ name: volumeKustomization, namespace: null }] },
  });
  new ConfigMap(kustomization.directory, 'shop', { namespace: 'shop', data: { a: 'b' } });
}
"
`);
});

it('files that a folder without kustomization.yaml has, and a path without ./', () => {
  const files = {
    'apps/kustomization.yaml': listing('shop/ks.yaml'),
    'apps/shop/ks.yaml': ks('shop', 'apps/shop/app'),
    'apps/shop/app/jobs/job.yaml': configMap('job'),
    'apps/shop/app/shop.yaml': configMap('shop'),
  };
  expect(bodyOf(files, 'apps/shop.ts')).toMatchInlineSnapshot(`
"export function shop(appsDirectory: Directory) {
  const kustomization = new FluxKustomization(appsDirectory, 'shop', {
    namespace: 'flux-system',
    kustomizationFile: null,
    spec: { path: 'apps/shop/app' },
  });
  const file = new File(kustomization.directory, 'jobs/job.yaml');
  new ConfigMap(file, 'job', { namespace: 'shop', data: { a: 'b' } });
  new ConfigMap(kustomization.directory, 'shop', { namespace: 'shop', data: { a: 'b' } });
}
"
`);
});

it('a kustomization.yaml of another name keeps it', () => {
  const files = {
    'apps/Kustomization': listing('./media'),
    'apps/media/kustomization.yml': listing('shop/ks.yaml', './other'),
    'apps/media/shop/ks.yaml': ks('shop', './apps/media/shop/app'),
    'apps/media/shop/app/Kustomization': `${listing('shop.yaml')}namePrefix: my-\n`,
    'apps/media/shop/app/shop.yaml': configMap('shop'),
    'apps/media/other/kustomization.yml': listing('other.yaml'),
    'apps/media/other/other.yaml': configMap('other'),
  };
  const { code, result, yaml } = adopted({ 'clusters/home/apps.yaml': ks('apps', './apps'), ...files });
  expect(result.left).toEqual([]);
  expect([...yaml.keys()].sort()).toEqual(['clusters/home/apps.yaml', ...Object.keys(files)].sort());
  const names = [...code.values()].join('').match(/kustomizationFileName: '\w+(?:\.yml)?'/g) ?? [];
  expect(names.map((name) => name.split("'")[1]).sort()).toEqual([
    ...['Kustomization', 'Kustomization', 'kustomization.yml', 'kustomization.yml'],
  ]);
});

it('a module that takes many handles has each on a line of its own', () => {
  const names = ['first-application', 'second-application', 'third-application', 'fourth-application'];
  const code = bodyOf(
    {
      'apps/kustomization.yaml': listing(...names.map((name) => `${name}.yaml`)),
      ...Object.fromEntries(
        names.flatMap((name) => [
          [`apps/${name}.yaml`, ks(name, `./components/${name}`)],
          [`components/${name}/a.yaml`, configMap(name)],
        ]),
      ),
    },
    'apps.ts',
  );
  expect(code.slice(0, code.indexOf('{\n  const'))).toMatchInlineSnapshot(`
"export function apps(
  cluster: Cluster,
  { firstApplicationDirectory, fourthApplicationDirectory, secondApplicationDirectory, thirdApplicationDirectory }: {
    readonly firstApplicationDirectory: Directory;
    readonly fourthApplicationDirectory: Directory;
    readonly secondApplicationDirectory: Directory;
    readonly thirdApplicationDirectory: Directory;
  },
) "
`);
});
