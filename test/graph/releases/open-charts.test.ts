import type { Graph } from '../../../lib/graph/graph';
import { describe as name } from '../../../lib/graph/identity';
import { type OpenOptions, openCharts } from '../../../lib/graph/releases';
import { readSchemas } from '../../../lib/graph/schema/read-schemas';
import { at } from '../../../lib/json/read';
import { fluxKustomization, graphOf, object } from '../graph';
import { type FakeChart, fakeCharts } from './fake-charts';

const repository = object(
  'source.toolkit.fluxcd.io/v1',
  'HelmRepository',
  'charts',
  'spec: { url: https://charts.example.org }',
);

/** A HelmRelease of a chart of that repository; `more` are further fields of its spec. */
function release(named: string, chart: string, more = ''): string {
  const source = 'sourceRef: { kind: HelmRepository, name: charts }';
  return object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    named,
    `spec: { interval: 1h, chart: { spec: { chart: ${chart}, version: 1.x, ${source} } }${more && `, ${more}`} }`,
  );
}

async function opened(
  texts: Record<string, string>,
  charts: Record<string, FakeChart>,
  options: Partial<OpenOptions> = {},
): Promise<{ graph: Graph; fake: ReturnType<typeof fakeCharts> }> {
  const fake = fakeCharts(charts);
  const all = { 'ks.yaml': fluxKustomization('apps', './apps'), ...texts };
  const graph = await openCharts(graphOf(all), fake, { kubeVersion: '1.36.0', ...options });
  return { graph, fake };
}

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData: { password: 'made' } };

