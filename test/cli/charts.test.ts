import { join } from 'node:path';
import { espalier, type Run } from '../repository';
import { helms } from '../tree/charts/helm';
import { put, temporaryFolder } from '../tree/folder';

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

const chart = {
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.2.3\n',
  'charts/web/values.yaml': 'secret: ""\nport: 80\n',
  'charts/web/templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  annotations: { kubernetes: "{{ .Capabilities.KubeVersion.Version }}" }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: example.org/web:1
          envFrom: [{ secretRef: { name: {{ required "secret is required" .Values.secret }} } }]
{{- if .Capabilities.APIVersions.Has "example.org/v1" }}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: web-db }
spec:
  refreshInterval: 1h
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  data: [{ secretKey: password, remoteRef: { key: web/db, property: password } }]
{{- end }}
`,
};

/** A tree with a release of the chart in it; `values` are lines. */
function treeOf(...values: string[]): string {
  const cwd = temporaryFolder();
  process.env.XDG_CACHE_HOME = join(cwd, 'cache');
  put(cwd, {
    ...chart,
    'flux/ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`,
    'apps/web.yaml': `apiVersion: v1
kind: Namespace
metadata: { name: web }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1h, url: https://git.example.org/fleet }
---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: vault }
spec:
  provider:
    vault:
      server: https://vault.example.org
      path: kv
      auth: { kubernetes: { mountPath: kubernetes, role: eso, serviceAccountRef: { name: eso, namespace: web } } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: eso, namespace: web }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec:
  interval: 1h
  chart:
    spec: { chart: ./charts/web, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } }
  values:
${values.map((line) => `    ${line}\n`).join('')}`,
  });
  return cwd;
}

const check = (cwd: string, ...options: string[]): Promise<Run> => espalier(['check', '.', ...options], { cwd });

describe('without --charts', () => {
  test('releases are closed, and said to be so once', async () => {
    const { code, stdout } = await check(treeOf('secret: gone'));
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Not judged: what the chart of HelmRelease web/web makes is not checked: run with --charts\n',
    );
  });

  test.each([
    [
      ['--offline'],
      '--offline needs --charts, or charts: true in the configuration: without, charts are not opened. Add --charts.',
    ],
    [['--api-versions', 'example.org/v1'], '--api-versions needs --charts,'],
  ])('%j is refused', async (options, message) => {
    const { code, stderr } = await check(treeOf('secret: gone'), ...options);
    expect({ code, said: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, said: message });
  });
});

test('--kube-version is --kubernetes, and cannot say something else', async () => {
  const { code, stderr } = await check(treeOf('secret: gone'), '--kube-version', '1.30', '--kubernetes', '1.31');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'error: --kubernetes 1.31 and --kube-version 1.30 are two names of one option. Leave one out.\n',
  });
});

test('without helm releases stay closed, and it is said where to get it', async () => {
  const cwd = treeOf('secret: gone');
  process.env.PATH = cwd;
  const { code, stdout } = await check(cwd, '--charts');
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'what the chart of HelmRelease web/web makes is not checked: `helm` is not on the PATH. Install Helm 3.16 or newer',
  );
});

test('what charts may be is refused by name', async () => {
  const cwd = treeOf('secret: gone');
  put(cwd, { 'espalier.config.yaml': 'charts: { host: [a] }\n' });
  const { code, stderr } = await check(cwd);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('charts must be true, or { hosts: [...] } with the hosts of registries'),
  });
});

const withHelm = helms.length === 0 ? describe.skip : describe;

withHelm('with --charts and helm (skipped where there is none on the PATH)', () => {
  test('what the chart makes is checked', async () => {
    const { code, stdout } = await check(treeOf('secret: gone'), '--charts', '--format', 'json');
    const { findings } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(findings).toMatchObject([
      {
        rule: 'secrets/missing',
        severity: 'error',
        message: 'nothing creates Secret web/gone',
        object: 'Deployment web/web',
        file: 'apps/web.yaml',
        chain: ['chart web 1.2.3 templates/web.yaml', 'Deployment/web', 'Secret/gone'],
      },
    ]);
  });

  test.each(['pretty', 'sarif', 'markdown', 'junit', 'github'])('%s names chart and template', async (format) => {
    const { stdout } = await check(treeOf('secret: gone'), '--charts', '--format', format);
    expect(stdout).toContain('chart web 1.2.3 templates/web.yaml');
  });

  test('the configuration may ask for it, and what does not render is told at the values', async () => {
    const cwd = treeOf('port: 8080');
    put(cwd, { 'espalier.config.yaml': 'charts: true\n' });
    const { stdout } = await check(cwd, '--format', 'json', '--only', 'helm/chart-fails');
    expect(JSON.parse(stdout).findings).toMatchObject([
      {
        message: 'chart web 1.2.3 does not render: the chart says: secret is required',
        file: 'apps/web.yaml',
        line: 31,
      },
    ]);
  });

  test('the release of Kubernetes and kinds that the user names reach the chart', async () => {
    const cwd = treeOf('secret: web-db');
    const options = ['--charts', '--kube-version', '1.31', '--api-versions', 'example.org/v1'];
    expect((await check(cwd, ...options)).code).toBe(0);
    expect((await check(cwd, '--charts')).code).toBe(1);
  });

  test('policy has what ExternalSecrets of charts read, and graph what they make', async () => {
    const cwd = treeOf('secret: web-db');
    const options = ['--charts', '--api-versions', 'example.org/v1'];
    expect((await espalier(['policy', '.', ...options], { cwd })).stdout).toContain('path "kv/data/web/db"');
    const { stdout } = await espalier(['graph', '.', '--format', 'mermaid', ...options], { cwd });
    expect(stdout).toMatch(/ExternalSecret[\s\S]*web-db/);
  });
});
