import path from 'node:path';
import { compile } from '../constructs/compile';
import { adopted } from './adopted';
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

test('of a certificate, a database, a Secret in the tree', () => {
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
  expect(code).toContain('secret: { secretName: certificate.secret }');
});

test('what another app makes is handed on with the keys that are read', () => {
  const ks = (name: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1h
  path: ./apps/${name}/app
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
`;
  const list = (file: string) =>
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [./${file}.yaml]\n`;
  const store = { kind: 'ClusterSecretStore', name: 'vault' };
  const secretStoreRef = JSON.stringify(store);
  const { code, main } = adopted(
    {
      'flux/apps.yaml': ks('apps').replace('./apps/apps/app', './apps'),
      'apps/kustomization.yaml': list('db/ks').replace(']', ', ./shop/ks.yaml]'),
      'apps/db/ks.yaml': ks('db'),
      'apps/db/app/kustomization.yaml': list('externalsecret'),
      'apps/db/app/externalsecret.yaml': `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: ${secretStoreRef}
  data: [{ secretKey: user, remoteRef: { key: db, property: user } }, { secretKey: password, remoteRef: { key: db } }]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: other, namespace: shop }
spec: { secretStoreRef: ${secretStoreRef}, dataFrom: [{ extract: { key: other } }] }
`,
      'apps/shop/ks.yaml': ks('shop'),
      'apps/shop/app/kustomization.yaml': list('pod'),
      'apps/shop/app/pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: pod, namespace: shop }
spec:
  containers:
    - name: pod
      image: pod
      env: [{ name: PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }]
      envFrom: [{ secretRef: { name: other } }]
`,
    },
    { cluster: 'home' },
  );
  const shop = code.get('apps/shop.ts') ?? '';
  expect(code.get('apps/db.ts')).toContain("\nconst vault = ClusterSecretStore.named('vault');\n\nexport function");
  expect(code.get('apps/db.ts')?.match(/store: vault,/g)).toHaveLength(2);
  expect(shop).toMatch(/: \{ readonly secret: Secret<'password'> \}/);
  expect(shop).toMatch(/: \{ readonly secret: Secret \}/);
  // The compiler is given one folder.
  const flatten = (text: string) => text.replace(/\.\/src\/(?:apps\/)?/g, './');
  const texts = Object.fromEntries([...code].map(([file, text]) => [path.basename(file), text]));
  const compiled = (text: string) => compile(flatten(main).split('\n'), { ...texts, 'shop.ts': text });
  expect(compiled(shop)).toEqual([]);
  expect(compiled(shop.replace("key('password')", "key('pasword')"))).toEqual([expect.stringContaining('pasword')]);
});

test('what a kustomization.yaml generates is named by its folder: with a hash or without, where it lists nothing else', () => {
  const { code, result } = adopted({
    'clusters/home/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ./apps, targetNamespace: shop, prune: true, interval: 1h }
`,
    'apps/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [pod.yaml]
configMapGenerator: [{ name: settings, literals: [LEVEL=info] }]
secretGenerator: [{ name: login, literals: [TOKEN=a] }]
`,
    'apps/pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: pod }
spec:
  containers:
    - name: a
      image: a
      envFrom: [{ configMapRef: { name: settings } }]
      env: [{ name: TOKEN, valueFrom: { secretKeyRef: { name: login, key: TOKEN } } }]
`,
  });
  expect(result.references).toEqual({ resolved: result.references.resolved, handles: result.references.resolved });
  expect(code.get('apps.ts')).toContain("envFrom: [{ configMapRef: { name: appsDirectory.configMap('settings') } }]");
  expect(code.get('apps.ts')).toContain("{ name: appsDirectory.secret('login', ['TOKEN']), key: 'TOKEN' }");
});

test('a chart whose source a Component brings to several namespaces is in that of its release', () => {
  const ks = (name: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ./apps/${name}, targetNamespace: ${name}, prune: true, interval: 1h }
`;
  const app = (name: string) => ({
    [`clusters/home/${name}.yaml`]: ks(name),
    [`apps/${name}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [release.yaml]
components: [../../components/chart]
`,
    [`apps/${name}/release.yaml`]: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name} }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: app-template } }
`,
  });
  const { code, result } = adopted({
    ...app('shop'),
    ...app('cache'),
    'components/chart/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [chart.yaml]\n',
    'components/chart/chart.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: app-template }
spec: { interval: 1h, url: 'oci://example.org/app-template' }
`,
  });
  expect([...result.reasons.values()]).toEqual([]);
  for (const name of ['shop', 'cache'])
    expect(code.get(`apps/${name}.ts`)).toContain('chart: { ref: appTemplateChart }');
});

test('a release of flux-instance, from which a root Kustomization follows, has its chart by handle', () => {
  const code = said({
    helmrelease: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: flux-instance }
spec:
  interval: 1h
  chartRef: { kind: OCIRepository, name: flux-instance }
  values: { instance: { sync: { kind: GitRepository, url: 'https://example.org/a', ref: refs/heads/main, path: apps, interval: 1h } } }
`,
    ocirepository: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: flux-instance }
spec: { interval: 1h, url: oci://ghcr.io/controlplaneio-fluxcd/charts/flux-instance, ref: { tag: 0.58.1 } }
`,
  });
  expect(code).toContain(flat('chart: { ref: chart },'));
});