describe('what a HelmRelease makes', () => {
  test('stands beside it, in the namespace of the release, with the place of the HelmRelease', async () => {
    const { graph } = await opened(
      { 'apps/db.yaml': repository + release('db', 'postgres') },
      { postgres: { render: () => [secret] } },
    );
    const [made] = graph.clusters[0]?.find({ group: '', kind: 'Secret', namespace: 'shop', name: 'db' }) ?? [];
    expect(made?.chart).toMatchObject({
      name: 'postgres',
      version: '1.0.0',
      template: 'templates/all.yaml',
      hooks: [],
    });
    expect(made?.document.file.path).toBe('apps/db.yaml');
    expect(made?.appliedBy?.name).toBe('apps');
    expect(at(made?.value, 'metadata', 'namespace')).toBe('shop');
  });

  test('comes in the order of the releases, whichever chart is rendered first', async () => {
    const fake = fakeCharts({ slow: { render: () => [secret] }, quick: { render: () => [secret] } });
    const charts: typeof fake = {
      ...fake,
      async render(chart, input) {
        if (chart.name === 'slow') await new Promise((resolve) => setTimeout(resolve, 20));
        return fake.render(chart, input);
      },
    };
    const tree = {
      'ks.yaml': fluxKustomization('apps', './apps'),
      'apps/db.yaml': repository + release('a', 'slow') + release('b', 'quick'),
    };
    const { clusters } = await openCharts(graphOf(tree), charts, { kubeVersion: '1.36.0' });
    expect([...(clusters[0]?.charts.keys() ?? [])].map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('is not among what the Kustomization applies', async () => {
    const { graph } = await opened(
      { 'apps/db.yaml': repository + release('db', 'postgres') },
      { postgres: { render: () => [secret] } },
    );
    expect(graph.clusters[0]?.kustomizations[0]?.resources.map(name)).toEqual([
      'HelmRepository shop/charts',
      'HelmRelease shop/db',
    ]);
  });

  test('lies where its chart puts it, and kinds without namespace in none', async () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'all' } };
    const elsewhere = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'kube-system' } };
    const { graph } = await opened(
      { 'apps/db.yaml': repository + release('db', 'postgres', 'targetNamespace: data') },
      { postgres: { render: () => [role, elsewhere, secret] } },
    );
    expect(graph.clusters[0]?.resources.filter(({ chart }) => chart).map(name)).toEqual([
      'ClusterRole all',
      'ConfigMap kube-system/a',
      'Secret data/db',
    ]);
  });

  test('is no unknown source any more, but for what hook Jobs make', async () => {
    const job = {
      value: { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'db-init' } },
      template: 'templates/job.yaml',
      hooks: ['pre-install'],
    };
    const charts = { plain: { render: () => [] }, hooked: { render: () => [job] } };
    const { graph } = await opened(
      { 'apps/all.yaml': repository + release('plain', 'plain') + release('db', 'hooked') },
      charts,
    );
    const look = (kind: string, of: string) =>
      graph.clusters[0]?.lookup({ group: '', kind, namespace: 'shop', name: of }).state;
    expect(look('Secret', 'plain-password')).toBe('absent');
    expect(look('Secret', 'db-password')).toBe('unknown');
    expect(look('Service', 'db')).toBe('absent');
  });

  test('stays unknown where the chart cannot be opened', async () => {
    const { graph } = await opened({ 'apps/db.yaml': repository + release('db', 'none') }, {});
    const [contents] = graph.clusters[0]?.charts.values() ?? [];
    expect(contents).toEqual({ type: 'closed', why: 'there is no chart none' });
    expect(graph.clusters[0]?.lookup({ group: '', kind: 'Secret', namespace: 'shop', name: 'db' }).state).toBe(
      'unknown',
    );
  });

  test('is without tests and without what is made when it is deleted', async () => {
    const hooks = (...of: string[]) => ({
      value: { ...secret, metadata: { name: of[0] ?? '' } },
      template: 'templates/a.yaml',
      hooks: of,
    });
    const charts = { a: { render: () => [hooks('test'), hooks('post-delete'), hooks('post-install', 'post-delete')] } };
    const { graph } = await opened({ 'apps/a.yaml': repository + release('a', 'a') }, charts);
    expect(graph.clusters[0]?.resources.filter(({ chart }) => chart).map(name)).toEqual(['Secret shop/post-install']);
  });

  test('is followed where it is a HelmRelease itself', async () => {
    const inner = {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'inner' },
      spec: { chart: { spec: { chart: 'postgres', sourceRef: { kind: 'HelmRepository', name: 'charts' } } } },
    };
    const charts = { outer: { render: () => [inner] }, postgres: { render: () => [secret] } };
    const { graph } = await opened({ 'apps/a.yaml': repository + release('outer', 'outer') }, charts);
    const [made] = graph.clusters[0]?.find({ group: '', kind: 'Secret', namespace: 'shop', name: 'db' }) ?? [];
    expect(made?.chart?.release.name).toBe('inner');
    expect(made?.chart?.release.chart?.release.name).toBe('outer');
  });

  test('is of a folder of the tree where its source is the one that the tree is read from, be that in the tree or not', async () => {
    const source = 'sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }';
    const own = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'db',
      `spec: { interval: 1h, chart: { spec: { chart: ./charts/postgres, ${source} } } }`,
    );
    const { fake } = await opened({ 'apps/db.yaml': own }, {});
    expect(fake.sources).toEqual([{ type: 'folder', folder: 'charts/postgres' }]);
  });

  test('is followed where it is a Kustomization of the tree, and HelmReleases that it applies', async () => {
    const kustomization = {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'tenant', namespace: 'flux-system' },
      spec: {
        path: './tenants/a',
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        dependsOn: [{ name: 'apps' }],
      },
    };
    const charts = { tenant: { render: () => [kustomization] }, postgres: { render: () => [secret] } };
    const { graph } = await opened(
      { 'apps/a.yaml': repository + release('tenant', 'tenant'), 'tenants/a/db.yaml': release('db', 'postgres') },
      charts,
    );
    const [cluster] = graph.clusters;
    const [made] = cluster?.find({ group: '', kind: 'Secret', namespace: 'shop', name: 'db' }) ?? [];
    expect(made?.appliedBy?.name).toBe('tenant');
    expect(cluster?.kustomization('flux-system', 'tenant')?.dependsOn[0]?.target?.name).toBe('apps');
    expect(graph.unreached).toEqual([]);
  });

  test('is nothing where it is installed in another cluster', async () => {
    const { graph, fake } = await opened(
      { 'apps/db.yaml': repository + release('db', 'postgres', 'kubeConfig: { secretRef: { name: other } }') },
      { postgres: { render: () => [secret] } },
    );
    expect(fake.sources).toEqual([]);
    expect(graph.clusters[0]?.lookup({ group: '', kind: 'Secret', namespace: 'shop', name: 'db' }).state).toBe(
      'absent',
    );
  });
});

