import { JsonPatch } from 'cdk8s';
import { Application, type ClusterProps, HelmRelease, type HelmReleaseProps, type ImportedChart } from '../../../lib';
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
