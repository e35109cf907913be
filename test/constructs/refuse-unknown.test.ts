import { Construct } from 'constructs';
import * as espalier from '../../lib';
import {
  App,
  Application,
  Backstage,
  Certificate,
  CloudNativePg,
  Cluster,
  ConfigMap,
  CronTask,
  comment,
  commented,
  ExternalSecrets,
  environmentVariable,
  HelmRelease,
  HttpRoute,
  Issuer,
  Migration,
  PostgresCluster,
  pinned,
  Secret,
  SecretStore,
  Tenant,
  VaultStore,
  WebService,
} from '../../lib';

/** As plain JavaScript has it. */
const untyped = (value: object) => value as never;

const cluster = new Cluster(new App({ check: false }), 'soyo', { organisation: 'acme', environment: 'prod' });
const { directory } = new Application(cluster, 'shop');
const chart = { oci: 'oci://ghcr.io/acme/charts/shop' };
const storage = { size: '1Gi', storageClass: 'local' };
const operator = new CloudNativePg(cluster, { version: '1.0.0' });
const vault = new VaultStore(cluster, 'vault', {
  operator: new ExternalSecrets(cluster, { version: '1.0.0' }),
  server: 'http://vault:8200',
  mount: 'kv',
});
const backstage = { vault, cnpg: operator, image: 'a/b:1', host: 'a.example.org', gateway: { name: 'a' } };

