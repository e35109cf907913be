import { kindTypes } from '../../../lib/graph/schema/kind-types';
import { schemaStore } from '../../../lib/graph/schema/store';
import type { KindSchema } from '../../../lib/graph/schema/validate';
import type { JsonObject } from '../../../lib/json/json';
import { kindsText } from '../../../lib/report/kinds/typescript';
import { compile } from '../../constructs/compile';
import { random } from '../../graph/schema/generate';
import { sample } from '../../graph/schema/sample';
import { builtins } from '../../graph/schema/schema';

/** Of several systems, some with schemas that hold a whole pod. */
const kinds = [
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration',
  'apps/v1 Deployment',
  'apps/v1 StatefulSet',
  'apps/v1 DaemonSet',
  'authentication.k8s.io/v1 SelfSubjectReview',
  'autoscaling/v2 HorizontalPodAutoscaler',
  'batch/v1 CronJob',
  'batch/v1 Job',
  'cert-manager.io/v1 Certificate',
  'cert-manager.io/v1 ClusterIssuer',
  'cilium.io/v2 CiliumNetworkPolicy',
  'external-secrets.io/v1 ClusterSecretStore',
  'external-secrets.io/v1 ExternalSecret',
  'external-secrets.io/v1 SecretStore',
  'external-secrets.io/v1alpha1 PushSecret',
  'gateway.networking.k8s.io/v1 Gateway',
  'gateway.networking.k8s.io/v1 HTTPRoute',
  'grafana.integreatly.org/v1beta1 GrafanaDashboard',
  'helm.toolkit.fluxcd.io/v2 HelmRelease',
  'kustomize.toolkit.fluxcd.io/v1 Kustomization',
  'monitoring.coreos.com/v1 PodMonitor',
  'monitoring.coreos.com/v1 Prometheus',
  'monitoring.coreos.com/v1 PrometheusRule',
  'monitoring.coreos.com/v1 ServiceMonitor',
  'monitoring.coreos.com/v1alpha1 ScrapeConfig',
  'networking.k8s.io/v1 Ingress',
  'networking.k8s.io/v1 NetworkPolicy',
  'notification.toolkit.fluxcd.io/v1beta3 Alert',
  'policy/v1 PodDisruptionBudget',
  'postgresql.cnpg.io/v1 Cluster',
  'rbac.authorization.k8s.io/v1 ClusterRole',
  'rbac.authorization.k8s.io/v1 RoleBinding',
  'source.toolkit.fluxcd.io/v1 OCIRepository',
  'storage.k8s.io/v1 StorageClass',
  'traefik.io/v1alpha1 IngressRoute',
  'v1 ConfigMap',
  'v1 PersistentVolume',
  'v1 PersistentVolumeClaim',
  'v1 Pod',
  'v1 Secret',
  'v1 Service',
  'volsync.backube/v1alpha1 ReplicationSource',
].map((name): KindSchema => {
  const [apiVersion = '', kind = ''] = name.split(' ');
  const found = builtins.lookup(apiVersion, kind);
  if (found.state !== 'found') throw new Error(name);
  return found.schema;
});
const text = kindsText(kindTypes(kinds));

test('the compiler takes what the schemas take, and nothing that they refuse by a name, a type or a choice', () => {
  const chance = random(2);
  const samples = Array.from({ length: 6 }, () => kinds.map((schema) => sample(schema, chance)))
    .flat()
    .filter(({ faults, lacks }) => faults.length > 0 || !lacks);
  const lines = samples.map(({ object }, i) => `new Manifest(on, 'm${i}', ${JSON.stringify(object)});`);
  const head = [
    "import { type Cluster, Manifest } from 'cdk8s-espalier';",
    "import './kinds';",
    'declare const on: Cluster;',
  ];
  const found = compile([...head, ...lines], { 'kinds.ts': text });
  const wrong = samples.flatMap(({ faults }, i) => (faults.length > 0 ? [String(i + head.length + 1)] : []));
  const told = [...new Set(found.map((message) => message.split(':')[0]))];
  expect(told).toEqual(wrong);
  expect(samples.length - wrong.length).toBeGreaterThan(200);
  expect(wrong.length).toBeGreaterThan(15);
});

