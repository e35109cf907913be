import { fluxKustomization, object } from '../../graph/graph';
import { lines, served, told } from './tree';

const externalSecret = (fields: string) =>
  object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'db',
    `spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, dataFrom: [{ extract: { key: shop/db } }], ${fields} }`,
  );

describe('who reads something', () => {
  it.each([
    [
      'vault:kv/shared/token#token',
      ['PushSecret shop/out'],
      [['ExternalSecret billing/token', 'reads `token`', 'billing/app.yaml', 5]],
    ],
    [
      'Secret/shop/web#token',
      ['ExternalSecret shop/web, from vault:kv/shop/web'],
      [
        ['PushSecret shop/out', 'pushes `token`', 'shop/app.yaml', 10],
        ['Deployment shop/web', 'takes all its keys as environment variables', 'shop/app.yaml', 15],
      ],
    ],
    [
      'Service/front',
      [],
      [
        ['HTTPRoute shop/front', 'refers to it in `spec.rules[0].backendRefs[0].name`', 'front/app.yaml', 28],
        ['ConfigMap links/links', 'names its address in `data.api`', 'after/map.yaml', 5],
      ],
    ],
    [
      'ConfigMap/settings',
      ['the tree'],
      [['Kustomization flux-system/front', 'takes variables from it', 'flux/front.yaml', 9]],
    ],
    [
      'host:shop.example.org',
      ['HTTPRoute shop/front'],
      [['ConfigMap links/links', 'names it in `data.page`', 'after/map.yaml', 5]],
    ],
    [
      'css/vault',
      [],
      [
        ['ExternalSecret shop/web', 'reads through it', 'shop/app.yaml', 5],
        ['ExternalSecret billing/token', 'reads through it', 'billing/app.yaml', 5],
        ['PushSecret shop/out', 'writes through it', 'shop/app.yaml', 10],
      ],
    ],
    [
      'ks/front',
      [],
      [['Kustomization flux-system/after', 'refers to it in `spec.dependsOn[0].name`', 'flux/front.yaml', 17]],
    ],
  ])('%s', (name, madeBy, readers) => {
    const found = told(served, name);
    expect(found.madeBy).toEqual(madeBy);
    expect(found.readers.map(({ object, how, file, line }) => [object, how, file, line])).toEqual(readers);
  });

  it('says which of them do without it', () => {
    expect(told(served, 'Secret/shop/lost').readers).toEqual([
      {
        object: 'Deployment shop/web',
        how: 'takes `a` as environment variables',
        optional: true,
        file: 'shop/app.yaml',
        line: 15,
      },
    ]);
    expect(told(served, 'Secret/shop/lost').ifGone).toEqual([]);
  });
});

