import {
  Application,
  ClusterSecretStore,
  type Directory,
  ExternalSecret,
  ExternalSecrets,
  GeneratedSecret,
  Manifest,
  PasswordGenerator,
  PushSecret,
  Secret,
  SecretStore,
  VaultStore,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

/*
 * Objects as people write them, and the construct that says each: nothing is added, nothing is left out.
 */

const onepassword = SecretStore.named('onepassword', { kind: 'ClusterSecretStore' });
const doppler = SecretStore.named('doppler');
const bare = SecretStore.named('bitwarden', { kind: null });
const openbao = VaultStore.named('openbao', { mount: 'secret' });
const legacy = VaultStore.named('legacy', { mount: 'kv', version: 'v1', kind: 'SecretStore' });
const cluster = { kind: 'ClusterSecretStore', name: 'onepassword' };
/** Takes the defaults of an ExternalSecret away. */
const plain = { refreshInterval: null, target: null } as const;

/** The object that is composed in the folder of an app `media`. */
function composed(build: (directory: Directory) => unknown): JsonObject {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'media');
  build(directory);
  const made = reader(app.tree()).document('kubernetes/apps/media/media/app/it.yaml');
  expect(made.metadata).toMatchObject({ name: 'it' });
  return made.spec as JsonObject;
}

type Form = [what: string, build: (on: Directory) => unknown, spec: JsonObject];

