import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier } from '../repository';
import { describeWithHelm } from '../tree/charts/helm';
import { put, temporaryFolder } from '../tree/folder';

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

/** A chart in the tree: `label` is what its Deployment selects its pods by. */
const chart = (version: string, label: string, more: Record<string, string> = {}): Record<string, string> => ({
  'charts/web/Chart.yaml': `apiVersion: v2\nname: web\nversion: ${version}\n`,
  'charts/web/values.yaml': 'image: ""\n',
  'charts/web/templates/_labels.tpl': `{{- define "labels" }}
helm.sh/chart: web-{{ .Chart.Version }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
`,
  'charts/web/templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  labels: {{- include "labels" . | nindent 4 }}
data: { port: "8080" }
`,
  'charts/web/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {{- include "labels" . | nindent 4 }}
spec:
  selector: { matchLabels: { ${label}: {{ .Release.Name }} } }
  template:
    metadata:
      labels: { ${label}: {{ .Release.Name }} }
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}
    spec:
      containers: [{ name: web, image: {{ .Values.image }}, envFrom: [{ configMapRef: { name: {{ .Release.Name }} } }] }]
`,
  'charts/web/templates/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
  labels: {{- include "labels" . | nindent 4 }}
spec:
  selector: { ${label}: {{ .Release.Name }} }
  ports: [{ port: 80, targetPort: 8080 }]
`,
  ...more,
});

const release = (name: string, image: string) => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: web }
spec:
  interval: 1h
  chart: { spec: { chart: charts/web, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }
  values: { image: ${image} }
`;

const tree = (images: Record<string, string>): Record<string, string> => ({
  'flux/ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
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
${Object.entries(images)
  .map(([name, image]) => release(name, image))
  .join('')}`,
});

/** What `espalier diff --charts` prints of two folders, `old` and `new`. */
function diff(before: Record<string, string>, after: Record<string, string>, ...options: string[]) {
  return diffOf(before, after, '--charts', ...options);
}

async function diffOf(before: Record<string, string>, after: Record<string, string>, ...options: string[]) {
  const cwd = temporaryFolder();
  process.env.XDG_CACHE_HOME = join(cwd, 'cache');
  const into = (folder: string, files: Record<string, string>) =>
    put(cwd, Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text])));
  into('old', before);
  into('new', after);
  const { stdout, stderr } = await espalier(['diff', './old', './new', ...options], { cwd });
  expect(stderr).toBe('');
  return stdout;
}

describe('of a chart in the tree that changes and is not opened, espalier diff says', () => {
  const [before, after] = [
    { ...tree({ shop: 'acme/shop:3' }), ...chart('1.4.0', 'app') },
    { ...tree({ shop: 'acme/shop:3' }), ...chart('2.0.0', 'app') },
  ];
  const unknown = 'What HelmRelease web/shop makes of its chart charts/web, of which files change:';

  test('how it is opened, unless it stays the same', async () => {
    expect((await diffOf(before, after)).replace(/\s+/g, ' ')).toContain(`${unknown} run with --charts.`);
    expect(await diffOf(before, { ...before, 'charts/web/.helmignore': '' })).toContain('of which files change');
    expect(await diffOf(before, before)).not.toContain('charts/web');
  });

  test('why it is not', async () => {
    process.env.PATH = '';
    expect((await diff(before, after)).replace(/\s+/g, ' ')).toContain(`${unknown} \`helm\` is not on the PATH.`);
  });
});

describeWithHelm('espalier diff --charts', (helm) => {
  beforeEach(() => {
    process.env.PATH = `${helm}:${path}`;
  });

  const images = { api: 'acme/api:7', shop: 'acme/shop:3' };
  const legacy = {
    'charts/web/templates/legacy.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-legacy }
`,
  };

  test('says what another version of a chart does, as docs/diff.md shows it', async () => {
    const text = await diff(
      { ...tree(images), ...chart('1.4.0', 'app', legacy) },
      { ...tree(images), ...chart('2.0.0', 'app.kubernetes.io/name') },
      '--format',
      'markdown',
    );
    const shown = text.slice(0, text.indexOf('### Needs'));
    expect(shown).toContain('<b>web 1.4.0 → 2.0.0</b> in 2 releases: each upgrade fails');
    const docs = readFileSync(join(__dirname, '../../docs/diff.md'), 'utf8');
    for (const line of shown.split('\n').filter((line) => /^(?:- |##)/.test(line))) expect(docs).toContain(line);
  });

  test('says what other values do', async () => {
    const text = await diff(
      { ...tree(images), ...chart('1.4.0', 'app') },
      { ...tree({ ...images, shop: 'acme/shop:4' }), ...chart('1.4.0', 'app') },
    );
    expect(text).toContain(
      'HelmRelease web/shop (web 1.4.0): image `acme/shop` `3` → `4`; Deployment web/shop restarts.',
    );
  });

  test('says that a chart in Git is not upgraded as long as its version stays', async () => {
    const text = await diff(
      { ...tree(images), ...chart('1.4.0', 'app', legacy) },
      { ...tree(images), ...chart('1.4.0', 'app') },
    );
    expect(text).toContain('is not upgraded: its chart changes, but stays version 1.4.0');
    expect(text).not.toContain('legacy');
  });
});
