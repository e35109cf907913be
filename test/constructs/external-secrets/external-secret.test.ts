import {
  Application,
  Cluster,
  ExternalSecret,
  type ExternalSecretProps,
  ExternalSecrets,
  type FluxKustomizationProps,
  VaultStore,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { refusal, type Stage, stage, synthesize } from '../synthesize';

type AnyProps = ExternalSecretProps<string, string, string, string>;

/** The ExternalSecret `config` of an app `shop`, as it stands in the tree. */
function externalSecret(props: (on: Stage) => Omit<AnyProps, 'store'>): JsonObject {
  return synthesize((on) => {
    const { directory } = new Application(on.cluster, 'shop');
    return new ExternalSecret(directory, 'config', { store: on.vault, ...props(on) } as AnyProps);
  }).document('kubernetes/apps/shop/shop/app/config.yaml');
}

/** What is said against an ExternalSecret of an app's path. */
function refused(props: Partial<AnyProps>): string {
  const on = stage();
  const { directory } = new Application(on.cluster, 'shop');
  const extract = on.vault.app('shop', 'app');
  return refusal(() => new ExternalSecret(directory, 'config', { store: on.vault, extract, ...props } as AnyProps));
}

test('required, optional and default keys of one path', () => {
  const made = externalSecret(({ vault }) => ({
    extract: vault.app('shop', 'app'),
    required: ['API_TOKEN', 'tls-key'],
    optional: ['SENTRY_DSN'],
    defaults: { LOG_LEVEL: 'info', MOTTO: 'say "hi" \\ {{ . }}' },
  }));
  expect(made).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'config', namespace: 'shop' },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
      target: {
        name: 'config',
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          data: {
            API_TOKEN: '{{ .API_TOKEN }}',
            'tls-key':
              '{{ if hasKey (. | toJson | fromJson) "tls-key" }}{{ index . "tls-key" }}{{ else }}{{ fail "key tls-key is missing" }}{{ end }}',
            SENTRY_DSN: '{{ index . "SENTRY_DSN" | default "" }}',
            LOG_LEVEL: '{{ index . "LOG_LEVEL" | default "info" }}',
            MOTTO: '{{ index . "MOTTO" | default "say \\"hi\\" \\\\ {{ . }}" }}',
          },
        },
      },
      dataFrom: [{ extract: { key: 'webgrip/prod/clusters/soyo/apps/shop/app' } }],
    },
  });
});

test('single properties of any paths', () => {
  const { spec } = externalSecret(({ vault }) => ({
    data: {
      TOKEN: vault.app('shop', 'app').property('token'),
      'ca.crt': vault.path('shared/ca').property('certificate'),
    },
  })) as { spec: JsonObject };
  expect([spec.data, spec.dataFrom, (spec.target as { template: JsonObject }).template.data]).toEqual([
    [
      { secretKey: 'TOKEN', remoteRef: { key: 'webgrip/prod/clusters/soyo/apps/shop/app', property: 'token' } },
      { secretKey: 'ca.crt', remoteRef: { key: 'shared/ca', property: 'certificate' } },
    ],
    undefined,
    {
      TOKEN: '{{ .TOKEN }}',
      'ca.crt':
        '{{ if hasKey (. | toJson | fromJson) "ca.crt" }}{{ index . "ca.crt" }}{{ else }}{{ fail "key ca.crt is missing" }}{{ end }}',
    },
  ]);
});

test('names, type, labels, policies and any other field', () => {
  const made = externalSecret(({ vault }) => ({
    extract: vault.path('a'),
    required: ['password'],
    name: 'config-from-vault',
    labels: { team: 'web' },
    annotations: { note: 'n' },
    secretName: 'shop-config',
    type: 'kubernetes.io/basic-auth',
    secretLabels: { 'cnpg.io/reload': 'true' },
    secretAnnotations: { owner: 'web' },
    refreshPolicy: 'OnChange',
    refreshInterval: '10m',
    creationPolicy: 'Owner',
    deletionPolicy: 'Delete',
    spec: { target: { immutable: true } },
  }));
  expect([made.metadata, made.spec]).toEqual([
    { name: 'config-from-vault', namespace: 'shop', labels: { team: 'web' }, annotations: { note: 'n' } },
    {
      refreshPolicy: 'OnChange',
      refreshInterval: '10m',
      secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
      target: {
        name: 'shop-config',
        creationPolicy: 'Owner',
        deletionPolicy: 'Delete',
        immutable: true,
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          type: 'kubernetes.io/basic-auth',
          metadata: { labels: { 'cnpg.io/reload': 'true' }, annotations: { owner: 'web' } },
          data: { password: '{{ .password }}' },
        },
      },
      dataFrom: [{ extract: { key: 'a' } }],
    },
  ]);
});

