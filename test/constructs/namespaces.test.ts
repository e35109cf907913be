import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Application,
  type ApplicationProps,
  ConfigMap,
  Directory,
  ExternalSecret,
  FluxKustomization,
  HelmRelease,
  PasswordGenerator,
  type ResourceProps,
} from '../../lib';
import { outputOf } from '../../lib/constructs/output';
import type { JsonObject } from '../../lib/json/json';
import { emptyCluster, reader, stage } from './synthesize';

function raw(scope: Construct, id: string, namespace?: string): ApiObject {
  const metadata = { name: id, ...(namespace && { namespace }) };
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
}

/** metadata.namespace of what is built in an app of the namespace shop, by the objects' names. */
function namespacesOf(build: (shop: Application) => void, props: ApplicationProps = {}, writeNamespace?: boolean) {
  const { app, cluster } = emptyCluster(writeNamespace === undefined ? {} : { writeNamespace });
  build(new Application(cluster, 'shop', props));
  const documents = app.tree().files.flatMap(({ documents }) => documents as JsonObject[]);
  return Object.fromEntries(
    documents
      .map(({ metadata }) => metadata as JsonObject | undefined)
      .filter((metadata) => metadata?.name !== undefined)
      .map((metadata) => [metadata?.name, metadata?.namespace]),
  );
}

const data = { A: 'b' };

describe('a place that writes none', () => {
  test('leaves metadata.namespace out of what stands in it, but for what names its own', () => {
    const found = namespacesOf(({ directory }) => {
      const place = new Directory(directory, 'sub', { writeNamespace: false });
      raw(place, 'raw');
      raw(place, 'elsewhere', 'media');
      new ConfigMap(new Directory(place, 'deeper'), 'inherited', { data });
      new ConfigMap(place, 'said', { data, namespace: 'shop' });
      new ConfigMap(new Directory(place, 'again', { writeNamespace: true }), 'again', { data });
      new ConfigMap(directory, 'beside', { data });
    });
    expect(found).toMatchObject({
      raw: undefined,
      elsewhere: 'media',
      inherited: undefined,
      said: 'shop',
      again: 'shop',
      beside: 'shop',
    });
  });

  test('can be a Cluster, a Namespace, or what a Kustomization applies', () => {
    const build = ({ directory }: Application) => new ConfigMap(directory, 'settings', { data });
    expect(namespacesOf(build, {}, false)).toMatchObject({ settings: undefined, shop: undefined });
    const { app, cluster } = emptyCluster();
    const namespace = cluster.inNamespace('media', { writeNamespace: false });
    build(new Application(cluster, 'jellyfin', { namespace: 'media' }));
    const tree = reader(app.tree());
    expect(tree.find('ConfigMap', 'settings').metadata).toEqual({ name: 'settings' });
    expect(tree.find('Kustomization', 'jellyfin').metadata).toEqual({ name: 'jellyfin' });
    expect(namespace.namespace).toBe('media');
    const kustomization = { targetNamespace: 'prod', writeNamespace: false };
    expect(namespacesOf(build, { kustomization })).toMatchObject({ settings: undefined, shop: 'shop' });
  });

  test('knows the namespace all the same: references go by it', () => {
    const { app, cluster, vault } = stage({ writeNamespace: false });
    const { directory } = new Application(cluster, 'shop', {
      kustomization: { targetNamespace: 'prod', writeNamespace: false },
    });
    const settings = new ConfigMap(directory, 'settings', { data });
    const { secret } = new ExternalSecret(directory, 'secret', {
      store: vault,
      extract: vault.app('shop', 'app'),
      required: ['A'],
    });
    expect([settings.namespace, secret.namespace]).toEqual(['prod', 'prod']);
    new HelmRelease(directory, 'shop', {
      chart: { oci: 'oci://registry.example.org/charts/shop' },
      version: '1.0.0',
      values: { settings, secret: secret.key('A') },
    });
    const tree = reader(app.tree());
    expect(tree.find('HelmRelease', 'shop').metadata).toEqual({ name: 'shop' });
    expect((tree.find('HelmRelease', 'shop').spec as JsonObject).values).toEqual({ settings: 'settings', secret: 'A' });
  });
});

describe('an object', () => {
  test('has the namespace that it is given, or none; so has all that it makes', () => {
    const chart = { oci: 'oci://registry.example.org/charts/shop' } as const;
    const found = namespacesOf(({ directory }) => {
      new PasswordGenerator(directory, 'a', { namespace: 'media' });
      new PasswordGenerator(directory, 'b', { namespace: null });
      new PasswordGenerator(directory, 'c');
      new HelmRelease(directory, 'd', { chart, version: '1.0.0', namespace: null });
    });
    expect(found).toEqual({
      'cluster-apps': 'flux-system',
      shop: 'shop',
      a: 'media',
      b: undefined,
      c: 'shop',
      d: undefined,
    });
  });

  test('lives there for whoever refers to it', () => {
    const { cluster } = emptyCluster();
    const { directory } = new Application(cluster, 'shop');
    const namespace = (props: ResourceProps) =>
      new ConfigMap(directory, String(props.namespace), { ...props, data }).namespace;
    expect([namespace({ namespace: 'media' }), namespace({ namespace: null }), namespace({})]).toEqual([
      'media',
      'shop',
      'shop',
    ]);
  });

  test('can be a Kustomization, whose folder keeps its own', () => {
    const { app, cluster } = emptyCluster();
    const ks = new FluxKustomization(cluster.inNamespace('media'), 'jellyfin', { namespace: 'flux-system' });
    new ConfigMap(ks.directory, 'settings', { data });
    const tree = reader(app.tree());
    expect(ks.kustomizationNamespace).toBe('flux-system');
    expect(tree.find('Kustomization', 'jellyfin').metadata).toEqual({ name: 'jellyfin', namespace: 'flux-system' });
    expect(tree.find('ConfigMap', 'settings').metadata).toEqual({ name: 'settings', namespace: 'media' });
  });

  test('that names another than targetNamespace is what the checks report', () => {
    const { app, cluster } = emptyCluster();
    const { directory } = new Application(cluster, 'shop', { kustomization: { targetNamespace: 'shop' } });
    new ConfigMap(directory, 'settings', { data, namespace: 'media' });
    new ConfigMap(directory, 'others', { data });
    const { result } = outputOf(app.tree(), { outdir: 'dist', check: {} });
    expect(result?.findings.map(({ rule }) => rule)).toContain('flux/target-namespace-overrides');
  });

  test.each(['My_ns', ''])('is refused the namespace %j', (namespace) => {
    const { cluster } = emptyCluster();
    const { directory } = new Application(cluster, 'shop');
    expect(() => new ConfigMap(directory, 'a', { data, namespace })).toThrow(
      `soyo/apps/shop/shop/app/a: namespace is ${JSON.stringify(namespace)}. Allowed: a DNS label`,
    );
  });
});
