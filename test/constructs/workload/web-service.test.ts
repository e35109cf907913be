import { JsonPatch } from 'cdk8s';
import {
  type ContainerResources,
  EnvFieldPaths,
  EnvValue,
  HorizontalPodAutoscaler,
  ServiceAccount,
  Volume,
} from 'cdk8s-plus-28';
import {
  Application,
  ConfigMap,
  CronTask,
  Directory,
  StatefulService,
  WebService,
  type WebServiceProps,
  Worker,
} from '../../../lib';
import { at, building, image, resources, write } from './parts';

const gateway = { name: 'public', namespace: 'gateway-system' };
const least = { image, port: 8080, resources };

/** The Deployment's spec, the pods', and the container's, as they are written. */
function deploy(props: (parts: Parameters<Parameters<typeof write>[0]>[0]) => Partial<WebServiceProps>, cluster = {}) {
  const { find, findings } = write((parts) => {
    new WebService(parts.directory, 'shop', { ...least, ...props(parts) });
  }, cluster);
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  const spec = find('Deployment', 'shop').spec as any;
  return { spec, pod: spec.template.spec, container: spec.template.spec.containers[0], findings };
}

test('a WebService is a Deployment, a Service, a route and a ServiceAccount', () => {
  const { text, findings } = write(({ directory }) => {
    new WebService(directory, 'shop', {
      image: 'ghcr.io/acme/shop:1.4.2',
      port: 8080,
      host: 'shop.acme.example',
      gateway,
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } },
    });
  });
  expect(findings).toEqual([]);
  expect(text('shop.yaml')).toBe(`---
apiVersion: v1
kind: ServiceAccount
metadata:
  labels:
    app.kubernetes.io/name: shop
  name: shop
  namespace: shop
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    reloader.stakater.com/auto: "true"
  labels:
    app.kubernetes.io/name: shop
  name: shop
  namespace: shop
spec:
  replicas: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: shop
  template:
    metadata:
      labels:
        app.kubernetes.io/name: shop
        cdk8s.io/metadata.addr: shop
    spec:
      automountServiceAccountToken: false
      containers:
        - image: ghcr.io/acme/shop:1.4.2
          livenessProbe:
            failureThreshold: 6
            periodSeconds: 10
            tcpSocket:
              port: http
            timeoutSeconds: 5
          name: shop
          ports:
            - containerPort: 8080
              name: http
          readinessProbe:
            failureThreshold: 3
            periodSeconds: 10
            tcpSocket:
              port: http
            timeoutSeconds: 5
          resources:
            limits:
              memory: 128Mi
            requests:
              cpu: 50m
              memory: 128Mi
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop:
                - ALL
            readOnlyRootFilesystem: true
          startupProbe:
            failureThreshold: 60
            periodSeconds: 5
            tcpSocket:
              port: http
            timeoutSeconds: 5
          volumeMounts:
            - mountPath: /tmp
              name: tmp
      enableServiceLinks: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      serviceAccountName: shop
      volumes:
        - emptyDir: {}
          name: tmp
---
apiVersion: v1
kind: Service
metadata:
  labels:
    app.kubernetes.io/name: shop
  name: shop
  namespace: shop
spec:
  ports:
    - name: http
      port: 80
      targetPort: 8080
  selector:
    app.kubernetes.io/name: shop
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  labels:
    app.kubernetes.io/name: shop
  name: shop
  namespace: shop
spec:
  hostnames:
    - shop.acme.example
  parentRefs:
    - name: public
      namespace: gateway-system
  rules:
    - backendRefs:
        - name: shop
          port: 80
`);
});

