import { Service } from 'cdk8s-plus-28';
import { Application, ConfigMap, type Directory, HelmRelease, HttpRoute, Manifest } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

/*
 * Routes as people write them, and the construct that says each: nothing is added, nothing is left out.
 */

function release(on: Directory): HelmRelease {
  return new HelmRelease(on, 'shop', { chart: { oci: 'oci://ghcr.io/acme/charts/shop' }, version: '1.0.0' });
}

/** The object `it` that is composed in the folder of an app `media`. */
function composed(build: (directory: Directory) => unknown): JsonObject {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'media');
  build(directory);
  return reader(app.tree()).document('kubernetes/apps/media/media/app/it.yaml');
}

const internal = { name: 'internal', namespace: 'network', sectionName: 'https' };

test.each<[what: string, build: (on: Directory) => unknown, spec: JsonObject]>([
  [
    'to the Service of a chart, at a host with a variable',
    (on) =>
      new HttpRoute(on, 'it', {
        hosts: ['jellyfin.${SECRET_DOMAIN}'],
        gateway: internal,
        service: release(on).service('jellyfin', 8096),
      }),
    {
      parentRefs: [internal],
      hostnames: ['jellyfin.${SECRET_DOMAIN}'],
      rules: [{ backendRefs: [{ name: 'jellyfin', port: 8096 }] }],
    },
  ],
  [
    'to a Service by name, for all hosts of a listener',
    (on) => new HttpRoute(on, 'it', { hosts: null, gateway: internal, service: { name: 'echo', port: 80 } }),
    { parentRefs: [internal], rules: [{ backendRefs: [{ name: 'echo', port: 80 }] }] },
  ],
  [
    'several rules with matches, by path, header and method',
    (on) =>
      new HttpRoute(on, 'it', {
        hosts: ['it.example.org'],
        gateway: [{ name: 'public' }, internal],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/api' }, headers: [{ name: 'x-team', value: 'media' }] }],
            backendRefs: [{ name: 'api', port: 8080 }],
          },
          { matches: [{ method: 'GET' }], backendRefs: [{ name: 'web', port: 80 }] },
        ],
      }),
    {
      parentRefs: [{ name: 'public' }, internal],
      hostnames: ['it.example.org'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/api' }, headers: [{ name: 'x-team', value: 'media' }] }],
          backendRefs: [{ name: 'api', port: 8080 }],
        },
        { matches: [{ method: 'GET' }], backendRefs: [{ name: 'web', port: 80 }] },
      ],
    },
  ],
  [
    'a redirect without a backend',
    (on) =>
      new HttpRoute(on, 'it', {
        hosts: ['it.example.org'],
        gateway: { name: 'public', namespace: 'network', sectionName: 'http' },
        rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
      }),
    {
      parentRefs: [{ name: 'public', namespace: 'network', sectionName: 'http' }],
      hostnames: ['it.example.org'],
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
    },
  ],
  [
    'backends by weight, one in another namespace, timeouts',
    (on) =>
      new HttpRoute(on, 'it', {
        hosts: ['*.example.org'],
        gateway: internal,
        rules: [
          {
            name: 'split',
            timeouts: { request: '0s', backendRequest: '30s' },
            backendRefs: [
              { ...release(on).service('shop', 80), weight: 90 },
              { name: 'shop', namespace: 'next', port: 80, weight: 10 },
            ],
          },
        ],
      }),
    {
      parentRefs: [internal],
      hostnames: ['*.example.org'],
      rules: [
        {
          name: 'split',
          timeouts: { request: '0s', backendRequest: '30s' },
          backendRefs: [
            { name: 'shop', port: 80, weight: 90 },
            { name: 'shop', namespace: 'next', port: 80, weight: 10 },
          ],
        },
      ],
    },
  ],
  [
    'a parent that is no Gateway, by its kind',
    (on) =>
      new HttpRoute(on, 'it', {
        hosts: null,
        gateway: { group: '', kind: 'Service', name: 'web', port: 80 },
        service: { name: 'web-v2', port: 80 },
      }),
    {
      parentRefs: [{ group: '', kind: 'Service', name: 'web', port: 80 }],
      rules: [{ backendRefs: [{ name: 'web-v2', port: 80 }] }],
    },
  ],
  [
    'a Gateway of this app, by its construct, and a Service of cdk8s-plus',
    (on) => {
      const spec = { gatewayClassName: 'envoy', listeners: [] };
      const metadata = { name: 'own' };
      const gateway = new Manifest(on, 'gateway', {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata,
        spec: spec as never,
      });
      const service = new Service(on, 'service', { metadata: { name: 'web' }, ports: [{ port: 8080 }] });
      new HttpRoute(on, 'it', {
        hosts: null,
        gateway: { name: gateway.resource },
        rules: [{ backendRefs: [service] }],
      });
    },
    { parentRefs: [{ name: 'own' }], rules: [{ backendRefs: [{ name: 'web', port: 8080 }] }] },
  ],
  [
    'nothing but hosts, and another backend than a Service',
    (on) =>
      new HttpRoute(on, 'it', {
        hosts: ['it.example.org'],
        gateway: null,
        rules: [{ backendRefs: [{ group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'web', port: 80 }] }],
      }),
    {
      hostnames: ['it.example.org'],
      rules: [{ backendRefs: [{ group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'web', port: 80 }] }],
    },
  ],
  [
    'no rules: those that the Gateway API defaults',
    (on) => new HttpRoute(on, 'it', { hosts: ['it.example.org'], gateway: internal, rules: null }),
    { parentRefs: [internal], hostnames: ['it.example.org'] },
  ],
])('HTTPRoute: %s', (_, build, spec) => {
  expect(composed(build).spec).toEqual(spec);
});

