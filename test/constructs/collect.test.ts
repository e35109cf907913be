import { ApiObject, type ApiObjectMetadata, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { App, Application, Cluster, Directory, File, FluxKustomization, Namespace } from '../../lib';
import { outputOf } from '../../lib/constructs/output';
import type { JsonObject } from '../../lib/json/json';
import { renderTree } from '../../lib/tree';
import { emptyCluster, reader, refusal } from './synthesize';

function object(
  scope: Construct,
  id: string,
  metadata: ApiObjectMetadata = { name: id },
  kind = 'ConfigMap',
  apiVersion = 'v1',
): ApiObject {
  return new ApiObject(scope, id, { apiVersion, kind, metadata });
}

function shopOf(props: ConstructorParameters<typeof Application>[2] = {}) {
  const { app, cluster } = emptyCluster();
  return { app, cluster, shop: new Application(cluster, 'shop', props) };
}

const folder = 'kubernetes/apps/shop/shop/app';

describe('where objects go', () => {
  test('an object becomes a file named by its id', () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'settings', { name: 'shop-settings' });
    expect(reader(app.tree()).documents(`${folder}/settings.yaml`)).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop-settings', namespace: 'shop' } },
    ]);
  });

  test('objects nested in one construct share its file, in the order of their construction', () => {
    const { app, shop } = shopOf();
    const group = new Construct(shop.directory, 'group');
    object(group, 'b');
    object(new Construct(group, 'deeper'), 'a');
    const names = reader(app.tree())
      .documents(`${folder}/group.yaml`)
      .map(({ metadata }) => (metadata as JsonObject).name);
    expect(names).toEqual(['b', 'a']);
  });

  test('objects in a File become its documents, and the kustomization.yaml lists it once', () => {
    const { app, shop } = shopOf();
    const file = new File(shop.directory, 'both.yaml');
    object(file, 'a');
    object(file, 'b');
    const tree = reader(app.tree());
    expect(tree.documents(`${folder}/both.yaml`)).toHaveLength(2);
    expect(tree.document(`${folder}/kustomization.yaml`).resources).toEqual(['./both.yaml']);
  });

  test('a Directory is a folder, listed by the folder above; its path may differ from its id, and have several parts', () => {
    const { app, shop } = shopOf();
    object(new Directory(shop.directory, 'base'), 'a');
    object(new Directory(shop.directory, 'extra', { path: 'overlays/prod' }), 'b');
    const tree = reader(app.tree());
    expect(tree.paths().filter((path) => path.startsWith(folder))).toEqual([
      `${folder}/base/a.yaml`,
      `${folder}/base/kustomization.yaml`,
      `${folder}/kustomization.yaml`,
      `${folder}/overlays/prod/b.yaml`,
      `${folder}/overlays/prod/kustomization.yaml`,
    ]);
    expect(tree.document(`${folder}/kustomization.yaml`).resources).toEqual(['./base', './overlays/prod']);
  });

  test('a kustomization.yaml lists files and folders in the order of their construction', () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'z');
    new Directory(shop.directory, 'm');
    object(shop.directory, 'a');
    expect(reader(app.tree()).document(`${folder}/kustomization.yaml`)).toEqual({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['./z.yaml', './m', './a.yaml'],
    });
  });

  test('fields for a kustomization.yaml are written, and own resources follow what the folder holds', () => {
    const { app, shop } = shopOf();
    const kustomization = { namePrefix: 'x-', resources: ['https://example.org/crds.yaml'] };
    object(new Directory(shop.directory, 'base', { kustomizationFile: kustomization }), 'a');
    expect(reader(app.tree()).document(`${folder}/base/kustomization.yaml`)).toEqual({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namePrefix: 'x-',
      resources: ['./a.yaml', 'https://example.org/crds.yaml'],
    });
  });

  test('an empty folder has a kustomization.yaml without entries', () => {
    const { app } = shopOf();
    expect(reader(app.tree()).document(`${folder}/kustomization.yaml`).resources).toEqual([]);
  });

  test('every file says which construct made it, without the cluster, and which cluster it belongs to', () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'a');
    object(new Construct(shop.directory, 'group'), 'b');
    const made = app.tree().files.filter(({ path }) => path.startsWith(folder));
    expect(made.map(({ madeBy, cluster }) => [madeBy, cluster])).toEqual([
      ['ConfigMap at apps/shop/shop/app/a', 'soyo'],
      ['Construct at apps/shop/shop/app/group', 'soyo'],
      ['Directory at apps/shop/shop/app', 'soyo'],
    ]);
  });

  test('an empty app yields an empty tree', () => {
    expect(new App().tree()).toEqual({ files: [] });
  });
});