test('in a cluster without defaults it writes what it is given', () => {
  const { text } = write(({ directory }) => new WebService(directory, 'shop', { ...least, resources: null }), {
    defaults: false,
  });
  expect(text('shop.yaml')).toBe(`---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: shop
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: shop
  template:
    metadata:
      labels:
        app.kubernetes.io/name: shop
    spec:
      containers:
        - image: ghcr.io/acme/shop:1.4.2
          name: shop
          ports:
            - containerPort: 8080
              name: http
---
apiVersion: v1
kind: Service
metadata:
  name: shop
  namespace: shop
spec:
  ports:
    - name: http
      port: 80
      targetPort: 8080
  selector:
    app.kubernetes.io/name: shop
`);
});

test('from two replicas on, all pods but one stay through a drain', () => {
  const budget = (props: Partial<WebServiceProps>) => {
    const { text } = write(({ directory }) => new WebService(directory, 'shop', { ...least, ...props }));
    return text('shop.yaml')
      .split('---\n')
      .find((document) => document.includes('PodDisruptionBudget'));
  };
  expect(budget({ replicas: 2 })).toBe(`apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  labels:
    app.kubernetes.io/name: shop
  name: shop
  namespace: shop
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: shop
`);
  expect(budget({ replicas: 3, disruptionBudget: { minAvailable: 2 } })).toContain(
    'spec:\n  minAvailable: 2\n  selector',
  );
  expect(budget({ replicas: 1 })).toBeUndefined();
  expect(budget({ replicas: 2, disruptionBudget: null })).toBeUndefined();
});

