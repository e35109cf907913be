import {
  Alert,
  Application,
  Certificate,
  Cluster,
  ClusterIssuer,
  Gateway,
  HorizontalPodAutoscaler,
  type KindObject,
  Manifest,
  Pooler,
  Provider,
  Secret,
  Service,
  ServiceMonitor,
  servicePort,
  TcpRoute,
  WebService,
} from '../../../lib';
import { refusal, stage } from '../synthesize';
import { at, image, resources, shop } from '../workload/parts';

/** An app, and what lies in another namespace. */
function parts() {
  const on = stage();
  const { directory } = shop(on);
  const there = new Application(on.cluster, 'network').directory;
  const web = new WebService(directory, 'web', { image, resources, port: 8080 });
  const spec = { secretName: 'edge-tls', issuerRef: { name: 'internal' }, dnsNames: ['example.org'] };
  const certificate = new Certificate(there, 'tls', { spec });
  return { ...on, directory, there, web, certificate };
}

type Parts = ReturnType<typeof parts>;

const listeners = (parts: Parts) => [
  { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [parts.certificate.secret] } },
];

test.each<[string, (parts: Parts) => unknown, string]>([
  [
    'a spec that is not there',
    ({ directory }) => new Provider(directory, 'x', {} as never),
    `${at}/x: spec is not set. Allowed: spec of a Provider, as the API has it. Example: {}.`,
  ],
  [
    'an object of another kind',
    ({ directory, web }) =>
      new Certificate(directory, 'x', {
        spec: { secretName: 'x', issuerRef: web as never, dnsNames: ['a.example.org'] },
      }),
    `${at}/x: spec.issuerRef is "Deployment web". Allowed: an Issuer or ClusterIssuer.`,
  ],
  [
    'what makes a Secret for the Secret',
    ({ there, certificate }) => new Provider(there, 'x', { spec: { type: 'slack', secretRef: certificate as never } }),
    'soyo/apps/network/network/app/x: spec.secretRef is "Certificate tls". Allowed: a Secret.',
  ],
  [
    'an object of another namespace, where the API looks in its own',
    ({ there, web }) => new HorizontalPodAutoscaler(there, 'x', { spec: { scaleTargetRef: web, maxReplicas: 3 } }),
    'soyo/apps/network/network/app/x: spec.scaleTargetRef is "shop/web". Allowed: a Deployment or StatefulSet or ReplicaSet or ReplicationController of namespace network, where it is looked for.',
  ],
  [
    'a Secret of another namespace, which a grant would have to allow',
    (all) => new Gateway(all.directory, 'x', { spec: { gatewayClassName: 'envoy', listeners: listeners(all) } }),
    `${at}/x: spec.listeners[0].tls.certificateRefs[0] is "network/edge-tls". Allowed: a Secret of namespace shop: another namespace needs a ReferenceGrant. Example: { name: 'edge-tls', namespace: 'network' }, with a ReferenceGrant there.`,
  ],
  [
    'pods of another namespace, which a selector does not find',
    ({ there, web }) => new ServiceMonitor(there, 'x', { spec: { selector: web, endpoints: [] } }),
    `soyo/apps/network/network/app/x: spec.selector is "${at}/web". Allowed: one of namespace network, where labels are looked for, or a namespaceSelector beside.`,
  ],
  [
    'pods, where Services are looked for',
    ({ directory, web }) => new ServiceMonitor(directory, 'x', { spec: { selector: web.workload, endpoints: [] } }),
    `${at}/x: spec.selector is "Deployment web". Allowed: a Service.`,
  ],
  [
    'a Secret in place of one of its keys',
    ({ directory, web }) =>
      new ServiceMonitor(directory, 'x', {
        spec: { selector: web, endpoints: [{ bearerTokenSecret: Secret.named('token') as never }] },
      }),
    `${at}/x: spec.endpoints[0].bearerTokenSecret is "token". Allowed: a key of Secret token.`,
  ],
  [
    'a key where a Secret is named as a whole',
    ({ directory }) =>
      new Provider(directory, 'x', { spec: { type: 'slack', secretRef: Secret.named('token').key('a') as never } }),
    `${at}/x: spec.secretRef is "token". Allowed: Secret token itself.`,
  ],
  [
    'an object of another cluster',
    ({ app, directory }) => {
      const mars = new Cluster(app, 'mars', { directory: 'mars' });
      const there = new Application(mars, 'shop').directory;
      const providerRef = new Provider(there, 'slack', { spec: { type: 'slack' } });
      new Alert(directory, 'x', { spec: { providerRef, eventSources: [] } });
    },
    `${at}/x: spec.providerRef is "mars/apps/shop/shop/app/slack". Allowed: one of the same cluster (soyo).`,
  ],
  [
    'a key that the Secret of a Certificate does not have',
    ({ certificate }) => certificate.secret.key('key.der'),
    'soyo/apps/network/network/app/tls: the key "key.der" of Secret network/edge-tls. Allowed: one of its keys: tls.crt, tls.key, ca.crt. Example: "tls.crt".',
  ],
  [
    'a listener that a Gateway does not have',
    (all) =>
      new Gateway(all.there, 'x', { spec: { gatewayClassName: 'envoy', listeners: listeners(all) } }).listener('http'),
    'soyo/apps/network/network/app/x: listener is "http". Allowed: one of its listeners: https.',
  ],
  [
    'a port that a Service does not have',
    ({ directory }) => new Service(directory, 'x', { spec: { ports: [{ name: 'http', port: 80 }] } }).port('web'),
    `${at}/x: port is "web". Allowed: one of its ports: http.`,
  ],
  [
    'a port that the Service of a workload does not have',
    ({ web }) => web.port('metrics'),
    `${at}/web/Service: port is "metrics". Allowed: one of its ports: http.`,
  ],
  [
    'a port without a name, where one is named',
    ({ directory }) => {
      const selector = new Service(directory, 'service', { spec: { ports: [{ port: 80 }] } });
      new ServiceMonitor(directory, 'x', { spec: { selector: {}, endpoints: [{ port: selector.port() }] } });
    },
    `${at}/x: spec.endpoints[0].port is "service". Allowed: the name of a port, or a port that has a name. Example: service.port('http').`,
  ],
  [
    'an object without labels, where labels are looked for',
    ({ directory }) => {
      const selector = new Service(directory, 'service', { spec: { ports: [{ name: 'http', port: 80 }] } });
      new ServiceMonitor(directory, 'x', { spec: { selector, endpoints: [] } });
    },
    `${at}/x: spec.selector is "${at}/service". Allowed: an object with labels, by which it is found.`,
  ],
  [
    'a port where a number stands that is none of a Service',
    ({ there, web }) => {
      const listeners = [{ name: 'a', port: web.port() as never, protocol: 'TCP' }];
      new Gateway(there, 'x', { spec: { gatewayClassName: 'envoy', listeners } });
    },
    'soyo/apps/network/network/app/x: spec.listeners[0].port. Allowed: a value as the API has it, since the field names no port of a Service.',
  ],
  [
    'a value that holds itself',
    ({ directory }) => {
      const spec: Record<string, unknown> = { type: 'slack' };
      spec.self = spec;
      new Provider(directory, 'x', { spec: spec as never });
    },
    `${at}/x: spec.self.self.self.self.self.self.self.self.self.self.self.…. Allowed: at most 500 levels, and no value that holds itself.`,
  ],
  [
    'a name that no object has',
    ({ directory }) =>
      new Alert(directory, 'x', { spec: { providerRef: Provider.named('My Chat'), eventSources: [] } }),
    `${at}/x: the name of a Provider is "My Chat". Allowed: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters. Example: "my-app".`,
  ],
  [
    'a value that the system refuses',
    ({ directory }) => {
      const pgbouncer = { poolMode: 'session', parameters: { logfile: '/tmp/x' } } as const;
      new Pooler(directory, 'x', { spec: { cluster: { name: 'shop-db' }, type: 'rw', pgbouncer } });
    },
    `${at}/x: spec.pgbouncer.parameters.logfile is "/tmp/x". It must be left out: CloudNativePG does not allow it.`,
  ],
])('%s is refused', (_, act, message) => {
  const given = parts();
  expect(refusal(() => act(given))).toBe(message);
});