describe('namespaces', () => {
  test('an object without one gets that of its folder; one that names its own keeps it', () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'a');
    object(shop.directory, 'b', { name: 'b', namespace: 'monitoring' });
    const tree = reader(app.tree());
    expect(tree.find('ConfigMap', 'a').metadata).toEqual({ name: 'a', namespace: 'shop' });
    expect(tree.find('ConfigMap', 'b').metadata).toEqual({ name: 'b', namespace: 'monitoring' });
  });

  test.each([
    ['v1', 'Namespace'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['external-secrets.io/v1', 'ClusterSecretStore'],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema'],
    ['resource.k8s.io/v1', 'DeviceClass'],
  ])('%s %s has none', (apiVersion, kind) => {
    const { app, shop } = shopOf();
    object(shop.directory, 'a', { name: 'a', namespace: 'shop' }, kind, apiVersion);
    expect(reader(app.tree()).find(kind, 'a').metadata).toEqual({ name: 'a' });
  });

  test("what only shares a kind's name with one that has none keeps the one that its author wrote", () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'a', { name: 'a', namespace: 'buses' }, 'Namespace', 'servicebus.azure.com/v1api20211101');
    expect(reader(app.tree()).find('Namespace', 'a').metadata).toEqual({ name: 'a', namespace: 'buses' });
  });

  test("the app's own definition says whether objects of its kind have one", () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'a', { name: 'a' }, 'Node', 'acme.org/v1');
    new ApiObject(shop.directory, 'definition', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'nodes.acme.org' },
      spec: { group: 'acme.org', scope: 'Cluster', names: { kind: 'Node', plural: 'nodes' }, versions: [] },
    });
    expect(reader(app.tree()).find('Node', 'a').metadata).toEqual({ name: 'a' });
  });

  test('targetNamespace agrees with objects of its own namespace and of none', () => {
    const { app, shop } = shopOf({ kustomization: { targetNamespace: 'shop' } });
    object(shop.directory, 'a');
    object(shop.directory, 'b', { name: 'b' }, 'ClusterRole', 'rbac.authorization.k8s.io/v1');
    expect(reader(app.tree()).find('ConfigMap', 'a').metadata).toEqual({ name: 'a', namespace: 'shop' });
  });

  test('targetNamespace refuses an object that would end up elsewhere', () => {
    const { app, shop } = shopOf({ kustomization: { targetNamespace: 'prod' } });
    object(shop.directory, 'a');
    expect(refusal(() => app.tree())).toBe(
      'soyo/apps/shop/shop/app/a: metadata.namespace is "shop". Allowed: "prod", because targetNamespace of soyo/apps/shop/shop moves everything there. Example: leave targetNamespace out: every object has its own namespace.',
    );
  });
});

