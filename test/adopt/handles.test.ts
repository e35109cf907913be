import { flat, said } from './forms/said';

const externalsecret = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: shop-secret, template: { data: { TOKEN: '{{ .token }}' } } }
  dataFrom: [{ extract: { key: shop } }]
`;

const vault = `apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: vault }
spec: { provider: { vault: { server: 'http://vault:8200' } } }
`;

test('what an ExternalSecret makes is read by handle: in the values of a chart, in pods, by key where its type has it', () => {
  const code = said({
    externalsecret,
    helmrelease: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop }
spec:
  interval: 1h
  chartRef: { kind: OCIRepository, name: app-template }
  values:
    envFrom: [{ secretRef: { name: shop-secret } }]
    auth: { existingSecret: shop-secret }
    env: { TOKEN: { valueFrom: { secretKeyRef: { name: shop-secret, key: TOKEN } } } }
    persistence: { config: { type: secret, name: shop-secret } }
`,
    job: `apiVersion: batch/v1
kind: Job
metadata: { name: job }
spec:
  template:
    spec:
      containers:
        - name: job
          image: job
          env: [{ name: OTHER, valueFrom: { secretKeyRef: { name: shop-secret, key: OTHER } } }]
`,
    store: vault,
  });
  expect(code).toContain(
    flat(`values: {
    envFrom: [{ secretRef: { name: secret.secret } }],
    auth: { existingSecret: secret.secret },
    env: { TOKEN: { valueFrom: { secretKeyRef: { name: secret.secret, key: secret.secret.key('TOKEN') } } } },
    persistence: { config: { type: 'secret', name: secret.secret } }`),
  );
  expect(code).toContain("{ secretKeyRef: { name: secret.secret, key: 'OTHER' } }");
  expect(code).toMatch(/new ExternalSecret\(app, 'externalsecret', \{ name: 'shop', store(: \w+)?, /);
});

test('of a certificate, a database, a Secret in the tree; a Manifest says which keys', () => {
  const code = said({
    certificate: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop }
spec: { secretName: shop-tls, dnsNames: [shop.example.org], issuerRef: { name: ca, kind: ClusterIssuer } }
`,
    db: `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db }
spec: { instances: 1, storage: { size: 1Gi } }
`,
    pod: `apiVersion: v1
kind: Pod
metadata: { name: pod }
spec:
  containers:
    - name: pod
      image: pod
      env: [{ name: URL, valueFrom: { secretKeyRef: { name: db-app, key: uri } } }]
      envFrom: [{ secretRef: { name: plain } }]
  volumes: [{ name: tls, secret: { secretName: shop-tls } }]
`,
    secret: 'apiVersion: v1\nkind: Secret\nmetadata: { name: plain }\nstringData: { a: b }\n',
  });
  expect(code).toContain("{ secretKeyRef: { name: database.app, key: database.app.key('uri') } }");
  expect(code).toContain('envFrom: [{ secretRef: { name: secret } }]');
  expect(code).toMatch(
    /secret: \{ secretName: certificate\.secret\(\['tls\.crt', 'tls\.key'(, 'ca\.crt')?\], 'shop-tls'\) \}/,
  );
});
