import { symbol } from '../../../lib/text/symbolic';
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

const two = (version: string) => repository + release('a', 'app', version) + release('b', 'app', version);

describe('an upgrade of a chart', () => {
  test('that changes what cannot be changed fails, told once for all releases', async () => {
    const [before, after] = [
      { objects: two('3.7.3'), charts: { app: chart('3.7.3', (name) => [workload(name)]) } },
      {
        objects: two('4.0.1'),
        charts: { app: chart('4.0.1', (name) => [workload(name, { selector: 'controller' })]) },
      },
    ];
    expect(await chartSummaries(before, after)).toEqual([
      'high app 3.7.3 → 4.0.1 in 2, 0/2: each upgrade fails: `spec.selector` of 2 Deployments cannot be changed',
    ]);
    expect(await chartEffects(before, after)).toEqual([
      `refused high: Deployment shop/a is not changed: the API server refuses it (\`spec.selector\`: it cannot be changed), so the upgrade of its release fails
  1. Keep the chart's old version, or, once this is merged, delete it (\`kubectl delete deployment\`) and have Flux try again (\`flux reconcile helmrelease --force\`): Helm then makes it anew.`,
      `refused high: Deployment shop/b is not changed: the API server refuses it (\`spec.selector\`: it cannot be changed), so the upgrade of its release fails
  1. Keep the chart's old version, or, once this is merged, delete it (\`kubectl delete deployment\`) and have Flux try again (\`flux reconcile helmrelease --force\`): Helm then makes it anew.`,
      'upgrade low: HelmRelease shop/a is upgraded: chart 3.7.3 → 4.0.1',
      'upgrade low: HelmRelease shop/b is upgraded: chart 3.7.3 → 4.0.1',
    ]);
  });

  test('that fails deletes nothing', async () => {
    const effects = await chartEffects(
      {
        objects: repository + release('a', 'app'),
        charts: { app: chart('1.0.0', () => [workload('a'), configMap('old', { a: '1' })]) },
      },
      {
        objects: repository + release('a', 'app', '2.0.0'),
        charts: { app: chart('2.0.0', () => [workload('a', { selector: 'b' })]) },
      },
    );
    expect(effects[1]).toBe(`deleted medium: ConfigMap shop/old is deleted: its chart no longer makes it
  because of HelmRelease/a
  held: its release fails before Helm deletes anything, because another change of it is refused`);
  });

  test('that Flux remedies by uninstalling takes its volumes along', async () => {
    const more = 'upgrade: { remediation: { retries: 1, strategy: uninstall } }';
    const [first] = await chartEffects(
      {
        objects: repository + release('a', 'app', '1.0.0', more),
        charts: { app: chart('1.0.0', () => [workload('a'), claim('data')]) },
      },
      {
        objects: repository + release('a', 'app', '2.0.0', more),
        charts: { app: chart('2.0.0', () => [workload('a', { selector: 'b' }), claim('data')]) },
      },
    );
    expect(first).toMatch(
      /^refused critical: Deployment shop\/a is not changed: the API server refuses it \(`spec\.selector`: it cannot be changed\), so the upgrade of its release fails, and Flux uninstalls it, with PersistentVolumeClaim shop\/data before it installs it again/,
    );
  });

  test('of labels and checksums alone counts as nothing, but for the pods that restart', async () => {
    const made = (version: string) =>
      chart(version, (name) => [
        workload(name, { version, annotations: { 'checksum/config': version } }),
        configMap('plain', { a: '1' }, { labels: { 'app.kubernetes.io/version': version } }),
      ]);
    const [before, after] = [
      { objects: repository + release('a', 'app', '1.0.0'), charts: { app: made('1.0.0') } },
      { objects: repository + release('a', 'app', '1.0.1'), charts: { app: made('1.0.1') } },
    ];
    expect(await chartSummaries(before, after)).toEqual([
      'medium app 1.0.0 → 1.0.1 in 1, 2/2: Deployment shop/a restarts; 2 of 2 objects change in labels or checksums alone',
    ]);
    expect(await chartEffects(before, after)).toEqual([
      'restart medium: Deployment shop/a restarts its pods one after the other: checksums of what its pods read change',
      'upgrade low: HelmRelease shop/a is upgraded: chart 1.0.0 → 1.0.1; nothing but labels and checksums changes',
    ]);
    const { clusters } = await chartReview(before, after);
    expect(clusters[0]?.changes.map(({ object }) => object)).toEqual(['HelmRelease shop/a']);
  });

  test('says labels of claims, which cannot be changed', async () => {
    const set = (version: string) =>
      workload('a', {
        kind: 'StatefulSet',
        spec: { volumeClaimTemplates: [{ metadata: { name: 'data', labels: { 'helm.sh/chart': version } } }] },
      });
    expect(
      await chartSummaries(
        { objects: repository + release('a', 'app'), charts: { app: chart('1.0.0', () => [set('1')]) } },
        { objects: repository + release('a', 'app', '2.0.0'), charts: { app: chart('2.0.0', () => [set('2')]) } },
      ),
    ).toEqual([
      'high app 1.0.0 → 2.0.0 in 1, 0/1: the upgrade fails: `spec.volumeClaimTemplates` of 1 StatefulSet cannot be changed',
    ]);
  });

  test('of a StatefulSet with another selector deletes its pods, too, which would be in the way', async () => {
    const made = (version: string, selector: string) =>
      chart(version, () => [workload('a', { kind: 'StatefulSet', selector })]);
    const [first] = await chartEffects(
      { objects: repository + release('a', 'app'), charts: { app: made('1.0.0', 'app') } },
      { objects: repository + release('a', 'app', '2.0.0'), charts: { app: made('2.0.0', 'name') } },
    );
    expect(first).toContain('delete it (`kubectl delete statefulset`) and have Flux try again');
    expect(first).toContain('Existing volumes stay as they are.');
  });

  test('tells images, and what comes and goes', async () => {
    const [before, after] = [
      {
        objects: repository + release('a', 'app'),
        charts: {
          app: chart('1.0.0', () => [
            workload('a'),
            configMap('old', {}),
            configMap('kept', {}, { annotations: { 'helm.sh/resource-policy': 'keep' } }),
          ]),
        },
      },
      {
        objects: repository + release('a', 'app', '1.1.0'),
        charts: { app: chart('1.1.0', () => [workload('a', { image: 'acme/app:2' }), configMap('new', {})]) },
      },
    ];
    expect(await chartSummaries(before, after)).toEqual([
      'medium app 1.0.0 → 1.1.0 in 1, 0/2: ConfigMap shop/old is deleted; ConfigMap shop/new is created; image `acme/app` `1` → `2`; Deployment shop/a restarts',
    ]);
    expect((await chartEffects(before, after)).filter((line) => line.includes('shop/kept'))).toEqual([
      'orphaned low: ConfigMap shop/kept stays in the cluster, and nothing updates it any more: its annotation `helm.sh/resource-policy: keep` says so\n  because of HelmRelease/a',
    ]);
    const { clusters } = await chartReview(before, after);
    expect(clusters[0]?.images.map(({ object, before: old, after: now }) => `${object} ${old} ${now}`)).toEqual([
      'Deployment shop/a acme/app:1 acme/app:2',
    ]);
  });

  test('with other values that change nothing says so', async () => {
    const charts = { app: chart('1.0.0', () => [workload('a')]) };
    expect(
      await chartEffects(
        { objects: repository + release('a', 'app'), charts },
        { objects: repository + release('a', 'app', '1.0.0', 'values: { tpyo: 1 }'), charts },
      ),
    ).toEqual(['upgrade low: HelmRelease shop/a is upgraded with other values; nothing in the cluster changes']);
  });

  test('of a source that several releases share leads to all of them', async () => {
    const tree = (tag: string) =>
      `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: app, namespace: shop }
spec: { url: 'oci://example.com/app', ref: { tag: ${tag} } }
${['a', 'b']
  .map(
    (name) => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: shop }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: app } }
`,
  )
  .join('')}`;
    const [before, after] = ['1.0.0', '1.1.0'].map((version) => ({
      objects: tree(version),
      charts: { app: chart(version, (name) => [configMap(name, { version })]) },
    })) as [never, never];
    expect(await chartEffects(before, after)).toEqual([
      'upgrade low: HelmRelease shop/a is upgraded: chart 1.0.0 → 1.1.0\n  because of OCIRepository/app → HelmRelease/a',
      'upgrade low: HelmRelease shop/b is upgraded: chart 1.0.0 → 1.1.0\n  because of OCIRepository/app → HelmRelease/b',
    ]);
    expect(await chartSummaries(before, after)).toEqual([
      'low app 1.0.0 → 1.1.0 in 2, 0/2: other changes: configuration (2)',
    ]);
  });

  test('of a Service whose workload is refused leaves it without pods', async () => {
    const made = (version: string, selector: string) =>
      chart(version, () => [
        workload('a', { selector }),
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'a' },
          spec: { selector: { [selector]: 'a' }, ports: [{ port: 80 }] },
        },
      ]);
    const effects = await chartEffects(
      { objects: repository + release('a', 'app'), charts: { app: made('1.0.0', 'app') } },
      { objects: repository + release('a', 'app', '2.0.0'), charts: { app: made('2.0.0', 'controller') } },
    );
    expect(effects).toContain(
      'other high: Service shop/a finds no pods any more: its selector changes, and their labels cannot',
    );
  });

  test('makes random passwords anew, which are no change of a field', async () => {
    const made = (version: string) => ({
      version,
      render: () => [
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'login' },
          stringData: { password: symbol(`shop/a value ${version}`) },
        },
      ],
    });
    const [before, after] = [
      { objects: repository + release('a', 'app'), charts: { app: made('1.0.0') } },
      { objects: repository + release('a', 'app', '1.1.0'), charts: { app: made('1.1.0') } },
    ];
    expect(await chartEffects(before, after)).toEqual([
      'password medium: HelmRelease shop/a makes `password` of Secret shop/login anew with each upgrade, at random',
      'upgrade low: HelmRelease shop/a is upgraded: chart 1.0.0 → 1.1.0; nothing in the cluster changes',
    ]);
    const asking = { ...after, charts: { app: { ...made('1.1.0'), looksUp: true } } };
    expect((await chartEffects(before, asking)).filter((line) => line.startsWith('password'))).toEqual([]);
  });

  test('restarts pods with something random in their template', async () => {
    const made = (version: string) =>
      chart(version, () => [workload('a', { annotations: { rollme: symbol(`shop/a value ${version}`) } })]);
    expect(
      await chartEffects(
        { objects: repository + release('a', 'app'), charts: { app: made('1.0.0') } },
        { objects: repository + release('a', 'app', '1.1.0'), charts: { app: made('1.1.0') } },
      ),
    ).toEqual([
      'restart medium: Deployment shop/a restarts its pods one after the other: something in their template is random, and another with each upgrade',
      'upgrade low: HelmRelease shop/a is upgraded: chart 1.0.0 → 1.1.0',
    ]);
  });

  test('of hooks deletes and refuses nothing', async () => {
    const job = (image: string) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'migrate' },
      spec: { template: { spec: { containers: [{ name: 'a', image }], restartPolicy: 'Never' } } },
    });
    const made = (version: string, more: string[]) =>
      chart(version, () => [
        from('templates/job.yaml', job(version), ['pre-upgrade']),
        ...more.map((name) => from('templates/old.yaml', configMap(name, {}), ['post-upgrade'])),
      ]);
    expect(
      await chartEffects(
        { objects: repository + release('a', 'app'), charts: { app: made('1.0.0', ['old']) } },
        { objects: repository + release('a', 'app', '2.0.0'), charts: { app: made('2.0.0', []) } },
      ),
    ).toEqual(['upgrade low: HelmRelease shop/a is upgraded: chart 1.0.0 → 2.0.0']);
  });
});