describe('what is refused', () => {
  test('an object outside of any cluster', () => {
    const app = new App();
    object(new Chart(app, 'chart'), 'a');
    expect(refusal(() => app.tree())).toBe(
      'chart/a: scope. Allowed: a folder of a Cluster. Example: the `directory` of an Application as the scope.',
    );
  });

  test('an object right in a cluster, which no Kustomization applies', () => {
    const { app, cluster } = emptyCluster();
    object(cluster, 'a');
    expect(refusal(() => app.tree())).toBe(
      'soyo/a: scope is "soyo". Allowed: a folder that Flux applies. Example: shop.directory for an object, cluster.inNamespace(\'shop\') for a FluxKustomization.',
    );
  });

  test('an object beside ks.yaml, which nobody applies', () => {
    const { app, shop } = shopOf();
    object(shop.kustomization, 'a');
    expect(refusal(() => app.tree())).toBe(
      'soyo/apps/shop/shop/a: scope is "soyo/apps/shop/shop". Allowed: a folder that Flux applies, such as soyo/apps/shop/shop/app (the `directory` of the FluxKustomization). Example: shop.directory for an object, cluster.inNamespace(\'shop\') for a FluxKustomization.',
    );
  });

  test('two constructs for one file', () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'a');
    object(new File(shop.directory, 'a.yaml'), 'b');
    expect(refusal(() => app.tree())).toBe(
      `${folder}/a.yaml: soyo/apps/shop/shop/app/a and soyo/apps/shop/shop/app/a.yaml both write this file. Give one of them another id, or put both in one File.`,
    );
  });

  test('two folders of one path', () => {
    const { app, shop } = shopOf();
    new Directory(shop.directory, 'a', { path: 'base' });
    new Directory(shop.directory, 'b', { path: 'base' });
    expect(refusal(() => app.tree())).toBe(
      `${folder}/base/kustomization.yaml: soyo/apps/shop/shop/app/a and soyo/apps/shop/shop/app/b both write this file. Give one of them another \`path\`, or \`kustomizationFile: null\`.`,
    );
  });

  test("an object that takes the place of its folder's kustomization.yaml", () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'kustomization');
    expect(refusal(() => renderTree(app.tree()))).toBe(
      `ConfigMap at apps/shop/shop/app/kustomization and Directory at apps/shop/shop/app both write the file ${folder}/kustomization.yaml. Give one of them another file name.`,
    );
  });

  test('a second construct of an id that is taken names the first', () => {
    const { shop } = shopOf();
    new Directory(shop.directory, 'base');
    expect(refusal(() => new Directory(shop.directory, 'base'))).toBe(
      'soyo/apps/shop/shop/app: id is "base". Allowed: an id that is not taken: soyo/apps/shop/shop/app/base (Directory) already has this one. Example: "base-2".',
    );
  });

  test('a name that Kubernetes refuses, also of a raw object', () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'a', { name: 'My_App' });
    expect(refusal(() => app.tree())).toBe(
      'soyo/apps/shop/shop/app/a: metadata.name is "My_App". Allowed: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters. Example: "my-app".',
    );
  });

  test('names of RBAC may hold what a path segment may', () => {
    const { app, shop } = shopOf();
    const role = (id: string, name: string) =>
      new ApiObject(shop.directory, id, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name },
      });
    role('a', 'system:Node-reader');
    expect(reader(app.tree()).find('Role', 'system:Node-reader').metadata).toEqual({
      name: 'system:Node-reader',
      namespace: 'shop',
    });
    role('b', 'a/b');
    expect(refusal(() => app.tree())).toBe(
      'soyo/apps/shop/shop/app/b: metadata.name is "a/b". Allowed: a segment of a path: not empty, ".", or "..", and without "/" and "%". Example: "backstage-read".',
    );
  });

  test('what node.addValidation reports, all of it at once', () => {
    const { app, shop } = shopOf();
    shop.node.addValidation({ validate: () => ['no owner', 'no contact'] });
    shop.directory.node.addValidation({ validate: () => ['empty'] });
    expect(refusal(() => app.tree())).toBe(
      'soyo/apps/shop/shop/app: empty\nsoyo/shop: no owner\nsoyo/shop: no contact',
    );
  });

  test('an id that cannot be a file', () => {
    const { cluster, shop } = shopOf();
    expect(refusal(() => new File(shop.directory, '../a.yaml'))).toBe(
      'soyo/apps/shop/shop/app: id is "../a.yaml". Allowed: a relative path of plain segments separated by "/", without "..", "." or an empty segment. Example: "database.yaml".',
    );
    expect(refusal(() => new FluxKustomization(cluster.inNamespace('shop'), '..'))).toMatch(
      /^soyo\/apps\/shop: id is "\.\."\. Allowed: a name for a file or folder/,
    );
  });

  test.each(['../elsewhere', '/etc', 'a/../../b', ''])('a folder at %j, out of its own', (path) => {
    const { shop } = shopOf();
    expect(refusal(() => new Directory(shop.directory, 'base', { path }))).toBe(
      `soyo/apps/shop/shop/app/base: path is ${JSON.stringify(path)}. Allowed: a relative path of plain segments separated by "/", without "..", "." or an empty segment; or "." for the folder of its scope. Example: "kubernetes/apps".`,
    );
  });
});

