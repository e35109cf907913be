import { JsonPatch, Lazy } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { parse } from 'yaml';
import { ExternalSecret } from '../../../imports/external-secret';
import { Application, ConfigMap, Directory, File, HelmRelease, Manifest, Secret } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { renderTree } from '../../../lib/tree/render';
import { emptyCluster, reader, refusal, stage } from '../synthesize';

const monitor = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor' };
const path = 'kubernetes/apps/shop/shop/app/it.yaml';

/** The object in the tree, and its file as YAML. */
function written(object: JsonObject, then: (manifest: Manifest) => void = () => {}) {
  const { app, cluster } = emptyCluster();
  then(new Manifest(new Application(cluster, 'shop').directory, 'it', object as never));
  const tree = app.tree();
  return { object: reader(tree).document(path), text: renderTree(tree).get(path) ?? '' };
}

test('what its author gives is written, in that order, and nothing but a name added', () => {
  const given = { ...monitor, spec: { selector: {}, podMetricsEndpoints: [{ port: 'metrics' }] }, data: { a: '' } };
  const { object, text } = written(given);
  expect(Object.entries(object)).toEqual(
    Object.entries({ ...monitor, metadata: { name: 'it' }, spec: given.spec, data: given.data }),
  );
  expect(text).toContain('# Made by Manifest at apps/shop/shop/app/it;');
  expect(text).toMatch(
    /apiVersion.*\nkind.*\nmetadata:\n {2}name: it\nspec:\n {2}selector: \{\}\n {2}podMetricsEndpoints:\n/,
  );
});

test('what cdk8s import makes stands in a Manifest, and by itself', () => {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'shop');
  const spec = { refreshInterval: '1h', dataFrom: [{ extract: { key: 'a' } }] };
  new Manifest(directory, 'it', ExternalSecret.manifest({ spec }));
  new ExternalSecret(directory, 'itself', { metadata: { name: 'it' }, spec });
  const read = reader(app.tree());
  expect(read.document(path)).toEqual({ ...ExternalSecret.GVK, metadata: { name: 'it' }, spec });
  expect(read.document(path.replace('it.yaml', 'itself.yaml'))).toEqual({
    ...ExternalSecret.GVK,
    metadata: { name: 'it', namespace: 'shop' },
    spec,
  });
});

test.each<[string, JsonObject, JsonObject | undefined]>([
  ['a name', { name: 'other', namespace: 'elsewhere' }, { name: 'other', namespace: 'elsewhere' }],
  ['a generated name', { generateName: 'it-' }, { generateName: 'it-' }],
  ['labels alone', { labels: { a: 'b' } }, { name: 'it', labels: { a: 'b' } }],
  ['a name that Flux fills in', { name: '${APP}' }, { name: '${APP}' }],
  ['a namespace of another folder', { name: 'it', namespace: '${NS}' }, { name: 'it', namespace: '${NS}' }],
])('metadata with %s', (_, metadata, expected) => {
  expect(written({ ...monitor, metadata, spec: {} }).object.metadata).toEqual(expected);
});

test('an object without metadata, a list of objects, and one that lies in no namespace', () => {
  expect(written({ ...monitor, metadata: null, spec: {} }).object).toEqual({ ...monitor, spec: {} });
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }],
  };
  expect(written(list).object).toEqual(list);
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:x', namespace: 'y' },
  };
  expect(written({ ...role, rules: [] }).object).toEqual({ ...role, rules: [] });
});

const key = fc.oneof(
  fc.constantFrom('toString', 'constructor', 'value', 'resolve', 'metadata', 'name', '__proto__', 'kind', 'items', ''),
  fc.string({ maxLength: 8 }),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, '', 0, -1.5, 1e21, true, 'yes', '0440', '${A}', '$${A}', 'a\nb\n', 'x'.repeat(2000)),
    fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{Cc}\p{Cs}\p{Cn}\p{Co}\uFEFF\u2028\u2029]/u.test(text)),
    fc.integer(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3 }),
  ),
}));

test('every JSON value survives, in its fields and in metadata', () => {
  fc.assert(
    fc.property(
      fc.dictionary(key, json, { maxKeys: 4 }),
      fc.dictionary(key, json, { maxKeys: 3 }),
      (fields, metadata) => {
        const given = { ...plain(fields), ...monitor, metadata: { ...plain(metadata), name: 'it' } } as JsonObject;
        const { object, text } = writtenOrRefused(given);
        if (object === undefined) return;
        expect(JSON.stringify(object)).toBe(JSON.stringify(given));
        if (!JSON.stringify(given).includes('__proto__')) expect(parse(text, { version: '1.1' })).toEqual(given);
      },
    ),
    { numRuns: 300 },
  );
});

const plain = (value: unknown): object => JSON.parse(JSON.stringify(value)) as object;

/** Control characters in keys are the writer's to refuse. */
function writtenOrRefused(given: JsonObject): Partial<ReturnType<typeof written>> & { text: string } {
  try {
    return written(given);
  } catch (error) {
    if (/cannot be written/.test((error as Error).message)) return { text: '' };
    throw error;
  }
}

