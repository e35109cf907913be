import { flat, said } from './said';

test('a route to one Service, and one with rules and a host that Flux fills in', () => {
  const code = said({
    open: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: open }
spec: { useDefaultGateways: All }
`,
    rules: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: rules }
spec:
  hostnames: ['shop.\${DOMAIN}', '\${DOMAIN}']
  parentRefs: [{ name: a }, { name: b }]
  rules:
    - matches: [{ path: { value: /api } }]
      backendRefs: [{ name: shop, port: 80, weight: 2 }]
`,
    simple: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: simple }
spec:
  hostnames: [shop.example.org]
  parentRefs: [{ name: external, namespace: network, sectionName: https }]
  rules: [{ backendRefs: [{ name: shop, port: 80 }] }]
`,
  });
  expect(code).toBe(
    flat(`new HttpRoute(app, 'open', { hosts: null, gateway: null, rules: null, spec: { useDefaultGateways: 'All' } });
new HttpRoute(app, 'rules', {
  hosts: [\`shop.\${variable('DOMAIN')}\`, variable('DOMAIN')],
  gateway: [{ name: 'a' }, { name: 'b' }],
  rules: [{ matches: [{ path: { value: '/api' } }], backendRefs: [{ name: 'shop', port: 80, weight: 2 }] }],
});
new HttpRoute(app, 'simple', {
  hosts: ['shop.example.org'],
  gateway: { name: 'external', namespace: 'network', sectionName: 'https' },
  service: { name: 'shop', port: 80 },
});
`),
  );
});

test('a ConfigMap', () => {
  const code = said({
    configmap: `apiVersion: v1
kind: ConfigMap
metadata: { name: shop-config, labels: { a: b } }
data: { A: '1' }
immutable: true
`,
    empty: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: empty, finalizers: [a.example.org/b] }\n',
  });
  expect(code).toBe(
    flat(`new ConfigMap(app, 'configmap', { name: 'shop-config', labels: { a: 'b' }, data: { A: '1' }, immutable: true });
new Manifest(app, 'empty', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'empty', finalizers: ['a.example.org/b'] },
});
`),
  );
});
