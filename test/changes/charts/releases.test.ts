import {
  chart,
  chartEffects,
  chartReview,
  chartSummaries,
  claim,
  configMap,
  from,
  release,
  repository,
  workload,
} from './charts-review';

const plain = (name: string, more = '') =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop${more} }\ndata: { a: '1' }\n`;

describe('a release', () => {
  test('that goes takes what its chart has made along, but what it keeps, and data is told', async () => {
    const kept = { annotations: { 'helm.sh/resource-policy': 'keep' } };
    const charts = { app: chart('1.0.0', () => [workload('a'), claim('data'), claim('safe', kept)]) };
    const [before, after] = [
      { objects: repository + release('a', 'app'), charts },
      { objects: repository, charts },
    ];
    expect(await chartSummaries(before, after)).toEqual([
      'critical app 1.0.0 → - in 1, 0/3: uninstalled: 1 Deployment, 1 PersistentVolumeClaim; PersistentVolumeClaim shop/data may lose its data',
    ]);
    expect(await chartEffects(before, after)).toEqual([
      `data critical: PersistentVolumeClaim shop/data loses its volume, unless its PersistentVolume has reclaim policy Retain
  because of HelmRelease/a
  1. Copy what is on it if somebody may need it, or keep it: have its chart put the annotation \`helm.sh/resource-policy: keep\` on it, by its values, in a commit of its own, and wait until Helm has applied that.`,
      'deleted high: HelmRelease shop/a is deleted: Kustomization flux-system/shop prunes it',
      'deleted high: HelmRelease shop/a is uninstalled, and 2 objects of its chart with it, except PersistentVolumeClaim shop/safe',
    ]);
  });

  test('that is new is told by how much it makes', async () => {
    const charts = { app: chart('1.0.0', () => [workload('a'), configMap('b', {})]) };
    expect(
      await chartSummaries({ objects: repository, charts }, { objects: repository + release('a', 'app'), charts }),
    ).toEqual(['low app - → 1.0.0 in 1, 0/2: new: 1 Deployment, 1 ConfigMap']);
  });

  test('that is known on one side alone is not compared, which is said once', async () => {
    const objects = (version: string) => repository + release('a', 'app', version);
    const review = await chartReview(
      { objects: objects('1.0.0'), charts: {} },
      { objects: objects('2.0.0'), charts: { app: chart('2.0.0', () => [workload('a')]) } },
    );
    expect(review.unknown).toEqual(['What HelmRelease shop/a made before the change: there is no chart app.']);
    expect(review.clusters[0]?.changes.map(({ object }) => object)).toEqual(['HelmRelease shop/a']);
    expect(review.clusters[0]?.charts).toBe(undefined);
  });

  test('that is known on neither side is named if it is upgraded', async () => {
    const objects = (version: string) => repository + release('a', 'app', version) + release('b', 'app');
    const review = await chartReview(
      { objects: objects('1.0.0'), charts: {} },
      { objects: objects('2.0.0'), charts: {} },
    );
    expect(review.unknown).toEqual(['What HelmRelease shop/a makes: there is no chart app.']);
    expect(review.clusters[0]?.effects.map(({ message }) => message)).toEqual([
      'is upgraded: chart 1.0.0 → 2.0.0, which may bring breaking changes; the chart decides what restarts',
    ]);
  });

  test('that is known on neither side is named if its source is of another version', async () => {
    const objects = (tag: string) => `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: app, namespace: shop }
spec: { url: 'oci://example.com/app', ref: { tag: ${tag} } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: a, namespace: shop }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: app } }
`;
    const unknownOf = async (from: string, to: string) =>
      (await chartReview({ objects: objects(from), charts: {} }, { objects: objects(to), charts: {} })).unknown;
    expect(await unknownOf('1.0.0', '1.1.0')).toEqual(['What HelmRelease shop/a makes: there is no chart app.']);
    expect(await unknownOf('1.0.0', '1.0.0')).toEqual([]);
  });

  test('that Helm refuses from now on is not upgraded', async () => {
    const charts = { app: chart('1.0.0', () => [workload('a')]) };
    const failing = { app: { render: () => ({ type: 'failed', message: 'nil pointer\nat 1' }) as const } };
    const objects = repository + release('a', 'app');
    expect(await chartEffects({ objects, charts }, { objects, charts: failing })).toEqual([
      'blocked high: HelmRelease shop/a cannot be upgraded, Helm refuses it: nil pointer',
    ]);
  });

  test('that is suspended does nothing', async () => {
    const objects = (version: string) => repository + release('a', 'app', version, 'suspend: true');
    expect(
      await chartEffects(
        { objects: objects('1.0.0'), charts: { app: chart('1.0.0', () => [workload('a')]) } },
        { objects: objects('2.0.0'), charts: { app: chart('2.0.0', () => [workload('a', { selector: 'b' })]) } },
      ),
    ).toEqual(['suspended low: HelmRelease shop/a is suspended: nothing of this happens until it is resumed']);
  });

  test('that another Kustomization applies may be uninstalled first, with its data', async () => {
    const charts = { app: chart('1.0.0', () => [claim('data')]) };
    const other = `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: other, namespace: flux-system }
spec: { interval: 10m, path: ./other, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
    const effects = await chartEffects(
      { objects: repository + release('a', 'app'), charts },
      { objects: repository, charts, more: { 'flux/other.yaml': other, 'other/a.yaml': release('a', 'app') } },
    );
    expect(effects.map((line) => line.replace(/\n.*$/s, ''))).toEqual([
      'data critical: HelmRelease shop/a takes PersistentVolumeClaim shop/data along, which loses its volume, unless its PersistentVolume has reclaim policy Retain, if it is deleted first',
      'recreated critical: HelmRelease shop/a may be deleted by Kustomization flux-system/shop before flux-system/other creates it again',
    ]);
  });

  test('of another name is uninstalled first, with its data', async () => {
    const charts = { app: chart('1.0.0', (name) => [claim(name)]) };
    const [before, after] = [
      { objects: repository + release('a', 'app'), charts },
      { objects: repository + release('a', 'app', '1.0.0', 'releaseName: b'), charts },
    ];
    expect(await chartSummaries(before, after)).toEqual([
      'critical app 1.0.0 → 1.0.0 in 1, 0/1: uninstalled and installed again: 1 PersistentVolumeClaim; PersistentVolumeClaim shop/a may lose its data',
    ]);
    expect((await chartEffects(before, after)).map((line) => line.replace(/\n.*$/s, ''))).toEqual([
      'data critical: PersistentVolumeClaim shop/a loses its volume, unless its PersistentVolume has reclaim policy Retain',
      'recreated high: HelmRelease shop/a is uninstalled and installed again, because `spec.releaseName` changes: everything that its chart has made is deleted in between',
    ]);
  });
});

describe("definitions in a chart's `crds/`", () => {
  const definition = (type: string) =>
    from('charts/sub/crds/things.yaml', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.org' },
      spec: {
        group: 'example.org',
        scope: 'Namespaced',
        names: { kind: 'Thing', plural: 'things' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                description: type,
                properties: { spec: { type: 'object', properties: { size: { type } } } },
              },
            },
          },
        ],
      },
    });
  const side = (version: string, type: string, more = '') => ({
    objects: repository + release('a', 'app', version, more),
    charts: { app: chart(version, () => [definition(type)]) },
  });

  test('do not reach the cluster, unless the release says so', async () => {
    expect(await chartEffects(side('1.0.0', 'string'), side('2.0.0', 'integer'))).toEqual([
      `stale medium: HelmRelease shop/a keeps the old definition of Thing: Flux does not update what is in a chart's \`crds/\`
  1. Set \`spec.upgrade.crds: CreateReplace\` in the HelmRelease, unless the definitions come from elsewhere.`,
      'upgrade low: HelmRelease shop/a is upgraded: chart 1.0.0 → 2.0.0; nothing in the cluster changes',
    ]);
    const replace = 'upgrade: { crds: CreateReplace }';
    const review = await chartReview(side('1.0.0', 'string', replace), side('2.0.0', 'integer', replace));
    expect(review.clusters[0]?.charts?.[0]?.summary).toEqual(['1 definition changes']);
    const [definitionChange] = review.clusters[0]?.changes.filter(({ madeBy }) => madeBy !== undefined) ?? [];
    expect(definitionChange?.fields).toEqual([
      { path: 'v1.spec.size.type', type: 'changed', before: 'string', after: 'integer' },
    ]);
  });

  test('are not missed where a Job of the chart applies them', async () => {
    const job = from(
      'templates/job.yaml',
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'crds-upgrade' } },
      ['pre-upgrade'],
    );
    const made = (version: string, type: string) => ({
      objects: side(version, type).objects,
      charts: { app: chart(version, () => [definition(type), job]) },
    });
    expect(await chartEffects(made('1.0.0', 'string'), made('2.0.0', 'integer'))).toEqual([
      'upgrade low: HelmRelease shop/a is upgraded: chart 1.0.0 → 2.0.0; nothing in the cluster changes',
    ]);
  });

  test('are not missed where something else brings them', async () => {
    const both = (version: string, type: string) => ({
      objects: `${side(version, type).objects}${release('crds', 'crds', version)}`,
      charts: { ...side(version, type).charts, crds: chart(version, () => [{ ...definition(type).value }]) },
    });
    expect(await chartEffects(both('1.0.0', 'string'), both('2.0.0', 'integer'))).toEqual([
      'upgrade low: HelmRelease shop/a is upgraded: chart 1.0.0 → 2.0.0; nothing in the cluster changes',
      'upgrade low: HelmRelease shop/crds is upgraded: chart 1.0.0 → 2.0.0',
    ]);
  });

  test('outlive their release', async () => {
    const { objects, charts } = side('1.0.0', 'string');
    expect((await chartEffects({ objects, charts }, { objects: repository, charts }))[1]).toBe(
      'deleted high: HelmRelease shop/a is uninstalled, and nothing of its chart with it, except CustomResourceDefinition things.example.org',
    );
  });
});