const externalSecrets: Form[] = [
  [
    'all keys of a secret, without a target',
    (on) => new ExternalSecret(on, 'it', { store: onepassword, ...plain, extract: 'jellyfin' }),
    { secretStoreRef: cluster, dataFrom: [{ extract: { key: 'jellyfin' } }] },
  ],
  [
    'a target with a name alone',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        refreshInterval: null,
        target: { name: 'jellyfin-secret' },
        extract: 'jellyfin',
      }),
    { secretStoreRef: cluster, target: { name: 'jellyfin-secret' }, dataFrom: [{ extract: { key: 'jellyfin' } }] },
  ],
  [
    'no template, with the other defaults of the construct',
    (on) => new ExternalSecret(on, 'it', { store: onepassword, template: null, extract: 'jellyfin' }),
    {
      refreshInterval: '1h',
      secretStoreRef: cluster,
      target: { name: 'it', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      dataFrom: [{ extract: { key: 'jellyfin' } }],
    },
  ],
  [
    'each default taken away by itself',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        template: null,
        secretName: null,
        creationPolicy: null,
        deletionPolicy: null,
        refreshInterval: null,
        refreshPolicy: null,
        data: { TOKEN: { key: 'jellyfin', property: 'token' } },
      }),
    {
      secretStoreRef: cluster,
      data: [{ secretKey: 'TOKEN', remoteRef: { key: 'jellyfin', property: 'token' } }],
    },
  ],
  [
    'keys renamed by a template of free texts',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        refreshInterval: '5m',
        target: {
          name: 'paperless',
          creationPolicy: 'Owner',
          template: {
            engineVersion: 'v2',
            data: {
              PAPERLESS_DBHOST: 'db-rw.${NAMESPACE}.svc',
              PAPERLESS_URL: 'https://docs.${SECRET_DOMAIN}',
              PAPERLESS_SECRET_KEY: '{{ .paperless_key | b64enc }}',
            },
          },
        },
        dataFrom: [{ extract: { key: 'paperless' } }, { extract: { key: 'postgres' } }],
      }),
    {
      refreshInterval: '5m',
      secretStoreRef: cluster,
      target: {
        name: 'paperless',
        creationPolicy: 'Owner',
        template: {
          engineVersion: 'v2',
          data: {
            PAPERLESS_DBHOST: 'db-rw.${NAMESPACE}.svc',
            PAPERLESS_URL: 'https://docs.${SECRET_DOMAIN}',
            PAPERLESS_SECRET_KEY: '{{ .paperless_key | b64enc }}',
          },
        },
      },
      dataFrom: [{ extract: { key: 'paperless' } }, { extract: { key: 'postgres' } }],
    },
  ],
  [
    'single values that a template puts together',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: doppler,
        refreshInterval: '0',
        secretName: 'it-env',
        creationPolicy: null,
        deletionPolicy: null,
        data: { user: { key: 'DB_USER' }, pass: { key: 'DB_PASS', version: '2' } },
        template: { data: { URL: 'postgres://{{ .user }}:{{ .pass }}@db/it' } },
      }),
    {
      refreshInterval: '0',
      secretStoreRef: { name: 'doppler', kind: 'SecretStore' },
      target: { name: 'it-env', template: { data: { URL: 'postgres://{{ .user }}:{{ .pass }}@db/it' } } },
      data: [
        { secretKey: 'user', remoteRef: { key: 'DB_USER' } },
        { secretKey: 'pass', remoteRef: { key: 'DB_PASS', version: '2' } },
      ],
    },
  ],
  [
    'a plain key, of a store whose kind nobody says',
    (on) => new ExternalSecret(on, 'it', { store: bare, ...plain, data: { TOKEN: '5c0f8a2e' } }),
    { secretStoreRef: { name: 'bitwarden' }, data: [{ secretKey: 'TOKEN', remoteRef: { key: '5c0f8a2e' } }] },
  ],
  [
    'every field of a remoteRef',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        ...plain,
        data: {
          'tls.crt': {
            key: 'wildcard',
            property: 'crt',
            version: '7',
            metadataPolicy: 'Fetch',
            decodingStrategy: 'Base64',
            conversionStrategy: 'Unicode',
          },
        },
      }),
    {
      secretStoreRef: cluster,
      data: [
        {
          secretKey: 'tls.crt',
          remoteRef: {
            key: 'wildcard',
            property: 'crt',
            version: '7',
            metadataPolicy: 'Fetch',
            decodingStrategy: 'Base64',
            conversionStrategy: 'Unicode',
          },
        },
      ],
    },
  ],
  [
    'every field of an extract',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        ...plain,
        extract: { key: 'jellyfin', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' },
      }),
    {
      secretStoreRef: cluster,
      dataFrom: [
        {
          extract: { key: 'jellyfin', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' },
        },
      ],
    },
  ],
  [
    'a search by name, rewritten',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        ...plain,
        dataFrom: [
          {
            find: { path: 'apps', name: { regexp: '^jellyfin_.*' }, conversionStrategy: 'Default' },
            rewrite: [{ regexp: { source: '^jellyfin_(.*)$', target: '$1' } }],
          },
        ],
      }),
    {
      secretStoreRef: cluster,
      dataFrom: [
        {
          find: { path: 'apps', name: { regexp: '^jellyfin_.*' }, conversionStrategy: 'Default' },
          rewrite: [{ regexp: { source: '^jellyfin_(.*)$', target: '$1' } }],
        },
      ],
    },
  ],
  [
    'a search by tags, and a template as rewrite',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        ...plain,
        dataFrom: [
          { find: { tags: { team: 'media' } }, rewrite: [{ transform: { template: 'MEDIA_{{ .value | upper }}' } }] },
        ],
      }),
    {
      secretStoreRef: cluster,
      dataFrom: [
        { find: { tags: { team: 'media' } }, rewrite: [{ transform: { template: 'MEDIA_{{ .value | upper }}' } }] },
      ],
    },
  ],
  [
    'a ClusterGenerator, without a store',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: null,
        refreshInterval: '0',
        target: { name: 'it-password' },
        dataFrom: [
          {
            sourceRef: {
              generatorRef: {
                apiVersion: 'generators.external-secrets.io/v1alpha1',
                kind: 'ClusterGenerator',
                name: 'password',
              },
            },
          },
        ],
      }),
    {
      refreshInterval: '0',
      target: { name: 'it-password' },
      dataFrom: [
        {
          sourceRef: {
            generatorRef: {
              apiVersion: 'generators.external-secrets.io/v1alpha1',
              kind: 'ClusterGenerator',
              name: 'password',
            },
          },
        },
      ],
    },
  ],
  [
    'a generator of the app, its key renamed',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: null,
        refreshInterval: null,
        refreshPolicy: 'CreatedOnce',
        target: null,
        dataFrom: [
          {
            sourceRef: { generatorRef: new PasswordGenerator(on, 'pw') },
            rewrite: [{ regexp: { source: 'password', target: 'SESSION_KEY' } }],
          },
        ],
      }),
    {
      refreshPolicy: 'CreatedOnce',
      dataFrom: [
        {
          sourceRef: {
            generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'pw' },
          },
          rewrite: [{ regexp: { source: 'password', target: 'SESSION_KEY' } }],
        },
      ],
    },
  ],
  [
    'a store of its own for an item of dataFrom',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        ...plain,
        dataFrom: [
          { extract: { key: 'jellyfin' } },
          { extract: openbao.path('shared/smtp'), sourceRef: { storeRef: openbao } },
          { extract: { key: 'smtp' }, sourceRef: { storeRef: { name: 'team', kind: 'SecretStore' } } },
        ],
      }),
    {
      secretStoreRef: cluster,
      dataFrom: [
        { extract: { key: 'jellyfin' } },
        { extract: { key: 'shared/smtp' }, sourceRef: { storeRef: { name: 'openbao', kind: 'ClusterSecretStore' } } },
        { extract: { key: 'smtp' }, sourceRef: { storeRef: { name: 'team', kind: 'SecretStore' } } },
      ],
    },
  ],
  [
    'a store of its own for each value',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: null,
        ...plain,
        data: {
          A: { key: 'a', sourceRef: { storeRef: onepassword } },
          B: { key: 'b', sourceRef: { storeRef: doppler } },
        },
      }),
    {
      data: [
        { secretKey: 'A', remoteRef: { key: 'a' }, sourceRef: { storeRef: cluster } },
        { secretKey: 'B', remoteRef: { key: 'b' }, sourceRef: { storeRef: { name: 'doppler', kind: 'SecretStore' } } },
      ],
    },
  ],
  [
    'a template from a ConfigMap, and labels',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        refreshInterval: null,
        target: {
          name: 'it',
          template: {
            type: 'Opaque',
            metadata: { labels: { app: 'it' }, annotations: { 'reloader.stakater.com/match': 'true' } },
            templateFrom: [{ configMap: { name: 'it-template', items: [{ key: 'config.yaml' }] } }],
          },
        },
        extract: 'it',
      }),
    {
      secretStoreRef: cluster,
      target: {
        name: 'it',
        template: {
          type: 'Opaque',
          metadata: { labels: { app: 'it' }, annotations: { 'reloader.stakater.com/match': 'true' } },
          templateFrom: [{ configMap: { name: 'it-template', items: [{ key: 'config.yaml' }] } }],
        },
      },
      dataFrom: [{ extract: { key: 'it' } }],
    },
  ],
  [
    'a template that adds to what was read',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        refreshInterval: '12h',
        secretName: null,
        creationPolicy: 'Merge',
        deletionPolicy: null,
        template: { mergePolicy: 'Merge', data: { LOG_LEVEL: 'info' } },
        extract: 'it',
      }),
    {
      refreshInterval: '12h',
      secretStoreRef: cluster,
      target: { creationPolicy: 'Merge', template: { mergePolicy: 'Merge', data: { LOG_LEVEL: 'info' } } },
      dataFrom: [{ extract: { key: 'it' } }],
    },
  ],
  [
    'a login for a registry',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        refreshInterval: '1h0m0s',
        target: {
          name: 'ghcr',
          deletionPolicy: 'Delete',
          template: {
            type: 'kubernetes.io/dockerconfigjson',
            data: { '.dockerconfigjson': '{"auths":{"ghcr.io":{"auth":"{{ .auth }}"}}}' },
          },
        },
        data: { auth: { key: 'ghcr', property: 'auth' } },
      }),
    {
      refreshInterval: '1h0m0s',
      secretStoreRef: cluster,
      target: {
        name: 'ghcr',
        deletionPolicy: 'Delete',
        template: {
          type: 'kubernetes.io/dockerconfigjson',
          data: { '.dockerconfigjson': '{"auths":{"ghcr.io":{"auth":"{{ .auth }}"}}}' },
        },
      },
      data: [{ secretKey: 'auth', remoteRef: { key: 'ghcr', property: 'auth' } }],
    },
  ],
  [
    'an immutable Secret that is made once',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: openbao,
        refreshInterval: null,
        refreshPolicy: 'OnChange',
        target: { name: 'it', immutable: true, creationPolicy: 'Orphan' },
        extract: openbao.path('media/it'),
      }),
    {
      refreshPolicy: 'OnChange',
      secretStoreRef: { name: 'openbao', kind: 'ClusterSecretStore' },
      target: { name: 'it', immutable: true, creationPolicy: 'Orphan' },
      dataFrom: [{ extract: { key: 'media/it' } }],
    },
  ],
  [
    'properties of Vault, without a template',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: openbao,
        ...plain,
        data: {
          TOKEN: openbao.path('media/it').property('token'),
          WHOLE: openbao.path('media/whole'),
          OLD: { key: openbao.path('media/it'), property: 'token', version: '3' },
        },
      }),
    {
      secretStoreRef: { name: 'openbao', kind: 'ClusterSecretStore' },
      data: [
        { secretKey: 'TOKEN', remoteRef: { key: 'media/it', property: 'token' } },
        { secretKey: 'WHOLE', remoteRef: { key: 'media/whole' } },
        { secretKey: 'OLD', remoteRef: { key: 'media/it', property: 'token', version: '3' } },
      ],
    },
  ],
  [
    'a KV v1 engine, whose paths may begin with data/',
    (on) => new ExternalSecret(on, 'it', { store: legacy, ...plain, extract: legacy.path('data/it') }),
    { secretStoreRef: { name: 'legacy', kind: 'SecretStore' }, dataFrom: [{ extract: { key: 'data/it' } }] },
  ],
  [
    'another object than a Secret',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        refreshInterval: null,
        target: {
          name: 'it',
          manifest: { apiVersion: 'v1', kind: 'ConfigMap' },
          template: { data: { 'a.conf': '{{ .a }}' } },
        },
        extract: 'it',
      }),
    {
      secretStoreRef: cluster,
      target: {
        name: 'it',
        manifest: { apiVersion: 'v1', kind: 'ConfigMap' },
        template: { data: { 'a.conf': '{{ .a }}' } },
      },
      dataFrom: [{ extract: { key: 'it' } }],
    },
  ],
  [
    'windows in which it is refreshed, by spec',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        ...plain,
        extract: 'it',
        spec: { syncWindows: { kind: 'allow', windows: [{ schedule: '0 3 * * *', duration: '1h' }] } },
      }),
    {
      secretStoreRef: cluster,
      dataFrom: [{ extract: { key: 'it' } }],
      syncWindows: { kind: 'allow', windows: [{ schedule: '0 3 * * *', duration: '1h' }] },
    },
  ],
  [
    'required keys of several sources, in the easy way',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        dataFrom: [{ extract: 'it' }, { extract: 'smtp' }],
        required: ['TOKEN'],
      }),
    {
      refreshInterval: '1h',
      secretStoreRef: cluster,
      target: {
        name: 'it',
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: { engineVersion: 'v2', mergePolicy: 'Replace', data: { TOKEN: '{{ .TOKEN }}' } },
      },
      dataFrom: [{ extract: { key: 'it' } }, { extract: { key: 'smtp' } }],
    },
  ],
  [
    'a default taken away in spec',
    (on) =>
      new ExternalSecret(on, 'it', {
        store: onepassword,
        data: { TOKEN: 'it' },
        spec: { refreshInterval: null, target: { name: null, creationPolicy: null, deletionPolicy: null } },
      }),
    {
      secretStoreRef: cluster,
      target: { template: { engineVersion: 'v2', mergePolicy: 'Replace', data: { TOKEN: '{{ .TOKEN }}' } } },
      data: [{ secretKey: 'TOKEN', remoteRef: { key: 'it' } }],
    },
  ],
];

