import { Service, ServiceAccount } from 'cdk8s-plus-28';
import { Application } from '../../../lib';
import { ConfigMap, HttpRoute, type HttpRouteProps, KubernetesReadAccess } from '../../../lib/constructs/backstage';
import { type Stage, stage, synthesize } from '../synthesize';

const app = 'soyo/apps/shop/shop/app';
const shop = ({ cluster }: Stage) => new Application(cluster, 'shop').directory;

describe('ConfigMap', () => {
  test('holds what it is given, and knows its keys', () => {
    const { built, find } = synthesize(
      (on) =>
        new ConfigMap(shop(on), 'config', {
          name: 'shop-config',
          labels: { team: 'shop' },
          data: { LOG_LEVEL: 'info', 'a.txt': '' },
        }),
    );
    expect(find('ConfigMap', 'shop-config')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'shop-config', namespace: 'shop', labels: { team: 'shop' } },
      data: { LOG_LEVEL: 'info', 'a.txt': '' },
    });
    expect(built.keys).toEqual(['LOG_LEVEL', 'a.txt']);
  });

  test.each<[Record<string, unknown>, string]>([
    [
      { 'a b': 'c' },
      'a key of data is "a b". Allowed: letters, digits, "-", "_" and ".", at most 253 characters. Example: "API_TOKEN".',
    ],
    [{ PORT: 80 }, 'data["PORT"] is 80. Allowed: a string. Example: "80".'],
  ])('refuses %j', (data, message) => {
    expect(() => new ConfigMap(shop(stage()), 'config', { data: data as never })).toThrow(
      new Error(`${app}/config: ${message}`),
    );
  });
});

describe('KubernetesReadAccess', () => {
  const compose = (on: Stage, resources?: Record<string, string[]>) => {
    const directory = shop(on);
    const serviceAccount = new ServiceAccount(directory, 'serviceaccount', { metadata: { name: 'shop' } });
    return new KubernetesReadAccess(directory, 'rbac', { name: 'shop-read-only', serviceAccount, resources });
  };
  const verbs = ['get', 'list', 'watch'];

  test('reads what the Kubernetes plugin shows, cluster-wide', () => {
    const { documents } = synthesize((on) => compose(on));
    expect(documents('kubernetes/apps/shop/shop/app/rbac.yaml')).toEqual([
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'shop-read-only' },
        rules: [
          { apiGroups: [''], resources: ['pods', 'services', 'configmaps', 'limitranges', 'resourcequotas'], verbs },
          { apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets', 'daemonsets'], verbs },
          { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs },
          { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs },
          { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs },
          { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs },
        ],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'shop-read-only' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'shop-read-only' },
        subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: 'shop' }],
      },
    ]);
  });

  test('reads more where it is asked to', () => {
    const { find } = synthesize((on) => compose(on, { '': ['pods/log'], 'argoproj.io': ['rollouts'] }));
    expect((find('ClusterRole', 'shop-read-only').rules as unknown[]).slice(6)).toEqual([
      { apiGroups: [''], resources: ['pods/log'], verbs },
      { apiGroups: ['argoproj.io'], resources: ['rollouts'], verbs },
    ]);
  });

  test.each([
    ['', 'secrets'],
    ['*', 'secrets'],
    ['apps', '*'],
  ])('never reads Secrets, nor everything (%j: %j)', (group, resource) => {
    expect(() => compose(stage(), { [group]: [resource] })).toThrow(
      new Error(
        `${app}/rbac: resources["${group}"] is "${resource}". Allowed: resources by name, and no Secrets: everyone who uses Backstage sees what it reads. Example: { '': ['pods/log'] }.`,
      ),
    );
  });
});

describe('HttpRoute', () => {
  const compose = (on: Stage, props: Partial<HttpRouteProps> = {}) => {
    const directory = shop(on);
    const service = new Service(directory, 'service', { metadata: { name: 'shop' }, ports: [{ port: 8080 }] });
    const gateway = { name: 'public' };
    return new HttpRoute(directory, 'httproute', { hosts: ['shop.example.org'], gateway, service, ...props });
  };

  test('leads from listeners of gateways to the Service, and every field can be set', () => {
    const { find } = synthesize((on) =>
      compose(on, {
        hosts: ['shop.example.org', '*.shop.example.org'],
        gateway: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }, { name: 'private' }],
        annotations: { a: 'b' },
        spec: { rules: [{ timeouts: { request: '30s' }, backendRefs: [{ name: 'shop', port: 8080 }] }] },
      }),
    );
    expect(find('HTTPRoute', 'httproute')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'httproute', namespace: 'shop', annotations: { a: 'b' } },
      spec: {
        parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }, { name: 'private' }],
        hostnames: ['shop.example.org', '*.shop.example.org'],
        rules: [{ timeouts: { request: '30s' }, backendRefs: [{ name: 'shop', port: 8080 }] }],
      },
    });
  });

  const host = 'Allowed: a host name in lower case, without scheme, port or path. Example: "backstage.example.org".';
  const name =
    'Allowed: a DNS-1123 subdomain: lower-case letters, digits, "-" and ".", at most 253 characters, each part beginning and ending with a letter or digit. Example: "my-app".';
  test.each<[string, Partial<HttpRouteProps>, string]>([
    ['a scheme', { hosts: ['https://shop.example.org'] }, `host is "https://shop.example.org". ${host}`],
    ['a port', { hosts: ['shop.example.org:443'] }, `host is "shop.example.org:443". ${host}`],
    ['an address', { hosts: ['10.0.0.1'] }, `host is "10.0.0.1". ${host}`],
    ['no host', { hosts: [] }, 'hosts is []. Allowed: at least one host. Example: ["shop.example.org"].'],
    ['a gateway without a name', { gateway: {} as never }, `gateway.name is not set. ${name}`],
    ['no gateway', { gateway: undefined as never }, `gateway.name is not set. ${name}`],
  ])('refuses %s', (_, props, message) => {
    expect(() => compose(stage(), props)).toThrow(new Error(`${app}/httproute: ${message}`));
  });

  test('refuses a Service of another namespace', () => {
    const on = stage();
    const other = new Application(on.cluster, 'other').directory;
    const service = new Service(other, 'service', { metadata: { name: 'other' }, ports: [{ port: 80 }] });
    expect(() => compose(on, { service })).toThrow(
      new Error(
        `${app}/httproute: service is "soyo/apps/other/other/app/service". Allowed: a Service of namespace shop in this cluster: another one wants a ReferenceGrant. Example: the route beside its Service, in namespace other.`,
      ),
    );
  });
});
