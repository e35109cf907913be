import { join } from 'node:path';

import { findingsOf } from '../../lib/checks/testing';
import { type Cluster, defineRule, isKnown } from '../../lib/rules';
import { repository } from '../repository';

/** What a function says of the clusters of a tree. */
function said(tree: Parameters<typeof findingsOf>[1], look: (cluster: Cluster) => unknown): unknown {
  const seen: unknown[] = [];
  const rule = defineRule({
    id: 'test/look',
    title: 'x',
    atRunTime: 'x',
    remedy: 'x',
    check(cluster) {
      seen.push(look(cluster));
      return [];
    },
  });
  findingsOf(rule, tree);
  return seen.length === 1 ? seen[0] : seen;
}

const soyo = { folder: join(repository, 'dist') };

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: { app: web, number: 1 }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web }, annotations: { a: b } }
    spec:
      initContainers:
        - { name: wait, image: busybox }
        - { name: proxy, image: envoy, restartPolicy: Always }
      containers:
        - name: web
          image: nginx
          envFrom: [{ secretRef: { name: db } }, { configMapRef: { name: gone, optional: true } }]
---
apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
stringData: { user: u, password: p }
`;

test('an object has its names, its values, its place', () => {
  expect(
    said({ yaml: web }, ({ objects: [object] }) => ({
      ...{ apiVersion: object?.apiVersion, group: object?.group, kind: object?.kind, namespace: object?.namespace },
      ...{
        name: object?.name,
        labels: object?.labels,
        file: object?.file,
        line: object?.line,
        certain: object?.certain,
      },
      replicas: object?.get('spec', 'replicas'),
      nothing: object?.get('spec', 'replicas', 'of', 3),
      lines: [object?.lineOf('spec', 'replicas'), object?.lineOf('spec', 'template', 'spec', 'volumes')],
      value: object?.value.kind,
    })),
  ).toEqual({
    ...{ apiVersion: 'apps/v1', group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' },
    // A label that is no text is none: the schemas refuse it.
    ...{ labels: { app: 'web' }, file: 'tree.yaml', line: 4, certain: true },
    ...{ replicas: 2, nothing: undefined, lines: [8, 12], value: 'Deployment' },
  });
});

test('a pod has all its containers, sidecars told from init containers', () => {
  expect(
    said({ yaml: web }, ({ pods: [pod] }) => [
      pod?.labels,
      pod?.annotations,
      pod?.object.name,
      pod?.containers.map(({ name, image, type, path }) => `${type} ${name} ${image} ${path.join('.')}`),
    ]),
  ).toEqual([
    { app: 'web' },
    { a: 'b' },
    'web',
    [
      'init wait busybox spec.template.spec.initContainers.0',
      'sidecar proxy envoy spec.template.spec.initContainers.1',
      'container web nginx spec.template.spec.containers.0',
    ],
  ]);
});

test('references lead to what is there, and back', () => {
  expect(
    said({ yaml: web }, (cluster) => {
      const [deployment, secret] = cluster.objects;
      return {
        to: deployment?.references.map(({ to, path, optional, target }) => [
          `${to.kind} ${to.name}`,
          path.at(-1),
          optional,
          target.state,
          target.objects.map(({ kind }) => kind),
        ]),
        back: secret?.referredBy.map(({ from }) => from === deployment),
        secret: (({ keys, open, makers, readers, state }) => [keys, open, makers.length, readers.length, state])(
          cluster.secret('shop', 'db') as NonNullable<ReturnType<Cluster['secret']>>,
        ),
        missing: cluster.configMap('shop', 'gone')?.state,
        found: cluster.find({ kind: 'Secret', namespace: 'shop', name: 'db' }).objects[0] === secret,
        none: cluster.find({ kind: 'Secret', namespace: 'shop', name: 'd' }).state,
        kinds: [cluster.ofKind('Secret').length, cluster.ofKind('Secret', 'apps').length],
      };
    }),
  ).toEqual({
    to: [
      ['Secret db', 'name', false, 'found', ['Secret']],
      // Without Flux the tree is a set of manifests: what it lacks may be anywhere.
      ['ConfigMap gone', 'name', true, 'unknown', []],
    ],
    back: [true],
    secret: [['password', 'user'], false, 1, 1, 'found'],
    missing: 'unknown',
    found: true,
    none: 'unknown',
    kinds: [1, 0],
  });
});

test('soyo: Kustomizations with their order, and the way of a secret from Vault', () => {
  expect(
    said(soyo, ({ name, kustomizations, vault, secret }) => {
      const backstage = kustomizations.find((one) => one.name === 'backstage');
      const first = kustomizations.find((one) => backstage?.dependsOn.includes(one));
      return {
        name,
        kustomizations: kustomizations.map((one) => one.name).sort(),
        after: first && [backstage?.comesAfter(first), first.comesAfter(backstage as typeof first)],
        folder: backstage?.folder,
        applies: backstage?.objects.every(({ kustomization }) => kustomization === backstage),
        vault: vault.map(({ verb, mount, key, store }) => `${verb} ${mount} ${key} ${store.name}`).sort()[0],
        makers: secret('backstage', 'backstage-db-secret')?.makers.map(({ kind }) => kind),
      };
    }),
  ).toEqual({
    name: 'soyo',
    kustomizations: ['backstage', 'cloudnative-pg', 'cluster-apps', 'external-secrets', 'external-secrets-stores'],
    after: [true, false],
    folder: 'dist/kubernetes/apps/backstage/backstage/app',
    applies: true,
    vault: 'push kv webgrip/prod/clusters/soyo/apps/backstage/db vault',
    makers: ['ExternalSecret'],
  });
});

test('nothing of the graph can be changed', () => {
  const changes: ((cluster: Cluster) => void)[] = [
    ({ objects }) => ((objects as unknown[]).length = 0),
    ({ objects: [object] }) => Object.assign(object as object, { name: 'other' }),
    ({ objects: [object] }) => Object.assign(object?.value.spec as object, { replicas: 5 }),
    ({ objects: [object] }) => Object.assign(object?.labels as object, { app: 'x' }),
    ({ pods: [pod] }) => Object.assign(pod?.containers[0]?.value as object, { image: 'x' }),
    ({ objects: [object] }) => Object.assign(object?.references[0]?.path as object, [1]),
    ({ secrets: [secret] }) => Object.assign(secret?.keys as object, ['k']),
  ];
  for (const change of changes) {
    expect(() => said({ yaml: web }, change)).toThrow(
      /object is not extensible|read.only|Cannot (?:assign|add|delete)|which has only a getter/,
    );
  }
});

test('isKnown tells of what a variable is not known', () => {
  expect([isKnown('web'), isKnown('${X}')]).toEqual([true, true]);
});

test('an ExternalSecret and a PushSecret refer to their stores and generators', () => {
  const yaml = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  data: [{ secretKey: a, remoteRef: { key: a } }, { secretKey: b, remoteRef: { key: b }, sourceRef: { storeRef: { name: own } } }]
  dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, name: long } } }]
---
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: up, namespace: shop }
spec: { secretStoreRefs: [{ kind: SecretStore, name: own }], selector: { secret: { name: db } }, data: [] }
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: own, namespace: shop }
spec: { provider: { fake: { data: [] } } }
`;
  expect(
    said({ yaml }, (cluster) =>
      cluster.objects.map(({ kind, references, referredBy }) => [
        kind,
        references
          .filter(({ to }) => to.kind !== 'Secret')
          .map(({ to, path, target }) => `${path.join('.')} ${to.kind} ${to.namespace}/${to.name} ${target.state}`),
        referredBy.map(({ from }) => from.kind),
      ]),
    ),
  ).toEqual([
    [
      'ExternalSecret',
      [
        'spec.data.1.sourceRef.storeRef.name SecretStore shop/own found',
        'spec.secretStoreRef.name ClusterSecretStore /vault unknown',
        'spec.dataFrom.0.sourceRef.generatorRef.name Password shop/long unknown',
      ],
      [],
    ],
    ['PushSecret', ['spec.secretStoreRefs.0.name SecretStore shop/own found'], []],
    ['SecretStore', [], ['ExternalSecret', 'PushSecret']],
  ]);
});
