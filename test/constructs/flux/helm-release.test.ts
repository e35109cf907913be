import { JsonPatch } from 'cdk8s';
import {
  Application,
  type ClusterProps,
  ConfigMap,
  HelmRelease,
  type HelmReleaseProps,
  HelmRepository,
  type ImportedChart,
  OciRepository,
  Secret,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

function documents(props: HelmReleaseProps, on: Partial<ClusterProps> = {}) {
  const { app, cluster } = emptyCluster(on);
  const release = new HelmRelease(new Application(cluster, 'podinfo').directory, 'release', props);
  return { release, read: () => reader(app.tree()).documents('kubernetes/apps/podinfo/podinfo/app/release.yaml') };
}

const oci = { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' };
const retries = {
  install: { crds: 'CreateReplace', remediation: { retries: 3 } },
  upgrade: { crds: 'CreateReplace', cleanupOnFail: true, remediation: { retries: 3 } },
};

test('a chart from an OCI registry: the source and the release, in one file', () => {
  expect(documents({ chart: oci, version: '6.9.0', values: { replicaCount: 2 } }).read()).toEqual([
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { name: 'release', namespace: 'podinfo' },
      spec: {
        interval: '1h',
        url: 'oci://ghcr.io/stefanprodan/charts/podinfo',
        ref: { tag: '6.9.0' },
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      },
    },
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'release', namespace: 'podinfo' },
      spec: {
        interval: '1h',
        chartRef: { kind: 'OCIRepository', name: 'release' },
        ...retries,
        values: { replicaCount: 2 },
      },
    },
  ]);
});

test('a chart from an HTTPS repository', () => {
  const chart = { repository: 'https://stefanprodan.github.io/podinfo', name: 'podinfo' };
  expect(documents({ chart, version: '6.9.0', name: 'podinfo', interval: '30m' }).read()).toEqual([
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name: 'podinfo', namespace: 'podinfo' },
      spec: { interval: '30m', url: 'https://stefanprodan.github.io/podinfo' },
    },
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'podinfo', namespace: 'podinfo' },
      spec: {
        interval: '30m',
        chart: { spec: { chart: 'podinfo', version: '6.9.0', sourceRef: { kind: 'HelmRepository', name: 'podinfo' } } },
        ...retries,
      },
    },
  ]);
});

test('an imported chart brings its version, unless another is given', () => {
  const podinfo: ImportedChart<{ readonly replicaCount?: number }> = { ...oci, version: '6.9.0', digest: 'sha256:abc' };
  const versions = [{ chart: podinfo }, { chart: podinfo, version: '6.9.1' }].map(
    (props) => documents(props as HelmReleaseProps).read()[0]?.spec,
  );
  expect(versions).toMatchObject([{ ref: { tag: '6.9.0' } }, { ref: { tag: '6.9.1' } }]);
});

test("a chart in a folder comes with the cluster's source, at each commit", () => {
  const { release, read } = documents({ chart: { folder: 'charts/podinfo' }, version: '0.1.0' });
  expect(read()).toMatchObject([
    {
      kind: 'HelmRelease',
      spec: {
        chart: {
          spec: {
            chart: './charts/podinfo',
            reconcileStrategy: 'Revision',
            sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
          },
        },
      },
    },
  ]);
  expect(refusal(() => release.source)).toBe(
    "soyo/apps/podinfo/podinfo/app/release: source. Allowed: a chart of a registry or repository: a folder comes with the cluster's source.",
  );
});

test('a chart in a folder of an OCI artifact is refused', () => {
  const source = { kind: 'OCIRepository', name: 'flux-system', namespace: 'flux-system' } as const;
  expect(refusal(() => documents({ chart: { folder: 'charts/podinfo' }, version: '0.1.0' }, { source }))).toBe(
    `soyo/apps/podinfo/podinfo/app/release: chart.folder is "charts/podinfo". Allowed: a folder where the cluster's source is a GitRepository or a Bucket: Flux takes no chart out of an OCIRepository. Example: { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }.`,
  );
});

