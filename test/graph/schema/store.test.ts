import { schemaStore } from '../../../lib/graph/schema';
import { packedSchemas } from '../../../lib/graph/schema/read-schemas';
import type { JsonObject } from '../../../lib/json/json';
import { builtins, messagesOf } from './schema';

const state = (apiVersion: string, kind: string, store = builtins) => {
  const found = store.lookup(apiVersion, kind);
  return found.state === 'not-served' ? `${found.state}: ${found.served.join()}` : found.state;
};

const definition = (kind: string, versions: readonly object[], group = 'example.com'): JsonObject =>
  ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.${group}` },
    spec: { group, scope: 'Cluster', names: { kind }, versions },
  }) as JsonObject;

const version = (name: string, spec: object, served = true) => ({
  name,
  served,
  storage: true,
  schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
});

describe('a kind is', () => {
  test('found by its apiVersion and kind', () => {
    expect(state('v1', 'Secret')).toBe('found');
    expect(state('apps/v1', 'Deployment')).toBe('found');
    expect(state('gateway.networking.k8s.io/v1beta1', 'HTTPRoute')).toBe('found');
  });

  test('not served in a version that its release has no more, or has not yet', () => {
    expect(state('external-secrets.io/v1beta1', 'ExternalSecret')).toBe('not-served: external-secrets.io/v1');
    expect(state('helm.toolkit.fluxcd.io/v2beta2', 'HelmRelease')).toBe('not-served: helm.toolkit.fluxcd.io/v2');
    expect(state('apps/v1beta1', 'Deployment')).toBe('not-served: apps/v1');
    expect(state('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema')).toBe(
      'not-served: flowcontrol.apiserver.k8s.io/v1',
    );
    expect(state('v2', 'Secret')).toBe('not-served: v1');
  });

  test('unknown where nothing is known of it', () => {
    for (const [apiVersion, kind] of [
      ['example.com/v1', 'Thing'],
      ['apps/v1', 'Replicaset'],
      ['v1', 'secret'],
      ['apps/v1', 'Secret'],
      ['', ''],
      ['core/v1', 'Secret'],
      ['../core/v1', 'Secret'],
      ['v1', '../Secret'],
      ['a/b/c', 'D'],
      ['v1', 'constructor'],
    ] as const) {
      expect(state(apiVersion, kind)).toBe('unknown');
    }
  });

  test('said to live in a namespace or not', () => {
    const scoped = (group: string, kind: string) => builtins.isClusterScoped({ group, kind });
    expect(scoped('', 'Secret')).toBe(false);
    expect(scoped('', 'Namespace')).toBe(true);
    expect(scoped('external-secrets.io', 'ClusterSecretStore')).toBe(true);
    expect(scoped('external-secrets.io', 'SecretStore')).toBe(false);
    expect(scoped('acme.org', 'Node')).toBeUndefined();
  });
});

describe('a definition of the tree', () => {
  const thing = '{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, spec: {size: x, sise: 1}}';

  test('makes its kind known, in the versions that it serves', () => {
    const store = schemaStore(packedSchemas());
    const spec = { type: 'object', properties: { size: { type: 'integer' } } };
    expect(store.add(definition('Thing', [version('v1', spec), version('v1beta1', spec, false)]))).toBe(true);
    expect(state('example.com/v1', 'Thing', store)).toBe('found');
    expect(state('example.com/v1beta1', 'Thing', store)).toBe('not-served: example.com/v1');
    expect(messagesOf(thing, store)).toEqual([
      '`spec.size` must be an integer, and is a string',
      'unknown field `sise` in `spec`; did you mean `size`?. rename it to `size`',
    ]);
  });

  test('counts instead of a built-in one, also after that was asked for', () => {
    const store = schemaStore(packedSchemas());
    const text =
      '{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {new: 1}}';
    expect(messagesOf(text, store).length).toBeGreaterThan(1);
    store.add(
      definition(
        'Kustomization',
        [version('v1', { type: 'object', properties: { new: {} } })],
        'kustomize.toolkit.fluxcd.io',
      ),
    );
    expect(messagesOf(text, store)).toEqual([]);
  });

  test('restricts its objects’ names where it says so', () => {
    const store = schemaStore(packedSchemas());
    const metadata = { type: 'object', properties: { name: { type: 'string', maxLength: 3 } } };
    store.add(
      definition('Thing', [
        { name: 'v1', served: true, schema: { openAPIV3Schema: { type: 'object', properties: { metadata } } } },
      ]),
    );
    expect(messagesOf('{apiVersion: example.com/v1, kind: Thing, metadata: {name: long, label: {}}}', store)).toEqual([
      '`metadata.name` is "long" and must have at most 3 characters',
      'unknown field `label` in `metadata`; did you mean `labels`?. rename it to `labels`',
    ]);
  });

  test('without a schema takes anything; what is no definition is refused', () => {
    const store = schemaStore(packedSchemas());
    store.add(
      definition('Thing', [
        { name: 'v1', served: true, schema: { openAPIV3Schema: { 'x-kubernetes-preserve-unknown-fields': true } } },
      ]),
    );
    expect(messagesOf(thing, store)).toEqual([]);
    for (const wrong of [{}, { kind: 'CustomResourceDefinition' }, { ...definition('X', []), spec: { group: 'x' } }]) {
      expect(store.add(wrong as JsonObject)).toBe(false);
    }
  });
});

describe('a JSON Schema in the layout of flux-schema and kubeconform', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    required: ['apiVersion', 'kind'],
    definitions: { port: { oneOf: [{ type: 'string' }, { type: 'integer' }] } },
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: ['string', 'null'] },
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        additionalProperties: false,
        properties: { port: { $ref: '#/definitions/port' }, open: { type: 'object' }, mode: { const: 'a' } },
      },
    },
  };
  const thing =
    '{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, spec: {port: true, prot: 1, open: {x: 1}, mode: b}}';

  test.each(['schemas/example.com/thing_v1.json', 'example.com_thing_v1.json'])('%s', (path) => {
    const store = schemaStore(packedSchemas());
    expect(store.addJsonSchema(path, schema as JsonObject)).toBe(true);
    expect(messagesOf(thing, store)).toEqual([
      '`spec.port` must be a string or an integer, and is a boolean',
      'unknown field `prot` in `spec`; did you mean `port`?. rename it to `port`',
      '`spec.mode` is "b" and must be "a"',
    ]);
  });

  test('adds a version to a kind that is known', () => {
    const store = schemaStore(packedSchemas());
    store.addJsonSchema('apps/deployment_v2.json', { type: 'object' });
    expect(state('apps/v2', 'Deployment', store)).toBe('found');
    expect(state('apps/v3', 'Deployment', store)).toBe('not-served: apps/v1,apps/v2');
  });

  test('a schema that holds itself is taken as given there', () => {
    const store = schemaStore(packedSchemas());
    const tree = { type: 'object', properties: { spec: { $ref: '#/properties/spec' }, status: { $ref: '#' } } };
    expect(store.addJsonSchema('example.com/thing_v1.json', tree)).toBe(true);
    expect(messagesOf(thing, store)).toEqual([]);
  });

  test('a file of another name is refused', () => {
    expect(schemaStore(packedSchemas()).addJsonSchema('thing.json', {})).toBe(false);
  });
});
