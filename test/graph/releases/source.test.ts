import { chartOfRelease } from '../../../lib/graph/releases/source';
import { fluxKustomization, graphOf, object } from '../graph';

const source = (kind: string, spec: string) => object('source.toolkit.fluxcd.io/v1', kind, 'from', `spec: ${spec}`);
const chart = (kind: string, more: string) => `chart: { spec: { sourceRef: { kind: ${kind}, name: from }, ${more} } }`;

/** Where the chart of a release is to be had, or why nobody knows. */
function sourceOf(spec: string, objects: string): unknown {
  const release = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'web', `spec: { interval: 1h, ${spec} }`);
  const graph = graphOf({
    'ks.yaml': fluxKustomization('apps', './apps'),
    'apps/web.yaml': release + objects,
  });
  const [cluster] = graph.clusters;
  const [resource] = cluster?.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease') ?? [];
  const found = cluster && resource && chartOfRelease(resource, cluster, graph.above);
  return found !== undefined && 'source' in found ? found.source : found?.why;
}

describe('the chart of a HelmRelease', () => {
  test('is the artifact of an OCIRepository, as its ref says', () => {
    const ref = (more: string) => source('OCIRepository', `{ url: oci://example.org/web/, ref: { ${more} } }`);
    const given = 'chartRef: { kind: OCIRepository, name: from }';
    expect(sourceOf(given, ref('tag: 1.2.3'))).toEqual({ type: 'oci', url: 'oci://example.org/web', tag: '1.2.3' });
    expect(sourceOf(given, ref('semver: ">=1.0.0", semverFilter: ".*-ok"'))).toEqual({
      type: 'oci',
      url: 'oci://example.org/web',
      semver: '>=1.0.0',
      semverFilter: '.*-ok',
    });
  });

  test('is of a HelmRepository, in any version where none is given', () => {
    const repository = source('HelmRepository', '{ url: https://example.org/charts/ }');
    const url = 'https://example.org/charts';
    expect(sourceOf(chart('HelmRepository', 'chart: web'), repository)).toEqual({
      type: 'repository',
      url,
      name: 'web',
      version: '*',
    });
  });

  test('is a tag of a HelmRepository of type oci where the version is exact, else of a range', () => {
    const repository = source('HelmRepository', '{ type: oci, url: oci://example.org/charts }');
    const of = (version: string) => sourceOf(chart('HelmRepository', `chart: web, version: "${version}"`), repository);
    const url = 'oci://example.org/charts/web';
    expect(of('1.2.3+build')).toEqual({ type: 'oci', url, tag: '1.2.3_build' });
    expect(of('1.x')).toEqual({ type: 'oci', url, semver: '1.x' });
  });

  test('is what a HelmChart of the tree says', () => {
    const repository = source('HelmRepository', '{ url: https://example.org }');
    const helmChart = object(
      'source.toolkit.fluxcd.io/v1',
      'HelmChart',
      'web',
      'spec: { chart: web, version: 1.x, sourceRef: { kind: HelmRepository, name: from } }',
    );
    expect(sourceOf('chartRef: { kind: HelmChart, name: web }', repository + helmChart)).toEqual({
      type: 'repository',
      url: 'https://example.org',
      name: 'web',
      version: '1.x',
    });
  });

  test('is a folder of the tree where its GitRepository is the one of the Kustomizations', () => {
    const own = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'flux-system',
      'spec: { url: ssh://git@example.org/fleet }',
      'flux-system',
    );
    const spec = 'sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }, chart: ./charts/web';
    expect(sourceOf(`chart: { spec: { ${spec} } }`, own)).toEqual({ type: 'folder', folder: 'charts/web' });
  });

  test('is a folder of another repository, at its ref', () => {
    const git = (ref: string) => source('GitRepository', `{ url: https://example.org/charts, ref: { ${ref} } }`);
    const given = chart('GitRepository', 'chart: ./web');
    const common = { type: 'git', url: 'https://example.org/charts', folder: 'web' };
    expect(sourceOf(given, git('branch: main'))).toEqual({ ...common, branch: 'main' });
    expect(sourceOf(given, git('name: refs/tags/v1'))).toEqual({ ...common, tag: 'v1' });
    expect(sourceOf(given, git('name: refs/heads/next'))).toEqual({ ...common, branch: 'next' });
  });

  test.each([
    [
      'in a bucket',
      chart('Bucket', 'chart: web'),
      source('Bucket', '{ bucketName: b }'),
      'its chart is in Bucket shop/from',
    ],
    [
      'of a source that is not there',
      'chartRef: { kind: OCIRepository, name: gone }',
      '',
      "its chart's source OCIRepository shop/gone is not in the tree",
    ],
    [
      'of a version that nobody knows',
      chart('HelmRepository', 'chart: web, version: "${VERSION}"'),
      source('HelmRepository', '{ url: https://example.org }'),
      'its chart is ${VERSION}, and the tree does not show what is filled in',
    ],
  ])('%s is not known', (_, spec, objects, why) => {
    expect(sourceOf(spec, objects)).toBe(why);
  });
});