test.each(externalSecrets)('ExternalSecret: %s', (_, build, spec) => {
  expect(composed(build)).toEqual(spec);
});

const db = Secret.named('db', { keys: ['username', 'password'] });

const others: Form[] = [
  [
    'PushSecret: to a store other than Vault',
    (on) =>
      new PushSecret(on, 'it', {
        secret: db,
        store: onepassword,
        refreshInterval: null,
        updatePolicy: null,
        deletionPolicy: null,
        data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db' } } }],
      }),
    {
      secretStoreRefs: [cluster],
      selector: { secret: { name: 'db' } },
      data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db' } } }],
    },
  ],
  [
    'PushSecret: to two stores, with metadata',
    (on) =>
      new PushSecret(on, 'it', {
        secret: db,
        store: [onepassword, doppler],
        to: 'db',
        properties: { password: 'pw' },
        refreshInterval: '10s',
        spec: { template: { metadata: { labels: { a: 'b' } } } },
      }),
    {
      updatePolicy: 'Replace',
      deletionPolicy: 'None',
      refreshInterval: '10s',
      secretStoreRefs: [cluster, { name: 'doppler', kind: 'SecretStore' }],
      selector: { secret: { name: 'db' } },
      template: { metadata: { labels: { a: 'b' } } },
      data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db', property: 'pw' } } }],
    },
  ],
  [
    'PushSecret: what a generator makes',
    (on) =>
      new PushSecret(on, 'it', {
        secret: null,
        store: openbao,
        refreshInterval: null,
        updatePolicy: 'IfNotExists',
        deletionPolicy: null,
        spec: {
          selector: {
            generatorRef: {
              apiVersion: 'generators.external-secrets.io/v1alpha1',
              kind: 'ClusterGenerator',
              name: 'pw',
            },
          },
          data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db', property: 'password' } } }],
        },
      }),
    {
      updatePolicy: 'IfNotExists',
      secretStoreRefs: [{ name: 'openbao', kind: 'ClusterSecretStore' }],
      selector: {
        generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'ClusterGenerator', name: 'pw' },
      },
      data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db', property: 'password' } } }],
    },
  ],
  [
    'PasswordGenerator: the fields that must be there, no others',
    (on) =>
      new PasswordGenerator(on, 'it', {
        length: 16,
        digits: null,
        symbols: null,
        symbolCharacters: null,
        spec: { secretKeys: ['SESSION_KEY'] },
      }),
    { length: 16, noUpper: false, allowRepeat: true, secretKeys: ['SESSION_KEY'] },
  ],
  [
    'GeneratedSecret: of an operator that is there, without what External Secrets defaults',
    (on) =>
      new GeneratedSecret(on, 'it', {
        operator: ExternalSecrets.named(),
        generator: new PasswordGenerator(on, 'pw'),
        username: 'it',
        secretLabels: null,
        spec: {
          refreshInterval: null,
          target: { name: null, deletionPolicy: null, template: { engineVersion: null, mergePolicy: null } },
        },
      }),
    {
      refreshPolicy: 'CreatedOnce',
      target: {
        creationPolicy: 'Orphan',
        immutable: true,
        template: { type: 'kubernetes.io/basic-auth', data: { username: 'it', password: '{{ .password }}' } },
      },
      dataFrom: [
        {
          sourceRef: {
            generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'pw' },
          },
        },
      ],
    },
  ],
  [
    'ClusterSecretStore: of any provider',
    (on) =>
      new ClusterSecretStore(on, 'it', {
        provider: {
          onepassword: {
            connectHost: 'http://onepassword-connect.tools.svc:8080',
            vaults: { home: 1 },
            auth: { secretRef: { connectTokenSecretRef: { name: 'onepassword', key: 'token', namespace: 'tools' } } },
          },
        },
        spec: { refreshInterval: 60, conditions: [{ namespaces: ['media'] }] },
      }),
    {
      provider: {
        onepassword: {
          connectHost: 'http://onepassword-connect.tools.svc:8080',
          vaults: { home: 1 },
          auth: { secretRef: { connectTokenSecretRef: { name: 'onepassword', key: 'token', namespace: 'tools' } } },
        },
      },
      refreshInterval: 60,
      conditions: [{ namespaces: ['media'] }],
    },
  ],
  [
    "SecretStore: with a Secret's handle, under the API's own names",
    (on) => {
      const login = Secret.named('aws', { keys: ['id', 'key'] });
      new SecretStore(on, 'it', {
        provider: {
          aws: {
            service: 'SecretsManager',
            region: 'eu-central-1',
            auth: {
              secretRef: {
                accessKeyIDSecretRef: { name: login, key: login.key('id') },
                secretAccessKeySecretRef: { name: login, key: login.key('key') },
              },
            },
          },
        },
      });
    },
    {
      provider: {
        aws: {
          service: 'SecretsManager',
          region: 'eu-central-1',
          auth: {
            secretRef: {
              accessKeyIDSecretRef: { name: 'aws', key: 'id' },
              secretAccessKeySecretRef: { name: 'aws', key: 'key' },
            },
          },
        },
      },
    },
  ],
];

