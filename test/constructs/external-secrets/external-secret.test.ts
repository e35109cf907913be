import {
  Application,
  ExternalSecret,
  type ExternalSecretProps,
  type FluxKustomizationProps,
  VaultStore,
} from '../../../lib';
import type { JsonObject } from '../../../lib/tree/tree';
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
  test('no keys at all', () => {
    expect(refused({ extract: undefined })).toBe(
      "soyo/apps/shop/shop/app/config: keys is []. Allowed: at least one of required, optional, defaults and data. Example: required: ['API_TOKEN'].",
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
      'soyo/apps/shop/shop/app/config: extract is "kv/webgrip/prod/clusters/soyo/apps/shop/app". Allowed: a path whose keys are named, so that readers can be checked. Example: required: [\'API_TOKEN\'].',
    );
  });

  test("a path of another store's mount, which this store would look for in its own", () => {
    const { cluster, eso, vault } = stage();
    const team = new VaultStore(cluster, 'team', {
      operator: eso,
      server: 'http://vault.vault.svc:8200',
      mount: 'team',
    });
    const { directory } = new Application(cluster, 'shop');
    const path = team.path('apps/shop');
    expect(refusal(() => new ExternalSecret(directory, 'a', { store: vault, extract: path, required: ['A'] }))).toBe(
      'soyo/apps/shop/shop/app/a: extract is "team/apps/shop". Allowed: a path of the store soyo/vault, whose mount is kv.',
    );
    expect(refusal(() => new ExternalSecret(directory, 'b', { store: vault, data: { A: path.property('a') } }))).toBe(
      'soyo/apps/shop/shop/app/b: data.A is "team/apps/shop". Allowed: a path of the store soyo/vault, whose mount is kv.',
    );
  });

  test('a key named twice', () => {
    expect(refused({ required: ['A', 'B'], optional: ['A'] })).toBe(
      'soyo/apps/shop/shop/app/config: a key is "A". Allowed: each key once among required, optional, defaults and data.',
    );
    expect(refused({ required: ['A', 'A'] })).toMatch(/config: a key is "A"\. Allowed: each key once/);
  });

  test.each(['a b', '', '..', 'a/b'])('the key %j, which no Secret can hold', (key) => {
    expect(refused({ required: [key] })).toBe(
      `soyo/apps/shop/shop/app/config: a key is ${JSON.stringify(key)}. Allowed: letters, digits, "-", "_" and ".", at most 253 characters. Example: "API_TOKEN".`,
    );
  });

  test.each(['Orphan', 'Merge', 'None', 'CreateOrMerge'] as const)(
    'deletionPolicy Delete beside %s',
    (creationPolicy) => {
      expect(refused({ required: ['A'], creationPolicy, deletionPolicy: 'Delete' })).toBe(
        `soyo/apps/shop/shop/app/config: deletionPolicy is "Delete". Allowed: Retain or Merge beside creationPolicy ${creationPolicy}: ESO deletes no Secret that it does not own. Example: "Retain".`,
      );
    },
  );

  test('deletionPolicy Merge beside None', () => {
    expect(refused({ required: ['A'], creationPolicy: 'None', deletionPolicy: 'Merge' })).toBe(
      'soyo/apps/shop/shop/app/config: deletionPolicy is "Merge". Allowed: Retain beside creationPolicy None. Example: "Retain".',
    );
  });

  test('a duration in words', () => {
    expect(refused({ required: ['A'], refreshInterval: '1 hour' })).toBe(
      'soyo/apps/shop/shop/app/config: refreshInterval is "1 hour". Allowed: a duration of numbers with the units ms, s, m or h, without spaces. Example: "1h" or "2m30s".',
    );
  });

  test.each(['My_Secret', 'a'.repeat(254)])('the name %j', (name) => {
    expect(refused({ required: ['A'], name })).toMatch(/^soyo\/apps\/shop\/shop\/app\/config: name is /);
    expect(refused({ required: ['A'], secretName: name })).toMatch(
      /^soyo\/apps\/shop\/shop\/app\/config: secretName is /,
    );
  });
});

test('a default with a `$` reaches the Secret as it stands, also where Flux replaces variables', () => {
  const template = (kustomization: FluxKustomizationProps) =>
    (
      synthesize(({ cluster, vault }) => {
        const { directory } = new Application(cluster, 'shop', { kustomization });
        const extract = vault.app('shop', 'app');
        new ExternalSecret(directory, 'secret', { store: vault, extract, defaults: { FORMAT: '${level}: $$' } });
      }).find('ExternalSecret', 'secret') as { spec: { target: { template: { data: object } } } }
    ).spec.target.template.data;
  expect(template({})).toEqual({ FORMAT: '{{ index . "FORMAT" | default "${level}: $$" }}' });
  expect(template({ postBuild: { substitute: { a: 'b' } } })).toEqual({
    FORMAT: '{{ index . "FORMAT" | default "$${level}: $$$$" }}',
  });
});
