import type { Cluster } from '../../lib/graph/cluster';
import type { SecretKind } from '../../lib/graph/secrets/secret-index';
import { fluxKustomization, graphOf, object } from './graph';

/** The cluster that applies these objects. */
function clusterOf(...objects: string[]): Cluster {
  const graph = graphOf({ 'flux/apps.yaml': fluxKustomization('apps', './apps'), 'apps/all.yaml': objects.join('') });
  const [cluster] = graph.clusters;
  if (cluster === undefined) throw new Error('no cluster');
  return cluster;
}

/** What is known of a Secret: its keys, and `…` where there may be others. */
function known(cluster: Cluster, name: string, kind: SecretKind = 'Secret', namespace = 'shop'): string | string[] {
  const found = cluster.secrets.lookup(kind, namespace, name);
  if (found.state !== 'found') return found.state;
  return [...[...found.keys].sort(), ...(found.open ? ['…'] : [])];
}

const externalSecret = (spec: string, name = 'made') =>
  object('external-secrets.io/v1', 'ExternalSecret', name, `spec: ${spec}`);

describe('the keys of a Secret', () => {
  it.each([
    ['data that is named', '{ data: [{ secretKey: a }, { secretKey: b }] }', ['a', 'b']],
    ['a Vault path that is read whole', '{ dataFrom: [{ extract: { key: x } }] }', ['…']],
    ['a generator with one key', '{ dataFrom: [{ sourceRef: { generatorRef: { kind: UUID, name: id } } }] }', ['uuid']],
    [
      "a Password's own keys",
      '{ dataFrom: [{ sourceRef: { generatorRef: { kind: Password, name: two } } }] }',
      ['one', 'two'],
    ],
    [
      'keys that are rewritten',
      '{ dataFrom: [{ sourceRef: { generatorRef: { kind: UUID, name: id } }, rewrite: [{ regexp: {} }] }] }',
      ['…'],
    ],
    [
      'a template in place of them',
      '{ data: [{ secretKey: a }], target: { template: { data: { url: x } } } }',
      ['url'],
    ],
    [
      'a template beside them',
      '{ data: [{ secretKey: a }], target: { template: { mergePolicy: Merge, data: { url: x } } } }',
      ['a', 'url'],
    ],
    [
      'a template without data',
      '{ data: [{ secretKey: a }], target: { template: { metadata: { labels: { a: b } } } } }',
      ['a'],
    ],
    ['templates from elsewhere', '{ target: { template: { templateFrom: [{ literal: x }] } } }', ['…']],
  ])('of an ExternalSecret are those of %s', (_, spec, keys) => {
    const password = object(
      'generators.external-secrets.io/v1alpha1',
      'Password',
      'two',
      'spec: { secretKeys: [one, two] }',
    );
    expect(known(clusterOf(externalSecret(spec), password), 'made')).toEqual(keys);
  });

  it('are those of all that add to it', () => {
    const cluster = clusterOf(
      externalSecret('{ target: { name: shared }, data: [{ secretKey: a }] }', 'owner'),
      externalSecret('{ target: { name: shared, creationPolicy: Merge }, data: [{ secretKey: b }] }', 'adder'),
    );
    expect(known(cluster, 'shared')).toEqual(['a', 'b']);
  });

  it('are nobody’s where one only adds to what nobody makes, or makes nothing', () => {
    const cluster = clusterOf(
      externalSecret('{ target: { name: shared, creationPolicy: Merge }, data: [{ secretKey: b }] }', 'adder'),
      externalSecret('{ target: { name: never, creationPolicy: None }, data: [{ secretKey: b }] }', 'none'),
    );
    expect([known(cluster, 'shared'), known(cluster, 'never')]).toEqual(['absent', 'absent']);
  });

  it('of a database are the operator’s, unless its bootstrap names a Secret', () => {
    const cluster = clusterOf(
      object('postgresql.cnpg.io/v1', 'Cluster', 'own', 'spec: { bootstrap: { initdb: { database: a, owner: a } } }'),
      object('postgresql.cnpg.io/v1', 'Cluster', 'given', 'spec: { bootstrap: { initdb: { secret: { name: x } } } }'),
    );
    expect(known(cluster, 'own-app')).toEqual(
      expect.arrayContaining(['dbname', 'host', 'jdbc-uri', 'password', 'username']),
    );
    expect([known(cluster, 'given-app'), known(cluster, 'own-superuser'), known(cluster, 'given-ca')]).toEqual([
      'absent',
      'absent',
      ['ca.crt', 'ca.key'],
    ]);
  });
});

const release = ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'] as const;
const readsGone = '{ controllers: { main: { envFrom: [{ secretRef: { name: gone } }] } } }';