describe('what a container reads', () => {
  test('are variables, by handles', () => {
    const { container, findings } = deploy(({ database, config, secret, directory }) => ({
      envFrom: [config],
      env: {
        PRICE: '5 ${A}',
        TOKEN: secret.key('API_TOKEN'),
        LEVEL: config.key('LOG_LEVEL'),
        MAILER: new WebService(directory, 'mailer', least).address,
        REPLICA: database.host('r'),
      },
      database,
    }));
    expect(container.envFrom).toEqual([{ configMapRef: { name: 'shop-config' } }]);
    expect(container.env).toEqual([
      { name: 'PRICE', value: '5 ${A}' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'API_TOKEN' } } },
      { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'shop-config', key: 'LOG_LEVEL' } } },
      { name: 'MAILER', value: 'mailer.shop.svc' },
      { name: 'REPLICA', value: 'shop-db-r.shop.svc' },
      { name: 'PGHOST', value: 'shop-db-rw.shop.svc' },
      { name: 'PGPORT', value: '5432' },
      { name: 'PGUSER', valueFrom: { secretKeyRef: { name: 'shop-db-app', key: 'username' } } },
      { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'shop-db-app', key: 'password' } } },
      { name: 'PGDATABASE', value: 'shop' },
    ]);
    expect(findings).toEqual([]);
  });

  test('are files, by handles', () => {
    const { container, pod, findings } = deploy(({ files, secret, directory }) => ({
      emptyDirs: ['/tmp', '/var/cache/shop'],
      mounts: {
        '/etc/shop': files,
        '/etc/shop-secrets': secret,
        '/run/tls/server.pem': secret.key('tls.key'),
        '/app/config.yaml': files.key('shop.yaml'),
        '/data': Volume.fromHostPath(directory, 'host-path', 'data', { path: '/data' }),
      },
    }));
    expect(container.volumeMounts).toEqual([
      { name: 'etc-shop', mountPath: '/etc/shop', readOnly: true },
      { name: 'etc-shop-secrets', mountPath: '/etc/shop-secrets', readOnly: true },
      { name: 'run-tls-server-pem', mountPath: '/run/tls/server.pem', subPath: 'server.pem', readOnly: true },
      { name: 'app-config-yaml', mountPath: '/app/config.yaml', subPath: 'config.yaml', readOnly: true },
      { name: 'data', mountPath: '/data' },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'var-cache-shop', mountPath: '/var/cache/shop' },
    ]);
    expect(pod.volumes).toEqual([
      { name: 'etc-shop', configMap: { name: 'shop-files' } },
      { name: 'etc-shop-secrets', secret: { secretName: 'shop-secrets' } },
      {
        name: 'run-tls-server-pem',
        secret: { secretName: 'shop-secrets', items: [{ key: 'tls.key', path: 'server.pem' }] },
      },
      {
        name: 'app-config-yaml',
        configMap: { name: 'shop-files', items: [{ key: 'shop.yaml', path: 'config.yaml' }] },
      },
      { name: 'data', hostPath: { path: '/data', type: '' } },
      { name: 'tmp', emptyDir: {} },
      { name: 'var-cache-shop', emptyDir: {} },
    ]);
    expect(findings).toEqual([]);
  });

  test('is a ConfigMap that its folder generates, one that nothing here makes, or a field of the pod', () => {
    const { container, pod, findings } = deploy(({ directory }) => {
      const options = { disableNameSuffixHash: true };
      const configMapGenerator = [{ name: 'scripts', namespace: 'shop', literals: ['run.sh=true'], options }];
      const scripts = new Directory(directory, 'scripts', { kustomizationFile: { configMapGenerator } });
      return {
        emptyDirs: null,
        envFrom: [ConfigMap.named('cluster-settings')],
        env: { NODE: EnvValue.fromFieldRef(EnvFieldPaths.NODE_NAME) },
        mounts: { '/scripts': scripts.configMap('scripts') },
      };
    });
    expect(container.envFrom).toEqual([{ configMapRef: { name: 'cluster-settings' } }]);
    expect(container.env).toEqual([{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }]);
    expect(pod.volumes).toEqual([{ name: 'scripts', configMap: { name: 'scripts' } }]);
    expect(findings).toEqual([]);
    const elsewhere = building((directory) => {
      const mounts = { '/etc/shop': ConfigMap.named('shop', { namespace: 'media' }) };
      return new WebService(directory, 'shop', { ...least, mounts });
    });
    expect(elsewhere).toThrow(`${at}/shop: ConfigMap is "media/shop". Allowed: a ConfigMap of namespace shop`);
  });

  test('is a key of a ConfigMap, wherever that comes from', () => {
    const { container, pod, findings } = deploy(({ directory }) => {
      const options = { disableNameSuffixHash: true };
      const configMapGenerator = [{ name: 'scripts', namespace: 'shop', literals: ['run.sh=true'], options }];
      const scripts = new Directory(directory, 'scripts', { kustomizationFile: { configMapGenerator } });
      return {
        emptyDirs: null,
        env: { DOMAIN: ConfigMap.named('cluster-settings').key('DOMAIN') },
        mounts: { '/run.sh': scripts.configMap('scripts').key('run.sh') },
      };
    });
    const valueFrom = { configMapKeyRef: { name: 'cluster-settings', key: 'DOMAIN' } };
    expect(container.env).toEqual([{ name: 'DOMAIN', valueFrom }]);
    const items = [{ key: 'run.sh', path: 'run.sh' }];
    expect(pod.volumes).toEqual([{ name: 'run-sh', configMap: { name: 'scripts', items } }]);
    expect(findings).toEqual([]);
    const settings = ConfigMap.named('settings', { keys: ['DOMAIN'] });
    // @ts-expect-error it does not have this key
    expect(() => settings.key('DOMAN')).toThrow(
      'ConfigMap.named("settings"): the key "DOMAN". Allowed: one of its keys: DOMAIN. Example: "DOMAIN".',
    );
  });

  test('is waited for', () => {
    const { find } = write(({ directory, database }) => new WebService(directory, 'shop', { ...least, database }));
    expect(find('Kustomization', 'shop')).toMatchObject({ spec: { dependsOn: [{ name: 'shop-data' }] } });
  });

  test('reaches it as it stands, whatever Flux replaces', () => {
    const substitutions = { substitute: { a: 'b' } };
    const { container } = deploy(() => ({ env: { PRICE: '${A}' }, args: ['${B}'] }), { substitutions });
    expect(container).toMatchObject({ env: [{ name: 'PRICE', value: '$${A}' }], args: ['$${B}'] });
  });
});

