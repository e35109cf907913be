import { fluxKustomization, object } from '../../graph/graph';
import { headings, pageOf, pagesOfFolder, section } from './site';

const store = object(
  'external-secrets.io/v1',
  'ClusterSecretStore',
  'vault',
  'spec: { provider: { vault: { server: "https://vault.example", path: kv } } }',
  '',
);
const deployment = (annotations = '{}', from = 'envFrom: [{ secretRef: { name: db } }]') =>
  `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop, namespace: shop, annotations: ${annotations} }\nspec: { template: { spec: { containers: [{ name: shop, ${from} }] } } }\n`;

/** The page of an app with these objects. */
function shop(...objects: string[]): string {
  return pageOf({
    'clusters/home/shop.yaml': fluxKustomization('shop', './apps/shop', 'prune: true', 'shop'),
    'apps/shop/all.yaml': [store, ...objects].join(''),
  });
}

/** The commands of a procedure, without their options for namespaces. */
function commands(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n(.*?)^ *```$/gms)].flatMap(([, lines = '']) =>
    lines
      .split('\n')
      .map((line) => line.trim().replace(/ --namespace=\S+/, ''))
      .filter((line) => line !== ''),
  );
}

const refresh = (kind: string) =>
  `kubectl get ${kind} --output=jsonpath='{.status.refreshTime}{"\\n"}' # when: not before the command above`;
const annotate = (object: string) => `kubectl annotate ${object} force-sync="$(date +%s)" --overwrite`;
const again = [annotate('externalsecret/db'), refresh('externalsecret/db')];
const trial = 'flux reconcile kustomization shop # must succeed, for the one below';
const recreated = ['kubectl delete externalsecret/db', 'flux reconcile kustomization shop'];

const generated = (more: string, target: string) =>
  object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'db',
    `spec: { ${more}, target: { ${target} }, dataFrom: [{ sourceRef: { generatorRef: { kind: Password, name: pw } } }] }`,
  ) + object('generators.external-secrets.io/v1alpha1', 'Password', 'pw', 'spec: { length: 24 }');

describe('a generated Secret is written recreated by what External Secrets goes by', () => {
  it.each([
    ['each interval', 'refreshInterval: 1h', '', again],
    ['when it changes', 'refreshPolicy: OnChange', '', again],
    ['an orphan each interval', 'refreshInterval: 1h', 'creationPolicy: Orphan', again],
    [
      'once',
      'refreshPolicy: CreatedOnce',
      '',
      ['kubectl delete secret/db', 'kubectl wait secret/db --for=create --timeout=2m'],
    ],
    [
      'with an interval of zero',
      'refreshInterval: 0s',
      '',
      ['kubectl delete secret/db', 'kubectl wait secret/db --for=create --timeout=2m'],
    ],
    [
      'immutable',
      'refreshInterval: 1h',
      'immutable: true',
      ['kubectl delete secret/db', 'kubectl wait secret/db --for=create --timeout=2m'],
    ],
    [
      'an immutable orphan',
      'refreshInterval: 1h',
      'immutable: true, creationPolicy: Orphan',
      ['kubectl delete secret/db', annotate('externalsecret/db'), 'kubectl wait secret/db --for=create --timeout=2m'],
    ],
    [
      'an orphan, once',
      'refreshPolicy: CreatedOnce',
      'immutable: true, creationPolicy: Orphan',
      [
        trial,
        'kubectl delete secret/db',
        ...recreated,
        'kubectl wait externalsecret/db --for=condition=Ready --timeout=2m',
      ],
    ],
    [
      'once, into what another makes',
      'refreshPolicy: CreatedOnce',
      'creationPolicy: Merge',
      [trial, ...recreated, 'kubectl wait externalsecret/db --for=condition=Ready --timeout=2m'],
    ],
  ])('%s', (_, more, target, expected) => {
    const page = shop(generated(more, target));
    expect(commands(section(page, '### Rotating the generated values of Secret `db`'))).toEqual(expected);
  });
});

test('pods are restarted by hand after a Secret was created again, and by Reloader after it was changed', () => {
  const reloader = '{ reloader.stakater.com/auto: "true" }';
  const changed = shop(generated('refreshInterval: 1h', ''), deployment(reloader));
  expect(changed).toContain(
    'Reloader restarts what read the values when it started (`shop`); where it does not run, do it yourself:',
  );
  const recreated = shop(generated('refreshPolicy: CreatedOnce', ''), deployment(reloader));
  expect(recreated).toContain('created again only with `--reload-on-create`');
  const without = shop(generated('refreshInterval: 1h', ''), deployment());
  expect(without).toContain('Restart what read the values when it started (`shop`):');
  for (const page of [changed, recreated, without]) {
    expect(commands(section(page, 'Notes and caveats')).at(-1)).toBe('kubectl rollout restart deployment/shop');
  }
});

test('files of a Secret need no restart', () => {
  const mounted = `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop, namespace: shop }\nspec: { template: { spec: { containers: [{ name: shop }], volumes: [{ name: db, secret: { secretName: db } }] } } }\n`;
  const page = shop(generated('refreshInterval: 1h', ''), mounted);
  expect(page).toContain('Files of the Secret follow within a minute or two');
  expect(page).not.toContain('rollout restart');
});