describe('a Secret that a kind or a chart names which no table has', () => {
  const named = (kind: string, spec: string, namespace = 'shop') =>
    object('example.org/v1', kind, kind.toLowerCase(), `spec: ${spec}`, namespace);
  const release = object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'runner',
    `spec:
  chart: { spec: { chart: runner, sourceRef: { kind: HelmRepository, name: charts } } }
  values:
    runnerConfigSecret: db-app
    image: { pullSecrets: [{ name: db-app }] }
    login: { user: { name: db-app, key: username } }
    secretStoreRef: { name: db-app }
    secretKey: db-app
    title: db-app`,
  );
  const texts = {
    ...served,
    'shop/others.yaml':
      release +
      named('Proxy', '{ tokenSecretRef: { name: db-app, key: password } }') +
      named('Elsewhere', '{ tokenSecretRef: { name: db-app } }', 'billing') +
      named('Abroad', '{ tokenSecretRef: { name: db-app, namespace: shop } }', 'billing') +
      named('Issuer', '{ credentials: db-app }', '') +
      named('Mount', '{ mounts: [{ kind: ConfigMap, name: db-app }] }'),
  };

  it('is told with the fields, and nothing is concluded from them', () => {
    const { readers, ifChanged, ifGone } = told(texts, 'Secret/shop/db-app');
    const likely = readers.filter(({ how }) => how.startsWith('names it'));
    expect(likely.map(({ object, how }) => [object, how])).toEqual([
      [
        'HelmRelease shop/runner',
        'names it in `spec.values.runnerConfigSecret`, names it in `spec.values.image.pullSecrets[0].name`, names it in `spec.values.login.user.name`',
      ],
      ['Proxy shop/proxy', 'names it in `spec.tokenSecretRef.name`'],
      ['Abroad billing/abroad', 'names it in `spec.tokenSecretRef.name`'],
      ['Issuer issuer', 'names it in `spec.credentials`'],
    ]);
    expect(lines(ifChanged)).toContain(
      '  Proxy shop/proxy names Secret shop/db-app in `spec.tokenSecretRef.name`, and may read what is new in it',
    );
    expect(lines(ifGone)).toContain('  Proxy shop/proxy names Secret shop/db-app (`spec.tokenSecretRef.name`)');
  });

  it('counts with a key where the field says the same', () => {
    const of = (key: string) => told(texts, `Secret/shop/db-app#${key}`).readers.map(({ object }) => object);
    expect(of('password')).toContain('Proxy shop/proxy');
    expect(of('username')).not.toContain('Proxy shop/proxy');
  });
});

describe('what happens if something changes', () => {
  describe('of a release whose chart is not opened', () => {
    const reading = (values: string) =>
      lines(
        told(
          {
            ...served,
            'shop/release.yaml': object(
              'helm.toolkit.fluxcd.io/v2',
              'HelmRelease',
              'app',
              `spec: { chart: { spec: { chart: app-template, sourceRef: { kind: HelmRepository, name: charts } } }, values: ${values} }`,
            ),
          },
          'Secret/shop/db-app',
        ).ifChanged,
      ).filter((line) => line.includes('HelmRelease'));
    const controller = (more: string) =>
      `{ controllers: { app: { ${more} containers: { app: { envFrom: [{ secretRef: { name: db-app } }] } } } } }`;
    const restarted = [
      '  HelmRelease shop/app has its pods restarted by Reloader, as its values ask: Secret shop/db-app changes',
    ];
    const next = ['  HelmRelease shop/app reads the new Secret shop/db-app the next time that its pods start'];
    const auto = 'annotations: { reloader.stakater.com/auto: "true" }';

    it.each([
      ['an annotation of the controller', controller(`${auto},`), restarted],
      [
        'one that names another Secret',
        controller('annotations: { secret.reloader.stakater.com/reload: other },'),
        next,
      ],
      ['none', controller(''), next],
      [
        'one of another controller',
        `{ controllers: { app: { containers: { app: { envFrom: [{ secretRef: { name: db-app } }] } } }, side: { ${auto} } } }`,
        next,
      ],
      [
        'one of the only controller, and a volume',
        `{ controllers: { app: { ${auto} } }, persistence: { db: { type: secret, name: db-app } } }`,
        restarted,
      ],
      [
        'one of all pods',
        `{ podAnnotations: { reloader.stakater.com/auto: "true" }, existingSecret: db-app }`,
        restarted,
      ],
    ])('%s', (_, values, expected) => {
      expect(reading(values)).toEqual(expected);
    });
  });

  it('follows a value from Vault to what restarts, and what is pushed of it to who reads that', () => {
    expect(lines(told(served, 'vault:kv/shop/web').ifChanged)).toEqual([
      '  Secret shop/web is written anew: ExternalSecret shop/web reads the new value within 1h',
      '    PushSecret shop/out pushes the new Secret shop/web',
      '      vault:kv/shared/token#token is written by PushSecret shop/out',
      '        Secret billing/token key `token` is written anew: ExternalSecret billing/token reads the new value within 1h',
      '    Deployment shop/web keeps running with the old Secret shop/web until it is restarted',
    ]);
  });

  it('tells what a person has to do, and what led there, as diff does', () => {
    expect(told(served, 'vault:kv/shop/web').ifChanged.find(({ object }) => object === 'Deployment shop/web')).toEqual({
      kind: 'stale',
      danger: 'medium',
      object: 'Deployment shop/web',
      message: 'keeps running with the old Secret shop/web until it is restarted',
      chain: ['vault:kv/shop/web', 'Secret/web'],
      todo: ['Once Flux has applied the change: `kubectl -n shop rollout restart deployment/web`.'],
      file: 'shop/app.yaml',
      line: 15,
      distance: 2,
    });
  });

  it('ends at a Secret that is written once', () => {
    const texts = { ...served, 'shop/once.yaml': externalSecret('refreshPolicy: CreatedOnce') };
    expect(lines(told(texts, 'vault:kv/shop/db').ifChanged)).toEqual([
      '  ExternalSecret shop/db is not read again: its Secret is written once',
    ]);
  });

  it('finds the objects that are written with a variable, and no others of their file', () => {
    expect(lines(told(served, 'ConfigMap/settings#DOMAIN').ifChanged)).toEqual([
      '  HTTPRoute shop/front is applied with the new `${DOMAIN}`',
    ]);
    expect(told(served, 'ConfigMap/settings#OTHER').ifChanged).toEqual([]);
  });

  it('says how a workload takes its own change', () => {
    expect(lines(told(served, 'Deployment/front').ifChanged)).toEqual([
      'Deployment shop/front restarts its pods one after the other',
    ]);
  });
});

