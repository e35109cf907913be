import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Argument, type ArrayExpression, type CallExpression, parseSync } from '@swc/core';
import { packedSchemas } from '../../lib/graph/schema/read-schemas';
import type { Schema } from '../../lib/graph/schema/schema';
import { groupBy } from '../../lib/text/group-by';
import { repository } from '../repository';

/** The functions of lib/json/read.ts that follow a path: it stands from their second argument on. */
const readers = ['at', 'textAt', 'objectAt', 'listAt', 'keysAt'];

/** What is read of documents that have no schema in imports/schemas.br, by whose they are. */
const ofOtherDocuments: Readonly<Record<string, readonly string[]>> = {
  'kustomize: kustomization.yaml, and its own lists of fields': [
    'patchesStrategicMerge',
    'files',
    'spec.spec/template/spec',
  ],
  'Flux Operator: the values of the chart that makes a FluxInstance': ['instance'],
  'databases and object stores: where they keep backups (Percona, K8ssandra, Velero and others)': [
    ...['spec.objectStorage.bucket', 'spec.config.s3Url', 'spec.backend.s3.bucket', 'spec.backend.s3.endpoint'],
  ],
  'Argo CD: Application': ['spec.destination.namespace'],
  'Rancher: HelmChart': ['spec.createNamespace'],
  'helmfile.yaml': ['releases'],
  'Kyverno: the report of kyverno apply': ['results'],
  'cdk8s.yaml: what imports/ is made of': ['imports'],
  'cert-manager: annotations of an Ingress': ['cert-manager.io/issuer-group', 'cert-manager.io/issuer-kind'],
  'Helm: Chart.yaml, repositories.yaml, index.yaml': [
    ...['kubeVersion', 'condition', 'import-values', 'child', 'parent'],
    ...['caFile', 'certFile', 'keyFile', 'pass_credentials_all', 'urls', 'created'],
  ],
  "registries: manifests and tokens; Docker's config.json and its helpers": [
    ...['manifests', 'layers', 'access_token', 'identitytoken', 'Username', 'Secret'],
  ],
  'app-template: values of its chart': ['controllers', 'persistence', 'existingClaim'],
  'Prometheus Operator: ServiceMonitor, PodMonitor': [
    'spec.namespaceSelector.any',
    'spec.namespaceSelector.matchNames',
  ],
  'Bitnami: SealedSecret': ['spec.encryptedData'],
  'SOPS: its own field, and the SopsSecret of its operator': ['sops', 'spec.secretTemplates'],
  'operators that write Secrets: Infisical, Doppler, Vault Secrets Operator, tofu-controller and others': [
    ...[
      'spec.managedSecretReference.secretName',
      'spec.managedSecretReference.secretNamespace',
      'spec.managedSecret.name',
    ],
    ...['spec.managedSecret.namespace', 'spec.output.secret.name', 'spec.destination.name'],
    'spec.writeOutputsToSecret.name',
  ],
  'Secrets Store CSI: SecretProviderClass': ['spec.secretObjects'],
  'Kyverno: ClusterPolicy': ['mutate', 'generate', 'generate.kind', 'cloneList.kinds', 'validate.message'],
  'Backstage: app-config': [
    ...['auth.providers', 'auth.providers.guest', 'auth.providers.guest.dangerouslyAllowOutsideDevelopment'],
  ],
  'Reloader: values of its chart': ['autoReloadAll', 'watchGlobally'],
  'CloudNativePG: parameters of PostgreSQL': ['wal_level'],
  'vault-config-operator: Policy, KubernetesAuthEngineRole': [
    ...['spec.policies', 'spec.tokenPolicies', 'spec.tokenNoDefaultPolicy', 'spec.targetServiceAccounts'],
    ...['spec.targetNamespaces.targetNamespaceSelector', 'spec.targetNamespaces.targetNamespaces'],
  ],
  'Bank-Vaults: Vault, with roles as Vault takes them': [
    ...['spec.externalConfig.policies', 'spec.externalConfig.auth', 'token_policies', 'token_no_default_policy'],
    ...['bound_service_account_names', 'bound_service_account_namespaces'],
  ],
};

test('every path that lib/ reads is one of a kind, or is listed here', () => {
  const allowed = new Set(Object.values(ofOtherDocuments).flat());
  const misspelt = pathsRead.filter(({ steps }) => !allowed.has(steps.join('.')) && !exists(steps));
  expect(misspelt.map(({ where, steps }) => `${where} ${steps.join('.')}`)).toEqual([]);
});

test('what is listed here is read', () => {
  const read = new Set(pathsRead.map(({ steps }) => steps.join('.')));
  expect(
    Object.values(ofOtherDocuments)
      .flat()
      .filter((path) => !read.has(path) || exists(path.split('.'))),
  ).toEqual([]);
});

