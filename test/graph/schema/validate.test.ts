import { faultsOf, messagesOf } from './schema';

describe('what the API server would refuse', () => {
  test('an ExternalSecret: misspelt, mis-indented, of the wrong type, not among what is allowed', () => {
    const faults = faultsOf(`
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: app, namespace: app }
spec:
  refreshInterval: 3600
  secretStoreRef: { kind: VaultStore, name: vault }
  target:
    template: { data: { PORT: 5432 } }
    refreshPolicy: Periodic
  dataFrom:
    - extract:
      key: apps/app
    - extrat: { key: apps/app }
  data:
    - secretKey: TOKEN
      remoteRef: { key: apps/app, propery: TOKEN }
    - secretKey: OTHER
`);
    expect(faults).toEqual([
      {
        path: ['spec', 'refreshInterval'],
        on: 'value',
        kind: 'type',
        message: '`spec.refreshInterval` must be a string, and is an integer',
        remedy: 'write it in quotes',
        meant: { quoted: true },
      },
      {
        path: ['spec', 'secretStoreRef', 'kind'],
        on: 'value',
        kind: 'enum',
        message: '`spec.secretStoreRef.kind` is "VaultStore" and must be "SecretStore" or "ClusterSecretStore"',
      },
      {
        path: ['spec', 'target', 'template', 'data', 'PORT'],
        on: 'value',
        kind: 'type',
        message: '`spec.target.template.data.PORT` must be a string, and is an integer',
        remedy: 'write it in quotes',
        meant: { quoted: true },
      },
      {
        path: ['spec', 'target', 'refreshPolicy'],
        on: 'key',
        kind: 'unknown-field',
        message:
          'unknown field `refreshPolicy` in `spec.target`: `refreshPolicy` belongs next to `target`, not inside it',
        remedy: 'move it out, to the column of `target`',
      },
      {
        path: ['spec', 'dataFrom', 0, 'key'],
        on: 'key',
        kind: 'unknown-field',
        message: 'unknown field `key` in `spec.dataFrom[0]`: `key` belongs inside `extract`',
        remedy: 'indent it, so that it lies below `extract:`',
      },
      {
        path: ['spec', 'dataFrom', 1, 'extrat'],
        on: 'key',
        kind: 'unknown-field',
        meant: { name: 'extract' },
        message: 'unknown field `extrat` in `spec.dataFrom[1]`; did you mean `extract`?',
        remedy: 'rename it to `extract`',
      },
      {
        path: ['spec', 'data', 0, 'remoteRef', 'propery'],
        on: 'key',
        kind: 'unknown-field',
        meant: { name: 'property' },
        message: 'unknown field `propery` in `spec.data[0].remoteRef`; did you mean `property`?',
        remedy: 'rename it to `property`',
      },
      {
        path: ['spec', 'data', 1],
        on: 'key',
        kind: 'required',
        message: '`spec.data[1]` lacks `remoteRef`',
        remedy: 'add `remoteRef`',
        lacks: ['remoteRef'],
      },
    ]);
  });

  test('a Deployment: a pod template is checked to its leaves', () => {
    expect(
      messagesOf(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  replicas: "2"
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app, version: 1.10 } }
    replicas: 2
    spec:
      nodeSelectors: {}
      containers:
        - name: app
          resources: { limits: { cpu: 0.5, memory: 1GiB }, requests: { cpu: 1 } }
          volumeMount: []
          env:
            - { name: A, value: 1 }
            - { name: A, value: "2" }
          ports:
            - { containerPort: 80 }
            - { containerPort: 80, protocol: UDP }
            - { containerPort: 80, protocol: TCP }
            - { containerPort: 3000000000 }
          readinessProbe: { httpGet: { port: http, path: 1 } }
`),
    ).toEqual([
      '`spec.replicas` must be an integer, and is a string',
      '`spec.template.metadata.labels.version` must be a string, and is a number. write it in quotes',
      'unknown field `replicas` in `spec.template`: `replicas` belongs next to `template`, not inside it. move it out, to the column of `template`',
      'unknown field `nodeSelectors` in `spec.template.spec`; did you mean `nodeSelector`?. rename it to `nodeSelector`',
      '`spec.template.spec.containers[0].resources.limits.memory` is "1GiB" and must be a quantity such as 2, 500m or 1Gi',
      'unknown field `volumeMount` in `spec.template.spec.containers[0]`; did you mean `volumeMounts`?. rename it to `volumeMounts`',
      '`spec.template.spec.containers[0].env[0].value` must be a string, and is an integer. write it in quotes',
      '`spec.template.spec.containers[0].env[1]` has the name "A" of item 0. remove one of the two, or tell them apart',
      '`spec.template.spec.containers[0].ports[3].containerPort` is 3000000000 and must be between -2147483648 and 2147483647',
      '`spec.template.spec.containers[0].ports[2]` has the containerPort 80 and protocol "TCP" of item 0. remove one of the two, or tell them apart',
      '`spec.template.spec.containers[0].readinessProbe.httpGet.path` must be a string, and is an integer. write it in quotes',
    ]);
  });

  test('a Secret: its values are never shown', () => {
    const text = `
apiVersion: v1
kind: Secret
metadata: { name: app }
data: { a: hunter2!, b: aHVudGVyMg==, c: "", d: aHVudGVyMg }
stringData: { e: 123456 }
type: 5
`;
    expect(messagesOf(text)).toEqual([
      '`data.a` must be base64',
      '`data.d` must be base64',
      '`stringData.e` must be a string, and is an integer. write it in quotes',
      '`type` must be a string, and is an integer. write it in quotes',
    ]);
  });

  test('rules: a HelmRelease needs one of two charts, an HTTPRoute one filter', () => {
    expect(
      messagesOf(
        '{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {interval: 1h}}',
      ),
    ).toEqual([
      '`spec` breaks the rule (has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))',
    ]);
    expect(
      messagesOf(`
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: app }
spec:
  rules:
    - matches: [{ path: { value: app } }]
      filters:
        - type: RequestRedirect
`),
    ).toEqual([
      "`spec.rules[0].matches[0].path` breaks the rule (self.type in ['Exact','PathPrefix']) ? self.value.startsWith('/') : true",
      "`spec.rules[0].filters[0]` breaks the rule !(!has(self.requestRedirect) && self.type == 'RequestRedirect')",
    ]);
  });

  test('what the lean imports take as given is checked: a Pooler’s pod, any provider of a store', () => {
    expect(
      messagesOf(`
apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: { name: app }
spec:
  cluster: { name: db }
  pgbouncer: { poolMode: session }
  template: { spec: { containers: [{ name: pgbouncer, images: x }] } }
`),
    ).toEqual([
      'unknown field `images` in `spec.template.spec.containers[0]`; did you mean `image`?. rename it to `image`',
    ]);
    expect(
      messagesOf(`
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: aws }
spec: { provider: { aws: { service: SecretsManger, region: eu-west-1 } } }
`),
    ).toEqual([
      '`spec.provider.aws.service` is "SecretsManger" and must be "SecretsManager", "ParameterStore" or "CertificateManager"',
    ]);
  });
});

describe('names and labels', () => {
  const named = (apiVersion: string, kind: string, name: string) =>
    messagesOf(JSON.stringify({ apiVersion, kind, metadata: { name }, roleRef: { kind: 'Role', name: 'x' } })).filter(
      (message) => message.includes('metadata.name'),
    );

  test('a kind’s names follow its rule', () => {
    expect(named('v1', 'ConfigMap', 'a.b-c')).toEqual([]);
    expect(named('v1', 'ConfigMap', 'a_b')).toEqual([
      '`metadata.name` is "a_b" and must be a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit',
    ]);
    expect(named('v1', 'Namespace', 'a.b')).toEqual([
      '`metadata.name` is "a.b" and must be a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit',
    ]);
    expect(named('v1', 'Service', '1a')).toEqual([]);
    expect(named('v1', 'Service', 'a.b')).toEqual([
      '`metadata.name` is "a.b" and must be a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit',
    ]);
    expect(named('policy/v1', 'PodDisruptionBudget', 'A')).toEqual([]);
    expect(named('rbac.authorization.k8s.io/v1', 'RoleBinding', 'system:a:B')).toEqual([]);
    expect(named('rbac.authorization.k8s.io/v1', 'RoleBinding', 'a/b')).toEqual([
      '`metadata.name` is "a/b" and must be a segment of a path: not empty, ".", or "..", and without "/" and "%"',
    ]);
    expect(named('v1', 'ConfigMap', 'a'.repeat(254))[0]).toMatch(/… and must have at most 253 characters$/);
  });

  test('an object has a name, or a prefix that one is made of', () => {
    expect(messagesOf('{apiVersion: v1, kind: ConfigMap}')).toEqual(['`metadata` lacks `name`. add `name`']);
    expect(messagesOf('{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}')).toEqual([]);
  });

  test('labels and annotations', () => {
    expect(
      messagesOf(`
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  namespace: A
  annotations: { "any thing": x, "Example.com/A_b": "any text: {}", b: true }
  labels: { "a/b/c": x, "-a": x, "example.com/a": a b, "Example.com/a": "", ok: null }
  lable: {}
`),
    ).toEqual([
      '`metadata.namespace` is "A" and must be a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit',
      '`metadata.annotations.b` must be a string, and is a boolean. write it in quotes',
      '`metadata.annotations`: the key "any thing" must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none',
      '`metadata.labels["example.com/a"]` is "a b" and must be a label\'s value: letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
      '`metadata.labels`: the key "a/b/c" must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none',
      '`metadata.labels`: the key "-a" must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none',
      '`metadata.labels`: the key "Example.com/a" has a prefix that must be a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit',
      'unknown field `lable` in `metadata`; did you mean `labels`?. rename it to `labels`',
    ]);
  });
});

describe('what is not known is not wrong', () => {
  const known = (text: string) => !text.includes('${');
  const text = `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: "a\${X}", namespace: "\${NS}", labels: { a: "\${B C}" } }
spec:
  interval: "\${INTERVAL}"
  maxHistory: "\${HISTORY}"
  suspend: "\${SUSPEND}"
  chart: { spec: { chart: app, verify: { provider: "\${P}" }, sourceRef: { kind: "\${KIND}", name: app } } }
`;

  test('of a text with a variable that has no value: neither its type, nor its form, nor rules about it', () => {
    expect(messagesOf(text, undefined, known)).toEqual([]);
    expect(messagesOf(text).length).toBeGreaterThan(6);
  });
});

test('a status may be there, and null counts as not given', () => {
  expect(
    messagesOf(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: app, creationTimestamp: null, labels: }
spec:
  replicas: null
  strategy: {}
  selector: { matchLabels: { app: app } }
  template: { metadata: { creationTimestamp: null }, spec: { containers: [{ name: a, resources: {}, env: null }] } }
status: { anything: goes }
`),
  ).toEqual([]);
});