describe('a Secret that nothing creates', () => {
  it('is absent', () => {
    expect(known(clusterOf(object('v1', 'ConfigMap', 'a')), 'gone')).toBe('absent');
  });

  it.each([
    ['a chart in its namespace, whose release its name begins with', object(...release, 'gone', 'spec: {}')],
    ['a chart whose values name it', object(...release, 'shop', 'spec: { values: { tokens: [gone] } }')],
    ['an operator’s object of its name', object('example.com/v1', 'Thing', 'gone', 'spec: {}')],
    ['an operator’s object that names it', object('example.com/v1', 'Thing', 'a', 'spec: { outputSecret: gone }')],
    ['a controller that makes anything', object('argoproj.io/v1alpha1', 'Application', 'a', 'spec: {}', 'argocd')],
  ])('may be made by %s, and so is not known to be absent', (_, maker) => {
    expect(known(clusterOf(maker), 'gone')).toBe('unknown');
  });

  it.each([
    ['a chart is in another namespace', object(...release, 'gone', 'spec: {}', 'other')],
    ['a chart has another name', object(...release, 'shop', 'spec: {}')],
    ['the values of a chart say that its pods read it', object(...release, 'shop', `spec: { values: ${readsGone} }`)],
    ['an object of an operator is called by its beginning', object('example.com/v1', 'Thing', 'go', 'spec: {}')],
    ['Terraform writes what comes out into another', object('infra.contrib.fluxcd.io/v1alpha2', 'Terraform', 'a')],
  ])('is absent where %s', (_, other) => {
    expect(known(clusterOf(other), 'gone')).toBe('absent');
  });

  it.each([
    ['by whoever has it, everywhere', { 'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true' }, ['a']],
    [
      'into the namespaces that are listed',
      {
        'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true',
        'reflector.v1.k8s.emberstack.com/reflection-auto-namespaces': 'web,shop',
      },
      ['a'],
    ],
    ['into others', { 'replicator.v1.mittwald.de/replicate-to': 'web,other' }, 'absent'],
    ['on demand', { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' }, 'absent'],
  ])('is copied from another namespace %s', (_, annotations, expected) => {
    const secret = object('v1', 'Secret', 'gone', 'data: { a: YQ== }', 'vault');
    const copied = secret.replace('name: gone,', `name: gone, annotations: ${JSON.stringify(annotations)},`);
    expect(known(clusterOf(copied), 'gone')).toEqual(expected);
  });

  it('is not known to be absent where the configuration names it', () => {
    const texts = {
      'flux/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/a.yaml': object('v1', 'ConfigMap', 'a'),
    };
    const [cluster] = graphOf(texts, { external: ['Secret/shop/by-*'] }).clusters;
    expect(cluster && [known(cluster, 'by-hand'), known(cluster, 'other')]).toEqual(['unknown', 'absent']);
  });
});

describe('a reference to a Secret', () => {
  /** Each as `use: name#key at path`. */
  const references = (...objects: string[]) =>
    clusterOf(...objects).secrets.references.map(({ use, kind, name, key, path, optional }) => {
      return `${use}: ${kind} ${name}${key === undefined ? '' : `#${key}`}${optional ? ' (optional)' : ''} at ${path.join('.')}`;
    });

  it('is found wherever a pod has one', () => {
    const spec = `spec:
  template:
    spec:
      imagePullSecrets: [{ name: registry }]
      initContainers:
        - envFrom: [{ secretRef: { name: all, optional: true } }]
      containers:
        - env:
            - { name: A, valueFrom: { secretKeyRef: { name: s, key: a } } }
            - { name: B, valueFrom: { configMapKeyRef: { name: c, key: b } } }
      volumes:
        - { name: a, secret: { secretName: files } }
        - { name: b, configMap: { name: some, items: [{ key: one }] } }
        - { name: c, projected: { sources: [{ secret: { name: p } }] } }`;
    expect(references(object('apps/v1', 'Deployment', 'shop', spec))).toEqual([
      'envFrom: Secret all (optional) at spec.template.spec.initContainers.0.envFrom.0.secretRef.name',
      'env: Secret s#a at spec.template.spec.containers.0.env.0.valueFrom.secretKeyRef.key',
      'env: ConfigMap c#b at spec.template.spec.containers.0.env.1.valueFrom.configMapKeyRef.key',
      'volume: Secret files at spec.template.spec.volumes.0.secret.secretName',
      'volume: ConfigMap some#one at spec.template.spec.volumes.1.configMap.items.0.key',
      'volume: Secret p at spec.template.spec.volumes.2.projected.sources.0.secret.name',
      'imagePullSecret: Secret registry at spec.template.spec.imagePullSecrets.0.name',
    ]);
  });

  it('is found in a database, a store, a push and an Ingress', () => {
    const push = '{ selector: { secret: { name: db } }, data: [{ match: { secretKey: password } }] }';
    const store =
      '{ provider: { vault: { auth: { tokenSecretRef: { name: token, key: t } }, caProvider: { type: ConfigMap, name: ca, key: c } } } }';
    expect(
      references(
        object('postgresql.cnpg.io/v1', 'Cluster', 'db', 'spec: { bootstrap: { initdb: { secret: { name: db } } } }'),
        object('external-secrets.io/v1alpha1', 'PushSecret', 'push', `spec: ${push}`),
        object('external-secrets.io/v1', 'SecretStore', 'vault', `spec: ${store}`),
        object('networking.k8s.io/v1', 'Ingress', 'web', 'spec: { tls: [{ secretName: cert }] }'),
      ),
    ).toEqual([
      'bootstrap: Secret db at spec.bootstrap.initdb.secret.name',
      'push: Secret db#password at spec.data.0.match.secretKey',
      'store: Secret token#t at spec.provider.vault.auth.tokenSecretRef.key',
      'store: ConfigMap ca#c at spec.provider.vault.caProvider.key',
      'tls: Secret cert at spec.tls.0.secretName',
    ]);
  });
});
