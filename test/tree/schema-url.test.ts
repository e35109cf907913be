import type { Json } from '../../lib/json/json';
import { schemaUrl } from '../../lib/tree/schema-url';

test.each([
  ['v1', 'Secret', 'core/secret_v1.json'],
  ['apps/v1', 'Deployment', 'apps/deployment_v1.json'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'rbac.authorization.k8s.io/rolebinding_v1.json'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'kustomize.toolkit.fluxcd.io/kustomization_v1.json'],
  ['generators.external-secrets.io/v1alpha1', 'Password', 'generators.external-secrets.io/password_v1alpha1.json'],
  ['postgresql.cnpg.io/v1', 'Cluster', 'postgresql.cnpg.io/cluster_v1.json'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'gateway.networking.k8s.io/httproute_v1.json'],
])('%s %s', (apiVersion, kind, path) => {
  expect(schemaUrl({ apiVersion, kind })).toBe(`https://schemas.fluxoperator.dev/catalog/${path}`);
});

test("kustomization.yaml has kustomize's own", () => {
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  expect(schemaUrl(kustomization)).toBe('https://json.schemastore.org/kustomization');
  expect(schemaUrl({ ...kustomization, kind: 'Component' })).toBeUndefined();
});

test('another host: the root of a catalog, or a template', () => {
  const document = { apiVersion: 'a.io/v1', kind: 'Thing' };
  expect(schemaUrl(document, 'https://example.org/schemas/')).toBe('https://example.org/schemas/a.io/thing_v1.json');
  expect(schemaUrl(document, 'https://example.org/{kind}-{version}.json?g={group}')).toBe(
    'https://example.org/thing-v1.json?g=a.io',
  );
});

test.each<Json>([null, 'x', [], {}, { kind: 'X' }, { apiVersion: 'v1', kind: 1 }, { apiVersion: 'v1', kind: '../x' }])(
  '%j has none',
  (document) => {
    expect(schemaUrl(document)).toBeUndefined();
  },
);
