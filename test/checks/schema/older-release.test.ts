import { installsOlder } from '../../../lib/checks/schema/older-release';
import { fluxKustomization, graphOf, object } from '../../graph/graph';

/** Whether a tree that installs External Secrets so has an older release of it. */
function isOlder(spec: string, source = ''): boolean {
  const graph = graphOf({
    'flux/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/release.yaml': object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'secrets', spec) + source,
  });
  const [cluster] = graph.clusters;
  return cluster !== undefined && installsOlder('external-secrets.io', undefined, cluster);
}

const chart = (version: string) => `spec: { chart: { spec: { chart: external-secrets, version: "${version}" } } }`;

describe('an older release of what serves a kind', () => {
  it.each(['0.9.11', 'v0.16.2', '0.16.x', '~0.10.0', '0.16'])('is one of version %s', (version) => {
    expect(isOlder(chart(version))).toBe(true);
  });

  it.each(['0.17.0', '2.9.0', '0.x', '*', '>=0.9.0', '^0.9', '0.9.0 - 2.0.0', '0.9.0 || 2.0.0'])(
    'is not told by version %s',
    (version) => {
      expect(isOlder(chart(version))).toBe(false);
    },
  );

  it('is read from the source of the chart, too', () => {
    const release = 'spec: { chartRef: { kind: OCIRepository, name: eso } }';
    const source = (tag: string) =>
      object(
        'source.toolkit.fluxcd.io/v1',
        'OCIRepository',
        'eso',
        `spec: { url: oci://ghcr.io/external-secrets/charts/external-secrets, ref: { tag: ${tag} } }`,
      );
    expect([isOlder(release, source('0.14.0')), isOlder(release, source('2.9.0'))]).toEqual([true, false]);
  });

  it('is none of another chart', () => {
    expect(isOlder(chart('0.9.11').replace('external-secrets', 'shop'))).toBe(false);
  });
});
