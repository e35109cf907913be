import { flat, said } from './said';

test('objects of kinds with a construct, and what they name by handles', () => {
  const code = said({
    issuer: `apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: internal }
spec: { selfSigned: {} }
`,
    certificate: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop, labels: { a: b } }
spec: { secretName: shop-tls, dnsNames: ['shop.\${DOMAIN}'], issuerRef: { name: internal } }
`,
    ingress: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec: { tls: [{ secretName: shop-tls }], defaultBackend: { service: { name: shop, port: { number: 80 } } } }
`,
    route: `apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: { name: shop }
spec: { hostnames: [a.example.org], parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: shop, port: 80 }] }] }
`,
  });
  expect(code).toBe(
    flat(`const issuer = new Issuer(app, 'issuer', { name: 'internal', spec: { selfSigned: {} } });
const certificate = new Certificate(app, 'certificate', {
  name: 'shop',
  labels: { a: 'b' },
  spec: { secretName: 'shop-tls', dnsNames: ['shop.\${DOMAIN}'], issuerRef: { name: issuer } },
});
new Ingress(app, 'ingress', {
  name: 'shop',
  spec: {
    tls: [{ secretName: certificate.secret }],
    defaultBackend: { service: { name: 'shop', port: { number: 80 } } },
  },
});
new TlsRoute(app, 'route', {
  name: 'shop',
  spec: {
    hostnames: ['a.example.org'],
    parentRefs: [{ name: 'edge' }],
    rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }],
  },
});
`),
  );
});

test.each([
  [
    'another version',
    'apiVersion: gateway.networking.k8s.io/v1beta1\nkind: Gateway\nspec: { gatewayClassName: a, listeners: [] }',
  ],
  [
    'a field that the kind does not have',
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: { maxUnavailabl: 1 }',
  ],
  ['a value of another type', 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec: { maxReplicas: "3" }'],
  ['null', 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: { selector: null, maxUnavailable: 1 }'],
  ['what a patch adds', 'apiVersion: cert-manager.io/v1\nkind: Certificate\nspec: { secretName: a }'],
  ['a field beside spec', 'apiVersion: v1\nkind: Service\nspec: { ports: [{ port: 80 }] }\nother: 1'],
])('%s stays a Manifest: it would not compile', (_, text) => {
  expect(said({ it: `${text}\nmetadata: { name: it }\n` })).toMatch(/^new Manifest\(/);
});