test('pods have labels and annotations of their own, but for those that select them', () => {
  const { find } = write(({ directory }) => {
    const podLabels = { team: 'shop', 'app.kubernetes.io/name': 'other' };
    const pods = { podLabels, podAnnotations: { 'prometheus.io/scrape': 'true' } };
    new WebService(directory, 'shop', { ...least, ...pods });
    new CronTask(directory, 'report', { image, resources, schedule: '@daily', ...pods });
  });
  const metadata = (name: string) => ({
    annotations: { 'prometheus.io/scrape': 'true' },
    labels: { team: 'shop', 'app.kubernetes.io/name': name },
  });
  expect(find('Deployment', 'shop')).toMatchObject({ spec: { template: { metadata: metadata('shop') } } });
  expect(find('CronJob', 'report')).toMatchObject({
    spec: { jobTemplate: { spec: { template: { metadata: metadata('report') } } } },
  });
  expect(find('Deployment', 'shop')).not.toMatchObject({ metadata: { labels: { team: 'shop' } } });
});

test('a port that speaks no HTTP has a name of its own, and the same number in the Service', () => {
  const { find, findings } = write(({ directory }) => {
    const ports = { metrics: 9121, cluster: 16379 };
    const service = { name: 'shop-cache', ports: ['cluster'] };
    const cache = new WebService(directory, 'cache', { ...least, port: 6379, portName: 'redis', ports, service });
    expect(cache.port()).toMatchObject({ name: 'shop-cache', portName: 'redis', port: 6379 });
    expect(cache.address.host).toBe('shop-cache.shop.svc');
  });
  expect(find('Service', 'shop-cache').spec).toMatchObject({
    ports: [
      { name: 'redis', port: 6379, targetPort: 6379 },
      { name: 'cluster', port: 16379, targetPort: 16379 },
    ],
  });
  expect(find('Deployment', 'cache')).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              ports: [
                { name: 'redis', containerPort: 6379 },
                { name: 'metrics', containerPort: 9121 },
                { name: 'cluster', containerPort: 16379 },
              ],
              readinessProbe: { tcpSocket: { port: 'redis' } },
            },
          ],
        },
      },
    },
  });
  expect(findings).toEqual([]);
});

test('probes ask for a path, for what Kubernetes has, or for nothing', () => {
  const patience = { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 };
  const { container } = deploy(() => ({
    probes: { readiness: '/ready', liveness: { exec: { command: ['alive'] }, periodSeconds: 60 } },
  }));
  expect(container.startupProbe).toEqual({ httpGet: { path: '/ready', port: 'http' }, ...patience });
  expect(container.readinessProbe).toMatchObject({ httpGet: { path: '/ready', port: 'http' }, failureThreshold: 3 });
  expect(container.livenessProbe).toEqual({ exec: { command: ['alive'] }, periodSeconds: 60 });
  const one = deploy(() => ({ probes: { startup: null, liveness: null } })).container;
  expect(Object.keys(one).filter((field) => field.endsWith('Probe'))).toEqual(['readinessProbe']);
  const none = deploy(() => ({ probes: null })).container;
  expect(Object.keys(none).filter((field) => field.endsWith('Probe'))).toEqual([]);
});

test('further ports are those of the container and of the Service', () => {
  const { find, findings } = write(({ directory }) => {
    const service = { port: 8000, annotations: { team: 'shop' }, spec: { type: 'LoadBalancer' } } as const;
    new WebService(directory, 'shop', { ...least, ports: { metrics: 9090 }, service });
  });
  expect(find('Service', 'shop')).toMatchObject({
    metadata: { annotations: { team: 'shop' } },
    spec: {
      type: 'LoadBalancer',
      ports: [
        { name: 'http', port: 8000, targetPort: 8080 },
        { name: 'metrics', port: 9090, targetPort: 9090 },
      ],
    },
  });
  expect(findings).toEqual([]);
});

