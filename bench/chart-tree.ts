import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { document, write } from './real-tree';

/** How many releases the tree has, and of how many charts. */
export const [releases, charts] = [100, 10];

/**
 * A tree of HelmReleases whose charts lie in it, each of some ten templates with the usual partials.
 *
 * @returns its folder, which is made once; and a folder with a values file for each release, named RELEASE.CHART.yaml, for helm itself
 */
export function chartTree(folder: string): { tree: string; values: string } {
  const [tree, values] = [join(folder, 'chart-tree'), join(folder, 'chart-values')];
  if (existsSync(values)) return { tree, values };
  const files: Record<string, string> = { 'flux/ks.yaml': document(kustomization) };
  for (let chart = 0; chart < charts; chart += 1) {
    for (const [path, text] of Object.entries(chartFiles(chart))) files[`charts/${chartName(chart)}/${path}`] = text;
  }
  for (let i = 0; i < releases; i += 1) files[`apps/${releaseName(i)}.yaml`] = document(release(i));
  write(tree, files);
  write(
    values,
    Object.fromEntries(
      Array.from({ length: releases }, (_, i) => [
        `${releaseName(i)}.${chartName(i % charts)}.yaml`,
        document(valuesOf(i)),
      ]),
    ),
  );
  return { tree, values };
}

/**
 * The same tree with what helm makes of its releases as files in it: what is judged when the charts are open.
 *
 * @returns its folder, which is made once
 */
export function plainTree(folder: string): string {
  const { tree, values } = chartTree(folder);
  const plain = join(folder, 'plain-tree');
  if (existsSync(plain)) return plain;
  const half = `${plain}.half`;
  cpSync(tree, half, { recursive: true });
  for (const file of readdirSync(values)) {
    const [name = '', chart = ''] = file.split('.');
    const args = ['template', name, join(tree, 'charts', chart), '--values', join(values, file), '--include-crds'];
    const { stdout } = spawnSync('helm', args, { encoding: 'utf8' });
    // Each object is written as Helm installs it.
    write(half, { [`apps/${name}.made.yaml`]: stdout.replaceAll(/^metadata:$/gm, 'metadata:\n  namespace: default') });
  }
  renameSync(half, plain);
  return plain;
}

const chartName = (chart: number) => `chart-${chart}`;
const releaseName = (i: number) => `release-${i}`;

const kustomization = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'apps', namespace: 'flux-system' },
  spec: {
    interval: '1h',
    retryInterval: '2m',
    path: './apps',
    prune: true,
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  },
};

function release(i: number): object {
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: releaseName(i), namespace: 'default' },
    spec: {
      interval: '1h',
      chart: {
        spec: {
          chart: `./charts/${chartName(i % charts)}`,
          sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
        },
      },
      values: valuesOf(i),
    },
  };
}

function valuesOf(i: number): object {
  return {
    replicas: 1 + (i % 3),
    image: { repository: `registry.example.org/app-${i}`, tag: `1.${i}.0` },
    resources: { requests: { cpu: '10m', memory: '128Mi' }, limits: { memory: '1Gi' } },
    env: { LOG_LEVEL: 'info', HOST: `app-${i}.example.org`, PORT: '8080' },
    ingress: { enabled: i % 2 === 0, host: `app-${i}.example.org` },
    persistence: { enabled: i % 4 === 0, size: `${(i % 9) + 1}Gi` },
    config: Object.fromEntries(Array.from({ length: 20 }, (_, key) => [`setting-${key}`, `value-${i}-${key}`])),
  };
}

function chartFiles(chart: number): Record<string, string> {
  const name = chartName(chart);
  const metadata = `metadata:\n  name: {{ include "${name}.name" . }}\n  labels: {{- include "${name}.labels" . | nindent 4 }}\n`;
  const object = (apiVersion: string, kind: string, rest: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\n${metadata}${rest}`;
  const when = (condition: string, text: string) => `{{- if ${condition} }}\n${text}{{- end }}\n`;
  return {
    'Chart.yaml': document({ apiVersion: 'v2', name, version: `1.${chart}.0`, appVersion: '1.0.0' }),
    'values.yaml': document({
      replicas: 1,
      image: { repository: 'registry.example.org/app', tag: '1.0.0' },
      resources: {},
      env: {},
      ingress: { enabled: false, host: 'app.example.org' },
      persistence: { enabled: false, size: '1Gi' },
      config: {},
    }),
    'templates/_helpers.tpl': `{{- define "${name}.name" -}}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}{{- end }}
{{- define "${name}.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "${name}.labels" -}}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{ include "${name}.selector" . }}
{{- end }}
`,
    'templates/deployment.yaml': object(
      'apps/v1',
      'Deployment',
      `spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {{- include "${name}.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "${name}.selector" . | nindent 8 }}
      annotations:
        checksum/config: {{ toJson .Values.config | sha256sum }}
    spec:
      serviceAccountName: {{ include "${name}.name" . }}
      containers:
        - name: app
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          env:
            {{- range $key, $value := .Values.env }}
            - name: {{ $key }}
              value: {{ tpl $value $ | quote }}
            {{- end }}
          envFrom:
            - configMapRef:
                name: {{ include "${name}.name" . }}
          ports:
            - name: http
              containerPort: 8080
          resources: {{- toYaml .Values.resources | nindent 12 }}
`,
    ),
    'templates/service.yaml': object(
      'v1',
      'Service',
      `spec:\n  selector: {{- include "${name}.selector" . | nindent 4 }}\n  ports:\n    - name: http\n      port: 80\n      targetPort: http\n`,
    ),
    'templates/config.yaml': object('v1', 'ConfigMap', 'data: {{- toYaml .Values.config | nindent 2 }}\n'),
    'templates/account.yaml': object('v1', 'ServiceAccount', ''),
    'templates/role.yaml': object(
      'rbac.authorization.k8s.io/v1',
      'Role',
      'rules:\n  - apiGroups: [""]\n    resources: [configmaps]\n    verbs: [get, list, watch]\n',
    ),
    'templates/binding.yaml': object(
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      `roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: {{ include "${name}.name" . }}\nsubjects:\n  - kind: ServiceAccount\n    name: {{ include "${name}.name" . }}\n`,
    ),
    'templates/ingress.yaml': when(
      '.Values.ingress.enabled',
      object(
        'networking.k8s.io/v1',
        'Ingress',
        `spec:\n  rules:\n    - host: {{ .Values.ingress.host }}\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: {{ include "${name}.name" . }}\n                port:\n                  name: http\n`,
      ),
    ),
    'templates/claim.yaml': when(
      '.Values.persistence.enabled',
      object(
        'v1',
        'PersistentVolumeClaim',
        'spec:\n  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: {{ .Values.persistence.size }}\n',
      ),
    ),
    'templates/policy.yaml': object(
      'networking.k8s.io/v1',
      'NetworkPolicy',
      `spec:\n  podSelector:\n    matchLabels: {{- include "${name}.selector" . | nindent 6 }}\n  policyTypes: [Ingress]\n  ingress:\n    - ports:\n        - port: 8080\n`,
    ),
  };
}