/** A kind with these fields in its spec. */
function definition(group: string, version: string, kind: string, properties: object): object {
  const openAPIV3Schema = { type: 'object', required: ['spec'], properties: { spec: { type: 'object', properties } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: {
      group,
      names: { kind },
      scope: 'Namespaced',
      versions: [{ name: version, served: true, schema: { openAPIV3Schema } }],
    },
  };
}

function textOf(...definitions: readonly ReturnType<typeof definition>[]): string {
  const store = schemaStore(undefined);
  const schemas = definitions.map((each) => {
    store.add(each as JsonObject);
    const { group, names, versions } = (
      each as { spec: { group: string; names: { kind: string }; versions: [{ name: string }] } }
    ).spec;
    const found = store.lookup(`${group}/${versions[0].name}`, names.kind);
    if (found.state !== 'found') throw new Error(names.kind);
    return found.schema;
  });
  return kindsText(kindTypes(schemas));
}

const text1 = { type: 'string' };
const resources = {
  type: 'object',
  properties: { cpu: { 'x-kubernetes-int-or-string': true }, memory: text1, claims: { type: 'array', items: text1 } },
};

test('equal types have one name; short ones stand where they are used', () => {
  const widget = definition('acme.example', 'v1', 'Widget', {
    size: { type: 'integer', default: 3 },
    color: { type: 'string', enum: ['red', 'blue'] },
    resources,
    secretRef: { type: 'object', required: ['name'], properties: { name: text1 } },
    'max-age': { type: 'string', nullable: true },
    parts: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: text1,
          resources,
          options: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    },
  });
  const other = definition('other.example', 'v2', 'Widget', { env: { type: 'object', additionalProperties: text1 } });
  expect(textOf(other, widget)).toBe(textOf(widget, other));
  expect(
    textOf(widget, other),
  ).toBe(`// Made by \`espalier adopt\` and \`espalier import\`. Run one of them again instead of changing this file.
import type { ManifestText as Text } from 'cdk8s-espalier';

declare module 'cdk8s-espalier' {
  interface Kinds {
    'acme.example/v1/Widget': Widget;
    'other.example/v2/Widget': WidgetV2;
  }
}

export interface Resources {
  cpu?: Text | number | null;
  memory?: Text | null;
  claims?: readonly Text[] | null;
}

export interface Widget {
  spec?: WidgetSpec | null;
}

export interface WidgetSpec {
  /** @default 3 */ size?: number | null;
  color?: 'red' | 'blue' | null;
  resources?: Resources | null;
  secretRef?: { name?: Text | null } | null;
  'max-age'?: Text | null;
  parts?: readonly WidgetSpecPart[] | null;
}

export interface WidgetSpecPart {
  name?: Text | null;
  resources?: Resources | null;
  options?: { [key: string]: unknown } | null;
}

export interface WidgetV2 {
  spec?: { env?: { [key: string]: Text | null } | null } | null;
}
`);
});

test('names and values that a definition may have do not break the file; handles stand where a text does', () => {
  const odd = definition('acme.example', 'v1', 'Object', {
    constructor: text1,
    $: { type: 'object', properties: { a: resources, b: resources, c: resources } },
    'a\'b"*/\n\u2028`${x}': { type: 'string', enum: ["it's", 'a\nb', '*/', '\u202e', ''], default: '*/' },
    '': { type: 'boolean' },
    Text: { type: 'object', properties: { a: text1, b: text1, Kinds: resources } },
    any: { type: 'number', enum: [1, 2] },
  });
  const lines = [
    "import { type Cluster, Manifest, Secret } from 'cdk8s-espalier';",
    "import './kinds';",
    "declare const on: Cluster; const secret = Secret.named('a', { keys: ['b'] });",
    "const odd = { apiVersion: 'acme.example/v1', kind: 'Object' } as const;",
    "new Manifest(on, 'a', { ...odd, spec: { constructor: secret, $: { a: { cpu: 1, claims: [secret.key('b')] } }, '': true, any: 2, Text: { Kinds: {} } } });",
    "new Manifest(on, 'b', { ...odd, spec: { any: 3 } });",
  ];
  expect(compile(lines, { 'kinds.ts': textOf(odd) })).toEqual([
    "6: TS2322: Type '3' is not assignable to type '1 | 2 | null | undefined'.",
  ]);
});
