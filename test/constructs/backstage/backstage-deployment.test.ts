import { JsonPatch } from 'cdk8s';
import { type IServiceAccount, ServiceAccount, Volume } from 'cdk8s-plus-28';
import {
  AppConfig,
  Application,
  BackstageDeployment,
  type BackstageDeploymentProps,
  Cluster,
  ConfigMap,
  type Directory,
  ExternalSecret,
  Secret,
} from '../../../lib';
import { refusal, type Stage, stage, synthesize } from '../synthesize';
import { deploy, image, portal } from './parts';

const path = 'soyo/apps/portal/portal/app/deployment';

describe('the environment of Backstage', () => {
  test('comes from ConfigMaps and Secrets, from the database, and from single values', () => {
    const { container, built } = deploy(({ directory, secret, credentials, database }) => ({
      envFrom: [new ConfigMap(directory, 'config', { data: { LOG_LEVEL: 'info' } }), secret],
      env: { REGION: 'eu', DB_PASSWORD: credentials.key('password') },
      database,
    }));
    expect(container.envFrom).toEqual([{ configMapRef: { name: 'config' } }, { secretRef: { name: 'secret' } }]);
    expect(container.env).toEqual([
      { name: 'REGION', value: 'eu' },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db-secret', key: 'password' } } },
      { name: 'POSTGRES_HOST', value: 'portal-db-rw.portal.svc' },
      { name: 'POSTGRES_PORT', value: '5432' },
      { name: 'POSTGRES_USER', valueFrom: { secretKeyRef: { name: 'db-secret', key: 'username' } } },
      { name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: 'db-secret', key: 'password' } } },
      { name: 'POSTGRES_DB', value: 'portal' },
    ]);
    expect([...built.variables].sort()).toEqual([
      ...['BACKEND_SECRET', 'DB_PASSWORD', 'GITHUB_TOKEN', 'HOSTNAME', 'KUBERNETES_SERVICE_HOST'],
      ...['KUBERNETES_SERVICE_PORT', 'LOG_LEVEL', 'POSTGRES_DB', 'POSTGRES_HOST', 'POSTGRES_PASSWORD'],
      ...['POSTGRES_PORT', 'POSTGRES_USER', 'REGION'],
    ]);
  });

  test('has no second POSTGRES_DB where a Secret brings it', () => {
    const { container } = deploy(({ database }) => ({
      database,
      envFrom: [Secret.named('more', { keys: ['POSTGRES_DB'] })],
    }));
    expect(container.env.map(({ name }: { name: string }) => name)).toEqual([
      ...['POSTGRES_HOST', 'POSTGRES_PORT', 'POSTGRES_USER', 'POSTGRES_PASSWORD'],
    ]);
  });

  test('values reach Backstage as they stand, whatever Flux replaces', () => {
    const { find } = synthesize(
      (on) => {
        const { directory } = portal(on);
        const config = new ConfigMap(directory, 'config', { data: { GREETING: 'hello ${NAME}' } });
        new BackstageDeployment(directory, 'portal', { image, envFrom: [config], env: { PRICE: '$$5 ${A}' } });
      },
      { substitutions: { substitute: { a: 'b' } } },
    );
    expect(find('ConfigMap', 'config').data).toEqual({ GREETING: 'hello $${NAME}' });
    expect(find('Deployment', 'portal')).toMatchObject({
      spec: { template: { spec: { containers: [{ env: [{ name: 'PRICE', value: '$$$$5 $${A}' }] }] } } },
    });
  });

  test('waits for what it reads, wherever that is applied', () => {
    const { find } = synthesize((on) => {
      const { database, credentials } = portal(on);
      const other = new Application(on.cluster, 'front', { namespace: 'portal' });
      const env = { DB_PASSWORD: credentials.key('password') };
      new BackstageDeployment(other.directory, 'front', { image, env });
      const third = new Application(on.cluster, 'third', { namespace: 'portal' });
      new BackstageDeployment(third.directory, 'third', { image, database });
    });
    expect(find('Kustomization', 'front')).toMatchObject({ spec: { dependsOn: [{ name: 'portal' }] } });
    expect(find('Kustomization', 'third')).toMatchObject({ spec: { dependsOn: [{ name: 'portal' }] } });
  });

  test.each<[string, Parameters<typeof deploy>[0], string]>([
    [
      'twice, from two Secrets',
      ({ secret }) => ({ envFrom: [secret, Secret.named('more', { keys: ['GITHUB_TOKEN'] })] }),
      'the variable GITHUB_TOKEN is ["Secret secret","Secret more"]. Allowed: one source for each variable: otherwise the later one wins without a message. Example: GITHUB_TOKEN only from Secret secret.',
    ],
    [
      'twice, from a ConfigMap and a value',
      ({ directory }) => ({
        envFrom: [new ConfigMap(directory, 'config', { data: { LOG_LEVEL: 'info' } })],
        env: { LOG_LEVEL: 'debug' },
      }),
      'the variable LOG_LEVEL is ["ConfigMap config","env"]. Allowed: one source for each variable: otherwise the later one wins without a message. Example: LOG_LEVEL only from ConfigMap config.',
    ],
    [
      'twice, from a value and the database',
      ({ database }) => ({ env: { POSTGRES_HOST: 'localhost' }, database }),
      'the variable POSTGRES_HOST is ["env","database"]. Allowed: one source for each variable: otherwise the later one wins without a message. Example: POSTGRES_HOST only from env.',
    ],
    [
      'under a name that is none',
      () => ({ env: { 'LOG-LEVEL': 'info' } }),
      'env is "LOG-LEVEL". Allowed: letters, digits and "_", not beginning with a digit. Example: "POSTGRES_HOST".',
    ],
    [
      'from a key that the kubelet would leave out',
      () => ({ envFrom: [Secret.named('more', { keys: ['2FA'] })] }),
      'envFrom: a key of Secret more is "2FA". Allowed: a key that is a valid variable name: letters, digits, "-", "_" and ".", not beginning with a digit. Example: "API_TOKEN".',
    ],
    [
      'as a number',
      () => ({ env: { PORT: 7007 as never } }),
      'env.PORT is 7007. Allowed: a string, or a key of a Secret or ConfigMap. Example: "7007".',
    ],
    [
      'as nothing',
      () => ({ env: { PORT: undefined as never } }),
      "env.PORT. Allowed: a string, or a key of a Secret or ConfigMap. Example: secrets.key('API_TOKEN').",
    ],
    [
      'as a whole Secret',
      ({ secret }) => ({ env: { TOKEN: secret as never } }),
      "env.TOKEN. Allowed: a string, or a key of a Secret or ConfigMap. Example: secrets.key('API_TOKEN').",
    ],
    [
      'from the image under a name that is none',
      () => ({ imageVariables: ['A B'] }),
      'imageVariables is "A B". Allowed: letters, digits and "_", not beginning with a digit. Example: "POSTGRES_HOST".',
    ],
  ])('a variable given %s is refused', (_, props, message) => {
    expect(() => deploy(props)).toThrow(new Error(`${path}: ${message}`));
  });

  test('a key that the Secret lacks is refused', () => {
    expect(() => deploy(({ credentials }) => ({ env: { DB_USER: { secret: credentials, key: 'user' } } }))).toThrow(
      'soyo/apps/portal/portal/app/db-secret: the key "user" of Secret portal/db-secret. Allowed: one of its keys: username, password. Example: "username".',
    );
  });

  test('a Secret of another namespace is refused', () => {
    expect(() =>
      deploy((_, { cluster, vault }) => {
        const shop = new Application(cluster, 'shop');
        const extract = vault.app('shop', 'app');
        const { secret } = new ExternalSecret(shop.directory, 'secret', { store: vault, extract, required: ['TOKEN'] });
        return { envFrom: [secret] };
      }),
    ).toThrow(
      `${path}: secret is "shop/secret". Allowed: a Secret of namespace portal: Kubernetes does not let a pod read Secrets of other namespaces. Example: an ExternalSecret in namespace portal.`,
    );
  });

  test('a ConfigMap of another namespace or cluster is refused, an app-config too', () => {
    const elsewhere = ({ cluster }: { cluster: Cluster }) =>
      new ConfigMap(new Application(cluster, 'shop').directory, 'config', { data: { LOG_LEVEL: 'info' } });
    expect(() => deploy((_, on) => ({ envFrom: [elsewhere(on)] }))).toThrow(
      `${path}: ConfigMap is "soyo/apps/shop/shop/app/config". Allowed: a ConfigMap of namespace portal in cluster soyo: a pod cannot read one from elsewhere. Example: another ConfigMap in namespace portal.`,
    );
    expect(() =>
      deploy((_, { app }) => {
        const props = { organisation: 'webgrip', environment: 'test', directory: 'other' };
        const { directory } = new Application(new Cluster(app, 'other', props), 'portal');
        return { appConfig: new AppConfig(directory, 'app-config', { content: 'a: b' }) };
      }),
    ).toThrow(
      `${path}: ConfigMap is "other/apps/portal/portal/app/app-config". Allowed: a ConfigMap of namespace portal`,
    );
  });
});

