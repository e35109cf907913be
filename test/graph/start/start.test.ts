import { describe as nameOfObject } from '../../../lib/graph/identity';
import { nameOf } from '../../../lib/graph/kustomization';
import { startOf } from '../../../lib/graph/start';
import type { Texts } from '../../tree/kustomize/memory';
import { fluxKustomization, graphOf, object } from '../graph';

function started(texts: Texts) {
  const graph = graphOf(texts);
  const [cluster] = graph.clusters;
  if (cluster === undefined) throw new Error('the tree has no cluster');
  return startOf(cluster, graph);
}

const waves = (texts: Texts) => started(texts).waves.map((wave) => wave.map((one) => nameOf(one.kustomization)));
const stuck = (texts: Texts) =>
  Object.fromEntries(started(texts).stuck.map(({ kustomization, why }) => [kustomization.name, why]));

/** What is told of one kind, as lines. */
function needed(texts: Texts, kind: string): string[] {
  return started(texts)
    .before.filter((one) => one.kind === kind)
    .map(({ what, keys, notes, neededBy, wave }) =>
      [what, ...keys, ...notes, `${neededBy.map(nameOfObject).join(' ')} ${wave}`].join(' | '),
    );
}

const ks = (name: string, more = '') => fluxKustomization(name, `./${name}`, more);
const empty = object('v1', 'ConfigMap', 'one', 'data: {}');

describe('waves', () => {
  it('follow dependsOn and what applies what; what waits for nothing starts together', () => {
    const texts = {
      'flux/ks.yaml': ks('apps'),
      'apps/ks.yaml':
        ks('a', 'wait: true') +
        ks('b', 'dependsOn: [{ name: a }]') +
        ks('c') +
        ks('d', 'dependsOn: [{ name: b }, { name: c }]'),
      'a/a.yaml': empty,
      'b/a.yaml': empty,
      'c/a.yaml': empty,
      'd/a.yaml': empty,
    };
    expect(waves(texts)).toEqual([
      ['flux-system/apps'],
      ['flux-system/a', 'flux-system/c'],
      ['flux-system/b'],
      ['flux-system/d'],
    ]);
    expect(stuck(texts)).toEqual({});
  });

  it('wait for what a Kustomization applies and waits for', () => {
    const texts = {
      'flux/ks.yaml': ks('apps', 'wait: true') + ks('last', 'dependsOn: [{ name: apps }]'),
      'apps/ks.yaml': ks('a'),
      'a/a.yaml': empty,
      'last/a.yaml': empty,
    };
    expect(waves(texts)).toEqual([['flux-system/apps'], ['flux-system/a'], ['flux-system/last']]);
  });

  it('leave out what never starts, and say why', () => {
    const texts = {
      'flux/ks.yaml':
        ks('a', 'dependsOn: [{ name: b }]') +
        ks('b', 'dependsOn: [{ name: c }]') +
        ks('c', 'dependsOn: [{ name: a }]') +
        ks('behind', 'dependsOn: [{ name: a }]') +
        ks('gone', 'dependsOn: [{ name: lost }]') +
        ks('asleep', 'suspend: true') +
        ks('nowhere') +
        ks('fine'),
      ...Object.fromEntries(
        ['a', 'b', 'c', 'behind', 'gone', 'asleep', 'fine'].map((name) => [`${name}/a.yaml`, empty]),
      ),
    };
    expect(waves(texts)).toEqual([['flux-system/fine']]);
    expect(stuck(texts)).toEqual({
      a: 'waits for flux-system/b, which waits for flux-system/c, which waits for flux-system/a',
      b: 'waits for flux-system/c, which waits for flux-system/a, which waits for flux-system/b',
      c: 'waits for flux-system/a, which waits for flux-system/b, which waits for flux-system/c',
      behind: 'waits for flux-system/a',
      gone: 'waits for flux-system/lost, which is not in the tree',
      asleep: 'is suspended until somebody resumes it',
      nowhere: 'fails: its path nowhere is not there',
    });
  });

  it('say who brings definitions, and who fails until then', () => {
    const definition = object(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'things.example.org',
      'spec: { group: example.org, names: { kind: Thing, plural: things }, versions: [] }',
      '',
    );
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'cnpg',
      'spec: { dependsOn: [{ name: other }], chart: { spec: { chart: cloudnative-pg, sourceRef: { kind: HelmRepository, name: c } } } }',
    );
    const texts = {
      'flux/ks.yaml': ks('crds') + ks('operator') + ks('things') + ks('dbs', 'dependsOn: [{ name: operator }]'),
      'crds/crd.yaml': definition,
      'operator/hr.yaml': release,
      'things/thing.yaml':
        object('example.org/v1', 'Thing', 'one') + object('postgresql.cnpg.io/v1', 'Cluster', 'early'),
      'dbs/db.yaml': object('postgresql.cnpg.io/v1', 'Cluster', 'db'),
    };
    const told = started(texts)
      .waves.flat()
      .map(({ kustomization, defines, releases, retries }) => ({
        name: kustomization.name,
        defines,
        releases: releases.map(({ release, after }) => [release.name, after]),
        retries: retries.map(({ kinds, by, wave }) => [kinds, by.name, wave]),
      }));
    expect(told).toEqual([
      { name: 'crds', defines: ['example.org'], releases: [], retries: [] },
      { name: 'operator', defines: ['postgresql.cnpg.io'], releases: [['cnpg', ['shop/other']]], retries: [] },
      {
        name: 'things',
        defines: [],
        releases: [],
        retries: [
          [['Thing'], 'crds', 0],
          [['Cluster'], 'operator', 0],
        ],
      },
      { name: 'dbs', defines: [], releases: [], retries: [] },
    ]);
  });

  it('say who brings webhooks', () => {
    const texts = {
      'flux/ks.yaml': ks('policy'),
      'policy/a.yaml': object(
        'admissionregistration.k8s.io/v1',
        'MutatingWebhookConfiguration',
        'hook',
        'webhooks: []',
        '',
      ),
    };
    expect(
      started(texts)
        .waves.flat()
        .map(({ webhooks }) => webhooks.map(nameOfObject)),
    ).toEqual([['MutatingWebhookConfiguration hook']]);
  });
});

