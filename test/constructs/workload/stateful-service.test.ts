import { StatefulService, type StatefulServiceProps, WebService } from '../../../lib';
import { at, building, image, resources, write } from './parts';

const least = { image, port: 9200, user: 1000, volumes: { '/var/lib/search': { size: '20Gi' } }, resources };

test('a StatefulService is a StatefulSet with volumes that stay, a headless Service, a Service and a ServiceAccount', () => {
  const { text, findings } = write(({ directory }) => new StatefulService(directory, 'search', least));
  expect(findings).toEqual([]);
  expect(text('search.yaml')).toBe(`---
apiVersion: v1
kind: ServiceAccount
metadata:
  labels:
    app.kubernetes.io/name: search
  name: search
  namespace: shop
automountServiceAccountToken: false
---
apiVersion: v1
kind: Service
metadata:
  labels:
    app.kubernetes.io/name: search
  name: search-headless
  namespace: shop
spec:
  clusterIP: None
  ports:
    - name: http
      port: 9200
      targetPort: 9200
  selector:
    app.kubernetes.io/name: search
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  annotations:
    reloader.stakater.com/auto: "true"
  labels:
    app.kubernetes.io/name: search
  name: search
  namespace: shop
spec:
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
    whenScaled: Retain
  replicas: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: search
  serviceName: search-headless
  template:
    metadata:
      labels:
        app.kubernetes.io/name: search
        cdk8s.io/metadata.addr: search
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
          name: search
          ports:
            - containerPort: 9200
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
            - mountPath: /var/lib/search
              name: var-lib-search
      enableServiceLinks: false
      securityContext:
        fsGroup: 1000
        fsGroupChangePolicy: OnRootMismatch
        runAsGroup: 1000
        runAsNonRoot: true
        runAsUser: 1000
        seccompProfile:
          type: RuntimeDefault
      serviceAccountName: search
      volumes:
        - emptyDir: {}
          name: tmp
  volumeClaimTemplates:
    - metadata:
        name: var-lib-search
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 20Gi
---
apiVersion: v1
kind: Service
metadata:
  labels:
    app.kubernetes.io/name: search
  name: search
  namespace: shop
spec:
  ports:
    - name: http
      port: 80
      targetPort: 9200
  selector:
    app.kubernetes.io/name: search
`);
});

test('it has what a WebService has: a route, further ports, a budget, an address', () => {
  const { text, find, findings } = write(({ directory }) => {
    const search = new StatefulService(directory, 'search', {
      ...least,
      ports: { transport: 9300 },
      host: 'search.acme.example',
      gateway: { name: 'public', namespace: 'gateway-system' },
      replicas: 3,
      probes: { readiness: '/ready' },
      env: { PEERS: 'search-headless' },
    });
    expect(search.headlessService.name).toBe('search-headless');
    new WebService(directory, 'shop', { image, port: 80, resources, env: { SEARCH: search.address } });
  });
  const kinds = [...text('search.yaml').matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind);
  expect(kinds).toEqual([
    ...['ServiceAccount', 'Service', 'StatefulSet', 'Service', 'HTTPRoute', 'PodDisruptionBudget'],
  ]);
  expect(find('Service', 'search-headless')).toMatchObject({
    spec: {
      clusterIP: 'None',
      ports: [
        { name: 'http', port: 9200 },
        { name: 'transport', port: 9300 },
      ],
    },
  });
  expect(text('shop.yaml')).toContain('value: search.shop.svc');
  expect(findings).toEqual([]);
});

test('its headless Service may have a name and fields of its own, and be the only one', () => {
  const { text, find, findings } = write(({ directory }) => {
    const spec = { publishNotReadyAddresses: true };
    const headlessService = { name: 'search', annotations: { team: 'shop' }, spec };
    new StatefulService(directory, 'search', { ...least, service: null, headlessService });
  });
  expect([...text('search.yaml').matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind)).toEqual([
    ...['ServiceAccount', 'Service', 'StatefulSet'],
  ]);
  expect(find('StatefulSet', 'search')).toMatchObject({ spec: { serviceName: 'search' } });
  expect(find('Service', 'search')).toMatchObject({
    metadata: { annotations: { team: 'shop' } },
    spec: { clusterIP: 'None', publishNotReadyAddresses: true, ports: [{ name: 'http', port: 9200 }] },
  });
  expect(findings).toEqual([]);
});

test('volumes have a class, a name and modes', () => {
  const { find, findings } = write(({ directory }) => {
    const spec = { accessModes: ['ReadWriteOncePod'] };
    new StatefulService(directory, 'search', {
      ...least,
      volumes: {
        '/data': { size: '1Gi', storageClass: 'fast', name: 'index', labels: { team: 'shop' }, spec },
        '/logs': { size: '2Gi' },
      },
      spec: { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' }, podManagementPolicy: 'Parallel' },
    });
  });
  expect(find('StatefulSet', 'search')).toMatchObject({
    spec: {
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Delete' },
      podManagementPolicy: 'Parallel',
      template: {
        spec: {
          containers: [
            {
              volumeMounts: [
                { name: 'tmp', mountPath: '/tmp' },
                { name: 'index', mountPath: '/data' },
                { name: 'logs', mountPath: '/logs' },
              ],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'index' },
          spec: {
            accessModes: ['ReadWriteOncePod'],
            resources: { requests: { storage: '1Gi' } },
            storageClassName: 'fast',
          },
        },
        { metadata: { name: 'logs' }, spec: { resources: { requests: { storage: '2Gi' } } } },
      ],
    },
  });
  expect(findings).toEqual([]);
});

test.each<[string, Partial<StatefulServiceProps>, string]>([
  [
    'no size',
    { volumes: { '/data': {} as never } },
    'volumes["/data"].size is not set. Allowed: a Kubernetes quantity',
  ],
  ['no volumes', { volumes: undefined as never }, 'volumes is not set. Allowed: the volumes of each pod, by path.'],
  [
    'nobody whom its volumes belong to',
    { user: undefined as never },
    "user is not set. Allowed: the number of the user whom its volumes belong to; null for the image's own. Example: user: 1000.",
  ],
  ['a path', { volumes: { data: { size: '1Gi' } } }, 'volumes: a path is "data". Allowed: an absolute path'],
  [
    'two volumes of one name',
    { volumes: { '/data': { size: '1Gi' }, '/b': { size: '1Gi', name: 'data' } } },
    'volumes["/b"].name is "data". Allowed: a name of its own. Example: "data-2".',
  ],
  ['a claim that is mounted twice', { emptyDirs: ['/var/lib/search'] }, 'spec.template.spec.containers[0]'],
  [
    'a name that is too long for its pods',
    { name: 'a'.repeat(53), service: null, headlessService: { name: 'set' } },
    `name is "${'a'.repeat(53)}". Allowed: a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 52 characters`,
  ],
])('%s is refused', (_, props, message) => {
  expect(building((on) => new StatefulService(on, 'set', { ...least, ...props }))).toThrow(`${at}/set: ${message}`);
});