test('null takes every default away, and fields of the container and the pods can be set', () => {
  const { spec, pod, container, findings } = deploy(() => ({
    user: 1000,
    replicas: null,
    emptyDirs: null,
    serviceAccount: null,
    serviceAccountToken: null,
    container: { securityContext: { readOnlyRootFilesystem: null }, imagePullPolicy: 'Always', livenessProbe: null },
    pod: { enableServiceLinks: null, nodeSelector: { disk: 'ssd' }, securityContext: { fsGroup: null } },
    spec: { strategy: { type: 'Recreate' } },
  }));
  expect(spec.replicas).toBeUndefined();
  expect(spec.strategy).toEqual({ type: 'Recreate' });
  const { containers, ...others } = pod;
  expect(containers).toHaveLength(1);
  expect(others).toEqual({
    nodeSelector: { disk: 'ssd' },
    securityContext: {
      ...{ runAsUser: 1000, runAsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch', runAsNonRoot: true },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  });
  expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  expect(container.imagePullPolicy).toBe('Always');
  expect(container.livenessProbe).toBeUndefined();
  expect(container.volumeMounts).toBeUndefined();
  expect(findings).toEqual([]);
});

test('the objects of cdk8s-plus stay reachable', () => {
  const { find, findings } = write(({ directory }) => {
    const serviceAccount = new ServiceAccount(directory, 'account', { metadata: { name: 'shop' } });
    const web = new WebService(directory, 'shop', { ...least, serviceAccount, replicas: null });
    web.container.mount('/cache', Volume.fromEmptyDir(directory, 'cache', 'cache'));
    new HorizontalPodAutoscaler(directory, 'autoscaler', { target: web.workload, maxReplicas: 5 });
    web.resource.addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 5));
  });
  const spec = find('Deployment', 'shop').spec as Record<string, unknown>;
  expect(spec.replicas).toBeUndefined();
  expect(spec).toMatchObject({ minReadySeconds: 5, template: { spec: { serviceAccountName: 'shop' } } });
  expect(JSON.stringify(spec)).toContain('{"mountPath":"/cache","name":"cache"}');
  expect(findings).toEqual([]);
});

test('a container that is added says what it needs, too', () => {
  const add = (resources?: ContainerResources) => () =>
    write(({ directory }) => {
      const { workload } = new WebService(directory, 'shop', least);
      workload.addContainer({ name: 'proxy', image: 'ghcr.io/acme/proxy:1.0.0', ...(resources && { resources }) });
    });
  expect(add()).toThrow(
    `${at}/shop: resources of the container proxy is not set. Allowed: what it needs: cdk8s-plus would assume a CPU and 2Gi of memory.`,
  );
  expect(JSON.stringify(add({})().find('Deployment', 'shop'))).not.toContain('1500m');
});

test('containers that are added are as restricted, unless they run as root', () => {
  const { find } = write(({ directory }) => {
    const { workload } = new WebService(directory, 'shop', least);
    const more = { image: 'ghcr.io/acme/proxy:1.0.0', resources: {} };
    workload.addContainer({ ...more, name: 'proxy' });
    workload.addInitContainer({ ...more, name: 'chown', securityContext: { user: 0, ensureNonRoot: false } });
  });
  const asRoot = expect.not.objectContaining({ capabilities: expect.anything() });
  const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true };
  const containers = [{}, { name: 'proxy', securityContext: restricted }];
  const initContainers = [{ name: 'chown', securityContext: asRoot }];
  expect(find('Deployment', 'shop')).toMatchObject({ spec: { template: { spec: { containers, initContainers } } } });
});

test('its pods are let into a namespace of the restricted Pod Security Standard', () => {
  const into = (props: Partial<WebServiceProps>) =>
    write((_, { cluster }) => {
      cluster.inNamespace('strict', { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } });
      const { directory } = new Application(cluster, 'strict');
      new WebService(directory, 'web', { ...least, ...props });
      new StatefulService(directory, 'set', { ...least, user: 1000, volumes: { '/data': { size: '1Gi' } } });
      new CronTask(directory, 'task', { image, resources, schedule: '@daily' });
    }).findings;
  expect(into({})).toEqual([]);
  expect(into({ container: { securityContext: null } })).toEqual(
    ['allowPrivilegeEscalation', 'capabilities.drop'].map((field) =>
      expect.stringContaining(`.securityContext.${field}`),
    ),
  );
});