test.each(others)('%s', (_, build, spec) => {
  expect(composed(build)).toEqual(spec);
});

describe('handles', () => {
  const on = () => new Application(emptyCluster().cluster, 'media').directory;

  test('a Secret with a template of its own has its keys', () => {
    const { secret } = new ExternalSecret(on(), 'it', {
      store: onepassword,
      extract: 'it',
      template: { data: { URL: '{{ .url }}' } },
    });
    expect([secret.keys, secret.open]).toEqual([['URL'], false]);
  });

  test('one without a template has any key that the store has', () => {
    const { secret } = new ExternalSecret(on(), 'it', { store: onepassword, ...plain, extract: 'it' });
    expect([secret.name, secret.keys, secret.open, secret.key('WHATEVER').key]).toEqual(['it', [], true, 'WHATEVER']);
  });

  test('keys that are named, and those of a generator', () => {
    const directory = on();
    const { secret } = new ExternalSecret(directory, 'it', {
      store: onepassword,
      ...plain,
      extract: 'it',
      keys: ['A'],
    });
    expect([secret.keys, secret.open]).toEqual([['A'], true]);
    const generatorRef = new PasswordGenerator(directory, 'pw', { spec: { secretKeys: ['PIN'] } });
    const props = { store: null, refreshInterval: null, target: { name: 'pin' } } as const;
    const made = new ExternalSecret(directory, 'pin', { ...props, dataFrom: [{ sourceRef: { generatorRef } }] }).secret;
    expect([made.name, made.keys, made.open]).toEqual(['pin', ['PIN'], false]);
    expect(
      refusal(
        () => new ExternalSecret(directory, 'x', { store: onepassword, ...plain, data: { A: 'a' }, keys: ['B'] }),
      ),
    ).toBe(
      'soyo/apps/media/media/app/x: keys is "B". Allowed: one of the keys that its sources and its template yield: A.',
    );
  });

  test('who reads from a store waits for it, and for what brings a named one', () => {
    const { app, cluster } = emptyCluster();
    const stores = new Application(cluster, 'stores');
    const release = new Application(cluster, 'tools');
    const store = new ClusterSecretStore(stores.directory, 'mine', { provider: { fake: { data: [] } } });
    const other = SecretStore.named('other', { kind: 'ClusterSecretStore', producer: release });
    const { directory } = new Application(cluster, 'media');
    new ExternalSecret(directory, 'a', { store, ...plain, extract: 'a' });
    new ExternalSecret(directory, 'b', { store: other, ...plain, extract: 'b' });
    expect((reader(app.tree()).find('Kustomization', 'media').spec as JsonObject).dependsOn).toEqual([
      { name: 'stores', namespace: 'stores' },
      { name: 'tools', namespace: 'tools' },
    ]);
    expect(app.tree().external).toEqual(['ClusterSecretStore/other']);
  });

  test('a store may stand for its name in any object', () => {
    const { app, cluster } = emptyCluster();
    const { directory } = new Application(cluster, 'media');
    const body = { secretStoreRef: { name: onepassword, kind: 'ClusterSecretStore' } };
    new Manifest(directory, 'it', { apiVersion: 'example.org/v1', kind: 'Reader', metadata: { name: 'it' }, ...body });
    expect(reader(app.tree()).find('Reader', 'it')).toMatchObject({
      secretStoreRef: { name: 'onepassword', kind: 'ClusterSecretStore' },
    });
    expect(app.tree().external).toEqual(['ClusterSecretStore/onepassword']);
  });
});

