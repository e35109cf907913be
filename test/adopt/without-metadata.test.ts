import { adopted } from './adopted';

test('an object without metadata, such as a List, is said without', () => {
  const { code } = adopted({
    'clusters/home/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`,
    'apps/kustomization.yaml': 'resources: [all.yaml]\n',
    'apps/all.yaml': `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: shop } }
`,
  });
  const text = [...code.values()].join('');
  expect(text).toContain("kind: 'List',\n    metadata: null,\n    items: [");
  expect(text).not.toContain('undefined');
});
