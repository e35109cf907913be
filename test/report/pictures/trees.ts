import type { Cluster } from '../../../lib/graph/cluster';
import { fluxKustomization, graphOf, object } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';

/** The first cluster of a tree. */
export function clusterOf(texts: Texts): Cluster {
  const [cluster] = graphOf(texts).clusters;
  if (cluster === undefined) throw new Error('the tree has no cluster');
  return cluster;
}

const store = object(
  'external-secrets.io/v1',
  'ClusterSecretStore',
  'vault',
  'spec: { provider: { vault: { server: "http://vault:8200", path: kv, version: v2 } } }',
  '',
);

/** One app that reads Vault, and another that reads what the first has pushed there. */
export const shop: Texts = {
  'flux/ks.yaml':
    fluxKustomization('stores', './stores', 'wait: true') +
    fluxKustomization('shop', './shop', 'dependsOn: [{ name: stores }]') +
    fluxKustomization('billing', './billing', 'dependsOn: [{ name: shop }, { name: stores }, { name: gone }]'),
  'stores/store.yaml': store,
  'shop/app.yaml':
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'web',
      'spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, dataFrom: [{ extract: { key: shop/web } }] }',
    ) +
    object(
      'external-secrets.io/v1alpha1',
      'PushSecret',
      'out',
      'spec: { secretStoreRefs: [{ kind: ClusterSecretStore, name: vault }], selector: { secret: { name: web } }, data: [{ match: { secretKey: token, remoteRef: { remoteKey: shared/token, property: token } } }] }',
    ) +
    object(
      'apps/v1',
      'Deployment',
      'web',
      'spec: { template: { spec: { containers: [{ name: web, envFrom: [{ secretRef: { name: web } }], env: [{ name: A, valueFrom: { secretKeyRef: { name: lost, key: a, optional: true } } }] }] } } }',
    ),
  'billing/app.yaml': object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'token',
    'spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, data: [{ secretKey: token, remoteRef: { key: shared/token, property: token } }] }',
    'billing',
  ),
};