test('a Service of one’s own selects its pods', () => {
  const { text, findings } = write(({ directory }) => {
    const selector = { app: 'shop' };
    new WebService(directory, 'shop', { ...least, selector });
  });
  expect(text('shop.yaml')).toContain('  selector:\n    app: shop\n');
  expect(findings).toEqual([]);
});

test('without a namespace none of its objects has one', () => {
  const { text } = write(({ directory }) => {
    const props = { host: 'shop.acme.example', gateway: { name: 'public' }, replicas: 2 };
    new WebService(directory, 'shop', { ...least, ...props, namespace: null });
  });
  expect(text('shop.yaml').match(/^kind:/gm)).toHaveLength(5);
  expect(text('shop.yaml')).not.toContain('namespace:');
});

test('a Worker is a Deployment that nobody sends requests to', () => {
  const { text, findings } = write(({ directory }) => {
    new Worker(directory, 'mailer', {
      image,
      args: ['mail'],
      resources,
      replicas: 2,
      probes: { liveness: { exec: { command: ['a'] } } },
    });
  });
  const kinds = [...text('mailer.yaml').matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind);
  expect(kinds).toEqual(['ServiceAccount', 'Deployment', 'PodDisruptionBudget']);
  expect(text('mailer.yaml')).toContain(`        - args:
            - mail
          image: ghcr.io/acme/shop:1.4.2
          livenessProbe:
            exec:
              command:
                - a
          name: mailer
          resources:
            limits:
              memory: 128Mi
`);
  expect(findings).toEqual([]);
});