describe('what has to be there before', () => {
  const store = (name: string, provider: string) =>
    object('external-secrets.io/v1', 'ClusterSecretStore', name, `spec: { provider: ${provider} }`, '');
  const vault = store(
    'vault',
    '{ vault: { server: "https://vault.example.org", path: kv, auth: { kubernetes: { mountPath: k8s, role: eso } } } }',
  );
  const reads = (name: string, fields: string, store = 'vault') =>
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      name,
      `spec: { secretStoreRef: { kind: ClusterSecretStore, name: ${store} }, ${fields} }`,
    );

  it('values in Vault: those that something reads and nothing pushes', () => {
    const texts = {
      'flux/ks.yaml': ks('app'),
      'app/a.yaml':
        vault +
        reads(
          'one',
          'data: [{ secretKey: a, remoteRef: { key: one, property: user } }, { secretKey: b, remoteRef: { key: one, property: password } }]',
        ) +
        reads(
          'both',
          'data: [{ secretKey: a, remoteRef: { key: both, property: mine } }, { secretKey: b, remoteRef: { key: both, property: pushed } }]',
        ) +
        reads('back', 'data: [{ secretKey: a, remoteRef: { key: back, property: pushed } }]') +
        reads(
          'templated',
          'target: { template: { data: { url: "{{ .host }}/{{ .path }}" } } }, dataFrom: [{ extract: { key: templated } }]',
        ) +
        reads(
          'two',
          'target: { template: { data: { url: "{{ .host }}" } } }, dataFrom: [{ extract: { key: t1 } }, { extract: { key: t2 } }]',
        ) +
        object(
          'external-secrets.io/v1alpha1',
          'PushSecret',
          'out',
          'spec: { secretStoreRefs: [{ kind: ClusterSecretStore, name: vault }], selector: { secret: { name: one } }, data: [{ match: { secretKey: a, remoteRef: { remoteKey: both, property: pushed } } }, { match: { secretKey: a, remoteRef: { remoteKey: back, property: pushed } } }] }',
        ),
    };
    expect(needed(texts, 'value')).toEqual([
      'vault:kv/one | user | password | ExternalSecret shop/one 0',
      'vault:kv/both | mine | the cluster itself pushes `pushed` there | ExternalSecret shop/both 0',
      'vault:kv/templated | host | path | ExternalSecret shop/templated 0',
      'vault:kv/t1 | ExternalSecret shop/two takes `host` from this and one other entry | ExternalSecret shop/two 0',
      'vault:kv/t2 | ExternalSecret shop/two takes `host` from this and one other entry | ExternalSecret shop/two 0',
    ]);
    expect(started(texts).before.find(({ what }) => what === 'vault:kv/one')?.vault).toEqual({
      mount: 'kv',
      path: 'one',
      namespace: undefined,
    });
    expect(needed(texts, 'store')).toEqual([
      'Vault at https://vault.example.org for ClusterSecretStore vault | KV version 2 mounted at kv | Kubernetes auth at k8s, role eso; espalier policy --format commands writes both | after a new cluster, its API server and its certificate are others: configure the auth method anew | ' +
        'ClusterSecretStore vault ExternalSecret shop/one ExternalSecret shop/both ExternalSecret shop/back ExternalSecret shop/templated ExternalSecret shop/two PushSecret shop/out 0',
    ]);
  });

  it('a store that runs in the cluster itself, and what is read through it to start it', () => {
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'connect',
      'spec: { chart: { spec: { chart: connect, sourceRef: { kind: HelmRepository, name: c } } } }',
    );
    const texts = {
      'flux/ks.yaml': ks('connect'),
      'connect/a.yaml':
        store('op', '{ onepassword: { connectHost: "http://connect.shop.svc.cluster.local" } }') +
        release +
        reads('token', 'dataFrom: [{ extract: { key: connect } }]', 'op'),
    };
    expect(needed(texts, 'store')).toEqual([
      'onepassword at http://connect.shop.svc.cluster.local for ClusterSecretStore op | this cluster itself answers there: HelmRelease shop/connect, which Kustomization flux-system/connect starts in wave 0 | ExternalSecret shop/token read through it what starts it: make their Secrets by hand the first time | ClusterSecretStore op ExternalSecret shop/token 0',
    ]);
  });

  it('Secrets that nothing makes: the key of SOPS, logins, what pods read; not what is optional, made or a chart’s', () => {
    const texts = {
      'flux/ks.yaml':
        ks('app', 'decryption: { provider: sops, secretRef: { name: sops-age } }') +
        ks(
          'vars',
          'postBuild: { substituteFrom: [{ kind: Secret, name: settings }, { kind: ConfigMap, name: extra, optional: true }] }',
        ),
      'vars/a.yaml': empty,
      'app/a.yaml': object(
        'apps/v1',
        'Deployment',
        'web',
        'spec: { template: { spec: { containers: [{ name: web, env: [{ name: A, valueFrom: { secretKeyRef: { name: login, key: a } } }, { name: B, valueFrom: { secretKeyRef: { name: maybe, key: b, optional: true } } }, { name: C, valueFrom: { secretKeyRef: { name: made, key: c } } }] }] } } }',
      ),
      'app/made.yaml': object('v1', 'Secret', 'made', 'stringData: { c: x }'),
    };
    expect(needed(texts, 'secret')).toEqual([
      'Secret flux-system/sops-age | decrypts what SOPS has encrypted | Kustomization flux-system/app 0',
      'Secret shop/login | a | Deployment shop/web 0',
      'Secret flux-system/settings | variables are taken from it | Kustomization flux-system/vars 0',
    ]);
  });

  it('databases and volumes that start empty, and the buckets of their backups', () => {
    const archive = '{ destinationPath: "s3://backups/shop", endpointURL: "https://s3.example.org" }';
    const texts = {
      'flux/ks.yaml': ks('app'),
      'app/a.yaml':
        object('barmancloud.cnpg.io/v1', 'ObjectStore', 'store', `spec: { configuration: ${archive} }`) +
        object(
          'postgresql.cnpg.io/v1',
          'Cluster',
          'kept',
          'spec: { plugins: [{ name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName: store } }] }',
        ) +
        object('postgresql.cnpg.io/v1', 'Cluster', 'back', 'spec: { bootstrap: { recovery: { source: kept } } }') +
        object('postgresql.cnpg.io/v1', 'Cluster', 'bare', 'spec: {}') +
        object('v1', 'PersistentVolumeClaim', 'files', 'spec: {}') +
        object(
          'v1',
          'PersistentVolumeClaim',
          'restored',
          'spec: { dataSourceRef: { apiGroup: volsync.backube, kind: ReplicationDestination, name: r } }',
        ),
    };
    expect(needed(texts, 'data')).toEqual([
      'Cluster shop/kept | starts empty (bootstrap.initdb), and does not archive while https://s3.example.org s3://backups/shop holds what the server kept archived before ("Expected empty archive") | to have its data back, write bootstrap.recovery with that archive as the source, and another serverName for its own, before Flux applies it | Cluster shop/kept 0',
      'Cluster shop/back | is restored by itself: bootstrap.recovery | Cluster shop/back 0',
      'Cluster shop/bare | starts empty, and nothing in the tree archives it | Cluster shop/bare 0',
      'PersistentVolumeClaim shop/files | starts empty | PersistentVolumeClaim shop/files 0',
    ]);
    expect(needed(texts, 'bucket')).toEqual(['s3://backups/shop at https://s3.example.org | ObjectStore shop/store 0']);
  });

  it('hosts, registries, repositories and identity providers, and which of them this very cluster serves', () => {
    const texts = {
      'flux/ks.yaml':
        ks('app') +
        object(
          'source.toolkit.fluxcd.io/v1',
          'GitRepository',
          'flux-system',
          'spec: { url: "ssh://git@git.example.org/acme/fleet", secretRef: { name: flux-system } }',
          'flux-system',
        ),
      'app/a.yaml':
        object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'git', 'spec: { hostnames: [git.example.org] }') +
        object(
          'apps/v1',
          'Deployment',
          'web',
          'spec: { template: { spec: { containers: [{ name: web, image: "ghcr.io/acme/web:1", args: ["--oidc-issuer-url=https://login.example.org/a"] }, { name: side, image: redis, env: [{ name: OIDC_ISSUER, value: "https://login.example.org/a/.well-known/openid-configuration" }, { name: OIDC_REDIRECT_URI, value: "https://web.example.org/login" }, { name: OIDC_OP_TOKEN_ENDPOINT, value: "https://login.example.org/a/token" }, { name: OIDC_URL, value: "https://web.example.org/oidc/callback" }] }] } } }',
        ) +
        object(
          'source.toolkit.fluxcd.io/v1',
          'OCIRepository',
          'chart',
          'spec: { url: "oci://git.example.org/charts/x" }',
        ),
    };
    const served =
      'this cluster itself answers there: HTTPRoute shop/git, which Kustomization flux-system/app starts in wave 0';
    expect(needed(texts, 'host')).toEqual(['git.example.org | HTTPRoute shop/git 0']);
    expect(needed(texts, 'registry')).toEqual([
      'docker.io | 1 image | Deployment shop/web 0',
      'ghcr.io | 1 image | Deployment shop/web 0',
      `git.example.org | 1 chart source | ${served} | OCIRepository shop/chart 0`,
    ]);
    expect(needed(texts, 'repository')).toEqual([
      `ssh://git.example.org/acme/fleet | GitRepository flux-system/flux-system fetches it, with Secret flux-system/flux-system | ${served} | GitRepository flux-system/flux-system 0`,
    ]);
    expect(needed(texts, 'login')).toEqual(['a client at https://login.example.org/a | Deployment shop/web 0']);
  });

  it('the login of a store, though a release beside it may make anything', () => {
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'external-secrets',
      'spec: { chart: { spec: { chart: external-secrets, sourceRef: { kind: HelmRepository, name: charts } } } }',
    );
    const store = (name: string) =>
      object(
        'external-secrets.io/v1',
        'ClusterSecretStore',
        'akeyless',
        `spec: { provider: { akeyless: { authSecretRef: { secretRef: { accessID: { name: ${name}, key: id, namespace: shop } } } } } }`,
        '',
      );
    const secrets = (name: string) =>
      needed({ 'flux/ks.yaml': ks('app'), 'app/a.yaml': release + store(name) }, 'secret').filter((line) =>
        line.includes(name),
      );
    expect(secrets('akeyless-login')).toEqual([
      'Secret shop/akeyless-login | id | ClusterSecretStore akeyless logs in with it | ClusterSecretStore akeyless 0',
    ]);
    expect(secrets('external-secrets-login')).toEqual([]);
  });

  it('the key of SOPS that kustomize-controller is given for all Kustomizations', () => {
    const instance = `spec:
  distribution: { version: 2.7.x, registry: ghcr.io/fluxcd }
  kustomize:
    patches:
      - target: { kind: Deployment, name: kustomize-controller }
        patch: |
          - op: add
            path: /spec/template/spec/containers/0/args/-
            value: --sops-age-secret=sops-keys
`;
    const texts = (decryption: string) => ({
      'flux/ks.yaml': ks('app', decryption),
      'app/a.yaml': object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', instance, 'flux-system'),
    });
    expect(needed(texts('decryption: { provider: sops }'), 'secret')).toEqual([
      'Secret flux-system/sops-keys | decrypts what SOPS has encrypted | Kustomization flux-system/app 0',
    ]);
    expect(needed(texts('decryption: { provider: sops, secretRef: { name: own } }'), 'secret')).toEqual([
      'Secret flux-system/own | decrypts what SOPS has encrypted | Kustomization flux-system/app 0',
    ]);
    expect(needed(texts('wait: true'), 'secret')).toEqual([]);
  });

  it('hosts with the names of variables that nobody gives', () => {
    const texts = {
      'flux/ks.yaml': ks('app', 'postBuild: { substituteFrom: [{ kind: Secret, name: vars }] }'),
      'app/a.yaml': object(
        'gateway.networking.k8s.io/v1',
        'HTTPRoute',
        'web',
        'spec: { hostnames: ["Web.${DOMAIN}"] }',
      ),
    };
    expect(needed(texts, 'host')).toEqual(['web.${DOMAIN} | HTTPRoute shop/web 0']);
  });

  it('no client at who signs images', () => {
    const texts = {
      'flux/ks.yaml': ks('app'),
      'app/a.yaml': object(
        'source.toolkit.fluxcd.io/v1',
        'OCIRepository',
        'signed',
        'spec: { url: "oci://ghcr.io/acme/x", verify: { provider: cosign, matchOIDCIdentity: [{ issuer: "https://token.actions.githubusercontent.com", subject: x }] } }',
      ),
    };
    expect(needed(texts, 'login')).toEqual([]);
  });

  it('OAuth clients whose id and secret somebody has to write', () => {
    const texts = {
      'flux/ks.yaml': ks('app'),
      'app/a.yaml':
        vault +
        reads(
          'web',
          'data: [{ secretKey: a, remoteRef: { key: web, property: GITHUB_CLIENT_ID } }, { secretKey: b, remoteRef: { key: web, property: GITHUB_CLIENT_SECRET } }, { secretKey: c, remoteRef: { key: web, property: OTHER_CLIENT_ID } }]',
        ),
    };
    expect(needed(texts, 'login')).toEqual([
      'the client GITHUB_CLIENT_ID | `GITHUB_CLIENT_ID` and `GITHUB_CLIENT_SECRET` of vault:kv/web are of it | its redirect addresses name hosts of this cluster | ExternalSecret shop/web 0',
    ]);
  });

  it('the source that bootstrap makes, where the tree does not show it', () => {
    expect(needed({ 'flux/ks.yaml': ks('app'), 'app/a.yaml': empty }, 'repository')).toEqual([
      'GitRepository flux-system/flux-system | Flux reads this tree from it; its address is not in the tree: flux bootstrap or the Flux Operator is given it | Kustomization flux-system/app 0',
    ]);
  });
});