test('the handle knows the name, the namespace and the keys in their order', () => {
  const { vault, cluster } = stage();
  const { secret } = new ExternalSecret(new Application(cluster, 'shop').directory, 'config', {
    store: vault,
    extract: vault.path('a'),
    required: ['B'],
    optional: ['A'],
    defaults: { D: '' },
    data: { C: vault.path('c').property('c') },
    secretName: 'shop-config',
  });
  expect([secret.name, secret.namespace, secret.keys]).toEqual(['shop-config', 'shop', ['B', 'A', 'D', 'C']]);
});

describe('what is refused', () => {
  test("a type of Secret that External Secrets' webhook denies", () => {
    expect(refused({ required: ['A'], type: 'bootstrap.kubernetes.io/token' })).toBe(
      'soyo/apps/shop/shop/app/config: spec.target.template.type is "bootstrap.kubernetes.io/token". It must be another type.',
    );
  });

  test('no keys at all', () => {
    expect(refused({ extract: undefined })).toBe(
      "soyo/apps/shop/shop/app/config: keys is []. Allowed: at least one of required, optional, defaults and data. Example: required: ['API_TOKEN'], or template: null for a Secret of all that the sources yield.",
    );
    expect(refused({ required: [], optional: [], defaults: {}, data: {} })).toMatch(/config: keys is \[\]\./);
  });

  test('keys of no path', () => {
    expect(refused({ extract: undefined, required: ['A'], optional: ['B'] })).toBe(
      "soyo/apps/shop/shop/app/config: extract is not set. Allowed: the Vault path that A, B come from. Example: extract: vault.app('shop', 'app').",
    );
  });

  test('a path of no keys', () => {
    const { vault } = stage();
    expect(refused({ data: { C: vault.path('c').property('c') } })).toBe(
      'soyo/apps/shop/shop/app/config: extract is "kv/webgrip/prod/clusters/soyo/apps/shop/app". Allowed: a path whose keys are named, so that references to them can be checked. Example: required: [\'API_TOKEN\'], or template: null for a Secret of all its keys.',
    );
  });

  test('a path of another store, of the same cluster or another: it is another secret there', () => {
    const { app, cluster, eso, vault } = stage();
    const server = 'http://vault.vault.svc:8200';
    const team = new VaultStore(cluster, 'team', { operator: eso, server, mount: 'team' });
    const mars = new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
    const operator = new ExternalSecrets(mars, { version: '2.9.0' });
    const other = new VaultStore(mars, 'vault', { operator, server });
    const { directory } = new Application(cluster, 'shop');
    const at = 'soyo/apps/shop/shop/app';
    expect(
      refusal(() => new ExternalSecret(directory, 'a', { store: vault, extract: team.path('a/b'), required: ['A'] })),
    ).toBe(
      `${at}/a: extract is "team/a/b". Allowed: a path of the store soyo/vault (mount kv): this one belongs to soyo/team (mount team). Example: store.path('a/b') of soyo/vault.`,
    );
    const property = other.app('shop', 'app').property('a');
    expect(refusal(() => new ExternalSecret(directory, 'b', { store: vault, data: { A: property } }))).toBe(
      `${at}/b: data.A is "kv/webgrip/test/clusters/mars/apps/shop/app". Allowed: a path of the store soyo/vault (mount kv): this one belongs to mars/vault (mount kv). Example: store.path('webgrip/test/clusters/mars/apps/shop/app') of soyo/vault.`,
    );
    // Which is how to read elsewhere.
    const elsewhere = vault.path(property.path.key).property('a');
    expect(() => new ExternalSecret(directory, 'c', { store: vault, data: { A: elsewhere } })).not.toThrow();
  });

  test('a key named twice', () => {
    expect(refused({ required: ['A', 'B'], optional: ['A'] })).toBe(
      'soyo/apps/shop/shop/app/config: a key is "A". Allowed: each key only once in required, optional, defaults and data together.',
    );
    expect(refused({ required: ['A', 'A'] })).toMatch(/config: a key is "A"\. Allowed: each key only once/);
  });

  test.each(['a b', '', '..', 'a/b'])('the key %j, which no Secret can hold', (key) => {
    expect(refused({ required: [key] })).toBe(
      `soyo/apps/shop/shop/app/config: a key is ${JSON.stringify(key)}. Allowed: letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters. Example: "API_TOKEN".`,
    );
  });

  test.each(['Orphan', 'Merge', 'None', 'CreateOrMerge'] as const)(
    'deletionPolicy Delete beside %s',
    (creationPolicy) => {
      expect(refused({ required: ['A'], creationPolicy, deletionPolicy: 'Delete' })).toBe(
        `soyo/apps/shop/shop/app/config: spec.target.deletionPolicy is "Delete". It must be ${creationPolicy === 'None' ? 'Retain' : 'Retain or Merge'} with creationPolicy ${creationPolicy}. Example: "Retain".`,
      );
    },
  );

  test('deletionPolicy Merge beside None', () => {
    expect(refused({ required: ['A'], creationPolicy: 'None', deletionPolicy: 'Merge' })).toBe(
      'soyo/apps/shop/shop/app/config: spec.target.deletionPolicy is "Merge". It must be Retain with creationPolicy None. Example: "Retain".',
    );
  });

  test('a duration in words', () => {
    expect(refused({ required: ['A'], refreshInterval: '1 hour' })).toBe(
      'soyo/apps/shop/shop/app/config: refreshInterval is "1 hour". It must be a duration of numbers with the units ns, us, ms, s, m or h, without spaces. Example: "1h" or "2m30s".',
    );
  });

  test.each<[Record<string, unknown>, string]>([
    [{ store: undefined }, 'store is not set. Allowed: the store that the values come from. Example: a VaultStore.'],
    [
      { extract: 'apps/shop' },
      "extract is \"apps/shop\". Allowed: a path made by the store. Example: vault.app('shop', 'db').",
    ],
    [
      { data: { B: undefined } },
      "data.B is not set. Allowed: a value of a store or of a generator. Example: store.at('shop', { property: 'token' }), or of a VaultStore vault.app('shop', 'app').property('token').",
    ],
    [{ defaults: { B: null } }, "defaults.B is null. Allowed: a string. Example: optional: ['B']."],
    [{ defaults: { B: 1 } }, 'defaults.B is 1. Allowed: a string. Example: "1".'],
    [
      { refreshPolicy: 'Sometimes' },
      'refreshPolicy is "Sometimes". Allowed: one of Periodic, OnChange, CreatedOnce. Example: "Periodic".',
    ],
    [
      { creationPolicy: 'owner' },
      'creationPolicy is "owner". Allowed: one of Owner, Orphan, Merge, None, CreateOrMerge. Example: "Owner".',
    ],
    [
      { deletionPolicy: 'Never' },
      'deletionPolicy is "Never". Allowed: one of Retain, Delete, Merge. Example: "Retain".',
    ],
  ])('what types would have refused: %j', (props, message) => {
    expect(refused({ required: ['A'], ...props } as never)).toBe(`soyo/apps/shop/shop/app/config: ${message}`);
  });

  const keys =
    'Allowed: the keys that others can refer to: A. Example: the properties that name keys; in spec, only other values for the same keys.';
  test.each<[object, string]>([
    [
      { refreshInterval: '1 hour' },
      'refreshInterval is "1 hour". It must be a duration of numbers with the units ns, us, ms, s, m or h, without spaces. Example: "1h" or "2m30s".',
    ],
    [
      { target: { creationPolicy: 'Orphan', deletionPolicy: 'Delete' } },
      'spec.target.deletionPolicy is "Delete". It must be Retain or Merge with creationPolicy Orphan. Example: "Retain".',
    ],
    [
      { target: { name: 'other' } },
      'spec.target.name is "other". Allowed: "config", the name of the Secret that others refer to. Example: only the property secretName.',
    ],
    [
      { target: { template: { data: { A: null, B: 'b' } } } },
      `the keys of spec.target.template.data is ["B"]. ${keys}`,
    ],
    [{ target: { template: { data: { B: 'b' } } } }, `the keys of spec.target.template.data is ["A","B"]. ${keys}`],
    [{ target: { template: null } }, `the keys of spec.target.template.data is []. ${keys}`],
    [
      { target: { template: { mergePolicy: 'Merge' } } },
      'spec.target.template.mergePolicy is "Merge". Allowed: "Replace": with Merge, the Secret would have keys that nothing in the code can refer to. Example: data, for each property under a key of its own.',
    ],
    [
      { target: { template: { templateFrom: [{ literal: 'B: b' }] } } },
      "spec.target.template.templateFrom. Allowed: only templates of labels and annotations: a template of data makes keys that nothing in the code can refer to. Example: { target: 'Annotations', … }.",
    ],
    [
      { target: { manifest: { apiVersion: 'v1', kind: 'ConfigMap' } } },
      'spec.target.manifest is {"apiVersion":"v1","kind":"ConfigMap"}. Allowed: leave it out: with it, ESO creates another object instead of the Secret. Example: an ApiObject for such an ExternalSecret.',
    ],
    [
      { dataFrom: null },
      'spec. It must be one with data or dataFrom: External Secrets refuses an ExternalSecret with neither.',
    ],
    [
      { secretStoreRef: { name: 'other' } },
      'spec.secretStoreRef is {"name":"other","kind":"ClusterSecretStore"}. Allowed: ClusterSecretStore vault, as in the property store: the paths belong to that store. Example: only the property store.',
    ],
  ])('an override that would get around a check, or contradict the handle: %j', (spec, message) => {
    expect(refused({ required: ['A'], spec: spec as never })).toBe(`soyo/apps/shop/shop/app/config: ${message}`);
  });

  test('other values under the same keys are no contradiction', () => {
    const spec = { target: { template: { data: { A: '{{ .A | upper }}' } } } };
    expect(externalSecret(({ vault }) => ({ extract: vault.path('a'), required: ['A'], spec })).spec).toMatchObject(
      spec,
    );
  });

  test('a Secret that another one makes', () => {
    const { cluster, vault } = stage();
    const { directory } = new Application(cluster, 'shop');
    const make = (id: string, scope = directory, props: Partial<AnyProps> = {}) =>
      new ExternalSecret(scope, id, {
        ...{ store: vault, extract: vault.app('shop', 'app'), required: ['A'], secretName: 'shop' },
        ...props,
      } as AnyProps);
    make('one');
    expect(refusal(() => make('two'))).toBe(
      'soyo/apps/shop/shop/app/two: secretName is "shop/shop". Allowed: a Secret that nothing else creates: soyo/apps/shop/shop/app/one already creates this one. Example: "shop-2", or creationPolicy: \'Merge\' to add to it.',
    );
    expect(() => make('three', directory, { creationPolicy: 'Merge' })).not.toThrow();
    expect(() => make('four', new Application(cluster, 'bank').directory)).not.toThrow();
  });

  test.each(['My_Secret', 'a'.repeat(254)])('the name %j', (name) => {
    expect(refused({ required: ['A'], name })).toMatch(/^soyo\/apps\/shop\/shop\/app\/config: name is /);
    expect(refused({ required: ['A'], secretName: name })).toMatch(
      /^soyo\/apps\/shop\/shop\/app\/config: secretName is /,
    );
  });
});

