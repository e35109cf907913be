import { fluxKustomization, object } from '../../graph/graph';
import { database, deployment, effectsOf, shop, shopEffects } from '../review-of';

const claim = (spec: string) =>
  object('v1', 'PersistentVolumeClaim', 'files', `spec: { accessModes: [ReadWriteOnce], ${spec} }`);
const size = (storage: string) => `resources: { requests: { storage: ${storage} } }`;
const job = (spec: string) => object('batch/v1', 'Job', 'migrate', `spec: { ${spec} }`);
const pod = (image: string) =>
  `template: { spec: { restartPolicy: Never, containers: [{ name: migrate, image: '${image}' }] } }`;
const set = (spec: string) =>
  object(
    'apps/v1',
    'StatefulSet',
    'queue',
    `spec: { ${spec}, selector: { matchLabels: { app: queue } }, template: { metadata: { labels: { app: queue } }, spec: { containers: [{ name: queue, image: 'acme/queue:1' }] } } }`,
  );

/** The first line of each effect of this kind. */
const of = (kind: string, effects: readonly string[]) =>
  effects.filter((effect) => effect.startsWith(kind)).map((effect) => effect.split('\n')[0]);

describe('a change of what cannot be changed', () => {
  test('is refused, and with it what else its Kustomization applies, and who waits for it', () => {
    const before = shop(deployment() + object('v1', 'ConfigMap', 'settings', 'data: { a: b }'));
    const after = shop(
      deployment().replace('matchLabels: { app: shop }', 'matchLabels: { app: store }') +
        object('v1', 'ConfigMap', 'settings', 'data: { a: c }'),
    );
    const waiting = {
      'flux/more.yaml': fluxKustomization('more', './more', 'prune: true\ndependsOn: [{ name: shop }]'),
      'more/a.yaml': job(pod('a')),
    };
    expect(effectsOf({ ...before, ...waiting }, { ...after, ...waiting })).toEqual([
      'refused high: Deployment shop/shop is not changed: the API server refuses it (`spec.selector.matchLabels.app`: it cannot be changed); Kustomization flux-system/shop fails, so that its other change does not happen and flux-system/more waits for it\n  1. Leave the field as it is, or have Flux delete it and create it again: add the annotation `kustomize.toolkit.fluxcd.io/force: enabled` for this one merge.',
    ]);
  });

  test('keeps everything else of its Kustomization from happening, but for definitions and namespaces', () => {
    const rest = (label: string) => object('v1', 'Namespace', 'shop', `metadata: { labels: { a: ${label} } }`, '');
    const before = deployment() + job(pod('a:1')) + database() + rest('b');
    const after = deployment('tty: true') + job(pod('a:2')) + rest('c');
    const held = 'held: its Kustomization fails, because another change of it is refused';
    expect(shopEffects(before, after).filter((effect) => /^(?:data|restart|deleted)/.test(effect))).toEqual([
      `data critical: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi)\n  ${held}\n  1. Take a backup to another place, or keep it: put the annotation \`kustomize.toolkit.fluxcd.io/prune: disabled\` on it in a commit of its own, and wait until Flux has applied that.`,
      `deleted high: Cluster shop/db is deleted: Kustomization flux-system/shop prunes it\n  ${held}`,
      `restart medium: Deployment shop/shop restarts its pods one after the other: \`containers[shop].tty\` changes\n  ${held}`,
    ]);
  });

  test('definitions, namespaces and cluster roles change all the same, then classes, unless one of them is refused', () => {
    const role = (verb: string) =>
      object(
        'rbac.authorization.k8s.io/v1',
        'ClusterRole',
        'reader',
        `rules: [{ apiGroups: [''], resources: [pods], verbs: [get, ${verb}] }]`,
        '',
      );
    const storage = (provisioner: string) =>
      object('storage.k8s.io/v1', 'StorageClass', 'fast', `provisioner: ${provisioner}`, '');
    const allows = 'other medium: ClusterRole reader now allows `list pods`';
    const restarts =
      'restart medium: Deployment shop/shop restarts its pods one after the other: `containers[shop].tty` changes';
    const held = '\n  held: its Kustomization fails, because another change of it is refused';
    const before = role('watch') + storage('a') + deployment() + job(pod('a:1'));
    const withRefused = (text: string) =>
      shopEffects(before, text)
        .filter((effect) => /^(?:other medium: ClusterRole reader now allows|restart|refused)/.test(effect))
        .map((effect) => effect.replace(/\n {2}1\..*$/, ''));
    expect(withRefused(role('list') + storage('a') + deployment('tty: true') + job(pod('a:2')))).toEqual([
      'refused high: Job shop/migrate is not changed: the API server refuses it (`spec.template.spec.containers[migrate].image`: it cannot be changed); Kustomization flux-system/shop fails, so that its other change does not happen',
      restarts + held,
      allows,
    ]);
    expect(withRefused(role('list') + storage('b') + deployment('tty: true') + job(pod('a:1')))).toEqual([
      'refused high: StorageClass fast is not changed: the API server refuses it (`provisioner`: it cannot be changed); Kustomization flux-system/shop fails, so that its other change does not happen',
      restarts + held,
      allows,
    ]);
  });

  test('is one of these', () => {
    const refused = (before: string, after: string) => of('refused', shopEffects(before, after));
    expect(refused(set('serviceName: a, replicas: 1'), set('serviceName: b, replicas: 2'))).toEqual([
      'refused high: StatefulSet shop/queue is not changed: the API server refuses it (`spec.serviceName`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
    expect(refused(job(pod('a:1')), job(pod('a:2')))).toEqual([
      'refused high: Job shop/migrate is not changed: the API server refuses it (`spec.template.spec.containers[migrate].image`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
    expect(refused(job(`completions: 1, ${pod('a')}`), job(`completions: 3, ${pod('a')}`))).toEqual([
      'refused high: Job shop/migrate is not changed: the API server refuses it (`spec.completions`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
    expect(
      refused(job(`ttlSecondsAfterFinished: 60, ${pod('a:1')}`), job(`ttlSecondsAfterFinished: 60, ${pod('a:2')}`)),
    ).toEqual([
      'refused high: Job shop/migrate is not changed as long as the old one is there: the API server refuses it (`spec.template.spec.containers[migrate].image`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
    expect(refused(claim(size('2Gi')), claim(size('1Gi')))).toEqual([
      'refused high: PersistentVolumeClaim shop/files is not changed: the API server refuses it (`spec.resources.requests.storage`: storage cannot shrink from 2Gi to 1Gi); Kustomization flux-system/shop fails',
    ]);
    expect(refused(claim(`storageClassName: a, ${size('1Gi')}`), claim(`storageClassName: b, ${size('1Gi')}`))).toEqual(
      [
        'refused high: PersistentVolumeClaim shop/files is not changed: the API server refuses it (`spec.storageClassName`: it cannot be changed); Kustomization flux-system/shop fails',
      ],
    );
    expect(
      refused(
        object('v1', 'Service', 'shop', 'spec: { ports: [{ port: 80 }] }'),
        object('v1', 'Service', 'shop', 'spec: { clusterIP: None, ports: [{ port: 80 }] }'),
      ),
    ).toEqual([
      'refused high: Service shop/shop is not changed: the API server refuses it (`spec.clusterIP`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
    expect(
      refused(object('v1', 'Secret', 'a', 'type: Opaque'), object('v1', 'Secret', 'a', 'type: kubernetes.io/tls')),
    ).toEqual([
      'refused high: Secret shop/a is not changed: the API server refuses it (`type`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
    expect(
      refused(
        object('v1', 'ConfigMap', 'a', 'immutable: true\ndata: { a: b }'),
        object('v1', 'ConfigMap', 'a', 'immutable: true\ndata: { a: c }'),
      ),
    ).toEqual([
      'refused high: ConfigMap shop/a is not changed: the API server refuses it (`data.a`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
    const bound = (name: string) =>
      object(
        'rbac.authorization.k8s.io/v1',
        'RoleBinding',
        'shop',
        `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${name} }\nsubjects: []`,
      );
    expect(refused(bound('reader'), bound('writer'))).toEqual([
      'refused high: RoleBinding shop/shop is not changed: the API server refuses it (`roleRef.name`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
  });

  test.each([
    [
      'v1',
      'Service',
      'spec: { ipFamilies: [IPv4], ports: [{ port: 80 }] }',
      'spec: { ipFamilies: [IPv6], ports: [{ port: 80 }] }',
      'spec.ipFamilies[0]',
    ],
    ['v1', 'Service', 'spec: { ports: [{ port: 80 }] }', 'spec: { ipFamilies: [IPv6], ports: [{ port: 80 }] }', ''],
    ['v1', 'ResourceQuota', 'spec: { scopes: [Terminating] }', 'spec: { scopes: [NotTerminating] }', 'spec.scopes[0]'],
    ['v1', 'PersistentVolume', 'spec: { nfs: { path: /a } }', 'spec: { nfs: { path: /b } }', 'spec.nfs.path'],
    [
      'v1',
      'PersistentVolume',
      'spec: { nfs: { path: /a } }',
      'spec: { nfs: { path: /a }, volumeMode: Filesystem, capacity: { storage: 2Gi } }',
      '',
    ],
    [
      'storage.k8s.io/v1',
      'VolumeAttributesClass',
      'driverName: a\nparameters: { b: c }',
      'driverName: a\nparameters: { b: d }',
      'parameters.b',
    ],
    [
      'storage.k8s.io/v1',
      'CSIDriver',
      'spec: { attachRequired: true }',
      'spec: { attachRequired: false }',
      'spec.attachRequired',
    ],
    ['discovery.k8s.io/v1', 'EndpointSlice', 'addressType: IPv4', 'addressType: IPv6', 'addressType'],
  ])('%s %s: %s, then %s', (apiVersion, kind, before, after, path) => {
    const made = (text: string) => object(apiVersion, kind, 'a', text, /^(?:Pers|Vol|CSI)/.test(kind) ? '' : 'shop');
    const refused = of('refused', shopEffects(made(before), made(after)));
    expect(refused.map((effect) => /`([^`]*)`/.exec(String(effect))?.[1])).toEqual(path === '' ? [] : [path]);
  });

  test('is a rule of the kind itself', () => {
    const of = (name: string) =>
      object('postgresql.cnpg.io/v1', 'Database', 'app', `spec: { name: ${name}, owner: app, cluster: { name: db } }`);
    expect(shopEffects(of('app'), of('shop'))).toEqual([
      'refused high: Database shop/app is not changed: the API server refuses it (`spec.name`: it cannot be changed); Kustomization flux-system/shop fails\n  1. Leave the field as it is, or have Flux delete it and create it again: add the annotation `kustomize.toolkit.fluxcd.io/force: enabled` for this one merge.',
    ]);
  });

  test('is not one of these', () => {
    const refused = (before: string, after: string) => of('refused', shopEffects(before, after));
    expect(refused(set('serviceName: a, replicas: 1'), set('serviceName: a, replicas: 2, minReadySeconds: 5'))).toEqual(
      [],
    );
    expect(refused(set('serviceName: a'), set('serviceName: a, podManagementPolicy: OrderedReady'))).toEqual([]);
    expect(refused(claim(size('1Gi')), claim(size('2Gi')))).toEqual([]);
    expect(refused(claim(size('1Gi')), claim(size('1024Mi')))).toEqual([]);
    expect(refused(claim(size('1Gi')), claim(`volumeName: pv, ${size('1Gi')}`))).toEqual([]);
    expect(
      refused(job(`ttlSecondsAfterFinished: 1, ${pod('a')}`), job(`ttlSecondsAfterFinished: 2, ${pod('a')}`)),
    ).toEqual([]);
    expect(
      refused(
        job(`completionMode: Indexed, completions: 1, ${pod('a')}`),
        job(`completionMode: Indexed, completions: 3, ${pod('a')}`),
      ),
    ).toEqual([]);
    expect(refused(object('v1', 'Secret', 'a', 'type: Opaque'), object('v1', 'Secret', 'a'))).toEqual([]);
    expect(
      refused(
        object('v1', 'Service', 'shop', 'spec: { clusterIP: None }'),
        object('v1', 'Service', 'shop', 'spec: { ports: [{ port: 80 }] }'),
      ),
    ).toEqual([]);
    expect(
      refused(
        object('v1', 'ConfigMap', 'a', 'data: { a: b }'),
        object('v1', 'ConfigMap', 'a', 'immutable: true\ndata: { a: c }'),
      ),
    ).toEqual([]);
  });
});

describe('what CloudNativePG refuses', () => {
  const refused = (before: string, after: string) => of('refused', shopEffects(database(before), database(after)));
  const volume = 'storage: { size: 2Gi }';

  test('a smaller volume, and one that is taken away', () => {
    expect(refused(volume, 'storage: { size: 1Gi }')).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.storage.size`: storage cannot shrink from 2Gi to 1Gi); Kustomization flux-system/shop fails',
    ]);
    expect(refused(`${volume}, walStorage: { size: 1Gi }`, volume)).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.walStorage`: a WAL volume cannot be removed); Kustomization flux-system/shop fails',
    ]);
    expect(refused(`${volume}, tablespaces: [{ name: a, storage: { size: 2Gi } }]`, volume)).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.tablespaces[a]`: a tablespace cannot be removed); Kustomization flux-system/shop fails',
    ]);
    expect(
      refused(
        `${volume}, tablespaces: [{ name: a, storage: { size: 2Gi } }]`,
        `${volume}, tablespaces: [{ name: a, storage: { size: 1Gi } }]`,
      ),
    ).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.tablespaces[a].storage.size`: storage cannot shrink from 2Gi to 1Gi); Kustomization flux-system/shop fails',
    ]);
    expect(
      refused('storage: { pvcTemplate: { resources: { requests: { storage: 2Gi } } } }', 'storage: { size: 1Gi }'),
    ).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.storage.size`: storage cannot shrink from 2Gi to 1Gi); Kustomization flux-system/shop fails',
    ]);
  });

  test('an older major version, and one that it cannot upgrade to', () => {
    expect(refused(`${volume}, imageName: 'x/postgresql:17.2'`, `${volume}, imageName: 'x/postgresql:16.8'`)).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.imageName`: CloudNativePG cannot downgrade PostgreSQL from 17 to 16); Kustomization flux-system/shop fails',
    ]);
    expect(refused(`${volume}, imageName: 'x/postgresql:13'`, `${volume}, imageName: 'x/postgresql:15'`)).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.imageName`: CloudNativePG upgrades in place to PostgreSQL 16 or newer, not to 15); Kustomization flux-system/shop fails',
    ]);
    expect(
      refused(
        `${volume}, imageName: 'x:5000/postgresql:17.2@sha256:0'`,
        `${volume}, imageName: 'x:5000/postgresql:17.1@sha256:0'`,
      ),
    ).toEqual([]);
  });

  test('a new image with new parameters, where the primary is switched', () => {
    const of = (method: string, image: string, size: string) =>
      `${volume}, primaryUpdateMethod: ${method}, imageName: 'x/postgresql:${image}', postgresql: { parameters: { work_mem: ${size} } }`;
    expect(refused(of('switchover', '17.1', '4MB'), of('switchover', '17.2', '8MB'))).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.imageName`: with `primaryUpdateMethod: switchover`, image and parameters cannot change at once); Kustomization flux-system/shop fails',
    ]);
    expect(refused(of('restart', '17.1', '4MB'), of('restart', '17.2', '8MB'))).toEqual([]);
  });

  test('another user, another prefix of its slots, and a WAL that no standby could follow', () => {
    expect(refused(volume, `${volume}, postgresUID: 1000`)).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.postgresUID`: it cannot be changed); Kustomization flux-system/shop fails',
    ]);
    expect(refused(volume, `${volume}, postgresUID: 26`)).toEqual([]);
    expect(
      refused(
        `${volume}, replicationSlots: { highAvailability: { slotPrefix: a_ } }`,
        `${volume}, replicationSlots: { highAvailability: { slotPrefix: b_ } }`,
      ),
    ).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.replicationSlots.highAvailability.slotPrefix`: it cannot be changed while the slots are in use); Kustomization flux-system/shop fails',
    ]);
    expect(
      refused(
        `${volume}, postgresql: { parameters: { wal_level: logical } }`,
        `${volume}, postgresql: { parameters: { wal_level: minimal } }`,
      ),
    ).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.postgresql.parameters.wal_level`: it cannot become `minimal`); Kustomization flux-system/shop fails',
    ]);
  });

  test('nothing else of it happens', () => {
    expect(
      shopEffects(database('instances: 3, storage: { size: 2Gi }'), database('instances: 2, storage: { size: 1Gi }')),
    ).toEqual([
      'refused high: Cluster shop/db is not changed: the API server refuses it (`spec.storage.size`: storage cannot shrink from 2Gi to 1Gi); Kustomization flux-system/shop fails\n  1. Before the merge, set the field back. For another value, make a new Cluster and copy the data to it.',
      `scale low: Cluster shop/db runs 2 instances, 3 before: CloudNativePG deletes the volumes of those that are removed
  held: the change is refused`,
    ]);
  });
});