describe('one object twice is what the checks report', () => {
  const findings = ({ app }: { app: App }) =>
    outputOf(app.tree(), { outdir: 'dist', check: {} }).result?.findings.map(({ rule, severity, message }) => ({
      rule,
      severity,
      message,
    }));

  test('in one Kustomization', () => {
    const { app, shop } = shopOf();
    object(shop.directory, 'a', { name: 'settings' });
    object(shop.directory, 'b', { name: 'settings' });
    expect(findings({ app })).toEqual([
      {
        rule: 'tree/duplicate-object',
        severity: 'error',
        message: `ConfigMap settings in namespace shop exists twice: in ${folder}/a.yaml and in ${folder}/b.yaml; keep one of them`,
      },
    ]);
  });

  test('in two: an error where they differ', () => {
    const { app, cluster, shop } = shopOf();
    const { directory } = new Application(cluster, 'second', { namespace: 'shop' });
    object(shop.directory, 'a', { name: 'settings' });
    const other = object(directory, 'a', { name: 'settings' });
    expect(findings({ app })).toMatchObject([{ rule: 'flux/object-twice', severity: 'warning' }]);
    other.addJsonPatch(JsonPatch.add('/data', { A: 'b' }));
    expect(findings({ app })).toMatchObject([{ rule: 'flux/object-twice', severity: 'error' }]);
  });
});

describe('what Flux would not get to is refused', () => {
  const configMap = (scope: Construct) =>
    new ApiObject(scope, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  const stray: [string, (on: { cluster: Cluster; shop: Application }) => unknown][] = [
    ['a Kustomization in an Application', ({ shop }) => new FluxKustomization(shop, 'worker')],
    ['a Kustomization right in a Cluster', ({ cluster }) => new FluxKustomization(cluster, 'worker')],
    [
      'a Kustomization in another, beside its folder',
      ({ shop }) => new FluxKustomization(shop.kustomization, 'worker'),
    ],
    ['a Directory of a Cluster', ({ cluster }) => configMap(new Directory(cluster, 'extra'))],
    ['a Directory beside ks.yaml', ({ shop }) => configMap(new Directory(shop.kustomization, 'extra'))],
    ['a File of an Application', ({ shop }) => configMap(new File(shop, 'extra.yaml'))],
    ['a File beside ks.yaml', ({ shop }) => configMap(new File(shop.kustomization, 'extra.yaml'))],
    ['a Namespace right in a Cluster', ({ cluster }) => new Namespace(cluster, 'stray')],
  ];
  test.each(stray)('%s', (_, build) => {
    const { app, cluster } = emptyCluster();
    build({ cluster, shop: new Application(cluster, 'shop') });
    expect(refusal(() => app.tree())).toMatch(/: scope is ".*"\. Allowed: a folder that Flux applies/);
  });

  test('a folder in a folder, and one that a Kustomization beside it applies, are got to', () => {
    const { app, cluster } = emptyCluster();
    const shop = new Application(cluster, 'shop');
    configMap(new Directory(new Directory(shop.directory, 'a'), 'b'));
    const extra = new Directory(shop.kustomization, 'extra');
    new FluxKustomization(shop.namespaceFolder, 'extra', { applies: extra, file: shop.kustomization.file });
    new ApiObject(extra, 'more', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' } });
    expect(reader(app.tree()).paths()).toEqual(
      expect.arrayContaining([
        'kubernetes/apps/shop/shop/app/a/b/settings.yaml',
        'kubernetes/apps/shop/shop/extra/more.yaml',
      ]),
    );
  });

  test.each(['Kustomization.yml', 'base/kustomization.yaml'])("a file named as kustomize's own: %s", (id) => {
    const { directory } = new Application(emptyCluster().cluster, 'shop');
    expect(refusal(() => new File(directory, id))).toMatch(
      `: id is "${id}". Allowed: a name that kustomize does not use: espalier writes its file for each folder.`,
    );
  });

  test('two clusters in one folder', () => {
    const { app } = emptyCluster();
    new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test' });
    expect(refusal(() => app.tree())).toBe(
      'kubernetes/flux/cluster/ks.yaml: soyo/flux/ks.yaml and mars/flux/ks.yaml both write this file. Give each Cluster a `directory` of its own.',
    );
  });
});