test('texts with a `$` reach the cluster as they stand, also where Flux replaces variables', () => {
  const written = (kustomization: FluxKustomizationProps) =>
    (
      synthesize(({ cluster, vault }) => {
        const { directory } = new Application(cluster, 'shop', { kustomization });
        new ExternalSecret(directory, 'secret', {
          store: vault,
          extract: vault.app('shop', 'app'),
          defaults: { FORMAT: '${level}: $$' },
          data: { PRICE: vault.path('prices').property('${eur}') },
          secretAnnotations: { note: '${note}' },
        });
      }).find('ExternalSecret', 'secret') as unknown as {
        spec: { data: unknown[]; target: { template: { data: { FORMAT: string }; metadata: object } } };
      }
    ).spec;
  const plain = written({});
  expect([plain.target.template.data.FORMAT, plain.target.template.metadata, plain.data]).toEqual([
    '{{ index . "FORMAT" | default "${level}: $$" }}',
    { annotations: { note: '${note}' } },
    [{ secretKey: 'PRICE', remoteRef: { key: 'prices', property: '${eur}' } }],
  ]);
  const escaped = written({ postBuild: { substitute: { a: 'b' } } });
  expect([escaped.target.template.data.FORMAT, escaped.target.template.metadata, escaped.data]).toEqual([
    '{{ index . "FORMAT" | default "$${level}: $$$$" }}',
    { annotations: { note: '$${note}' } },
    [{ secretKey: 'PRICE', remoteRef: { key: 'prices', property: '$${eur}' } }],
  ]);
});
