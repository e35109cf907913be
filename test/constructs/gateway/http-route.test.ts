import { Service } from 'cdk8s-plus-28';
import { Application, HttpRoute, type HttpRouteProps } from '../../../lib';
import { type Stage, stage, synthesize } from '../synthesize';

const app = 'soyo/apps/shop/shop/app';
const shop = ({ cluster }: Stage) => new Application(cluster, 'shop').directory;

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

  test('tells its hosts, whoever gave them', () => {
    const { built } = synthesize((on) => compose(on, { spec: { hostnames: ['other.example.org'] } }));
    expect(built.hosts).toEqual(['other.example.org']);
  });

  const host = 'Allowed: a host name in lower case, without scheme, port or path. Example: "backstage.example.org".';
  const name =
    'Allowed: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters. Example: "my-app".';
  test.each<[string, Partial<HttpRouteProps>, string]>([
    ['a scheme', { hosts: ['https://shop.example.org'] }, `host is "https://shop.example.org". ${host}`],
    ['a port', { hosts: ['shop.example.org:443'] }, `host is "shop.example.org:443". ${host}`],
    ['an address', { hosts: ['10.0.0.1'] }, `host is "10.0.0.1". ${host}`],
    ['no host', { hosts: [] }, 'hosts is []. Allowed: at least one host. Example: ["shop.example.org"].'],
    ['a port through spec', { spec: { hostnames: ['shop:443'] } }, `host is "shop:443". ${host}`],
    [
      'a host instead of a list',
      { hosts: 'shop.example.org' as never },
      'hosts is "shop.example.org". Allowed: a list. Example: hosts: [ … ].',
    ],
    [
      'no Service',
      { service: undefined as never },
      "service is not set. Allowed: the Service that requests go to. Example: deployment.service(directory, 'service').",
    ],
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
        `${app}/httproute: service is "soyo/apps/other/other/app/service". Allowed: a Service of namespace shop in this cluster: another namespace needs a ReferenceGrant. Example: the route in namespace other, like its Service.`,
      ),
    );
  });

  test('refuses a Service that says another namespace than its folder', () => {
    const on = stage();
    const directory = shop(on);
    const metadata = { name: 'shop', namespace: 'other' };
    const service = new Service(directory, 'service', { metadata, ports: [{ port: 80 }] });
    const props = { hosts: ['shop.example.org'], gateway: { name: 'public' }, service };
    expect(() => new HttpRoute(directory, 'httproute', props)).toThrow(
      `${app}/httproute: service is "soyo/apps/shop/shop/app/service". Allowed: a Service of namespace shop in this cluster`,
    );
  });
});