describe('what is refused', () => {
  const refused = (build: (on: Directory) => unknown) =>
    refusal(() => build(new Application(emptyCluster().cluster, 'media').directory)).replace(/^\S+: /, '');

  test('what a template of its own would leave without effect', () => {
    expect(
      refused((on) => new ExternalSecret(on, 'it', { store: onepassword, ...plain, extract: 'it', required: ['A'] })),
    ).toBe(
      'required is ["A"]. Allowed: left out beside target, which is written as it stands. Example: keys: [\'API_TOKEN\'].',
    );
    expect(
      refused(
        (on) => new ExternalSecret(on, 'it', { store: onepassword, extract: 'it', template: null, type: 'Opaque' }),
      ),
    ).toBe(
      'type is "Opaque". Allowed: left out beside template, which is written as it stands. Example: the field in template.',
    );
    expect(refused((on) => new ExternalSecret(on, 'it', { store: onepassword, data: { A: 'a' }, keys: ['B'] }))).toBe(
      'keys is ["B"]. Allowed: left out without template or target: the Secret has the keys of required, optional, defaults and data alone. Example: required: ["B"].',
    );
  });

  test('a value of no store', () => {
    expect(refused((on) => new ExternalSecret(on, 'it', { store: null, ...plain, data: { A: 'a' as never } }))).toBe(
      "store. Allowed: the store that the values come from, or for each of them sourceRef.storeRef. Example: SecretStore.named('onepassword', { kind: 'ClusterSecretStore' }).",
    );
  });

  test('what is no name of a secret, and a path of another store', () => {
    const path = openbao.path('a') as never;
    expect(refused((on) => new ExternalSecret(on, 'it', { store: onepassword, ...plain, extract: path }))).toContain(
      'Allowed: the name of a secret in the store, as its provider takes it. Example: "shop".',
    );
    expect(refused((on) => new ExternalSecret(on, 'it', { store: legacy, ...plain, extract: openbao.path('a') }))).toBe(
      'extract is "secret/a". Allowed: a path of the store VaultStore.named("legacy") (mount kv): this one belongs to VaultStore.named("openbao") (mount secret). Example: store.path(\'a\') of VaultStore.named("legacy").',
    );
  });

  test('a SecretStore of another namespace', () => {
    const { cluster } = emptyCluster();
    const other = new Application(cluster, 'other').directory;
    const store = new SecretStore(other, 'team', { provider: { fake: { data: [] } } });
    const media = new Application(cluster, 'media').directory;
    expect(refusal(() => new ExternalSecret(media, 'it', { store, ...plain, extract: 'a' }))).toBe(
      'soyo/apps/media/media/app/it: store is "soyo/apps/other/other/app/team". Allowed: a ClusterSecretStore, or a SecretStore of namespace media: External Secrets looks for it there. Example: a ClusterSecretStore.',
    );
  });

  test('a store of two providers, and of none', () => {
    const two = { fake: { data: [] }, gitlab: { projectID: '1' } };
    expect(refused((on) => new SecretStore(on, 'it', { provider: two as never }))).toMatch(/^provider\. It must be/);
    expect(refused((on) => new SecretStore(on, 'it', {} as never))).toMatch(/^provider is not set\./);
  });
});