test('a ConfigMap of bytes alone, that cannot change', () => {
  const made = composed(
    (on) => new ConfigMap(on, 'it', { data: null, binaryData: { logo: 'iVBORw0=' }, immutable: true }),
  );
  expect(made).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'it', namespace: 'media' },
    binaryData: { logo: 'iVBORw0=' },
    immutable: true,
  });
});

test('a ConfigMap knows the keys of both', () => {
  const { cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'media');
  const config = new ConfigMap(directory, 'it', { data: { A: 'a' }, binaryData: { b: 'Yg==' } });
  expect(config.keys).toEqual(['A', 'b']);
});

describe('what a chart makes', () => {
  test('its Services and Secrets are waited for, wherever the route and the readers are', () => {
    const { app, cluster } = emptyCluster();
    const media = new Application(cluster, 'media');
    const made = release(media.directory);
    const route = new Application(cluster, 'route', { namespace: 'media' });
    new HttpRoute(route.directory, 'it', { hosts: null, gateway: internal, service: made.service('web', 80) });
    const reading = new Application(cluster, 'reading', { namespace: 'media' });
    new HelmRelease(reading.directory, 'other', {
      chart: { oci: 'oci://ghcr.io/acme/charts/other' },
      version: '1.0.0',
      values: { a: made.secret('shop-db', ['password']).key('password'), b: made.secret('shop-any').key('any') },
    });
    const { find } = reader(app.tree());
    const expected = [{ name: 'media', namespace: 'media' }];
    expect((find('Kustomization', 'route').spec as JsonObject).dependsOn).toEqual(expected);
    expect((find('Kustomization', 'reading').spec as JsonObject).dependsOn).toEqual(expected);
    expect((find('HelmRelease', 'other').spec as JsonObject).values).toEqual({ a: 'password', b: 'any' });
  });

  test('a Service of a release in another namespace is refused', () => {
    const { cluster } = emptyCluster();
    const made = release(new Application(cluster, 'shop').directory);
    const { directory } = new Application(cluster, 'media');
    const service = made.service('web', 80);
    expect(refusal(() => new HttpRoute(directory, 'it', { hosts: null, gateway: internal, service }))).toBe(
      'soyo/apps/media/media/app/it: service is "web". Allowed: a Service of namespace media in this cluster: another namespace needs a ReferenceGrant. Example: the route in namespace shop, like its Service.',
    );
  });
});
