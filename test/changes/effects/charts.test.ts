import { object } from '../../graph/graph';
import { shopEffects } from '../review-of';

const repository = object(
  'source.toolkit.fluxcd.io/v1',
  'HelmRepository',
  'charts',
  'spec: { url: https://example.com/charts }',
);
const release = (version: string, more = '', chart = 'redis') =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'cache',
    `spec: { interval: 1h, chart: { spec: { chart: ${chart}, version: ${version}, sourceRef: { kind: HelmRepository, name: charts } } }${more} }`,
  );
const artifact = (tag: string) =>
  object(
    'source.toolkit.fluxcd.io/v1',
    'OCIRepository',
    'redis',
    `spec: { url: 'oci://example.com/redis', ref: { tag: ${tag} } }`,
  );
const byReference = (more = '') =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'cache',
    `spec: { interval: 1h, chartRef: { kind: OCIRepository, name: redis }${more} }`,
  );
const changed = (before: string, after: string) => shopEffects(repository + before, repository + after);

describe('a release', () => {
  test('is upgraded to another version, which may break', () => {
    expect(changed(release('1.2.3'), release('1.3.0'))).toEqual([
      'upgrade medium: HelmRelease shop/cache is upgraded: chart 1.2.3 → 1.3.0; the chart decides what restarts',
    ]);
    expect(changed(release('1.2.3'), release('2.0.0'))).toEqual([
      `upgrade medium: HelmRelease shop/cache is upgraded: chart 1.2.3 → 2.0.0, which may bring breaking changes; the chart decides what restarts
  1. Read the chart's release notes from 1.2.3 to 2.0.0, above all those on its definitions (CRDs).`,
    ]);
    expect(changed(release('0.2.3'), release('0.3.0'))).toEqual([
      `upgrade medium: HelmRelease shop/cache is upgraded: chart 0.2.3 → 0.3.0, which may bring breaking changes; the chart decides what restarts
  1. Read the chart's release notes from 0.2.3 to 0.3.0, above all those on its definitions (CRDs).`,
    ]);
    expect(changed(release('0.2.3'), release('0.2.4'))).toEqual([
      'upgrade medium: HelmRelease shop/cache is upgraded: chart 0.2.3 → 0.2.4; the chart decides what restarts',
    ]);
  });

  test('is upgraded with other values', () => {
    expect(changed(release('1.2.3'), release('1.2.3', ', values: { replicas: 2 }'))).toEqual([
      'upgrade medium: HelmRelease shop/cache is upgraded with other values: the chart decides what restarts',
    ]);
    expect(changed(release('1.2.3'), release('1.2.3', ', timeout: 5m'))).toEqual([]);
  });

  test('is upgraded by what it takes its chart from', () => {
    expect(changed(artifact('1.2.3') + byReference(), artifact('2.0.0') + byReference())).toEqual([
      `upgrade medium: HelmRelease shop/cache is upgraded: chart 1.2.3 → 2.0.0, which may bring breaking changes; the chart decides what restarts
  because of OCIRepository/redis → HelmRelease/cache
  1. Read the chart's release notes from 1.2.3 to 2.0.0, above all those on its definitions (CRDs).`,
    ]);
    expect(
      changed(artifact('1.2.3') + byReference(', suspend: true'), artifact('2.0.0') + byReference(', suspend: true')),
    ).toEqual([]);
  });

  test('is another one in another place, with another name, or of another chart', () => {
    expect(changed(release('1.2.3'), release('1.2.3', ', targetNamespace: other'))).toEqual([
      'recreated high: HelmRelease shop/cache is uninstalled and installed again, because `spec.targetNamespace` and `spec.releaseName` change: everything that its chart has made is deleted in between',
    ]);
    expect(changed(release('1.2.3'), release('1.2.3', ', releaseName: redis'))).toEqual([
      'recreated high: HelmRelease shop/cache is uninstalled and installed again, because `spec.releaseName` changes: everything that its chart has made is deleted in between',
    ]);
    expect(changed(release('1.2.3'), release('1.2.3', ', storageNamespace: other'))).toEqual([
      'recreated high: HelmRelease shop/cache is uninstalled and installed again, because `spec.storageNamespace` changes: everything that its chart has made is deleted in between',
    ]);
    expect(changed(release('1.2.3'), release('1.2.3', '', 'valkey'))).toEqual([
      'recreated high: HelmRelease shop/cache is uninstalled and installed again, because `spec.chart.spec.chart` changes: everything that its chart has made is deleted in between',
    ]);
  });

  test('of another chart is upgraded in place where it says so, unless something else moves, too', () => {
    const inPlace = ', upgrade: { chartNameChangeStrategy: InPlaceUpdate }';
    expect(changed(release('1.2.3'), release('1.2.3', inPlace, 'valkey'))).toEqual([
      `upgrade medium: HelmRelease shop/cache is upgraded in place from chart redis to valkey (\`chartNameChangeStrategy: InPlaceUpdate\`), which may bring breaking changes; the chart decides what restarts
  1. Check that valkey can take over what redis has made: above all names, selectors and volumes.`,
    ]);
    expect(changed(release('1.2.3'), release('1.2.3', `${inPlace}, releaseName: redis`, 'valkey'))).toEqual([
      'recreated high: HelmRelease shop/cache is uninstalled and installed again, because `spec.releaseName` and `spec.chart.spec.chart` change: everything that its chart has made is deleted in between',
    ]);
  });

  test('of an artifact whose name changes is another one, too', () => {
    const named = (name: string) => artifact('1.2.3').replace('example.com/redis', `example.com/${name}`);
    expect(
      changed(named('redis') + byReference(), named('valkey') + byReference()).map((text) => text.split('\n')[0]),
    ).toEqual([
      'recreated high: HelmRelease shop/cache is uninstalled and installed again, because the name of its chart (`redis` → `valkey`) changes: everything that its chart has made is deleted in between',
    ]);
    const inPlace = byReference(', upgrade: { chartNameChangeStrategy: InPlaceUpdate }');
    expect(changed(named('redis') + inPlace, named('valkey') + inPlace).map((text) => text.split('\n')[0])).toEqual([
      'upgrade medium: HelmRelease shop/cache is upgraded in place from chart redis to valkey (`chartNameChangeStrategy: InPlaceUpdate`), which may bring breaking changes; the chart decides what restarts',
    ]);
    expect(
      changed(named('a/redis') + byReference(), named('b/redis') + byReference()).map((text) => text.split('\n')[0]),
    ).toEqual([
      'upgrade medium: HelmRelease shop/cache takes its chart from another place: OCIRepository shop/redis changes',
    ]);
    expect(changed(release('1.2.3'), artifact('1.2.3') + byReference())).toEqual([
      'upgrade medium: HelmRelease shop/cache is upgraded: chart 1.2.3 → of any version; the chart decides what restarts',
    ]);
  });

  test('is the same one where only what it is by default is written down', () => {
    expect(
      changed(
        release('1.2.3'),
        release('1.2.3', ', releaseName: cache, targetNamespace: shop, storageNamespace: shop'),
      ),
    ).toEqual([]);
  });

  test('stays as it is while it is suspended', () => {
    expect(
      changed(release('1.2.3', ', suspend: true'), release('2.0.0', ', suspend: true, targetNamespace: other')),
    ).toEqual(['suspended low: HelmRelease shop/cache is suspended: nothing of this happens until it is resumed']);
  });
});