test.each([
  ['spec.postBuild.substituteFrom', true],
  ['substituteFrom', true],
  ['spec.postBuild.substitutefrom', false],
  ['spec.postbuild.substituteFrom', false],
  ['postBuild.spec', false],
  ['metadata.annotations.anything', true],
])('%s: %s', (path, expected) => {
  expect(exists(path.split('.'))).toBe(expected);
});

interface PathRead {
  readonly where: string;
  readonly steps: readonly string[];
}

/** The literal steps of each call, and of each list that begins with `spec` or `metadata`. On either side of a step that only a run can tell stands a path of its own. */
function allPathsRead(): PathRead[] {
  const names = readdirSync(join(repository, 'lib'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts')).flatMap(pathsReadIn);
}

function pathsReadIn(name: string): PathRead[] {
  const text = readFileSync(join(repository, 'lib', name), 'utf8');
  // Most files read none: to parse them would take most of the time.
  if (!new RegExp(`\\b(?:${readers.join('|')})\\(|\\['(?:spec|metadata)', `).test(text)) return [];
  const nodes = nodesIn(parseSync(text, { syntax: 'typescript' }));
  return nodes.flatMap(pathIn).map((steps) => ({ where: `lib/${name}`, steps }));
}

function nodesIn(node: unknown): Syntax[] {
  if (typeof node !== 'object' || node === null) return [];
  return [...('type' in node ? [node as Syntax] : []), ...Object.values(node).flatMap(nodesIn)];
}

/** What of a syntax tree may hold a path: a call of a reader, or a list that begins as a path does. */
type Syntax = CallExpression | ArrayExpression;

function pathIn(node: Syntax): string[][] {
  if (node.type === 'CallExpression') {
    const { callee, arguments: path } = node;
    return callee.type === 'Identifier' && readers.includes(callee.value) ? literalRuns(path.slice(1)) : [];
  }
  if (node.type !== 'ArrayExpression') return [];
  const [first, second] = node.elements.map((element) => element?.expression);
  const begins = first?.type === 'StringLiteral' && ['spec', 'metadata'].includes(first.value) && second !== undefined;
  return begins ? literalRuns(node.elements.flatMap((element) => element ?? [])) : [];
}

function literalRuns(path: readonly Argument[]): string[][] {
  const runs: string[][] = [[]];
  for (const { spread, expression } of path) {
    if (!spread && expression.type === 'StringLiteral') runs.at(-1)?.push(expression.value);
    else if (expression.type !== 'NumericLiteral') runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

/** Whether some kind has these fields one below the other, wherever they begin. */
function exists([first = '', ...rest]: readonly string[]): boolean {
  let nodes = (fields.get(first) ?? []).map(({ schema }) => schema);
  for (const step of rest) {
    nodes = nodes.flatMap((node) =>
      below(node).flatMap(({ name, schema }) => (name === step || name === any ? [schema] : [])),
    );
  }
  return nodes.length > 0;
}

interface Field {
  readonly name: string;
  readonly schema: Schema;
}

/** The name of a field of which a schema does not tell the name. */
const any = '*';
const anything: Schema = {};

const pathsRead = allPathsRead();
const pack = packedSchemas();
const fields = groupBy(allFields(), ({ name }) => name);

function allFields(): Field[] {
  const found: Field[] = [];
  const seen = new Set<Schema>();
  const roots = pack
    .kinds()
    // A StorageVersion's spec takes anything.
    .filter(([group, , { catalog }]) => !catalog && group !== 'internal.apiserver.k8s.io')
    .flatMap(([, , { versions }]) => Object.values(versions).map(({ schema }) => resolved(schema)));
  const open: Schema[] = [pack.metadata(), ...roots].map((schema) => ({
    properties: { apiVersion: {}, kind: {}, metadata: pack.metadata(), ...schema.properties },
  }));
  for (let schema = open.pop(); schema !== undefined; schema = open.pop()) {
    if (seen.has(schema)) continue;
    seen.add(schema);
    const own = below(schema);
    found.push(...own);
    open.push(...own.map((field) => (field.schema.$ref === undefined ? field.schema : resolved(field.schema.$ref))));
  }
  return found;
}

function resolved(ref: string): Schema {
  const schema = pack.schema(ref);
  if (schema === undefined) throw new Error(`no ${ref}`);
  return schema;
}

/** The fields of an object, or of the items of a list. */
function below(schema: Schema): Field[] {
  if (schema.$ref !== undefined) return below(resolved(schema.$ref));
  const { properties = {}, additionalProperties, items, allOf = [], anyOf = [], oneOf = [] } = schema;
  const named = Object.entries(properties).map(([name, schema]) => ({ name, schema }));
  const takesAll = schema['x-kubernetes-preserve-unknown-fields'] || Object.keys(schema).length === 0;
  const values =
    typeof additionalProperties === 'object'
      ? additionalProperties
      : takesAll || additionalProperties
        ? anything
        : undefined;
  const others = values === undefined ? [] : [{ name: any, schema: values }];
  const parts = [items ?? [], allOf, anyOf, oneOf].flat().flatMap(below);
  return [...named, ...others, ...parts];
}
