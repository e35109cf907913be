import { BarmanCloudPlugin, Cluster } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { stage, synthesize } from '../synthesize';

describe('BarmanCloudPlugin', () => {
  test("is installed in the operator's namespace, with its definitions", () => {
    const { documents } = synthesize(({ cluster, cnpg }) => {
      new BarmanCloudPlugin(cluster, { operator: cnpg, version: '0.7.1', values: { replicaCount: 2 } });
    });
    expect(documents('kubernetes/apps/cnpg-system/plugin-barman-cloud/app/helmrelease.yaml')).toEqual([
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'HelmRepository',
        metadata: { name: 'plugin-barman-cloud', namespace: 'cnpg-system' },
        spec: { interval: '1h', url: 'https://cloudnative-pg.github.io/charts' },
      },
      {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: 'plugin-barman-cloud', namespace: 'cnpg-system' },
        spec: {
          interval: '1h',
          chart: {
            spec: {
              chart: 'plugin-barman-cloud',
              version: '0.7.1',
              sourceRef: { kind: 'HelmRepository', name: 'plugin-barman-cloud' },
            },
          },
          install: { crds: 'CreateReplace', remediation: { retries: 3 } },
          upgrade: { crds: 'CreateReplace', cleanupOnFail: true, remediation: { retries: 3 } },
          values: { crds: { create: true }, replicaCount: 2 },
        },
      },
    ]);
  });

  test('waits for the operator, and for cert-manager where it is named', () => {
    const { find } = synthesize(({ cluster, cnpg }) => {
      const kustomization = { dependsOn: [{ name: 'cert-manager', namespace: 'cert-manager' }] };
      new BarmanCloudPlugin(cluster, { operator: cnpg, version: '0.7.1', kustomization });
    });
    expect((find('Kustomization', 'plugin-barman-cloud').spec as JsonObject).dependsOn).toEqual([
      { name: 'cert-manager', namespace: 'cert-manager' },
      { name: 'cloudnative-pg', namespace: 'cnpg-system' },
    ]);
  });

  test('an operator of another cluster is refused', () => {
    const { app, cnpg } = stage();
    const edge = new Cluster(app, 'edge', { organisation: 'webgrip', environment: 'prod', directory: 'edge' });
    expect(() => new BarmanCloudPlugin(edge, { operator: cnpg, version: '0.7.1' })).toThrow(
      'edge/plugin-barman-cloud: operator is "soyo/cloudnative-pg". Allowed: one of the same cluster (edge). Example: another CloudNativePg in edge.',
    );
  });

  test('no operator is refused', () => {
    const { cluster } = stage();
    expect(() => new BarmanCloudPlugin(cluster, { operator: undefined as never, version: '0.7.1' })).toThrow(
      "soyo/plugin-barman-cloud: operator is not set. Allowed: a construct of this cluster. Example: new CloudNativePg(cluster, { version: '0.29.0' }).",
    );
  });

  test("the chart's values are laid over ours, field by field", () => {
    const { find } = synthesize(({ cluster, cnpg }) => {
      new BarmanCloudPlugin(cluster, { operator: cnpg, version: '0.7.1', values: { crds: { more: true } } });
    });
    expect((find('HelmRelease', 'plugin-barman-cloud').spec as JsonObject).values).toEqual({
      crds: { create: true, more: true },
    });
  });

  test('a range of versions is refused', () => {
    const { cluster, cnpg } = stage();
    expect(() => new BarmanCloudPlugin(cluster, { operator: cnpg, version: '0.x' })).toThrow(
      'version is "0.x". Allowed: one exact version, not a range. Example: "1.4.2".',
    );
  });
});