test('any other field, and any field of either L1, can be reached', () => {
  const { release, read } = documents({
    chart: oci,
    version: '6.9.0',
    spec: { timeout: '10m', install: { createNamespace: true } },
  });
  release.source.addJsonPatch(JsonPatch.add('/spec/insecure', true));
  const [source, helmRelease] = read();
  expect([source?.spec, helmRelease?.spec]).toEqual([
    expect.objectContaining({ insecure: true }),
    expect.objectContaining({
      timeout: '10m',
      install: { crds: 'CreateReplace', createNamespace: true, remediation: { retries: 3 } },
    }),
  ]);
});

test.each<[Partial<HelmReleaseProps>, string]>([
  [{ version: '6.x' }, 'version is "6.x". Allowed: one exact version, not a range. Example: "1.4.2".'],
  [
    { chart: { oci: 'ghcr.io/stefanprodan/charts/podinfo' } },
    'chart.oci is "ghcr.io/stefanprodan/charts/podinfo". Allowed: an address of an OCI repository, without a tag. Example: "oci://ghcr.io/stefanprodan/charts/podinfo".',
  ],
  [
    { chart: { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo:6.9.0' } },
    'chart.oci is "oci://ghcr.io/stefanprodan/charts/podinfo:6.9.0". Allowed: an address of an OCI repository, without a tag. Example: "oci://ghcr.io/stefanprodan/charts/podinfo".',
  ],
  [
    { chart: { repository: 'stefanprodan.github.io/podinfo', name: 'podinfo' } },
    'chart.repository is "stefanprodan.github.io/podinfo". Allowed: an address that begins with http:// or https://, without a trailing "/". Example: "https://service.example.org:8443".',
  ],
  [
    { chart: { repository: 'https://stefanprodan.github.io/podinfo', name: '' } },
    'chart is {"repository":"https://stefanprodan.github.io/podinfo","name":""}. Allowed: the address of an OCI artifact, or that of a repository and the chart in it. Example: { oci: \'oci://ghcr.io/stefanprodan/charts/podinfo\' }.',
  ],
  [
    { chart: undefined as never },
    "chart is not set. Allowed: the address of an OCI artifact, or that of a repository and the chart in it. Example: { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }.",
  ],
  [
    { spec: { timeout: '5 minutes' } },
    'timeout is "5 minutes". Allowed: a duration of numbers with the units ms, s, m or h, without spaces. Example: "1h" or "2m30s".',
  ],
  [
    { interval: '1 hour' },
    'interval is "1 hour". Allowed: a duration of numbers with the units ms, s, m or h, without spaces. Example: "1h" or "2m30s".',
  ],
])('%j is refused', (props, message) => {
  expect(refusal(() => documents({ chart: oci, version: '6.9.0', ...props }))).toBe(
    `soyo/apps/podinfo/podinfo/app/release: ${message}`,
  );
});

test('the build of a version is the tag that Helm pushes', () => {
  const [source] = documents({ chart: oci, version: '1.2.3+build.4' }).read();
  expect(source?.spec).toMatchObject({ ref: { tag: '1.2.3_build.4' } });
});

test('null takes defaults away, at any depth', () => {
  const spec = { install: null, upgrade: { crds: null, remediation: null } };
  expect(documents({ chart: oci, version: '6.9.0', interval: null, spec }).read()[1]?.spec).toEqual({
    chartRef: { kind: 'OCIRepository', name: 'release' },
    upgrade: { cleanupOnFail: true },
  });
});

test('null in values is written: it takes away what the chart has', () => {
  const values = { z: null, pdb: { maxUnavailable: null, minAvailable: 1 }, hosts: [null, { a: null }], b: '1' };
  const { release, read } = documents({ chart: oci, version: '6.9.0', values });
  const written = (read()[1] as { spec: { values: object } }).spec.values;
  expect(JSON.stringify(written)).toBe(
    '{"b":"1","hosts":[null,{"a":null}],"pdb":{"maxUnavailable":null,"minAvailable":1},"z":null}',
  );
  release.resource.addJsonPatch(JsonPatch.replace('/spec/values/pdb', { maxUnavailable: 1 }));
  expect((read()[1] as { spec: { values: object } }).spec.values).toMatchObject({ pdb: { maxUnavailable: 1 } });
});

test('the source has metadata, an interval, a digest and fields of its own', () => {
  const source = {
    name: 'podinfo-chart',
    labels: { a: 'b' },
    spec: { interval: '15m', ref: { digest: 'sha256:abc' }, layerSelector: null, provider: 'generic' },
  } as const;
  const [made, release] = documents({ chart: oci, version: null, source }).read();
  expect(made).toMatchObject({ metadata: { name: 'podinfo-chart', labels: { a: 'b' } } });
  expect(made?.spec).toEqual({
    interval: '15m',
    url: 'oci://ghcr.io/stefanprodan/charts/podinfo',
    ref: { digest: 'sha256:abc' },
    provider: 'generic',
  });
  expect(release?.spec).toMatchObject({ interval: '1h', chartRef: { kind: 'OCIRepository', name: 'podinfo-chart' } });
  expect(release?.metadata).toEqual({ name: 'release', namespace: 'podinfo' });
});

test.each<[HelmReleaseProps, unknown, unknown]>([
  [{ chart: oci, version: { range: '6.x' } }, { ref: { semver: '6.x' } }, {}],
  [
    { chart: { repository: 'https://example.org/charts', name: 'podinfo' }, version: { range: '>=6.0.0' } },
    {},
    { chart: { spec: { version: '>=6.0.0' } } },
  ],
])('a range of versions, where it is asked for', (props, source, release) => {
  expect(documents(props).read()).toMatchObject([{ spec: source }, { spec: release }]);
});

test('no version, which is the newest one', () => {
  const chart = { repository: 'https://example.org/charts', name: 'podinfo' };
  expect(documents({ chart, version: null }).read()[1]?.spec).toMatchObject({
    chart: { spec: { chart: 'podinfo', sourceRef: { kind: 'HelmRepository', name: 'release' } } },
  });
});

describe('a chart that another object brings', () => {
  const chartOf = (chart: HelmReleaseProps['chart'], more: object = {}) => {
    const [release] = documents({ chart, ...more } as HelmReleaseProps).read();
    const { chart: spec, chartRef, install, upgrade, interval, ...rest } = { ...(release?.spec as JsonObject) };
    return { chart: spec, chartRef, rest };
  };

  test.each([
    [OciRepository.named('podinfo'), { kind: 'OCIRepository', name: 'podinfo' }],
    [
      OciRepository.named('podinfo', { namespace: 'flux-system' }),
      { kind: 'OCIRepository', name: 'podinfo', namespace: 'flux-system' },
    ],
    [{ kind: 'HelmChart', name: 'podinfo' } as const, { kind: 'HelmChart', name: 'podinfo' }],
  ])('by its name: %j', (ref, chartRef) => {
    expect(chartOf({ ref })).toEqual({ chart: undefined, chartRef, rest: {} });
  });

  test('out of a repository, with or without a version', () => {
    const ref = HelmRepository.named('podinfo', { namespace: 'flux-system' });
    const sourceRef = { kind: 'HelmRepository', name: 'podinfo', namespace: 'flux-system' };
    expect([chartOf({ ref, name: 'podinfo' }), chartOf({ ref, name: 'podinfo' }, { version: '6.9.0' })]).toEqual([
      { chart: { spec: { chart: 'podinfo', sourceRef } }, chartRef: undefined, rest: {} },
      { chart: { spec: { chart: 'podinfo', version: '6.9.0', sourceRef } }, chartRef: undefined, rest: {} },
    ]);
  });

  test('that a construct makes: its Kustomization is waited for, its namespace written where it is another', () => {
    const { app, cluster } = emptyCluster();
    const charts = new Application(cluster, 'charts');
    const spec = { interval: '15m', url: 'oci://ghcr.io/stefanprodan/charts/podinfo', ref: { tag: '6.9.0' } };
    const there = new OciRepository(charts.directory, 'podinfo', { spec });
    const podinfo = new Application(cluster, 'podinfo');
    const here = new OciRepository(podinfo.directory, 'ocirepository', { name: 'own', spec });
    new HelmRelease(podinfo.directory, 'a', { chart: { ref: there } });
    new HelmRelease(podinfo.directory, 'b', { chart: { ref: here } });
    const tree = reader(app.tree());
    expect(tree.find('OCIRepository', 'own').spec).toEqual(spec);
    expect(['a', 'b'].map((name) => tree.find('HelmRelease', name).spec)).toMatchObject([
      { chartRef: { kind: 'OCIRepository', name: 'podinfo', namespace: 'charts' } },
      { chartRef: { kind: 'OCIRepository', name: 'own' } },
    ]);
    expect(tree.find('HelmRelease', 'b').spec).not.toHaveProperty('chartRef.namespace');
    expect(tree.find('Kustomization', 'podinfo').spec).toMatchObject({ dependsOn: [{ name: 'charts' }] });
  });

  test('or that `spec` says', () => {
    const spec = { chartRef: { kind: 'OCIRepository', name: 'x' } } as const;
    expect(chartOf(null, { spec })).toEqual({ chart: undefined, chartRef: spec.chartRef, rest: {} });
  });

  test.each<[Partial<HelmReleaseProps>, string]>([
    [{ chart: { ref: HelmRepository.named('x') as never } }, "Allowed: the chart's name beside a HelmRepository"],
    [{ chart: { ref: OciRepository.named('x') }, version: '1.0.0' }, 'version is "1.0.0". Allowed: none'],
    [
      { chart: { ref: OciRepository.named('x') }, source: {} },
      'source. Allowed: settings of a source that the release',
    ],
    [
      { chart: { ref: OciRepository.named('x') }, rendered: true },
      'rendered. Allowed: a chart whose place and version',
    ],
    [{ chart: oci, version: { range: '6.x' }, rendered: true }, 'rendered. Allowed: a chart whose place and version'],
  ])('%j is refused', (props, message) => {
    expect(refusal(() => documents(props as HelmReleaseProps))).toContain(message);
  });
});

test('values of ConfigMaps and Secrets, and releases to wait for, by handle', () => {
  const { app, cluster } = emptyCluster();
  const data = new Application(cluster, 'data');
  const first = new HelmRelease(data.directory, 'first', { chart: oci, version: '6.9.0' });
  const { directory } = new Application(cluster, 'podinfo');
  const config = new ConfigMap(directory, 'config', { name: 'podinfo-values', data: { 'values.yaml': 'a: 1' } });
  const secret = Secret.named('podinfo-secret', { keys: ['password'] });
  const second = new HelmRelease(directory, 'second', { chart: oci, version: '6.9.0', dependsOn: [first] });
  new HelmRelease(directory, 'third', {
    chart: oci,
    version: '6.9.0',
    valuesFrom: [
      { kind: 'ConfigMap', name: config },
      { kind: 'Secret', name: secret, valuesKey: secret.key('password'), targetPath: 'auth.password', optional: true },
    ],
    dependsOn: [first, second, { name: 'other', namespace: 'there' }, { name: second, readyExpr: 'true' }],
  });
  const { valuesFrom, dependsOn } = reader(app.tree()).find('HelmRelease', 'third').spec as Record<string, unknown>;
  expect(valuesFrom).toEqual([
    { kind: 'ConfigMap', name: 'podinfo-values' },
    {
      kind: 'Secret',
      name: 'podinfo-secret',
      valuesKey: 'password',
      targetPath: 'auth.password',
      optional: true,
    },
  ]);
  expect(dependsOn).toEqual([
    { name: 'first', namespace: 'data' },
    { name: 'second' },
    { name: 'other', namespace: 'there' },
    { name: 'second', readyExpr: 'true' },
  ]);
});

test('what cannot be the source of a HelmChart is refused as by the API server', () => {
  const sourceRef = (kind: string) => ({
    chart: { spec: { chart: 'app', sourceRef: { kind: kind as never, name: 'x' } } },
  });
  expect(refusal(() => documents({ chart: null, spec: sourceRef('OCIRepository') }))).toContain('spec.chartRef');
  for (const kind of ['HelmRepository', 'GitRepository', 'Bucket'])
    expect(() => documents({ chart: null, spec: sourceRef(kind) })).not.toThrow();
});
