import { printProgram } from '../../../lib/adopt/print/program';
import { Call, type Code, type CodeObject, type Construction, Handle, type Program } from '../../../lib/adopt/program';
import { shareRepeats } from '../../../lib/adopt/share/share';
import { compile } from '../../constructs/compile';

const store: Construction = {
  className: 'ClusterSecretStore',
  scope: undefined,
  id: 'store',
  props: { provider: {} },
  variable: 'store',
};

/** What modules print that have such objects in folders of their own. */
function printed(className: string, all: readonly CodeObject[], ids: readonly string[] = []) {
  const modules = all.map((props, i) => {
    const directory: Construction = {
      className: 'Directory',
      scope: undefined,
      id: `d${i}`,
      props: {},
      variable: 'directory',
    };
    const object = { className, scope: directory, id: ids[i] ?? 'object', props, variable: 'object' };
    return { path: `m${i}.ts`, name: `m${i}`, cluster: 'home', constructions: [directory, object] };
  });
  const stores = { path: 'store.ts', name: 'makeStore', cluster: 'home', constructions: [store] };
  const program: Program = {
    app: { outdir: '.' },
    clusters: [{ name: 'home', props: {} }],
    modules: [stores, ...modules],
  };
  const shared = shareRepeats(program, { path: 'common.ts', taken: new Set(), typeArguments: new Map() });
  const files = printProgram(program, { shared }).modules;
  return { common: files.get('common.ts') ?? '', of: (i: number) => files.get(`m${i}.ts`) ?? '' };
}

const apps = ['shop', 'blog', 'wiki', 'mail', 'news', 'chat', 'game'];
const dashboard = (name: string, url: Code, folder: Code = 'Apps'): CodeObject => ({
  apiVersion: 'grafana.integreatly.org/v1beta1',
  kind: 'GrafanaDashboard',
  metadata: { name: `${name}-dashboard`, labels: { app: name } },
  spec: {
    allowCrossNamespaceImport: true,
    instanceSelector: { matchLabels: { dashboards: 'grafana' } },
    datasources: [{ datasourceName: 'prometheus', inputName: 'DS_PROMETHEUS' }],
    folder,
    url,
  },
});

test('objects that differ in a few texts are made by a function of these; what most have is its default', () => {
  const all = apps.map((name, i) => dashboard(name, `https://example.org/${i}.json`, i === 0 ? 'Shops' : 'Apps'));
  const { common, of } = printed('Manifest', all);
  expect(common).toMatchInlineSnapshot(`
"import { type Directory, Manifest } from 'cdk8s-espalier';

/** GrafanaDashboard objects that differ in app, folder and url. */
export function grafanaDashboard(
  scope: Directory,
  { app, folder = 'Apps', url }: {
    readonly app: string;
    readonly folder?: 'Apps' | 'Shops';
    readonly url: string;
  },
) {
  return new Manifest(scope, 'object', {
    apiVersion: 'grafana.integreatly.org/v1beta1',
    kind: 'GrafanaDashboard',
    metadata: { name: \`\${app}-dashboard\`, labels: { app } },
    spec: {
      allowCrossNamespaceImport: true,
      instanceSelector: { matchLabels: { dashboards: 'grafana' } },
      datasources: [{ datasourceName: 'prometheus', inputName: 'DS_PROMETHEUS' }],
      folder,
      url,
    },
  });
}
"
`);
  expect(of(0)).toMatchInlineSnapshot(`
"import { type Cluster, Directory } from 'cdk8s-espalier';
import { grafanaDashboard } from './common';

export function m0(cluster: Cluster) {
  const directory = new Directory(cluster, 'd0');
  grafanaDashboard(directory, { app: 'shop', folder: 'Shops', url: 'https://example.org/0.json' });
}
"
`);
  expect(of(1)).toContain("{ app: 'blog', url: 'https://example.org/1.json' }");
  const lines = ["import { m0 } from './m0';", 'export const made = m0;'];
  expect(compile(lines, { 'm0.ts': of(0), 'common.ts': common })).toEqual([]);
});

test('what follows from the id, or from another text, is no parameter', () => {
  const all = apps.map((name) => ({ ...dashboard(`${name}`, `https://example.org/${name}.json`), kind: 'Thing' }));
  const { common, of } = printed('Manifest', all, apps);
  expect(common).toContain('export function thing(scope: Directory, id: string) {');
  expect(common).toContain('metadata: { name: `${id}-dashboard`, labels: { app: id } }');
  expect(common).toContain('url: `https://example.org/${id}.json`');
  expect(of(0)).toContain("  thing(directory, 'shop');\n");
});

test('a construct may be a parameter, and of few words the type has these alone', () => {
  const all = apps.map((name, i) => ({
    name,
    store: new Handle(store, 'store'),
    secretName: `${name}-secret`,
    creationPolicy: i < 4 ? 'Owner' : 'Merge',
    template: { type: 'Opaque', metadata: { labels: { made: 'by-eso', keep: 'true', reload: 'true' } } },
    extract: name,
  }));
  const { common, of } = printed('ExternalSecret', all);
  expect(common).toContain("    readonly creationPolicy: 'Merge' | 'Owner';\n");
  expect(common).toContain('    readonly store: ClusterSecretStore;\n');
  expect(of(1)).toContain("externalSecret(directory, { name: 'blog', store, creationPolicy: 'Owner' });");
});

test('a version stays beside what it is of, and what differs in too much is said by itself', () => {
  const chart = (url: string, tag: string) => ({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    spec: { interval: '15m', timeout: '1m', provider: 'generic', insecure: false, suspend: false, ref: { tag }, url },
  });
  const { common } = printed(
    'Manifest',
    apps.map((name, i) => chart(`oci://example.org/${name}`, `1.${i}.0`)),
  );
  expect(common).not.toContain('function');
  const many = apps.map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((key, i) => [key, `${i}${name.split('').reverse().join('')}${i * 7}`]),
    ),
  }));
  expect(printed('Manifest', many).common).not.toContain('function');
});

test('comments in YAML stand in the function, where all have the same', () => {
  const url = (name: string) => new Call('commented', [`https://example.org/${name}.json`, 'as of May'], null);
  const { common } = printed(
    'Manifest',
    apps.map((name, i) => dashboard(name, url(`${i}`))),
  );
  expect(common).toContain("url: commented(url, 'as of May'),");
});
