import { join } from 'node:path';
import { makeGraph } from '../../lib/graph/make-graph';
import { findApp, findNamespace } from '../../lib/pictures/scope';
import { secretFlow } from '../../lib/pictures/secret-flow';
import { renderMermaid } from '../../lib/report/pictures/mermaid';
import { makeBuild } from '../../lib/tree/kustomize';
import { readFolder } from '../../lib/tree/source';
import { graphOf, object } from '../graph/graph';
import { parseMermaid } from '../mermaid';
import { clusterOf, shop } from '../report/pictures/trees';
import { repository } from '../repository';

function soyo() {
  const source = readFolder(join(repository, 'dist'));
  const [cluster] = makeGraph(source, makeBuild(source)).clusters;
  if (cluster === undefined) throw new Error('dist/ has no cluster');
  return cluster;
}

/** `a -label-> b`, as a picture has them. */
function edgesOf(picture: ReturnType<typeof secretFlow>): string[] {
  const labels = new Map(picture.nodes.map(({ id, label }) => [id, label]));
  return picture.edges.map(({ from, to, label, optional }) => {
    return `${labels.get(from)} -${label}${optional ? '?' : ''}-> ${labels.get(to)}`;
  });
}

describe('the flow of secrets', () => {
  it('of Backstage says what its page says', () => {
    const cluster = soyo();
    const text = renderMermaid(secretFlow(cluster, { app: findApp(cluster, 'backstage') }));
    const vault = 'remote_kv_webgrip_prod_clusters_soyo_apps_backstage';
    expect(text).toBe(`flowchart LR
  subgraph g1["Vault KV v2"]
    ${vault}_app[("kv/webgrip/prod/clusters/soyo/apps/backstage/app")]
    ${vault}_db[("kv/webgrip/prod/clusters/soyo/apps/backstage/db")]
  end

  subgraph g2["External Secrets Operator"]
    es_backstage_backstage_secrets["ExternalSecret backstage-secrets"]
    gen_backstage_backstage_db_password[/"Password generator backstage-db-password"/]
    es_backstage_backstage_db_secret["ExternalSecret backstage-db-secret"]
    push_backstage_backstage_db_credentials_to_vault["PushSecret backstage-db-credentials-to-vault"]
  end

  subgraph g3["Kubernetes"]
    secret_backstage_backstage_db_secret(["Secret backstage-db-secret<br/>password, username"])
    secret_backstage_backstage_secrets(["Secret backstage-secrets<br/>AUTH_GITHUB_CLIENT_ID, AUTH_GITHUB_CLIENT_SECRET, BACKEND_SECRET and 14 more"])
    db_backstage_backstage_db[("CNPG Cluster backstage-db")]
    pod_backstage_backstage["Deployment backstage"]
  end

  ${vault}_app --> es_backstage_backstage_secrets
  gen_backstage_backstage_db_password --> es_backstage_backstage_db_secret
  es_backstage_backstage_db_secret --> secret_backstage_backstage_db_secret
  es_backstage_backstage_secrets --> secret_backstage_backstage_secrets
  secret_backstage_backstage_db_secret -->|"bootstrap; managed role"| db_backstage_backstage_db
  secret_backstage_backstage_db_secret -->|"env password, username"| pod_backstage_backstage
  secret_backstage_backstage_secrets -->|"envFrom"| pod_backstage_backstage
  secret_backstage_backstage_db_secret --> push_backstage_backstage_db_credentials_to_vault
  push_backstage_backstage_db_credentials_to_vault -->|"password, username"| ${vault}_db
`);
    expect(parseMermaid([text])).toEqual([expect.objectContaining({ type: 'flowchart-v2', edges: 9 })]);
  });

  it('of an app goes on to what reads what it has pushed, and back to where it all comes from', () => {
    const cluster = clusterOf(shop);
    const picture = secretFlow(cluster, { app: findApp(cluster, 'shop') });
    expect(edgesOf(picture)).toEqual([
      'kv/shop/web --> ExternalSecret web',
      'kv/shared/token -token-> ExternalSecret token',
      'ExternalSecret web --> Secret web',
      'ExternalSecret token --> Secret token',
      'Secret lost -env a?-> Deployment web',
      'Secret web -envFrom-> Deployment web',
      'Secret web --> PushSecret out',
      'PushSecret out -token-> kv/shared/token',
    ]);
    expect(picture.nodes.filter(({ outside }) => outside).map(({ label }) => label)).toEqual([
      'kv/shop/web',
      'kv/shared/token',
      'ExternalSecret token',
      'Secret token',
      'Secret lost',
    ]);
  });

  it('of a namespace leaves out what has nothing to do with it', () => {
    const cluster = clusterOf(shop);
    const picture = secretFlow(cluster, { namespace: findNamespace(cluster, 'billing') });
    expect(picture.nodes.map(({ label }) => label)).toContain('ExternalSecret token');
    expect(picture.nodes.map(({ label }) => label)).not.toContain('Deployment web');
  });

  it('marks a Secret that nothing creates', () => {
    const [lost] = secretFlow(clusterOf(shop)).nodes.filter(({ label }) => label === 'Secret lost');
    expect(lost).toMatchObject({ state: 'missing', details: ['nothing in the tree makes it'], object: undefined });
  });

  it('leaves the Secrets of a database that nobody reads out, and shows the one that somebody does', () => {
    const database = object('postgresql.cnpg.io/v1', 'Cluster', 'db', 'spec: { instances: 1 }');
    const reader = object(
      'v1',
      'Pod',
      'p',
      'spec: { containers: [{ name: a, envFrom: [{ secretRef: { name: db-app } }] }] }',
    );
    expect(secretFlow(clusterOf({ 'a.yaml': database })).nodes).toEqual([]);
    expect(edgesOf(secretFlow(clusterOf({ 'a.yaml': database + reader })))).toEqual([
      'CNPG Cluster db --> Secret db-app',
      'Secret db-app -envFrom-> Pod p',
    ]);
  });

  it('shows other providers, and stores that the tree lacks', () => {
    const aws = object(
      'external-secrets.io/v1',
      'SecretStore',
      'aws',
      'spec: { provider: { aws: { service: SecretsManager } } }',
    );
    const from = (name: string, ref: string) =>
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        name,
        `spec: { secretStoreRef: ${ref}, data: [{ secretKey: a, remoteRef: { key: k } }] }`,
      );
    const texts = {
      'a.yaml': aws + from('one', '{ name: aws }') + from('two', '{ kind: ClusterSecretStore, name: gone }'),
    };
    const { groups } = secretFlow(clusterOf(texts));
    expect(groups.map(({ label }) => label)).toEqual([
      'SecretStore aws',
      'ClusterSecretStore gone',
      'External Secrets Operator',
      'Kubernetes',
    ]);
  });

  it('leads to charts whose values name a Secret of the tree as one', () => {
    const secrets = ['env', 'file', 'login', 'plain', 'other'].map((name) =>
      object('v1', 'Secret', name, 'stringData: { a: hunter2 }'),
    );
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'media',
      'spec: { values: { app: { envFrom: [{ secretRef: { name: env } }], login: { existingSecret: login } }, persistence: { file: { type: secret, name: file } }, name: plain, notMade: { secretName: nowhere } } }',
    );
    const elsewhere = object('v1', 'Secret', 'env', 'stringData: { a: hunter2 }', 'billing');
    expect(edgesOf(secretFlow(clusterOf({ 'a.yaml': [...secrets, elsewhere, release].join('') })))).toEqual([
      'Secret shop/env -named in values-> HelmRelease media',
      'Secret login -named in values-> HelmRelease media',
      'Secret file -named in values-> HelmRelease media',
    ]);
  });

  it('shows what is searched for, and stores that labels select', () => {
    const store = object('external-secrets.io/v1', 'SecretStore', 'v', 'spec: { provider: { vault: { path: kv } } }');
    const found = object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'found',
      'spec: { secretStoreRef: { name: v }, dataFrom: [{ find: { path: team } }, { find: { tags: { a: b } } }] }',
    );
    const push = object(
      'external-secrets.io/v1alpha1',
      'PushSecret',
      'out',
      'spec: { secretStoreRefs: [{ labelSelector: { matchLabels: { a: b } } }], selector: { secret: { name: found } }, data: [{ match: { remoteRef: { remoteKey: out } } }] }',
    );
    const flow = secretFlow(clusterOf({ 'a.yaml': store + found + push }));
    expect(edgesOf(flow)).toEqual(
      expect.arrayContaining(['kv/team/* -find-> ExternalSecret found', 'kv/* -find-> ExternalSecret found']),
    );
    expect(flow.groups.map(({ label }) => label)).toContain('stores by their labels');
  });

  it('says the namespaces of what would read the same', () => {
    const one = object('v1', 'Secret', 'db', 'stringData: { a: b }', 'one');
    const two = object('v1', 'Secret', 'db', 'stringData: { a: b }', 'two');
    const { nodes } = secretFlow(clusterOf({ 'a.yaml': one + two }));
    expect(nodes.map(({ label }) => label)).toEqual(['Secret one/db', 'Secret two/db']);
  });

  it('never holds a value of a Secret, nor what a Vault is logged in with', () => {
    const store = object(
      'external-secrets.io/v1',
      'SecretStore',
      'v',
      'spec: { provider: { vault: { server: "https://a:sw0rd@vault:8200", path: kv } } }',
    );
    const reader = object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'e',
      'spec: { secretStoreRef: { name: v }, data: [{ secretKey: a, remoteRef: { key: k } }] }',
    );
    const picture = secretFlow(clusterOf({ 'a.yaml': store + reader }));
    expect(picture.groups.map(({ id }) => id)).toContain('vault v2 https://vault:8200');
    expect(JSON.stringify(picture)).not.toContain('sw0rd');
    const secret = object('v1', 'Secret', 'db', 'stringData: { a: hunter2 }');
    expect(JSON.stringify(secretFlow(clusterOf({ 'a.yaml': secret })))).not.toContain('hunter2');
  });
});

describe('what a picture is of', () => {
  it('is refused with what there is instead', () => {
    const cluster = clusterOf(shop);
    expect(() => findApp(cluster, 'shopp')).toThrow('there is no Kustomization "shopp"; did you mean shop?');
    expect(() => findApp(cluster, 'zzzzzzzz')).toThrow(
      'there is no Kustomization "zzzzzzzz"; there are flux-system/billing, flux-system/shop, flux-system/stores.',
    );
    expect(() => findNamespace(cluster, 'biling')).toThrow('nothing is in a namespace "biling"; did you mean billing?');
  });

  it('is refused where several have the name', () => {
    const text = ['one', 'two'].map(
      (namespace) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: app, namespace: ${namespace} }
spec: { path: ./x, sourceRef: { kind: GitRepository, name: flux-system } }
`,
    );
    const [cluster] = graphOf({ 'flux/ks.yaml': text.join('---\n') }).clusters;
    expect(() => findApp(cluster as never, 'app')).toThrow(
      'there are several Kustomizations "app": one/app, two/app. Name one of these.',
    );
    expect(findApp(cluster as never, 'two/app').namespace).toBe('two');
  });
});