test('a port of a Service of cdk8s-plus is found by its name', () => {
  const { web } = parts();
  const { service } = web as { service: NonNullable<typeof web.service> };
  expect(servicePort(service, 'http')).toMatchObject({ name: 'web', port: 80, portName: 'http', namespace: 'shop' });
});

test('beside a namespace, a construct stands for the name alone', () => {
  const { directory, there } = parts();
  const gateway = new Gateway(there, 'edge', { spec: { gatewayClassName: 'envoy', listeners: [] } });
  const parentRefs = [{ name: gateway, namespace: 'network', sectionName: 'tls' }];
  const made = new TcpRoute(directory, 'x', { spec: { parentRefs, rules: [] } });
  expect(made.spec.parentRefs).toEqual([{ name: 'edge', namespace: 'network', sectionName: 'tls' }]);
  const wrong = [{ name: made, namespace: 'network' }];
  expect(refusal(() => new TcpRoute(directory, 'y', { spec: { parentRefs: wrong, rules: [] } }))).toBe(
    `${at}/y: spec.parentRefs[0].name is "TCPRoute x". Allowed: a Gateway.`,
  );
});

test('a named object stands for its name where a text stands', () => {
  const { directory } = parts();
  const issuerRef = { kind: 'ClusterIssuer', name: ClusterIssuer.named('letsencrypt') };
  const made = new Certificate(directory, 'x', { spec: { secretName: 'x', issuerRef, dnsNames: ['a.example.org'] } });
  expect(made.spec.issuerRef).toEqual({ kind: 'ClusterIssuer', name: 'letsencrypt' });
  const metadata = { annotations: { 'cert-manager.io/cluster-issuer': ClusterIssuer.named('letsencrypt') } };
  const written = new Manifest(directory, 'y', { apiVersion: 'v1', kind: 'Service', metadata }).resource.toJson();
  expect(written.metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
});

test('what a named object stands for is noted, and waited for where a construct brings it', () => {
  const { app, directory, cluster } = parts();
  const operator = new Application(cluster, 'notify');
  const providerRef = Provider.named('slack', { producer: operator });
  const made: KindObject = new Alert(directory, 'x', { spec: { providerRef, eventSources: [] } });
  expect(made.spec).toEqual({ providerRef: { name: 'slack' }, eventSources: [] });
  expect(JSON.stringify(app.tree().files.find(({ path }) => path.endsWith('shop/shop/ks.yaml'))?.documents)).toContain(
    '"dependsOn":[{"name":"notify","namespace":"notify"}]',
  );
});