describe('definitions', () => {
  const definition = (kind: string) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.monitoring.example.org` },
    spec: {
      group: 'monitoring.example.org',
      scope: 'Cluster',
      names: { kind },
      versions: [
        {
          name: 'v1',
          served: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'string' } } } },
        },
      ],
    },
  });
  const asking: FakeChart = {
    files: { 'templates/monitor.yaml': '{{ if .Capabilities.APIVersions.Has "monitoring.example.org/v1" }}' },
    render: () => [],
  };
  const bringing: FakeChart = {
    files: { 'crds/all.yaml': 'kind: CustomResourceDefinition' },
    render: () => [{ value: definition('Monitor'), template: 'crds/all.yaml', hooks: [] }],
  };

  test('of one chart are what another asks for, which is rendered once, when they are known', async () => {
    const { fake } = await opened(
      { 'apps/all.yaml': repository + release('app', 'asking') + release('operator', 'bringing') },
      { asking, bringing },
    );
    expect(fake.inputs.map(({ release: { name: of }, apiVersions }) => [of, apiVersions])).toEqual([
      ['operator', []],
      ['app', ['monitoring.example.org/v1']],
    ]);
  });

  test('that the user names count, and those that no template asks for are not handed on', async () => {
    const { fake } = await opened(
      { 'apps/app.yaml': repository + release('app', 'asking') },
      { asking },
      {
        apiVersions: ['monitoring.example.org/v1', 'other.example.org/v1'],
      },
    );
    expect(fake.inputs.map(({ apiVersions }) => apiVersions)).toEqual([['monitoring.example.org/v1']]);
  });

  test('that charts bring are the schemas of their kinds', async () => {
    const { graph } = await opened({ 'apps/app.yaml': repository + release('operator', 'bringing') }, { bringing });
    const [cluster] = graph.clusters;
    expect(cluster && graph.schemasOf(cluster).lookup('monitoring.example.org/v1', 'Monitor').state).toBe('found');
  });

  test('that nothing in the tree brings are there where an object of their kind is', async () => {
    const chart: FakeChart = {
      files: {
        'templates/route.yaml': '{{ if .Capabilities.APIVersions.Has "gateway.networking.k8s.io/v1/HTTPRoute" }}',
      },
      render: ({ apiVersions }) => {
        const version = apiVersions.includes('gateway.networking.k8s.io/v1/HTTPRoute') ? 'v1' : 'v1alpha2';
        return [{ apiVersion: `gateway.networking.k8s.io/${version}`, kind: 'HTTPRoute', metadata: { name: 'web' } }];
      },
    };
    const texts = {
      'ks.yaml': fluxKustomization('apps', './apps'),
      'apps/web.yaml': repository + release('web', 'web'),
    };
    const graph = await openCharts(graphOf(texts, { schemas: readSchemas() }), fakeCharts({ web: chart }), {
      kubeVersion: '1.36.0',
    });
    expect(graph.clusters[0]?.ofKind('gateway.networking.k8s.io', 'HTTPRoute').map(({ version }) => version)).toEqual([
      'v1',
    ]);
  });
});
