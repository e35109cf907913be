import { ApiObject } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  Application,
  ConfigMap,
  ExternalSecret,
  GeneratedSecret,
  HelmRelease,
  type HelmReleaseProps,
  PasswordGenerator,
  PostgresCluster,
  Secret,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { refusal as messageOf, reader, stage } from '../synthesize';

/** A database of the namespace shop in an app of its own, and an app beside it. */
function shop() {
  const on = stage();
  const database = new Application(on.cluster, 'shop-db', { namespace: 'shop' });
  const generator = new PasswordGenerator(database.directory, 'password');
  const credentials = new GeneratedSecret(database.directory, 'credentials', {
    operator: on.eso,
    generator,
    username: 'shop',
  });
  const db = new PostgresCluster(database.directory, 'db', {
    operator: on.cnpg,
    credentials: credentials.secret,
    storage: { size: '1Gi' },
  });
  const { directory } = new Application(on.cluster, 'grafana', { namespace: 'shop' });
  return { ...on, database, credentials, db, directory };
}

type Shop = ReturnType<typeof shop>;

/** What a release becomes, and the Kustomizations that its own waits for. */
function released(values: (on: Shop) => HelmReleaseProps['values'], spec: HelmReleaseProps['spec'] = {}) {
  const on = shop();
  new HelmRelease(on.directory, 'grafana', {
    chart: { oci: 'oci://ghcr.io/grafana/helm-charts/grafana' },
    version: '9.0.0',
    values: values(on),
    spec,
  });
  const { find } = reader(on.app.tree());
  const release = find('HelmRelease', 'grafana').spec as JsonObject;
  const kustomization = find('Kustomization', 'grafana').spec as JsonObject;
  return { values: release.values, dependsOn: kustomization.dependsOn };
}

const refused = (values: (on: Shop) => HelmReleaseProps['values'], spec?: HelmReleaseProps['spec']) =>
  messageOf(() => released(values, spec));

const waitsForDatabase = [{ name: 'shop-db', namespace: 'shop' }];

test('a key of a ConfigMap stands for the key; one of another namespace is refused', () => {
  const from = (place: (on: Shop) => HelmReleaseProps['values']) => place;
  const own = from(({ database }) => {
    const config = new ConfigMap(database.directory, 'dashboards', { data: { 'shop.json': '{}' } });
    return { dashboards: { configMap: config, file: config.key('shop.json') } };
  });
  expect(released(own)).toEqual({
    values: { dashboards: { configMap: 'dashboards', file: 'shop.json' } },
    dependsOn: waitsForDatabase,
  });
  const other = from(({ cluster }) => {
    const { directory } = new Application(cluster, 'other');
    return { file: new ConfigMap(directory, 'config', { data: { A: 'b' } }).key('A') };
  });
  expect(refused(other)).toContain(
    'values.file is "soyo/apps/other/other/app/config". Allowed: an object of namespace shop',
  );
});

test('a Secret stands for its name and a key for the key, at any depth; the release waits for who makes it', () => {
  const { values, dependsOn } = released(({ credentials: { secret } }) => ({
    admin: { existingSecret: secret, passwordKey: secret.key('password') },
    envFrom: [{ secretRef: { name: secret } }],
    // The same fields as a handle of a key has.
    both: { secret, key: secret.key('username') },
  }));
  expect(values).toEqual({
    admin: { existingSecret: 'credentials', passwordKey: 'password' },
    envFrom: [{ secretRef: { name: 'credentials' } }],
    both: { secret: 'credentials', key: 'username' },
  });
  expect(dependsOn).toEqual(waitsForDatabase);
});

test('a database stands for its name, and its host for the address', () => {
  expect(released(({ db }) => ({ database: { host: db.host('rw'), port: db.host('rw').port, cluster: db } }))).toEqual({
    values: { database: { host: 'db-rw.shop.svc', port: 5432, cluster: 'db' } },
    dependsOn: waitsForDatabase,
  });
});

test('a ConfigMap, a Service and an object of no namespace stand for their names', () => {
  const { values, dependsOn } = released(({ database, directory }) => ({
    config: new ConfigMap(database.directory, 'config', { name: 'shop-config', data: { LEVEL: 'info' } }),
    service: new Deployment(directory, 'web', {
      metadata: { name: 'web' },
      containers: [{ image: 'web:1', port: 80 }],
    }).exposeViaService({ name: 'web-internal' }),
    class: new ApiObject(directory, 'class', {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'urgent' },
      value: 1000,
    }),
  }));
  expect(values).toEqual({ config: 'shop-config', service: 'web-internal', class: 'urgent' });
  expect(dependsOn).toEqual(waitsForDatabase);
});

test('a Secret that is only named makes nobody wait', () => {
  const smtp = Secret.named('smtp', { keys: ['password'] });
  expect(released(() => ({ smtp: { existingSecret: smtp } }))).toEqual({
    values: { smtp: { existingSecret: 'smtp' } },
    dependsOn: undefined,
  });
});

test('handles stand in the values of spec, too', () => {
  const spec = { values: { existingSecret: Secret.named('smtp', { keys: ['password'] }) } };
  expect(released(() => ({ replicas: 1 }), spec).values).toEqual({ replicas: 1, existingSecret: 'smtp' });
});

test("names are looked for where the chart's objects go", () => {
  const secret = Secret.named('smtp', { keys: ['password'], namespace: 'mail' });
  expect(released(() => ({ existingSecret: secret }), { targetNamespace: 'mail' }).values).toEqual({
    existingSecret: 'smtp',
  });
});

describe('what is refused', () => {
  const at = 'soyo/apps/shop/grafana/app/grafana:';

  test('a Secret of another namespace', () => {
    const secret = Secret.named('smtp', { keys: ['password'], namespace: 'mail' });
    expect(refused(() => ({ existingSecret: secret }))).toBe(
      `${at} secret is "mail/smtp". Allowed: a Secret of namespace shop: Kubernetes does not let a pod read Secrets of other namespaces. Example: an ExternalSecret in namespace shop.`,
    );
  });

  test('an object of another namespace', () => {
    const values = ({ cluster }: Shop) => {
      const { directory } = new Application(cluster, 'mail');
      return { mail: [new ConfigMap(directory, 'config', { data: { HOST: 'mail' } })] };
    };
    expect(refused(values)).toBe(
      `${at} values.mail[0] is "soyo/apps/mail/mail/app/config". Allowed: an object of namespace shop, in which a chart looks for the names in its values; this one is in mail. Example: the address with its namespace, as a text.`,
    );
  });

  test('the construct that makes a Secret instead of the Secret', () => {
    const values = ({ vault, directory }: Shop) => ({
      existingSecret: new ExternalSecret(directory, 'smtp', {
        store: vault,
        extract: vault.app('shop', 'smtp'),
        required: ['password'],
      }),
    });
    expect(refused(values)).toBe(
      `${at} values.existingSecret is "soyo/apps/shop/grafana/app/smtp". Allowed: the Secret that it makes. Example: credentials.secret.`,
    );
  });

  test('a construct without a name', () => {
    expect(refused(({ database }) => ({ host: database }))).toBe(
      `${at} values.host is "soyo/shop-db". Allowed: a construct whose object has a name. Example: configMap.`,
    );
  });
});