test('handles stand for names and keys at any depth, and whoever makes them is waited for', () => {
  const { app, cluster, eso, vault } = stage();
  const database = new Application(cluster, 'shop-db', { namespace: 'data' });
  const config = new ConfigMap(database.directory, 'config', { data: { A: 'b' } });
  const other = new Manifest(database.directory, 'other', {
    apiVersion: 'v1',
    kind: 'Secret',
    stringData: { token: 'a' },
  });
  const shop = new Application(cluster, 'shop');
  const deployment = new Deployment(shop.directory, 'deployment', {
    metadata: { name: 'web' },
    containers: [{ image: 'a/b:1' }],
  });
  const tls = Secret.named('tls', { keys: ['tls.crt'] });
  new Manifest(shop.directory, 'it', {
    apiVersion: 'acme.example/v1',
    kind: 'Widget',
    spec: {
      secret: { name: other.secret(['token']), namespace: 'data', key: other.secret(['token']).key('token') },
      file: { name: config, key: config.key('A') },
      list: [config, tls, deployment, vault, shop.kustomization],
      lazy: Lazy.any({ produce: () => ['late', null, {}] }),
    },
    rules: [{ store: eso.kustomization }],
  });
  const { find } = reader(app.tree());
  expect(find('Widget', 'it')).toEqual({
    apiVersion: 'acme.example/v1',
    kind: 'Widget',
    metadata: { name: 'it' },
    spec: {
      secret: { name: 'other', namespace: 'data', key: 'token' },
      file: { name: 'config', key: 'A' },
      list: ['config', 'tls', 'web', 'vault', 'shop'],
      lazy: ['late', null, {}],
    },
    rules: [{ store: 'external-secrets' }],
  });
  expect((find('Kustomization', 'shop').spec as JsonObject).dependsOn).toEqual([
    { name: 'shop-db', namespace: 'data' },
    { name: 'external-secrets', namespace: 'external-secrets' },
    { name: 'external-secrets-stores', namespace: 'external-secrets' },
  ]);
});

test('it is a handle itself: of a release, of another manifest, of the Secret that it becomes', () => {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'shop');
  const certificate = new Manifest(directory, 'certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    spec: { secretName: 'shop-tls', issuerRef: { name: 'ca' } },
  });
  const account = new Manifest(directory, 'account', { apiVersion: 'v1', kind: 'ServiceAccount' });
  new HelmRelease(directory, 'release', {
    chart: { oci: 'oci://ghcr.io/acme/shop' },
    version: '1.0.0',
    values: { tls: certificate.secret(['tls.crt'], 'shop-tls'), account },
  });
  const spec = reader(app.tree()).find('HelmRelease', 'release').spec as JsonObject;
  expect(spec.values).toEqual({ tls: 'shop-tls', account: 'account' });
  expect(account.name).toBe('account');
  expect(certificate.secret(['tls.crt'], 'shop-tls')).toMatchObject({ name: 'shop-tls', namespace: 'shop' });
});

test('what is added to it later is added: a label, a patch', () => {
  const { object } = written(
    { ...monitor, metadata: { labels: { a: '', constructor: 'x' } }, spec: { a: null } },
    ({ resource }) => {
      resource.metadata.addLabel('b', 'c');
      resource.addJsonPatch(JsonPatch.add('/spec/b', 1));
    },
  );
  expect(object).toEqual({
    ...monitor,
    metadata: { name: 'it', labels: { a: '', constructor: 'x', b: 'c' } },
    spec: { a: null, b: 1 },
  });
});

test('several in one File', () => {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'shop');
  const file = new File(new Directory(directory, 'sub'), 'all.yaml');
  new Manifest(file, 'one', { apiVersion: 'v1', kind: 'ServiceAccount' });
  new Manifest(file, 'two', { apiVersion: 'v1', kind: 'ServiceAccount' });
  const names = reader(app.tree())
    .documents('kubernetes/apps/shop/shop/app/sub/all.yaml')
    .map(({ metadata }) => metadata);
  expect(names).toEqual([{ name: 'one' }, { name: 'two' }]);
});

test.each<[string, object, string]>([
  ['no kind', { apiVersion: 'v1' }, 'kind is not set. Allowed: the kind of an object. Example: "Deployment".'],
  ['no apiVersion', { kind: 'Secret' }, 'apiVersion is not set. Allowed: a version,'],
  ['two groups', { apiVersion: 'a/b/c', kind: 'X' }, 'apiVersion is "a/b/c". Allowed: a version,'],
])('refused: %s', (_, object, message) => {
  expect(refusal(() => written(object as JsonObject))).toContain(`soyo/apps/shop/shop/app/it: ${message}`);
});

test('refused: the name of an object that has none, and a key that its Secret lacks', () => {
  expect(refusal(() => written({ ...monitor, metadata: null }, ({ name }) => name))).toContain('it: name. Allowed:');
  const secret = { apiVersion: 'v1', kind: 'Secret', stringData: { a: '' } };
  expect(refusal(() => written(secret, (manifest) => manifest.secret(['b'])))).toContain(
    'keys is "b". Allowed: one of the keys of this Secret: a.',
  );
});

test('refused: a value that holds itself', () => {
  const spec: Record<string, unknown> = {};
  spec.again = [spec];
  expect(refusal(() => written({ ...monitor, spec } as unknown as JsonObject))).toMatch(
    /^soyo\/apps\/shop\/shop\/app\/it: spec\.again\[0\].*…\. Allowed: at most 500 levels, and no value that holds itself\.$/,
  );
});