test('CloudNativePG takes a new password over; without its label it is told to', () => {
  const database = object(
    'postgresql.cnpg.io/v1',
    'Cluster',
    'shop-db',
    'spec: { instances: 1, bootstrap: { initdb: { database: shop, owner: shop, secret: { name: db } } } }',
  );
  const label = 'template: { metadata: { labels: { cnpg.io/reload: "true" } } }';
  const labelled = shop(generated('refreshInterval: 1h', label), database);
  expect(labelled).toContain(
    'by itself, on the primary; no SQL is needed. The label `cnpg.io/reload` has it look at once.',
  );
  const without = shop(generated('refreshInterval: 1h', ''), database);
  expect(commands(without)).toContain('kubectl label secret/db cnpg.io/reload=true --overwrite');
});

test('of a managed role, the page says how to see that it has the new password', () => {
  const database = object(
    'postgresql.cnpg.io/v1',
    'Cluster',
    'shop-db',
    'spec: { instances: 1, managed: { roles: [{ name: shop, passwordSecret: { name: db } }] } }',
  );
  const label = 'template: { metadata: { labels: { cnpg.io/reload: "true" } } }';
  expect(commands(shop(generated('refreshInterval: 1h', label), database)).slice(2)).toEqual([
    `kubectl get secret/db --output=jsonpath='{.metadata.resourceVersion}{"\\n"}'`,
    `kubectl get cluster.postgresql.cnpg.io/shop-db --output=jsonpath='{.status.managedRolesStatus.passwordStatus}{"\\n"}'`,
  ]);
});

test('a chart that takes the values is upgraded', () => {
  const release = object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'redis',
    'spec: { valuesFrom: [{ kind: Secret, name: db, valuesKey: password, targetPath: auth.password }] }',
  );
  expect(commands(shop(generated('refreshInterval: 1h', ''), release))).toEqual([
    ...again,
    'flux reconcile helmrelease redis',
  ]);
});

test('what a chart runs with a Secret that its values name is restarted', () => {
  const release = object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'redis',
    'spec: { values: { auth: { existingSecret: db } } }',
  );
  expect(shop(generated('refreshInterval: 1h', ''), release)).toContain(
    'HelmRelease `redis` names it in the values of the chart: restart what that runs',
  );
  expect(shop(generated('refreshInterval: 1h', ''))).not.toContain('HelmRelease');
});

test('of secrets that are searched for, the page does not say which one to change', () => {
  const found = object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'db',
    'spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, dataFrom: [{ find: { path: team, name: { regexp: a } } }] }',
  );
  const text = section(shop(found), '### Rotating a value of Secret `db`');
  expect(text).toContain('of those below `kv/team`: the tree does not name them.');
  expect(commands(text)).toEqual(again);
});

test('a value of Vault is patched, not put: KV version 1 cannot', () => {
  const secret = (version: string) =>
    pageOf({
      'clusters/home/shop.yaml': fluxKustomization('shop', './apps/shop', '', 'shop'),
      'apps/shop/all.yaml':
        object(
          'external-secrets.io/v1',
          'SecretStore',
          'vault',
          `spec: { provider: { vault: { path: kv, version: ${version} } } }`,
        ) +
        object(
          'external-secrets.io/v1',
          'ExternalSecret',
          'db',
          'spec: { secretStoreRef: { name: vault }, data: [{ secretKey: a, remoteRef: { key: shop, property: token } }] }',
        ),
    });
  const heading = '### Rotating a value of Secret `db`';
  expect(commands(section(secret('v2'), heading))).toEqual([
    'vault kv patch -mount=kv shop token=@value.txt',
    'rm value.txt',
    ...again,
  ]);
  expect(commands(section(secret('v1'), heading))).toEqual([
    'vault kv put -mount=kv shop @values.json',
    'rm values.json',
    ...again,
  ]);
});

test('what is pushed follows, and so do those who read it there', () => {
  const push = (more: string) =>
    object(
      'external-secrets.io/v1alpha1',
      'PushSecret',
      'push',
      `spec: { ${more} secretStoreRefs: [{ kind: ClusterSecretStore, name: vault }], selector: { secret: { name: db } }, data: [{ match: { secretKey: password, remoteRef: { remoteKey: shop/db, property: password } } }] }`,
    );
  const reader = object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'copy',
    'spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, data: [{ secretKey: a, remoteRef: { key: shop/db, property: password } }] }',
    'other',
  );
  const heading = '### Rotating the generated values of Secret `db`';
  const plain = section(shop(generated('refreshInterval: 1h', ''), push(''), reader), heading);
  expect(commands(plain)).toEqual([
    ...again,
    annotate('pushsecret/push'),
    refresh('pushsecret/push'),
    annotate('externalsecret/copy'),
  ]);
  const kept = section(
    shop(generated('refreshPolicy: CreatedOnce', ''), push('updatePolicy: IfNotExists, deletionPolicy: Delete,')),
    heading,
  );
  expect(kept).toContain('With `updatePolicy: IfNotExists` it leaves what is there');
  expect(kept).toContain('With `deletionPolicy: Delete`, values may be gone from the store while the Secret is.');
});

test('a Secret that SOPS has encrypted is changed in the tree', () => {
  const page = shop(
    `---\napiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: shop }\nstringData: { a: "ENC[AES256_GCM,data:x]" }\nsops: { mac: x, version: 3.9.0 }\n`,
    deployment(),
  );
  expect(headings(page)).toContain('### Rotating Secret `db`');
  expect(section(page, '### Rotating Secret `db`')).toContain('with `sops`, commit it, and let Flux apply it');
});

test('by hand, where a generator refreshes, the page says so before it says how to rotate', () => {
  const page = pagesOfFolder('test/checks/trees/by-hand').get('by-hand/backstage.md') ?? '';
  expect(section(page, 'Notes and caveats')).toContain(
    '**Secret `backstage-db-secret` gets new generated values every `24h`**',
  );
});
