import { ApiObject, JsonPatch } from 'cdk8s';
import { Application } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

test('an app is a namespace, a Kustomization and a folder, all of its name', () => {
  const { app, cluster } = emptyCluster();
  const shop = new Application(cluster, 'shop');
  new ApiObject(shop.directory, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  expect(reader(app.tree()).paths()).toEqual([
    'kubernetes/apps/kustomization.yaml',
    'kubernetes/apps/shop/kustomization.yaml',
    'kubernetes/apps/shop/namespace.yaml',
    'kubernetes/apps/shop/shop/app/kustomization.yaml',
    'kubernetes/apps/shop/shop/app/settings.yaml',
    'kubernetes/apps/shop/shop/ks.yaml',
    'kubernetes/flux/cluster/ks.yaml',
    'kubernetes/flux/cluster/kustomization.yaml',
  ]);
  expect([shop.namespace, shop.kustomization.kustomizationName]).toEqual(['shop', 'shop']);
});

test('apps may share a namespace, and set their Kustomization', () => {
  const { app, cluster } = emptyCluster();
  new Application(cluster, 'shop', { namespace: 'web' });
  new Application(cluster, 'blog', { namespace: 'web', kustomization: { interval: '10m', directory: 'manifests' } });
  const tree = reader(app.tree());
  expect(tree.document('kubernetes/apps/web/kustomization.yaml').resources).toEqual([
    './namespace.yaml',
    './shop/ks.yaml',
    './blog/ks.yaml',
  ]);
  const { metadata, spec } = tree.document('kubernetes/apps/web/blog/ks.yaml') as {
    metadata: JsonObject;
    spec: JsonObject;
  };
  expect([metadata, spec.interval, spec.path]).toEqual([
    { name: 'blog', namespace: 'web' },
    '10m',
    './dist/kubernetes/apps/web/blog/manifests',
  ]);
});

test('a second app of one name is refused, and the first one named', () => {
  const { cluster } = emptyCluster();
  new Application(cluster, 'shop');
  expect(refusal(() => new Application(cluster, 'shop', { namespace: 'web' }))).toBe(
    'soyo: id is "shop". Allowed: an id that is not taken: soyo/shop (Application) already has this one. Example: "shop-2".',
  );
});

test.each(['My_App', 'shop/x', '..', 'a'.repeat(201)])('the name %j is refused', (id) => {
  expect(refusal(() => new Application(emptyCluster().cluster, id, { namespace: 'web' }))).toMatch(/\. Allowed: /);
});

test('the L1 beneath takes JSON patches', () => {
  const { app, cluster } = emptyCluster();
  new Application(cluster, 'shop').kustomization.resource.addJsonPatch(JsonPatch.replace('/spec/interval', '7m'));
  expect((reader(app.tree()).find('Kustomization', 'shop').spec as JsonObject).interval).toBe('7m');
});