describe('what fails if something is gone', () => {
  it('follows a volume to pods, Service, route and host, and to the Kustomizations that wait', () => {
    expect(lines(told(served, 'pvc/data').ifGone)).toEqual([
      'PersistentVolumeClaim shop/data loses its volume, unless its PersistentVolume has reclaim policy Retain',
      '  Deployment shop/front lacks PersistentVolumeClaim shop/data: the pod stays Pending ("persistentvolumeclaim … not found")',
      '    Service shop/front has no pods once those that run are gone: it selects those of Deployment shop/front alone',
      '      ConfigMap links/links names the address of Service shop/front, which has no pods (`data.api`)',
      '      HTTPRoute shop/front answers requests with 503: Service shop/front has no pods',
      '        host shop.example.org does not answer',
      '    Kustomization flux-system/front does not get ready: it waits for Deployment shop/front',
      '      Kustomization flux-system/after is not applied as long as Kustomization flux-system/front is not ready',
    ]);
  });

  it('says what only names an address or a host, and concludes nothing from that', () => {
    const reader = object(
      'apps/v1',
      'Deployment',
      'links',
      'spec: { template: { spec: { containers: [{ name: links, envFrom: [{ configMapRef: { name: links } }] }] } } }',
      'links',
    );
    expect(lines(told({ ...served, 'after/reader.yaml': reader }, 'HTTPRoute/front').ifGone)).toEqual([
      '  host shop.example.org does not answer',
      '    ConfigMap links/links names shop.example.org, which does not answer (`data.page`)',
    ]);
  });

  it('tells of a webhook that nobody answers', () => {
    const webhook = object(
      'admissionregistration.k8s.io/v1',
      'ValidatingWebhookConfiguration',
      'front',
      'webhooks: [{ name: a.example.org, clientConfig: { service: { name: front, namespace: shop, port: 80 } } }]',
      '',
    );
    expect(lines(told({ ...served, 'front/hook.yaml': webhook }, 'Deployment/front').ifGone)).toContain(
      '    ValidatingWebhookConfiguration front needs Service shop/front, which has no pods: the API server cannot call it',
    );
  });

  it('knows what CloudNativePG deletes with a database', () => {
    expect(lines(told(served, 'Cluster/db').ifGone).slice(0, 3)).toEqual([
      'Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi)',
      '  Secret shop/db-app is deleted with Cluster shop/db',
      '    Deployment shop/front starts no new pod without Secret shop/db-app (CreateContainerConfigError)',
    ]);
  });

  it.each([
    ['target: { deletionPolicy: Delete }', 'is deleted: deletionPolicy is Delete'],
    ['target: { deletionPolicy: Retain }', 'stays as it is; where it is missing, nothing makes it'],
  ])('of a value in Vault says what becomes of the Secret with %s', (fields, message) => {
    const texts = { ...served, 'shop/db.yaml': externalSecret(fields) };
    expect(lines(told(texts, 'vault:kv/shop/db').ifGone)).toEqual([
      '  ExternalSecret shop/db fails without vault:kv/shop/db (SecretSyncedError)',
      `    Secret shop/db ${message}`,
    ]);
  });

  it.each([
    ['prune: true', 'ConfigMap links/links is deleted with Kustomization flux-system/gone', 1],
    ['prune: false', 'ConfigMap links/links stays, and nothing updates it without Kustomization flux-system/gone', 1],
  ])('of a Kustomization with %s says what becomes of its objects', (fields, line, count) => {
    const texts = {
      'flux/ks.yaml': fluxKustomization('gone', './gone', fields),
      'gone/map.yaml': served['after/map.yaml'] ?? '',
    };
    expect(lines(told(texts, 'ks/gone').ifGone)).toEqual([`  ${line}`]);
    expect(told(texts, 'ks/gone').ifGone).toHaveLength(count);
  });

  it('says which data goes with a namespace', () => {
    const texts = { ...served, 'stores/ns.yaml': object('v1', 'Namespace', 'shop', '', '') };
    expect(lines(told(texts, 'ns/shop').ifGone)).toContain(
      '  Cluster shop/db is deleted with its namespace, and loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi)',
    );
  });

  it('follows what the values of a closed chart name, with the name of the release filled in', () => {
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'media',
      'spec: { chart: { spec: { chart: app-template, sourceRef: { kind: HelmRepository, name: charts } } }, values: { persistence: { config: { existingClaim: "{{ .Release.Name }}" } }, route: { app: { hostnames: ["{{ .Release.Name }}.example.org"] } } } }',
    );
    const claim = object('v1', 'PersistentVolumeClaim', 'media', 'spec: {}');
    const texts = { 'flux/ks.yaml': fluxKustomization('media', './media'), 'media/app.yaml': release + claim };
    expect(lines(told(texts, 'pvc/media').ifGone)).toEqual([
      'PersistentVolumeClaim shop/media loses its volume, unless its PersistentVolume has reclaim policy Retain',
      '  HelmRelease shop/media lacks PersistentVolumeClaim shop/media: the pod stays Pending ("persistentvolumeclaim … not found")',
      '    host media.example.org does not answer',
    ]);
  });

  it('ends where things depend on each other in a circle', () => {
    const texts = {
      'flux/ks.yaml':
        fluxKustomization('a', './a', 'dependsOn: [{ name: b }]') +
        fluxKustomization('b', './b', 'dependsOn: [{ name: a }]'),
    };
    expect(lines(told(texts, 'ks/a').ifGone)).toEqual([
      '  Kustomization flux-system/b lacks Kustomization flux-system/a: it waits for ever, and its changes are not applied',
    ]);
  });

  it('shows no value of a Secret that lies open in the tree', () => {
    const password = 'Zq7xpassword9';
    const texts = {
      ...served,
      'shop/open.yaml':
        object('v1', 'Secret', 'open', `stringData: { password: ${password} }`) +
        object('v1', 'ConfigMap', 'named', `data: { "${password}.shop": "http://front.shop.svc/${password}" }`),
    };
    expect(JSON.stringify([told(texts, 'Secret/open'), told(texts, 'Service/front')])).not.toContain(password);
  });
});