describe('an object that moves', () => {
  test('from a Kustomization to a chart may be deleted before Helm takes it over', async () => {
    const charts = (made: boolean) => ({ app: chart('1.0.0', () => (made ? [configMap('moved', { a: '1' })] : [])) });
    const [first] = await chartEffects(
      { objects: repository + release('a', 'app') + plain('moved'), charts: charts(false) },
      { objects: repository + release('a', 'app', '1.0.0', 'values: { own: true }'), charts: charts(true) },
    );
    expect(
      first,
    ).toBe(`recreated high: ConfigMap shop/moved may be deleted by Kustomization flux-system/shop, before or after HelmRelease shop/a takes it over
  1. In a commit of its own, before this one, put the annotation \`kustomize.toolkit.fluxcd.io/prune: disabled\` on it, and wait until Flux has applied that.`);
  });

  test('to a release that takes over nothing makes its upgrade fail', async () => {
    const charts = (made: boolean) => ({ app: chart('1.0.0', () => (made ? [configMap('moved', { a: '1' })] : [])) });
    const more = 'upgrade: { disableTakeOwnership: true }';
    expect(
      (
        await chartEffects(
          { objects: repository + release('a', 'app', '1.0.0', more) + plain('moved'), charts: charts(false) },
          {
            objects: repository + release('a', 'app', '1.0.0', `values: { own: true }, ${more}`),
            charts: charts(true),
          },
        )
      )[0],
    ).toBe(
      'refused high: ConfigMap shop/moved exists and is not of HelmRelease shop/a yet: its upgrade fails as long as it is there (`disableTakeOwnership`)',
    );
  });

  test('between releases that stay may be deleted by the one that has it', async () => {
    const charts = (owner: string) => ({ app: chart('1.0.0', (name) => (name === owner ? [claim('data')] : [])) });
    const objects = (value: number) =>
      repository +
      release('a', 'app', '1.0.0', `values: { n: ${value} }`) +
      release('b', 'app', '1.0.0', `values: { n: ${value} }`);
    const effects = await chartEffects(
      { objects: objects(1), charts: charts('a') },
      { objects: objects(2), charts: charts('b') },
    );
    expect(effects[0]).toMatch(
      /^data critical: PersistentVolumeClaim shop\/data loses its volume, .*, if it is deleted first$/s,
    );
    expect(effects[1]).toMatch(
      /^recreated critical: PersistentVolumeClaim shop\/data may be deleted by HelmRelease shop\/a, before or after HelmRelease shop\/b takes it over/,
    );
  });
});