describe('a property that a construct does not have is refused', () => {
  test.each<[string, () => object, string]>([
    [
      'at the top',
      () => new ConfigMap(directory, 'a', untyped({ data: {}, imutable: true })),
      'soyo/apps/shop/shop/app/a: there is no property imutable; did you mean immutable? Allowed: annotations, binaryData, comment, comments, data, description, immutable, labels, name, namespace, schema.',
    ],
    [
      'within',
      () =>
        new PostgresCluster(directory, 'b', untyped({ operator, owner: 'a', storage: { ...storage, siez: '1Gi' } })),
      'soyo/apps/shop/shop/app/b: there is no property storage.siez; did you mean size? Allowed: size, storageClass.',
    ],
    [
      'in a list',
      () =>
        new HelmRelease(
          directory,
          'c',
          untyped({ chart, version: '1.0.0', valuesFrom: [{ kind: 'Secret', nam: 'a' }] }),
        ),
      'soyo/apps/shop/shop/app/c: there is no property valuesFrom[0].nam; did you mean name? Allowed: kind, name, optional, targetPath, valuesKey.',
    ],
    [
      'of a handle that is written by hand',
      () =>
        new HttpRoute(
          directory,
          'l',
          untyped({ hosts: ['a.b'], gateway: { name: 'a' }, service: { name: 'a', prt: 80 } }),
        ),
      'soyo/apps/shop/shop/app/l: there is no property service.prt; did you mean port? Allowed: name, namespace, port, producer.',
    ],
    [
      'below another construct',
      () => new Backstage(cluster, 'd', untyped({ ...backstage, secrets: { requird: ['A'] } })),
      'soyo/d: there is no property secrets.requird; did you mean required? Allowed: defaults, optional, required.',
    ],
    [
      'of an app',
      () => new App(untyped({ outDir: 'a' })),
      'the app: there is no property outDir; did you mean outdir?',
    ],
    [
      'in place of one that must be given',
      () => new WebService(directory, 'm', untyped({ image: 'a/b:1', prot: 80 })),
      'soyo/apps/shop/shop/app/m: there is no property prot; did you mean port? Allowed: ',
    ],
    [
      'of a CronTask',
      () => new CronTask(directory, 'n', untyped({ image: 'a/b:1', schedul: '0 2 * * *' })),
      'soyo/apps/shop/shop/app/n: there is no property schedul; did you mean schedule? Allowed: ',
    ],
    [
      'in place of the spec of a kind',
      () => new Issuer(directory, 'o', untyped({ specc: {} })),
      'soyo/apps/shop/shop/app/o: there is no property specc; did you mean spec? Allowed: ',
    ],
    [
      'nor properties that are left out',
      () => Reflect.construct(Issuer, [directory, 'p']),
      'soyo/apps/shop/shop/app/p: the properties are not set. Allowed: an object of ',
    ],
    [
      'nor null',
      () => new Issuer(directory, 'q', null as never),
      'soyo/apps/shop/shop/app/q: the properties are null.',
    ],
    [
      'in a spec, in place of a field that must be given',
      () =>
        new Certificate(
          directory,
          's',
          untyped({ spec: { secretNam: 'a', issuerRef: { name: 'a' }, dnsNames: ['a'] } }),
        ),
      'soyo/apps/shop/shop/app/s: spec.secretName is not set. It must be given (did you write it as secretNam?).',
    ],
    [
      'of a kind whose spec is known',
      () => new Issuer(directory, 'e', untyped({ spec: { selfSigned: {} }, metadata: {} })),
      'soyo/apps/shop/shop/app/e: there is no property metadata. Allowed: ',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

test('a text where a list belongs is refused, at any depth', () => {
  const args = () => new WebService(directory, 't', untyped({ image: 'a/b:1', port: 80, args: 'serve' }));
  expect(args).toThrow('soyo/apps/shop/shop/app/t: args is "serve". Allowed: a list. Example: args: [ … ].');
  const kinds = () => new Tenant(cluster, 'u', untyped({ kinds: 'ConfigMap' }));
  expect(kinds).toThrow('soyo/tenant-u: kinds is "ConfigMap". Allowed: a list.');
  const nested = { kustomization: { healthChecks: { kind: 'Job', name: 'a' } } };
  expect(() => new Application(cluster, 'v', untyped(nested))).toThrow(
    'soyo/v: kustomization.healthChecks is no list. Allowed: a list.',
  );
});

test('what takes no properties at all, or stands in a wrong place, is told', () => {
  expect(() => new WebService(directory, 'w', null as never)).toThrow('soyo/apps/shop/shop/app/w: the properties are');
  expect(() => new Migration(new Application(cluster, 'w'), 'w', null as never)).toThrow('the properties are null');
  expect(() => new Cluster(new App(), 'w', null as never)).toThrow('w: the properties are null');
  expect(() => new Migration(directory as never, 'x', untyped({}))).toThrow(
    'soyo/apps/shop/shop/app: the scope of Migration x. Allowed: the app that waits for the Job, not its folder.',
  );
  expect(() => new Application(directory as never, 'y')).toThrow('y: the scope. Allowed: a Cluster.');
  expect(() => new Tenant(directory as never, 'z', { git: {} as never })).toThrow('z: the scope. Allowed: a Cluster.');
  expect(() => new WebService(undefined as never, 'a', untyped({}))).toThrow(
    'a: the scope that it stands in is no construct. Allowed: a Cluster, or the directory of an Application.',
  );
});

test.each<[() => unknown, string]>([
  [() => Secret.named('a', untyped({ kyes: ['a'] })), 'Secret.named: there is no property kyes; did you mean keys?'],
  [
    () => SecretStore.named('a', untyped({ knid: 'a' })),
    'SecretStore.named: there is no property knid; did you mean kind?',
  ],
  [
    () => Issuer.named('a', untyped({ namspace: 'a' })),
    'Issuer.named: there is no property namspace; did you mean namespace?',
  ],
  [
    () => pinned('a/b', '1', untyped({ polciy: {} })),
    'pinned: there is no property polciy; did you mean policy? Allowed: policy.',
  ],
  [
    () => environmentVariable('A', untyped({ purpos: 'b' })),
    'environmentVariable: there is no property purpos; did you mean purpose? Allowed: default, purpose.',
  ],
])('%s: an unknown option of a function is refused', (make, message) => {
  expect(make).toThrow(message);
});

test('what the API, a chart or an app names is no property of ours', () => {
  const values = { anything: { goes: 1 } };
  const spec = { nobody: 'knows' };
  const all = () => [
    new HelmRelease(directory, 'f', untyped({ chart, version: '1.0.0', values, spec })),
    new ConfigMap(directory, 'g', { data: { anyKey: 'a' }, labels: { 'a.b/c': 'd' } }),
    new ConfigMap(directory, 'h', untyped({ data: {}, nothing: undefined })),
  ];
  expect(all).not.toThrow();
});

test('comments are no properties', () => {
  const props = { data: { a: 'b' }, ...comment('Above'), [commented('immutable', 'Never changes')]: true };
  expect(() => new ConfigMap(directory, 'i', untyped(props))).not.toThrow();
});

test('a class that extends another takes properties of its own', () => {
  class Settings extends ConfigMap {}
  class Internal extends Issuer {}
  expect(() => new Settings(directory, 'j', untyped({ data: {}, team: 'a' }))).not.toThrow();
  expect(() => new Internal(directory, 'k', untyped({ spec: { selfSigned: {} }, team: 'a' }))).not.toThrow();
});

type Made = new (...given: readonly unknown[]) => object;

/** Classes that have no object of properties, or are none that anybody makes. */
const others = ['App', 'Resource', 'Source', 'KindObject', 'KustomizationFile', 'Manifest', 'YamlObject'];
/** Those of which a cluster has one: they take no id. */
const single = ['BarmanCloudPlugin', 'CloudNativePg', 'ExternalSecrets', 'NetworkPolicies'];

const classes = Object.entries(espalier as Readonly<Record<string, unknown>>).flatMap(([name, value]) => {
  const isClass = typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
  const isOne = isClass && value.prototype instanceof Construct && !others.includes(name);
  return isOne ? [[name, value as unknown as Made] as const] : [];
});

/** What a class says of its properties in the first scope that it may stand in. */
function saidOf(name: string, Class: Made, props: unknown): string {
  const app = new App({ check: false });
  const inside = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
  const shop = new Application(inside, 'shop');
  const database = Object.assign(new Construct(shop.directory, 'db'), { database: 'app', cluster: inside });
  const scopes = name === 'PostgresRole' ? [database] : [shop.directory, inside, app, shop];
  const said = scopes.map((scope) => {
    try {
      new Class(scope, ...(single.includes(name) ? [] : ['made']), props);
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  });
  return said.find((each) => !/\bscope\b/.test(each)) ?? said.join('\n');
}

test.each(classes)('%s refuses a property that it does not know', (name, Class) => {
  expect(saidOf(name, Class, { nobodyKnows: 1 })).toContain('there is no property nobodyKnows. Allowed: ');
});

test.each(classes)('%s says which properties it takes where it is given something else', (name, Class) => {
  for (const [props, what] of [
    [null, 'null'],
    [5, '5'],
    [[], 'a list'],
  ] as const) {
    expect(saidOf(name, Class, props)).toContain(`the properties are ${what}. Allowed: an object of `);
  }
});

test('most of what is exported is asked', () => {
  expect(classes.length).toBeGreaterThan(60);
});
