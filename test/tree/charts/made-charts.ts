import type { ChartFolder } from './registry';

/** What a library chart gives to others. */
const library = {
  'Chart.yaml': 'apiVersion: v2\nname: common\nversion: 2.0.0\ntype: library\n',
  'values.yaml': 'shared: { from: library }\n',
  'templates/_labels.tpl': `{{- define "common.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
`,
};

const cache = {
  'Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.2.3\n',
  'values.yaml': 'port: 6379\nexports: { data: { cachePort: 6379 } }\nglobal: {}\n',
  'crds/caches.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: caches.example.org }
spec:
  group: example.org
  names: { kind: Cache, plural: caches }
  scope: Namespaced
  versions: []
---
apiVersion: v1
kind: ConfigMap
metadata: { name: no-definition }
`,
  'templates/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-{{ .Chart.Name }}
  labels: {{- include "common.labels" . | nindent 4 }}
spec:
  ports: [{ port: {{ .Values.port }} }]
  externalName: {{ .Values.global.domain | default "none" }}
`,
};

function below(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`charts/${folder}/${path}`, text]));
}

/** A chart with all that charts have: a library, subcharts by condition and alias, imported values, tpl, hooks, tests, definitions, a List. */
export const web: ChartFolder = {
  'Chart.yaml': `apiVersion: v2
name: web
version: 1.0.0
dependencies:
  - { name: common, version: 2.0.0, repository: "https://charts.example.org", import-values: [{ child: shared, parent: imported }] }
  - { name: cache, version: 1.2.3, repository: "https://charts.example.org", condition: cache.enabled, import-values: [data] }
  - { name: cache, version: 1.2.3, repository: "https://charts.example.org", alias: second, condition: second.enabled }
`,
  'values.yaml': `replicas: 1
image: { repository: example.org/web, tag: v1 }
cache: { enabled: true }
second: { enabled: false, port: 7000 }
config: 'host: {{ .Release.Name }}.{{ .Release.Namespace }}'
dropped: { by: default }
text: { port: "8080", on: "on", date: "2026-01-02", octal: "0644", empty: "", multi: "a\\nb\\n" }
`,
  'values-prod.yaml':
    'replicas: 5\nimage: { repository: example.org/web, tag: v2 }\ncache: { enabled: false }\nsecond: { enabled: false }\nconfig: prod\ntext: {}\n',
  ...below('common', library),
  ...below('cache', cache),
  'crds/webs.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: webs.example.org }
spec: { group: example.org, scope: Namespaced, names: { kind: Web, plural: webs }, versions: [] }
`,
  'templates/NOTES.txt': 'Thank you for installing {{ .Chart.Name }}.\n',
  'templates/_helpers.tpl': '{{ define "web.name" }}{{ .Release.Name }}-web{{ end }}\n',
  'templates/deployment.yaml': `{{- $labels := include "common.labels" . }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.name" . }}
  labels: {{- $labels | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    metadata:
      labels: {{- $labels | nindent 8 }}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          env:
            {{- range $key, $value := .Values.env }}
            - { name: {{ $key | quote }}, value: {{ $value | quote }} }
            {{- end }}
`,
  'templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-config }
data:
  imported: {{ .Values.imported.from | quote }}
  cachePort: {{ .Values.cachePort | default "none" | quote }}
  dropped: {{ .Values.dropped | toJson | quote }}
  config: {{ tpl .Values.config . | quote }}
  kube: {{ .Capabilities.KubeVersion.Version }}
  has: {{ .Capabilities.APIVersions.Has "example.org/v1/Web" | quote }}
  upgrade: {{ .Release.IsUpgrade | quote }}
  big: {{ .Values.big | quote }}
  texts: {{ .Values.text | toYaml | quote }}
---
---
# nothing but a comment
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: listed-1 }
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: listed-2, namespace: elsewhere }
`,
  'templates/hooks.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-migrate
  annotations: { helm.sh/hook: "pre-install, pre-upgrade", helm.sh/hook-weight: "5" }
---
apiVersion: v1
kind: Pod
metadata: { name: test, annotations: { helm.sh/hook: test } }
---
apiVersion: v1
kind: Pod
metadata: { name: old-test, annotations: { helm.sh/hook: test-success } }
---
apiVersion: v1
kind: Pod
metadata: { name: unknown, annotations: { helm.sh/hook: some-day } }
`,
  'templates/claim.yaml': `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: kept, annotations: { helm.sh/resource-policy: keep } }
`,
  'templates/role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
`,
};

/** A chart of one template. */
export function chartWith(template: string, more: Readonly<Record<string, string>> = {}): ChartFolder {
  return {
    'Chart.yaml': 'apiVersion: v2\nname: small\nversion: 0.1.0\n',
    'templates/all.yaml': template,
    ...more,
  };
}
