import { fluxKustomization, object } from '../graph/graph';
import { adopted } from './adopted';

const configMap = (name: string) => object('v1', 'ConfigMap', name, 'data: { a: b }');
const service = (name: string) => object('v1', 'Service', name, 'spec: { ports: [{ port: 80 }] }');
const listing = (...entries: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`;
const ks = (name: string, path: string, more = '') => fluxKustomization(name, path, more, 'flux-system');

const root = { 'clusters/home/apps.yaml': ks('apps', './apps') };

/** Where files went, which stay where, the paths that are written, and the code of apps. */
function tidied(
  files: Readonly<Record<string, string>>,
  mentions: (path: string) => string | undefined = () => undefined,
) {
  const { result, yaml, code } = adopted({ ...root, ...files }, {}, mentions);
  return {
    moved: Object.fromEntries(result.moved),
    kept: Object.fromEntries(result.kept.map(({ path, why }) => [path, why])),
    paths: [...yaml.keys()].filter((path) => path.startsWith('apps/')).sort(),
    yaml,
    code: [...code.values()].join(''),
  };
}

test('each object of a file gets its own; what is applied stays where it is, and so does what has its place', () => {
  const { moved, kept, paths, code, yaml } = tidied({
    'apps/kustomization.yaml': listing('./shop/install.yaml', './news.yaml'),
    'apps/shop/install.yaml': ks('shop', './apps/shop/all'),
    'apps/shop/all/kustomization.yaml': listing('both.yaml', './settings.yaml', 'other.yml'),
    'apps/shop/all/both.yaml': `${configMap('web')}${service('web')}`,
    'apps/shop/all/settings.yaml': configMap('web-settings'),
    'apps/shop/all/other.yml': configMap('third'),
    'apps/news.yaml': ks('news-app', './elsewhere'),
    'elsewhere/a.yaml': configMap('a'),
  });
  expect(moved).toEqual({
    'apps/shop/install.yaml': ['apps/shop/ks.yaml'],
    'apps/shop/all/both.yaml': ['apps/shop/all/web.yaml', 'apps/shop/all/web-service.yaml'],
    'apps/shop/all/other.yml': ['apps/shop/all/other.yaml'],
    'apps/news.yaml': ['apps/news-app/ks.yaml'],
  });
  expect(kept).toEqual({ 'clusters/home/apps.yaml': 'no Kustomization of the tree applies it' });
  expect(paths).toEqual([
    'apps/kustomization.yaml',
    'apps/news-app/ks.yaml',
    'apps/shop/all/kustomization.yaml',
    'apps/shop/all/other.yaml',
    'apps/shop/all/settings.yaml',
    'apps/shop/all/web-service.yaml',
    'apps/shop/all/web.yaml',
    'apps/shop/ks.yaml',
  ]);
  expect(code).not.toMatch(/new File|file: '(?!apps\.yaml)|resources:/);
  expect(code).toContain("directory: 'all'");
  expect(yaml.get('apps/shop/all/kustomization.yaml')).toContain('  - ./web-service.yaml\n');
});

test('a kustomization.yaml of another name gets the usual one', () => {
  const { moved, paths, code } = tidied({
    'apps/shop/ks.yaml': ks('shop', './apps/shop/app'),
    'apps/shop/app/Kustomization': listing('web.yaml'),
    'apps/shop/app/web.yaml': configMap('web'),
  });
  expect(moved).toEqual({ 'apps/shop/app/Kustomization': ['apps/shop/app/kustomization.yaml'] });
  expect(paths).toEqual(['apps/shop/app/kustomization.yaml', 'apps/shop/app/web.yaml', 'apps/shop/ks.yaml']);
  expect(code).not.toContain('kustomizationFileName');
});

test('a file that something else names keeps its place', () => {
  const files = {
    'apps/shop/ks.yaml': ks('shop', './apps/shop/app'),
    'apps/shop/app/kustomization.yaml': listing('a.yaml', 'b.yaml', '../news/c.yaml', 'free.yaml'),
    'apps/shop/app/a.yaml': `${configMap('a1')}${configMap('a2')}`,
    'apps/shop/app/b.yaml': `${configMap('b1')}${configMap('b2')}`,
    'apps/shop/app/free.yaml': `${configMap('d1')}${configMap('d2')}`,
    'apps/shop/news/c.yaml': `${configMap('c1')}${configMap('c2')}`,
    'apps/shop/patched/kustomization.yaml': `${listing('../app')}patches: [{ path: ../app/b.yaml }]\n`,
    'clusters/home/patched.yaml': ks('patched', './apps/shop/patched'),
  };
  const { moved, kept } = tidied(files, (path) => (path.endsWith('/a.yaml') ? '.github/workflows/a.yaml' : undefined));
  expect(moved).toEqual({ 'apps/shop/app/free.yaml': ['apps/shop/app/d1.yaml', 'apps/shop/app/d2.yaml'] });
  expect(kept).toMatchObject({
    'apps/shop/app/a.yaml': '.github/workflows/a.yaml names it',
    'apps/shop/app/b.yaml': 'apps/shop/patched/kustomization.yaml names it',
  });
});

test('comments move with what they are on', () => {
  const commented = (name: string) =>
    configMap(name).replace('---\n', `---\n# of ${name}\n`).replace('\ndata:', `\n# in ${name}\ndata:`);
  const { moved, yaml, code } = tidied({
    'apps/shop/ks.yaml': ks('shop', './apps/shop/app'),
    'apps/shop/app/kustomization.yaml': listing('both.yaml # here').replace('  - both', '  # why\n  - both'),
    'apps/shop/app/both.yaml': commented('a') + commented('b'),
  });
  expect(Object.keys(moved)).toEqual(['apps/shop/app/both.yaml']);
  expect([...yaml.values()].join('')).toMatch(/# in a[\s\S]*# in b/);
  for (const comment of ['why', 'here', 'of a', 'of b']) expect(code).toContain(comment);
});