describe('Flux may force it', () => {
  const other = (text: string) => text.replace('matchLabels: { app: shop }', 'matchLabels: { app: store }');

  test('by its Kustomization, or by an annotation', () => {
    expect(shopEffects(deployment(), other(deployment()), 'prune: true\nforce: true')).toEqual([
      'recreated high: Deployment shop/shop is deleted and created again, since Flux may force it (`spec.selector.matchLabels.app`: it cannot be changed)',
    ]);
    const forced = deployment().replace(
      'name: shop, ',
      'name: shop, annotations: { kustomize.toolkit.fluxcd.io/force: enabled }, ',
    );
    expect(shopEffects(forced, other(forced))).toEqual([
      'recreated high: Deployment shop/shop is deleted and created again, since Flux may force it (`spec.selector.matchLabels.app`: it cannot be changed)',
    ]);
  });

  test('then its pods do not restart one after the other', () => {
    expect(shopEffects(deployment(), other(deployment('tty: true')), 'prune: true\nforce: true')).toEqual([
      'recreated high: Deployment shop/shop is deleted and created again, since Flux may force it (`spec.selector.matchLabels.app`: it cannot be changed)',
    ]);
  });

  test('then a database is created again, empty', () => {
    expect(
      shopEffects(database('storage: { size: 2Gi }'), database('storage: { size: 1Gi }'), 'prune: true\nforce: true'),
    ).toEqual([
      'data critical: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 2Gi)\n  1. Leave the field as it is, or remove `force` from Cluster shop/db and its Kustomization: then the change is refused, and nothing is lost.',
      'recreated critical: Cluster shop/db is deleted and created again, since Flux may force it (`spec.storage.size`: storage cannot shrink from 2Gi to 1Gi)',
    ]);
  });
});
