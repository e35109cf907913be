import { fluxKustomization, object } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { database, deployment, effectsOf, shop, shopEffects, source } from '../review-of';

const settings = object('v1', 'ConfigMap', 'settings', 'data: { a: b }');

/** Two Kustomizations below a third; without `child` only one. */
const tree = (child: string | undefined, objects = deployment(), parent = 'prune: true'): Texts => ({
  'flux/source.yaml': source,
  'flux/root.yaml': fluxKustomization('root', './apps', parent),
  'apps/other.yaml': fluxKustomization('other', './other', 'prune: true\ndependsOn: [{ name: shop }]'),
  'other/settings.yaml': settings,
  ...(child === undefined ? {} : { 'apps/shop.yaml': child }),
  'shop/shop.yaml': objects,
});
const child = (more = 'prune: true') => fluxKustomization('shop', './shop', more);

describe('an object that leaves its Kustomization', () => {
  test('is deleted', () => {
    expect(shopEffects(deployment() + settings, settings)).toEqual([
      'deleted high: Deployment shop/shop is deleted: Kustomization flux-system/shop prunes it',
    ]);
    expect(shopEffects(deployment() + settings, deployment())).toEqual([
      'deleted medium: ConfigMap shop/settings is deleted: Kustomization flux-system/shop prunes it',
    ]);
  });

  test('is deleted, and another one is created, where its namespace changes', () => {
    expect(
      shopEffects(deployment() + settings, settings + deployment().replace('namespace: shop', 'namespace: store')),
    ).toEqual([
      'deleted high: Deployment shop/shop is deleted: Kustomization flux-system/shop prunes it; namespace store gets a new one',
    ]);
  });

  test('stays where its Kustomization does not prune, or its annotations say so', () => {
    expect(shopEffects(deployment() + settings, settings, '')).toEqual([
      'orphaned low: Deployment shop/shop stays in the cluster, and nothing updates it any more: Kustomization flux-system/shop does not prune',
    ]);
    const kept = settings.replace(
      'name: settings',
      "name: settings, annotations: { kustomize.toolkit.fluxcd.io/prune: 'disabled' }",
    );
    expect(shopEffects(deployment() + kept, deployment())).toEqual([
      'orphaned low: ConfigMap shop/settings stays in the cluster, and nothing updates it any more: its annotations keep Flux from deleting it',
    ]);
  });

  test('stays where the account that its Kustomization applies with may not delete it any more', () => {
    const account = (...resources: string[]) => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: shop, namespace: shop }
rules: [{ apiGroups: ['', apps], resources: [${resources.join(', ')}], verbs: [get, patch, delete] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: shop, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: shop }
subjects: [{ kind: ServiceAccount, name: shop, namespace: flux-system }]
`;
    const of = (objects: string, rights: string) => ({
      'flux/source.yaml': source,
      'flux/root.yaml': fluxKustomization('root', './apps', 'prune: true'),
      'apps/shop.yaml': fluxKustomization('shop', './shop', 'prune: true\nserviceAccountName: shop'),
      'apps/account.yaml': rights,
      'shop/shop.yaml': objects,
    });
    const both = account('configmaps', 'deployments');
    expect(effectsOf(of(deployment() + settings, both), of(deployment(), account('deployments')))).toEqual([
      'other medium: Role shop/shop no longer allows `get configmaps`, `get configmaps.apps`, `patch configmaps`, `patch configmaps.apps` and 2 others',
      'orphaned low: ConfigMap shop/settings stays in the cluster, and nothing updates it any more: ' +
        'ServiceAccount flux-system/shop, as which Kustomization flux-system/shop applies, may not delete it, and the Kustomization fails',
    ]);
    expect(effectsOf(of(deployment() + settings, both), of(deployment(), both))).toEqual([
      'deleted medium: ConfigMap shop/settings is deleted: Kustomization flux-system/shop prunes it',
    ]);
  });

  test('is deleted later where its Kustomization is suspended, with its data', () => {
    expect(shopEffects(deployment() + database(), deployment(), 'prune: true\nsuspend: true')).toEqual([
      'orphaned medium: Cluster shop/db is deleted with its data later, not now: Kustomization flux-system/shop is suspended',
      'suspended medium: Kustomization flux-system/shop is suspended: 1 change of what it applies does not happen until it is resumed\n  1. To apply the change: `flux resume kustomization shop -n flux-system`.',
    ]);
  });

  test('may be deleted where nobody in the tree applies it', () => {
    expect(
      effectsOf(
        { ...shop(deployment()), 'flux/more.yaml': child().replace('name: shop', 'name: more') },
        shop(deployment()),
      ),
    ).toEqual([
      'deleted high: Kustomization flux-system/more may be deleted, and 1 object with it: what applies it is not in the tree\n  1. Before the merge, find out what applies it, and whether that deletes what it no longer finds.',
      'deleted medium: Deployment shop/shop may be deleted: Kustomization flux-system/more deletes it when it is deleted itself, and what applies it is not in the tree',
    ]);
  });
});

describe('what is lost with it', () => {
  const losing = (lost: string) => shopEffects(deployment() + lost, deployment());

  test('databases and volumes', () => {
    expect(losing(database('instances: 3, storage: { size: 5Gi }'))).toEqual([
      'data critical: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (3 instances of 5Gi)\n  1. Take a backup to another place, or keep it: put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a commit of its own, and wait until Flux has applied that.',
      'deleted high: Cluster shop/db is deleted: Kustomization flux-system/shop prunes it',
    ]);
    expect(
      losing(
        object(
          'postgresql.cnpg.io/v1',
          'Database',
          'app',
          'spec: { name: app, owner: app, cluster: { name: db }, databaseReclaimPolicy: delete }',
        ),
      ),
    ).toEqual([
      'data critical: Database shop/app drops the database `app`: its databaseReclaimPolicy is delete\n  1. Take a dump of it, or set `databaseReclaimPolicy: retain` in a commit of its own before this one.',
      'deleted medium: Database shop/app is deleted: Kustomization flux-system/shop prunes it',
    ]);
    expect(
      losing(
        object('postgresql.cnpg.io/v1', 'Database', 'app', 'spec: { name: app, owner: app, cluster: { name: db } }'),
      ),
    ).toEqual([
      'deleted medium: Database shop/app is deleted: Kustomization flux-system/shop prunes it',
      'orphaned low: Database shop/app leaves the database `app` in PostgreSQL: its databaseReclaimPolicy is retain',
    ]);
    // The database cluster leaves the tree, but not Kubernetes: PostgreSQL is there to drop the database.
    const kept = database('instances: 1').replace(
      'name: db',
      'name: db, annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }',
    );
    const dropped = object(
      'postgresql.cnpg.io/v1',
      'Database',
      'app',
      'spec: { name: app, owner: app, cluster: { name: db }, databaseReclaimPolicy: delete }',
    );
    expect(losing(kept + dropped).map((text) => text.split('\n')[0])).toContain(
      'data critical: Database shop/app drops the database `app`: its databaseReclaimPolicy is delete',
    );
    expect(losing(database('instances: 1') + dropped).join()).not.toContain('drops the database');
    expect(losing(object('v1', 'PersistentVolumeClaim', 'files', 'spec: { accessModes: [ReadWriteOnce] }'))).toEqual([
      'data critical: PersistentVolumeClaim shop/files loses its volume, unless its PersistentVolume has reclaim policy Retain\n  1. Copy what is on it if somebody may need it, or keep it: put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a commit of its own, and wait until Flux has applied that.',
      'deleted high: PersistentVolumeClaim shop/files is deleted: Kustomization flux-system/shop prunes it',
    ]);
    const restored =
      'spec: { dataSourceRef: { apiGroup: volsync.backube, kind: ReplicationDestination, name: files }, accessModes: [ReadWriteOnce] }';
    const claim = object('v1', 'PersistentVolumeClaim', 'files', restored);
    expect(shopEffects(claim + settings, claim.replace('namespace: shop', 'namespace: store') + settings)).toEqual([
      'deleted high: PersistentVolumeClaim shop/files is deleted: Kustomization flux-system/shop prunes it; namespace store gets a new one',
      'deleted medium: PersistentVolumeClaim shop/files loses its volume, unless its PersistentVolume has reclaim policy Retain: the new claim in store is filled from the last backup by ReplicationDestination store/files, so only what was written after that backup is lost\n  1. Before the merge, check that the last backup is recent, and that it is found from namespace store, too.',
    ]);
    expect(losing(object('v1', 'PersistentVolumeClaim', 'files', restored))).toEqual([
      'deleted high: PersistentVolumeClaim shop/files is deleted: Kustomization flux-system/shop prunes it',
      'deleted medium: PersistentVolumeClaim shop/files loses its volume, unless its PersistentVolume has reclaim policy Retain: a new claim can be filled from the last backup by ReplicationDestination shop/files, so only what was written after that backup is lost\n  1. Before the merge, check that the last backup is recent.',
    ]);
    expect(
      losing(
        object(
          'apps/v1',
          'StatefulSet',
          'queue',
          'spec: { serviceName: queue, persistentVolumeClaimRetentionPolicy: { whenDeleted: Delete }, volumeClaimTemplates: [{ metadata: { name: data } }] }',
        ),
      ),
    ).toEqual([
      'data critical: StatefulSet shop/queue loses its volumes: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete\n  1. Copy what is on them, or set `whenDeleted: Retain` in a commit of its own before this one.',
      'deleted high: StatefulSet shop/queue is deleted: Kustomization flux-system/shop prunes it',
    ]);
    expect(
      losing(
        object(
          'apps/v1',
          'StatefulSet',
          'queue',
          'spec: { serviceName: queue, volumeClaimTemplates: [{ metadata: { name: data } }] }',
        ),
      ),
    ).toEqual(['deleted high: StatefulSet shop/queue is deleted: Kustomization flux-system/shop prunes it']);
  });

  test('all of a namespace, and all of a kind', () => {
    expect(losing(object('v1', 'Namespace', 'lab', '', ''))).toEqual([
      'deleted high: Namespace lab is deleted: Kustomization flux-system/shop prunes it',
      'deleted high: Namespace lab deletes everything in it, also what is not in the tree\n  1. Check that nothing in it is needed (`kubectl -n lab get all,pvc`), or keep it: put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a commit of its own, and wait until Flux has applied that.',
    ]);
    expect(losing(object('v1', 'Namespace', 'shop', '', '') + database())).toEqual([
      'data critical: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi)\n  1. Take a backup to another place, or keep it: put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a commit of its own, and wait until Flux has applied that.',
      'data critical: Namespace shop deletes everything in it, also what is not in the tree, such as Cluster shop/db with its data\n  1. Check that nothing in it is needed (`kubectl -n shop get all,pvc`), or keep it: put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a commit of its own, and wait until Flux has applied that.',
      'deleted high: Cluster shop/db is deleted: Kustomization flux-system/shop prunes it',
      'deleted high: Namespace shop is deleted: Kustomization flux-system/shop prunes it',
    ]);
    expect(
      losing(
        object(
          'apiextensions.k8s.io/v1',
          'CustomResourceDefinition',
          'apples.example.com',
          'spec: { group: example.com, names: { kind: Apple, plural: apples } }',
          '',
        ),
      ),
    ).toEqual([
      'data critical: CustomResourceDefinition apples.example.com deletes every Apple in the cluster\n  1. Check that none is left (`kubectl get apples.example.com -A`), or keep it: put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a commit of its own, and wait until Flux has applied that.',
      'deleted high: CustomResourceDefinition apples.example.com is deleted: Kustomization flux-system/shop prunes it',
    ]);
  });

  test('what a chart has installed', () => {
    const release = (more: string) =>
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'cache',
        `spec: { interval: 1h, chartRef: { kind: OCIRepository, name: cache }${more} }`,
      );
    expect(losing(release(''))).toEqual([
      'deleted high: HelmRelease shop/cache is deleted: Kustomization flux-system/shop prunes it',
      'deleted high: HelmRelease shop/cache is uninstalled: everything that its chart has installed is deleted, except what the chart keeps',
    ]);
    expect(losing(release(', suspend: true'))).toEqual([
      'deleted high: HelmRelease shop/cache is deleted: Kustomization flux-system/shop prunes it',
      'orphaned medium: HelmRelease shop/cache is suspended when it is deleted: what the chart has installed stays',
    ]);
  });

  test('what a Secret held that is still read', () => {
    const reads = deployment('envFrom: [{ secretRef: { name: settings } }]');
    const secret = object('v1', 'Secret', 'settings', 'stringData: { a: b }');
    expect(shopEffects(reads + secret, reads)).toEqual([
      'blocked high: Secret shop/settings is still read by Deployment shop/shop: what starts later fails without it\n  1. Keep it, or stop reading it in the same change.',
      'deleted medium: Secret shop/settings is deleted: Kustomization flux-system/shop prunes it',
    ]);
    expect(shopEffects(reads + secret, deployment() + secret.replace('settings', 'other'))).toEqual([
      'deleted medium: Secret shop/settings is deleted: Kustomization flux-system/shop prunes it',
      'restart medium: Deployment shop/shop restarts its pods one after the other: `containers[shop].envFrom` changes',
    ]);
  });
});

test('what CloudNativePG keeps in PostgreSQL, drops, or loses with its Cluster', () => {
  const role = (policy: string) =>
    object('postgresql.cnpg.io/v1', 'DatabaseRole', 'app', `spec: { name: app, cluster: { name: db }${policy} }`);
  expect(shopEffects(database() + role(''), database())).toEqual([
    'deleted medium: DatabaseRole shop/app is deleted: Kustomization flux-system/shop prunes it',
    'orphaned low: DatabaseRole shop/app leaves the role `app` in PostgreSQL: its databaseRoleReclaimPolicy is retain',
  ]);
  expect(shopEffects(database() + role(', databaseRoleReclaimPolicy: delete'), database())).toEqual([
    'data high: DatabaseRole shop/app drops the role `app`: its databaseRoleReclaimPolicy is delete\n  1. Check that nobody needs it, or set `databaseRoleReclaimPolicy: retain` in a commit of its own before this one.',
    'deleted medium: DatabaseRole shop/app is deleted: Kustomization flux-system/shop prunes it',
  ]);
  expect(
    shopEffects(deployment() + database() + role(''), deployment()).filter((effect) => /DatabaseRole/.test(effect)),
  ).toEqual(['deleted medium: DatabaseRole shop/app is deleted: Kustomization flux-system/shop prunes it']);
});

describe('what External Secrets takes along', () => {
  const store = object(
    'external-secrets.io/v1',
    'SecretStore',
    'vault',
    "spec: { provider: { vault: { server: 'http://vault:8200', path: kv, auth: { kubernetes: { role: shop, mountPath: kubernetes } } } } }",
  );
  const asked = (more = '') =>
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'shop',
      `spec: { secretStoreRef: { name: vault }, target: { name: keys${more} }, data: [{ secretKey: a, remoteRef: { key: shop, property: a } }] }`,
    );
  const reads = deployment('envFrom: [{ secretRef: { name: keys } }]');

  test('its Secret, where it owns it', () => {
    expect(shopEffects(reads + store + asked(), reads + store)).toEqual([
      'deleted high: ExternalSecret shop/shop deletes Secret shop/keys, which it owns; Deployment shop/shop reads it',
      'deleted medium: ExternalSecret shop/shop is deleted: Kustomization flux-system/shop prunes it',
    ]);
    expect(shopEffects(reads + store + asked(', creationPolicy: Orphan'), reads + store)).toEqual([
      'deleted medium: ExternalSecret shop/shop is deleted: Kustomization flux-system/shop prunes it',
    ]);
  });

  test('the store that others read from', () => {
    expect(shopEffects(reads + store + asked(), reads + asked())).toEqual([
      'blocked high: SecretStore shop/vault leaves ExternalSecret shop/shop without a store: it fails; existing Secrets stay, but are no longer updated\n  1. Keep it, or give what uses it another store in the same change.',
      'deleted high: SecretStore shop/vault is deleted: Kustomization flux-system/shop prunes it',
    ]);
  });

  test('a generated value', () => {
    const generator = object(
      'generators.external-secrets.io/v1alpha1',
      'Password',
      'password',
      'spec: { length: 24, digits: 5, symbols: 0, noUpper: false, allowRepeat: true }',
    );
    const drawn = object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'shop',
      'spec: { refreshPolicy: CreatedOnce, target: { name: keys }, dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, name: password } } }] }',
    );
    expect(shopEffects(reads + generator + drawn, reads + generator)).toEqual([
      'password critical: ExternalSecret shop/shop deletes Secret shop/keys, which it owns: the generated `password` is lost for good; Deployment shop/shop reads it\n  1. Before the merge, save the value if it is needed later, such as in Vault with a PushSecret.',
      'deleted medium: ExternalSecret shop/shop is deleted: Kustomization flux-system/shop prunes it',
    ]);
  });

  test('what it has pushed', () => {
    const pushed = (policy: string) =>
      object(
        'external-secrets.io/v1alpha1',
        'PushSecret',
        'shop',
        `spec: { deletionPolicy: ${policy}, secretStoreRefs: [{ name: vault }], selector: { secret: { name: keys } }, data: [{ match: { secretKey: a, remoteRef: { remoteKey: out, property: a } } }] }`,
      );
    const keys = object('v1', 'Secret', 'keys', 'stringData: { a: b }');
    expect(shopEffects(keys + store + pushed('Delete'), keys + store)).toEqual([
      'data critical: PushSecret shop/shop deletes what it has pushed to `kv/data/out`: its deletionPolicy is Delete',
      'deleted medium: PushSecret shop/shop is deleted: Kustomization flux-system/shop prunes it',
    ]);
    expect(shopEffects(keys + store + pushed('None'), keys + store)).toEqual([
      'deleted medium: PushSecret shop/shop is deleted: Kustomization flux-system/shop prunes it',
    ]);
  });
});

describe('a Kustomization that leaves the tree', () => {
  test('takes its objects along', () => {
    expect(effectsOf(tree(child()), tree(undefined))).toEqual([
      'blocked high: Kustomization flux-system/other waits forever: there is no Kustomization shop in namespace flux-system\n  1. Keep Kustomization flux-system/shop, or remove it from the `dependsOn` of flux-system/other after checking that nothing there needs it.',
      'deleted high: Deployment shop/shop is deleted: Kustomization flux-system/shop is deleted with all that it applies',
      'deleted high: Kustomization flux-system/shop is deleted, and 1 object with it; Kustomization flux-system/other still waits for it',
    ]);
  });

  test('leaves them where its deletionPolicy, its prune or its suspension says so', () => {
    expect(effectsOf(tree(child('prune: true\ndeletionPolicy: Orphan')), tree(undefined))).toEqual([
      'blocked high: Kustomization flux-system/other waits forever: there is no Kustomization shop in namespace flux-system\n  1. Keep Kustomization flux-system/shop, or remove it from the `dependsOn` of flux-system/other after checking that nothing there needs it.',
      'deleted medium: Kustomization flux-system/shop is deleted without what it has applied; 1 object stays behind; Kustomization flux-system/other still waits for it',
      'orphaned low: Deployment shop/shop stays in the cluster, and nothing updates it any more: the deletionPolicy of Kustomization flux-system/shop is Orphan',
    ]);
    expect(effectsOf(tree(child('prune: false')), tree(undefined))).toEqual([
      'blocked high: Kustomization flux-system/other waits forever: there is no Kustomization shop in namespace flux-system\n  1. Keep Kustomization flux-system/shop, or remove it from the `dependsOn` of flux-system/other after checking that nothing there needs it.',
      'deleted medium: Kustomization flux-system/shop is deleted without what it has applied; 1 object stays behind; Kustomization flux-system/other still waits for it',
      'orphaned low: Deployment shop/shop stays in the cluster, and nothing updates it any more: Kustomization flux-system/shop does not prune',
    ]);
    expect(effectsOf(tree(child('prune: true\nsuspend: true')), tree(undefined))).toEqual([
      'blocked high: Kustomization flux-system/other waits forever: there is no Kustomization shop in namespace flux-system\n  1. Keep Kustomization flux-system/shop, or remove it from the `dependsOn` of flux-system/other after checking that nothing there needs it.',
      'deleted medium: Kustomization flux-system/shop is deleted without what it has applied; 1 object stays behind; Kustomization flux-system/other still waits for it',
      'orphaned low: Deployment shop/shop stays in the cluster, and nothing updates it any more: Kustomization flux-system/shop is suspended when it is deleted',
    ]);
  });

  test('takes them along whatever its prune says where its deletionPolicy is Delete', () => {
    expect(effectsOf(tree(child('prune: false\ndeletionPolicy: Delete')), tree(undefined))).toEqual([
      'blocked high: Kustomization flux-system/other waits forever: there is no Kustomization shop in namespace flux-system\n  1. Keep Kustomization flux-system/shop, or remove it from the `dependsOn` of flux-system/other after checking that nothing there needs it.',
      'deleted high: Deployment shop/shop is deleted: Kustomization flux-system/shop is deleted with all that it applies',
      'deleted high: Kustomization flux-system/shop is deleted, and 1 object with it; Kustomization flux-system/other still waits for it',
    ]);
  });

  test('stays, and goes on, where nobody prunes it', () => {
    expect(
      effectsOf(tree(child(), deployment(), 'prune: false'), tree(undefined, deployment(), 'prune: false')),
    ).toEqual([
      'blocked high: Kustomization flux-system/other waits forever: there is no Kustomization shop in namespace flux-system\n  1. Keep Kustomization flux-system/shop, or remove it from the `dependsOn` of flux-system/other after checking that nothing there needs it.',
      'orphaned low: Deployment shop/shop stays in the cluster: Kustomization flux-system/shop itself stays in the cluster: Kustomization flux-system/root does not prune',
      'orphaned low: Kustomization flux-system/shop stays in the cluster, and goes on applying its folder as long as that is there: Kustomization flux-system/root does not prune',
    ]);
  });
});

test('a database takes the Secrets along that CloudNativePG has made of it', () => {
  const reading = deployment('env: [{ name: P, valueFrom: { secretKeyRef: { name: db-app, key: password } } }]');
  expect(shopEffects(reading + database(), reading)).toContain(
    'blocked high: Cluster shop/db deletes Secret shop/db-app, which is still read by Deployment shop/shop: what starts later fails without it\n  1. Keep it, or stop reading it in the same change.',
  );
});

test('a release may take the definitions of its kinds along, and all objects of these', () => {
  const release = (more = '') =>
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'eso',
      `spec: { interval: 1h, chart: { spec: { chart: external-secrets, sourceRef: { kind: HelmRepository, name: eso } } }${more} }`,
    );
  const asked = object('external-secrets.io/v1', 'ExternalSecret', 'keys', 'spec: { data: [] }');
  const data = (before: string) => shopEffects(before, asked).filter((effect) => effect.startsWith('data'));
  expect(data(release() + asked)).toEqual([
    'data critical: HelmRelease shop/eso may delete the definitions of its kinds, and with them every object of external-secrets.io, generators.external-secrets.io in the cluster, such as ExternalSecret shop/keys\n  1. Before the merge, check that the chart keeps them: `helm -n shop get manifest eso` has to show `helm.sh/resource-policy: keep` on each CustomResourceDefinition. Otherwise, set that in its values, in a commit of its own before this one.',
  ]);
  expect(data(release(', values: { installCRDs: false }') + asked)).toEqual([]);
});

describe('an object that a ResourceSet makes no more', () => {
  const set = (apps: string, annotation = '') =>
    object(
      'fluxcd.controlplane.io/v1',
      'ResourceSet',
      'apps',
      `spec:
  inputs: [${apps}]
  resources:
    - apiVersion: v1
      kind: ConfigMap
      metadata: { name: << inputs.app >>, namespace: shop, annotations: { a: b${annotation} } }`,
    );
  const [one, both] = ['{ app: web }', '{ app: web }, { app: api }'];

  test('is deleted by it, whether or not its Kustomization prunes', () => {
    expect(shopEffects(set(both), set(one), '')).toEqual([
      'deleted medium: ConfigMap shop/api is deleted: ResourceSet shop/apps prunes it',
    ]);
  });

  test('stays where its annotation says so', () => {
    const kept = ', fluxcd.controlplane.io/prune: disabled';
    expect(shopEffects(set(both, kept), set(one, kept), 'prune: true')).toEqual([
      'orphaned low: ConfigMap shop/api stays in the cluster, and nothing updates it any more: its annotations keep Flux from deleting it',
    ]);
  });

  test('goes with it', () => {
    expect(shopEffects(settings + set(one), settings, 'prune: true')).toContain(
      'deleted medium: ConfigMap shop/web is deleted: ResourceSet shop/apps is deleted with all that it makes',
    );
  });
});