describe('is refused where it is given:', () => {
  test.each<[string, Partial<WebServiceProps>, string]>([
    [
      'an image that moves',
      { image: 'ghcr.io/acme/shop:latest' },
      'image is "ghcr.io/acme/shop:latest". Allowed: an image pinned',
    ],
    [
      'no resources',
      { resources: undefined as never },
      "resources is not set. Allowed: what the container needs; null for nothing. Example: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } }.",
    ],
    [
      'no limit of memory',
      { resources: { requests: { cpu: '1', memory: '1Gi' } } as never },
      'resources.limits.memory is not set. Allowed: a quantity, since nothing is assumed; null for none.',
    ],
    [
      'a request above its limit',
      { resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Mi' } } },
      'resources.requests.memory is "1Gi". Allowed: at most its limit, 1Mi.',
    ],
    [
      'no quantity',
      { resources: { requests: { cpu: 'much', memory: null }, limits: { memory: null } } },
      'resources.requests.cpu is "much". Allowed: a Kubernetes quantity',
    ],
    ['a port that is none', { port: 0 }, 'port is 0. Allowed: a whole number of at least 1 and at most 65535.'],
    [
      'two ports of one number',
      { ports: { metrics: 8080 } },
      'ports.metrics is 8080. Allowed: names and numbers that differ',
    ],
    [
      'one path for all probes',
      { probes: '/healthz' as never },
      'probes is "/healthz". Allowed: the probes of each kind; null for none at all. Example: { readiness: ',
    ],
    [
      'thousandths of a byte',
      { resources: { requests: { cpu: '50m', memory: '128m' }, limits: { memory: null } } },
      'resources.requests.memory is "128m". Allowed: whole bytes. Example: "128Mi".',
    ],
    ['a number as an argument', { args: [8080 as never] }, 'args[0] is 8080. Allowed: a text. Example: "8080".'],
    [
      'a name as a whole ConfigMap',
      { envFrom: ['shop' as never] },
      'envFrom is "shop". Allowed: a ConfigMap or a Secret',
    ],
    [
      'the name of a database',
      { database: 'shop' as never },
      'database is "shop". Allowed: a PostgresCluster, or a role',
    ],
    ['the name of a port', { ports: { METRICS: 9090 } }, 'ports: a name is "METRICS". Allowed: a-z, 0-9 and "-"'],
    [
      'a host without a Gateway',
      { host: 'a.example.org' },
      'gateway is not set. Allowed: given where the other one of host and gateway is',
    ],
    ['a Gateway without a host', { gateway }, 'host is not set. Allowed: given where the other one'],
    [
      'a host without a Service',
      { host: 'a.example.org', gateway, service: null },
      'service is null. Allowed: a Service, which the route leads to.',
    ],
    [
      'a path of a probe',
      { probes: { readiness: 'ready' } },
      'probes.readiness is "ready". Allowed: a path that begins with "/", without spaces.',
    ],
    ['the name of a port', { portName: 'HTTP' }, 'portName is "HTTP". Allowed: '],
    [
      'a port of the Service that the container lacks',
      { service: { ports: ['metrics'] } },
      'service.ports is "metrics". Allowed: ports of the container: http.',
    ],
    ['root', { user: 0 }, 'user is 0. Allowed: a whole number of at least 1.'],
    ['a path that is none', { emptyDirs: ['tmp'] }, 'emptyDirs is "tmp". Allowed: an absolute path in the container'],
    [
      'two paths of one name',
      { emptyDirs: ['/a/b', '/a-b'] },
      'mounts and emptyDirs is "/a-b". Allowed: paths that differ in more than punctuation',
    ],
    [
      'what is no file',
      { mounts: { '/etc/shop': 'config' as never } },
      'mounts["/etc/shop"]. Allowed: a ConfigMap, a Secret, a key of either, a PersistentVolumeClaim, or a Volume of cdk8s-plus.',
    ],
    ['a name', { name: 'Shop' }, 'name is "Shop". Allowed: a DNS label'],
    [
      'what the API server refuses',
      { pod: { restartPolicy: 'Never' } },
      'spec.template.spec.restartPolicy is "Never". It must be',
    ],
    [
      'a budget that the API server refuses',
      { disruptionBudget: { minAvailable: 1, maxUnavailable: 1 } },
      'disruptionBudget: spec',
    ],
  ])('%s', (_, props, message) => {
    expect(building((on) => new WebService(on, 'web', { ...least, ...props }))).toThrow(`${at}/web: ${message}`);
  });

  test('a key that the Secret lacks, and a variable twice', () => {
    const build = (env: object) =>
      building((on, { secret, config }) => {
        new WebService(on, 'web', {
          ...least,
          envFrom: [config],
          env: { ...env, ...('key' in env && { TOKEN: { secret, key: 'no' } }) } as never,
        });
      });
    expect(build({ key: 'a' })).toThrow(
      'the key "no" of Secret shop-secrets. Allowed: one of its keys: API_TOKEN, tls.key.',
    );
    expect(build({ LOG_LEVEL: 'debug' })).toThrow(
      `${at}/web: the variable LOG_LEVEL is ["ConfigMap shop-config","env"].`,
    );
  });

  test('the address of a workload without a Service', () => {
    expect(building((on) => new WebService(on, 'web', { ...least, service: null }).address)).toThrow(
      `${at}/web: address. Allowed: a workload with a Service. Example: leave out service: null.`,
    );
  });
});