describe('the databases of plugins', () => {
  test('are schemas of one database where Backstage is told so', async () => {
    const { container } = deploy(
      ({ database, directory }) => ({
        database,
        pluginDivisionMode: 'schema',
        appConfig: new AppConfig(directory, 'app-config', {
          content: { backend: { database: { pluginDivisionMode: 'schema' } } },
        }),
      }),
      { createdb: false },
    );
    expect(container.env.slice(-2)).toEqual([
      { name: 'APP_CONFIG_backend_database_pluginDivisionMode', value: 'schema' },
      { name: 'APP_CONFIG_backend_database_ensureSchemaExists', value: 'true' },
    ]);
  });

  test('need an owner who may create them', () => {
    expect(() => deploy(({ database }) => ({ database }), { createdb: false })).toThrow(
      new Error(
        `${path}: database is "soyo/apps/portal/portal/app/portal-db". Allowed: a database whose owner may create databases: Backstage creates one for each plugin. Example: createdb: true for the PostgresCluster, or pluginDivisionMode: 'schema' here.`,
      ),
    );
  });

  test('are one thing in the app-config and here', () => {
    expect(() =>
      deploy(({ database, directory }) => ({
        database,
        appConfig: new AppConfig(directory, 'app-config', {
          content: { backend: { database: { pluginDivisionMode: 'schema' } } },
        }),
      })),
    ).toThrow(
      new Error(
        `${path}: backend.database.pluginDivisionMode of appConfig is "schema". Allowed: "database", as in the property pluginDivisionMode. Example: pluginDivisionMode: 'schema'.`,
      ),
    );
  });

  test('are nothing else', () => {
    expect(() => deploy(({ database }) => ({ database, pluginDivisionMode: 'table' as never }))).toThrow(
      new Error(`${path}: pluginDivisionMode is "table". Allowed: 'database' or 'schema'. Example: 'schema'.`),
    );
  });
});

