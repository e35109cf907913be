import { ExternalSecrets } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader } from '../synthesize';

function values(given?: Readonly<Record<string, unknown>>): unknown {
  const { app, cluster } = emptyCluster();
  new ExternalSecrets(cluster, { version: '2.9.0', values: given });
  return (reader(app.tree()).find('HelmRelease', 'external-secrets').spec as JsonObject).values;
}

test('its definitions stay when the release goes: with them would go every ExternalSecret, and the Secrets that they own', () => {
  expect(values()).toEqual({
    installCRDs: true,
    crds: { annotations: { 'helm.sh/resource-policy': 'keep' } },
    serviceAccount: { create: true, name: 'external-secrets' },
  });
});

test("the chart's values are laid over ours, field by field", () => {
  expect(
    values({ crds: { createClusterGenerator: false }, serviceAccount: { annotations: { a: 'b' } }, replicaCount: 2 }),
  ).toEqual({
    installCRDs: true,
    crds: { annotations: { 'helm.sh/resource-policy': 'keep' }, createClusterGenerator: false },
    serviceAccount: { create: true, name: 'external-secrets', annotations: { a: 'b' } },
    replicaCount: 2,
  });
});
