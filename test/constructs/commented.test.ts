import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Application,
  addYamlNotes,
  ConfigMap,
  comment,
  commented,
  Directory,
  File,
  HelmRelease,
  Manifest,
  VaultStore,
} from '../../lib';
import { renderTree } from '../../lib/tree/render';
import { database, synthesizeShop } from './cnpg/shop';
import { emptyCluster, refusal, stage } from './synthesize';

/** The files of an app in namespace shop, without the schemas that nobody has named. */
function written(build: (directory: Directory) => void): (name: string) => string {
  const { app, cluster } = emptyCluster();
  build(new Application(cluster, 'shop').directory);
  const files = renderTree(app.tree(), { schemaHost: false });
  return (name) => {
    const text = files.get(`kubernetes/apps/shop/shop/app/${name}`);
    if (text === undefined) throw new Error([...files.keys()].join('\n'));
    return text.replace(/^# Made by .*\n/m, '');
  };
}

const podinfo = { chart: { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }, version: '6.9.0' } as const;

test('values of a release carry their comments to the YAML', () => {
  const file = written((directory) => {
    new HelmRelease(directory, 'podinfo', {
      ...podinfo,
      values: {
        replicas: commented(3, 'One for each zone'),
        [commented('debug', 'Until #123 is fixed', 'end')]: true,
        ingress: commented({ enabled: false }, 'The gateway does it'),
        hosts: commented(['a', commented('b', 'the second', 'end')], 'Names'),
        text: commented('x', 'One\nTwo', 'end'),
      },
    });
  });
  expect(file('podinfo.yaml').split('  values:\n')[1]).toBe(`    debug: true # Until #123 is fixed
    # Names
    hosts:
      - a
      - b # the second
    # The gateway does it
    ingress:
      enabled: false
    # One for each zone
    replicas: 3
    # One
    # Two
    text: x
`);
});

test('comments change nothing of the documents, nor their order', () => {
  const documents = (say: typeof commented) => {
    const { app, cluster } = emptyCluster();
    const { directory } = new Application(cluster, 'shop');
    new Manifest(directory, 'widget', {
      apiVersion: 'acme.example/v1',
      kind: say('Widget', 'A kind'),
      metadata: { name: say('it', 'Its name') },
      spec: say({ ab: 1, [say('a', 'why')]: say([1, say(2, 'two')], 'list'), none: null }, 'The spec'),
    });
    new kplus.Deployment(directory, 'deployment', {
      containers: [{ image: say('a/b:1.0.0', 'pinned', 'end'), securityContext: { user: 1000 } }],
    });
    new ApiObject(directory, 'raw', {
      apiVersion: 'acme.example/v1',
      kind: 'Widget',
      metadata: { name: 'raw' },
      spec: say({ [say('a', 'key')]: say(1, 'value'), ab: say([say({ x: 1 }, 'item')], 'list') }, 'spec'),
    } as never).addJsonPatch(JsonPatch.add('/spec/more', 1));
    return app.tree().files.map(({ documents }) => JSON.stringify(documents));
  };
  expect(documents(commented)).toEqual(documents((value) => value));
});

test('a comment and a schema stand above a document; those of a file above its first', () => {
  const file = written((directory) => {
    const two = new File(directory, 'two.yaml', { comment: 'Two of them', schema: false });
    new ConfigMap(two, 'a', { data: { x: '1' }, comment: 'The first', schema: 'https://example.org/a.json' });
    new ConfigMap(two, 'b', { data: { x: '1' }, comments: { 'data.x': 'why', metadata: { text: 'm', at: 'end' } } });
    const below = new Directory(directory, 'below', { comment: 'A folder', comments: { 'resources[0]': 'listed' } });
    new Manifest(below, 'm', { apiVersion: 'v1', kind: 'ConfigMap' }, { comment: 'Raw' });
  });
  const head =
    '---\n# yaml-language-server: $schema=https://example.org/a.json\n# Two of them\n# The first\napiVersion: v1\n';
  expect(file('two.yaml').startsWith(head)).toBe(true);
  expect(file('two.yaml').split('---\n')[2]).toBe(`apiVersion: v1
kind: ConfigMap
metadata: # m
  name: b
  namespace: shop
data:
  # why
  x: "1"
`);
  expect(file('below/kustomization.yaml')).toBe(`---
# A folder
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  # listed
  - ./m.yaml
`);
  expect(file('below/m.yaml')).toContain('---\n# Raw\napiVersion: v1\n');
});

test('of a release and its source the comment stands above both, and the paths are those of the release', () => {
  const file = written((directory) => {
    new HelmRelease(directory, 'podinfo', {
      ...podinfo,
      comment: 'Shows who we are',
      comments: { 'spec.interval': 'i' },
    });
  });
  expect(file('podinfo.yaml')).toMatch(/^---\n# Shows who we are\napiVersion: source/);
  expect(file('podinfo.yaml')).toMatch(/kind: HelmRelease[\s\S]*spec:\n[\s\S]* {2}# i\n {2}interval: 1h\n/);
  expect(file('podinfo.yaml').match(/# i\n/g)).toHaveLength(1);
});

test('namespaces, Kustomizations and objects of cdk8s take comments, too', () => {
  const { app, cluster } = emptyCluster();
  const namespace = cluster.inNamespace('shop', { comment: 'The shop' });
  const shop = new Application(cluster, 'shop', { namespace: 'shop', kustomization: { comment: 'Applies it' } });
  const account = new kplus.ServiceAccount(shop.directory, 'account');
  addYamlNotes(account, { comment: 'An account', comments: { 'metadata.name': { text: 'n', at: 'end' } } });
  expect(namespace.resource).toBeDefined();
  const files = renderTree(app.tree());
  expect(files.get('kubernetes/apps/shop/namespace.yaml')).toContain('# The shop\napiVersion: v1\n');
  expect(files.get('kubernetes/apps/shop/shop/ks.yaml')).toContain('# Applies it\napiVersion: kustomize');
  expect(files.get('kubernetes/apps/shop/shop/app/account.yaml')).toMatch(/# An account\n[\s\S]* name: \S+ # n\n/);
});

test('a store takes comments, in its spec, too', () => {
  const { app, cluster, eso } = stage();
  new VaultStore(cluster, 'openbao', {
    operator: eso,
    server: commented('http://openbao.openbao.svc:8200', 'inside', 'end'),
    comment: 'Where secrets are',
    spec: { retrySettings: { maxRetries: commented(5, 'It restarts slowly') } },
  });
  const text = [...renderTree(app.tree()).values()].find((file) => file.includes('name: openbao'));
  expect(text).toContain('# Where secrets are\napiVersion: external-secrets.io/v1\n');
  expect(text).toContain('      server: http://openbao.openbao.svc:8200 # inside\n');
  expect(text).toContain('    # It restarts slowly\n    maxRetries: 5\n');
});

test('a value with a comment is checked as the value that it is', () => {
  const { tree } = synthesizeShop((shop) =>
    database(shop, {
      imageName: commented('ghcr.io/cloudnative-pg/postgresql:17.2', 'with PostGIS', 'end'),
      storage: { size: commented('1Gi', 'small') },
    }),
  );
  const text = [...renderTree(tree).values()].find((file) => file.includes('kind: Cluster\n'));
  expect(text).toContain('  imageName: ghcr.io/cloudnative-pg/postgresql:17.2 # with PostGIS\n');
  expect(text).toContain('    # small\n    size: 1Gi\n');
  const { cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'shop');
  expect(refusal(() => new ConfigMap(directory, 'c', { name: commented('A_B', 'why'), data: {} }))).toContain(
    'name is "A_B". Allowed:',
  );
});

test('a comment on a field that is not there is refused', () => {
  const { app, cluster } = emptyCluster();
  new ConfigMap(new Application(cluster, 'shop').directory, 'c', {
    data: { LEVEL: '1' },
    comments: { 'data.LEVL': 'x' },
  });
  expect(refusal(() => app.tree())).toBe(
    'soyo/apps/shop/shop/app/c: comments is "data.LEVL". Allowed: the path of a field that the object has. Example: "data.LEVEL".',
  );
});

test('a value that holds itself is refused where there are comments, too', () => {
  const spec: Record<string, unknown> = { size: commented(1, 'One') };
  spec.again = [spec, spec];
  const values = spec as never;
  const refused = (build: (directory: Directory) => void) => refusal(() => written(build));
  const message = /again\[0\].*…\. Allowed: at most 500 levels, and no value that holds itself\.$/;
  expect(refused((directory) => void new HelmRelease(directory, 'it', { ...podinfo, values }))).toMatch(message);
  expect(
    refused(
      (directory) => void new Manifest(directory, 'it', { apiVersion: 'example.org/v1', kind: 'It', spec: values }),
    ),
  ).toMatch(message);
});

test('a comment in a map is one on it', () => {
  const values = {
    limits: { ...comment('measured'), memory: '2Gi' },
    requests: { ...comment('guessed', 'end'), cpu: 1 },
  };
  const file = written((shop) => new HelmRelease(shop, 'podinfo', { ...podinfo, values }));
  expect(file('podinfo.yaml')).toContain(`
    # measured
    limits:
      memory: 2Gi
    requests: # guessed
      cpu: 1
`);
});

test('a comment on a whole object, or on all fields of a kustomization.yaml, stands above it', () => {
  const file = written((shop) => {
    const folder = new Directory(shop, 'others', { kustomizationFile: commented({ namespace: 'shop' }, 'folder') });
    new Manifest(folder, 'config', commented({ apiVersion: 'v1', kind: 'ConfigMap' }, 'object'));
  });
  expect(file('others/config.yaml')).toMatch(/^---\n# object\napiVersion/);
  expect(file('others/kustomization.yaml')).toMatch(/^---\n# folder\napiVersion/);
});

test('a comment below stands behind all of a value', () => {
  const values = {
    list: [{ a: commented(1, 'of a', 'below') }, commented('b', 'One\nTwo', 'below')],
    map: { ...comment('more to come', 'below'), x: 1 },
  };
  const file = written((shop) => new HelmRelease(shop, 'podinfo', { ...podinfo, values }));
  expect(file('podinfo.yaml')).toContain(`
    list:
      - a: 1
        # of a
      - b
      # One
      # Two
    map:
      x: 1
    # more to come
`);
});