describe('BackstageDeployment', () => {
  test('takes its own paths, size and time', () => {
    const { spec, pod, container } = deploy(() => ({
      replicas: 3,
      terminationGracePeriod: 60,
      probes: { readiness: '/ready', liveness: '/alive' },
      resources: { requests: { cpu: '1', 'ephemeral-storage': '1Gi' }, limits: { memory: '2Gi' } },
      readOnlyRootFilesystem: false,
      annotations: { 'reloader.stakater.com/auto': 'false' },
      labels: { 'app.kubernetes.io/part-of': 'platform' },
    }));
    expect(spec.replicas).toBe(3);
    expect(pod.terminationGracePeriodSeconds).toBe(60);
    expect(container.startupProbe.httpGet.path).toBe('/ready');
    expect(container.readinessProbe.httpGet.path).toBe('/ready');
    expect(container.livenessProbe.httpGet.path).toBe('/alive');
    expect(container.resources).toEqual({
      requests: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      limits: { memory: '2Gi' },
    });
    expect(container.securityContext.readOnlyRootFilesystem).toBe(false);
    expect(container).not.toHaveProperty('args');
    expect(spec.template.metadata.labels['app.kubernetes.io/part-of']).toBe('platform');
    expect(spec.selector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'backstage',
      'app.kubernetes.io/instance': 'portal',
    });
  });

  test('every field can be reached: by a patch in the words of the API, or by cdk8s-plus', () => {
    const { find } = synthesize((on) => {
      const { directory } = portal(on);
      const { deployment, resource } = new BackstageDeployment(directory, 'portal', { image });
      deployment.containers[0]?.mount('/app/static', Volume.fromEmptyDir(deployment, 'static', 'static'));
      resource.addJsonPatch(
        JsonPatch.replace('/spec/template/spec/containers/0/resources/limits/memory', '3Gi'),
        JsonPatch.add('/spec/template/spec/hostUsers', false), // newer than cdk8s-plus-28
        JsonPatch.add('/spec/template/spec/containers/0/livenessProbe/httpGet/port', 'http'),
      );
    });
    expect(find('Deployment', 'portal')).toMatchObject({
      spec: {
        template: {
          spec: {
            hostUsers: false,
            containers: [
              {
                resources: { limits: { memory: '3Gi' } },
                livenessProbe: { httpGet: { port: 'http' } },
                readinessProbe: { httpGet: { port: 7007 } },
                volumeMounts: [{ mountPath: '/tmp' }, { mountPath: '/app/static' }],
              },
            ],
            volumes: [{ name: 'tmp' }, { name: 'static' }],
          },
        },
      },
    });
  });

  test('a Service selects its pods, and no others', () => {
    const { find } = synthesize((on) => {
      const { directory } = portal(on);
      const deployment = new BackstageDeployment(directory, 'deployment', { name: 'portal', image });
      deployment.service(directory, 'service', {
        name: 'portal',
        port: 8080,
        labels: { team: 'platform' },
        annotations: { a: 'b' },
      });
    });
    const selector = { 'app.kubernetes.io/name': 'backstage', 'app.kubernetes.io/instance': 'portal' };
    expect(find('Service', 'portal')).toMatchObject({
      metadata: { labels: { ...selector, team: 'platform' }, annotations: { a: 'b' } },
      spec: { selector, ports: [{ name: 'http', port: 8080, targetPort: 7007 }] },
    });
    expect(find('Deployment', 'portal')).toMatchObject({
      spec: { selector: { matchLabels: selector }, template: { metadata: { labels: selector } } },
    });
  });

  const pinned =
    'Allowed: an image pinned by a digest or by a tag that does not move (not latest, main, master, edge, …). Example: "ghcr.io/acme/app:1.4.2" or "ghcr.io/acme/app@sha256:<64 hex digits>".';
  const quantity =
    'Allowed: a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces. Example: "10Gi".';
  const probePath = 'Allowed: a path that begins with "/", without spaces. Example: "/.backstage/health/v1/readiness".';
  test.each<[string, Partial<BackstageDeploymentProps>, string]>([
    ['an image without a tag', { image: 'ghcr.io/acme/portal' }, `image is "ghcr.io/acme/portal". ${pinned}`],
    ['a tag that moves', { image: 'acme/portal:latest' }, `image is "acme/portal:latest". ${pinned}`],
    ['a registry with a port and no tag', { image: 'acme:5000/portal' }, `image is "acme:5000/portal". ${pinned}`],
    ['no replicas', { replicas: 0 }, 'replicas is 0. Allowed: a whole number of at least 1. Example: 1.'],
    ['fewer than no replicas', { replicas: -1 }, 'replicas is -1. Allowed: a whole number of at least 1. Example: 1.'],
    [
      'half a second',
      { terminationGracePeriod: 0.5 },
      'terminationGracePeriod is 0.5. Allowed: a whole number of at least 0. Example: 0.',
    ],
    [
      'a quantity with a space',
      { resources: { limits: { memory: '10 Gi' } } },
      `resources.limits.memory is "10 Gi". ${quantity}`,
    ],
    [
      'a quantity with an unknown unit',
      { resources: { requests: { cpu: '1core' } } },
      `resources.requests.cpu is "1core". ${quantity}`,
    ],
    [
      'a request above its limit',
      { resources: { limits: { memory: '256Mi' } } },
      'resources.requests.memory is "512Mi". Allowed: at most its limit, 256Mi. Example: "256Mi".',
    ],
    [
      'a path without its slash',
      { probes: { readiness: 'healthcheck' } },
      `probes.readiness is "healthcheck". ${probePath}`,
    ],
    ['an empty path', { probes: { liveness: '' } }, `probes.liveness is "". ${probePath}`],
    [
      'a name that is no host name',
      { name: 'dev.portal' },
      'name is "dev.portal". Allowed: a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters. Example: "my-app".',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(() => deploy(() => props)).toThrow(new Error(`${path}: ${message}`));
  });

  test('arguments and paths reach the container as they stand, also where Flux replaces variables', () => {
    const container = (substitute: boolean) => {
      const { find } = synthesize(
        (on) => {
          const { directory } = portal(on);
          new BackstageDeployment(directory, 'portal', {
            image,
            appConfig: new AppConfig(directory, 'app-config', { content: 'a: b' }),
            start: ['sh', '${HOME}/start', '$$'],
            imageConfigs: ['${CONFIG}.yaml'],
            probes: { readiness: '/${ready}', liveness: '/$$' },
          });
        },
        substitute ? { substitutions: { substitute: { a: 'b' } } } : {},
      );
      // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
      return (find('Deployment', 'portal').spec as any).template.spec.containers[0];
    };
    const written = ({ args, startupProbe, readinessProbe, livenessProbe }: ReturnType<typeof container>) => [
      args.slice(0, 5),
      [startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet.path),
    ];
    expect(written(container(false))).toEqual([
      ['sh', '${HOME}/start', '$$', '--config', '${CONFIG}.yaml'],
      ['/${ready}', '/${ready}', '/$$'],
    ]);
    expect(written(container(true))).toEqual([
      ['sh', '$${HOME}/start', '$$$$', '--config', '$${CONFIG}.yaml'],
      ['/$${ready}', '/$${ready}', '/$$$$'],
    ]);
  });

  test('a service account of another namespace or cluster is refused', () => {
    const deployAs = (account: (on: Stage, directory: Directory) => IServiceAccount) => {
      const on = stage();
      const { directory } = portal(on);
      return () => new BackstageDeployment(directory, 'deployment', { image, serviceAccount: account(on, directory) });
    };
    const allowed = 'Allowed: one of namespace portal in cluster soyo: pods cannot use one from elsewhere.';
    const example = (name: string) =>
      `Example: ServiceAccount.fromServiceAccountName(directory, 'existing', '${name}', { namespaceName: 'portal' }).`;
    expect(
      refusal(
        deployAs(
          ({ cluster }) =>
            new ServiceAccount(new Application(cluster, 'shop').directory, 'account', { metadata: { name: 'shop' } }),
        ),
      ),
    ).toBe(`${path}: serviceAccount is "shop/shop (soyo/apps/shop/shop/app/account)". ${allowed} ${example('shop')}`);
    expect(
      refusal(
        deployAs(({ app }) => {
          const props = { organisation: 'webgrip', environment: 'test', directory: 'other' };
          const { directory } = new Application(new Cluster(app, 'other', props), 'portal');
          return new ServiceAccount(directory, 'account', { metadata: { name: 'portal' } });
        }),
      ),
    ).toBe(
      `${path}: serviceAccount is "portal/portal (other/apps/portal/portal/app/account)". ${allowed} ${example('portal')}`,
    );
    // cdk8s-plus takes the namespace for `default` where it is left out.
    expect(
      refusal(deployAs((_, directory) => ServiceAccount.fromServiceAccountName(directory, 'existing', 'robot'))),
    ).toBe(
      `${path}: serviceAccount is "default/robot (soyo/apps/portal/portal/app/existing)". ${allowed} ${example('robot')}`,
    );
    const options = { namespaceName: 'portal' };
    expect(
      deployAs((_, directory) => ServiceAccount.fromServiceAccountName(directory, 'existing', 'robot', options)),
    ).not.toThrow();
  });

  test('a Service of another namespace or cluster is refused: it would find no pods', () => {
    const on = stage();
    const { directory } = portal(on);
    const deployment = new BackstageDeployment(directory, 'deployment', { image });
    const message = (at: string) =>
      `${path}: folder of the Service is "${at}". Allowed: one of namespace portal in cluster soyo: a Service selects only pods of its own namespace. Example: the folder of the deployment.`;
    const shop = new Application(on.cluster, 'shop').directory;
    expect(refusal(() => deployment.service(shop, 'service'))).toBe(message('soyo/apps/shop/shop/app'));
    const props = { organisation: 'webgrip', environment: 'test', directory: 'other' };
    const other = new Application(new Cluster(on.app, 'other', props), 'portal').directory;
    expect(refusal(() => deployment.service(other, 'service'))).toBe(message('other/apps/portal/portal/app'));
  });

  test('a Service whose name begins with a digit is refused', () => {
    const { directory } = portal(stage());
    const deployment = new BackstageDeployment(directory, 'deployment', { image, name: '3scale' });
    expect(refusal(() => deployment.service(directory, 'service', { name: '3scale' }))).toBe(
      `${path}: name of the Service is "3scale". Allowed: a DNS label: a-z, 0-9 and "-", beginning with a letter and ending with a letter or digit, at most 63 characters. Example: "my-app".`,
    );
  });

  test('a Service on a port that is none is refused', () => {
    const { directory } = portal(stage());
    const deployment = new BackstageDeployment(directory, 'deployment', { image });
    expect(() => deployment.service(directory, 'service', { port: 0 })).toThrow(
      new Error(
        `${path}: port of the Service is 0. Allowed: a whole number of at least 1 and at most 65535. Example: 1.`,
      ),
    );
    expect(() => deployment.service(directory, 'deployment')).toThrow(
      'soyo/apps/portal/portal/app: id is "deployment". Allowed: an id that is not taken',
    );
  });
});
