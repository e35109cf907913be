import { join } from 'node:path';
import { makeGraph } from '../../lib/graph/make-graph';
import { fluxOrder } from '../../lib/pictures/flux-order';
import { findApp } from '../../lib/pictures/scope';
import { renderMermaid } from '../../lib/report/pictures/mermaid';
import { makeBuild } from '../../lib/tree/kustomize';
import { readFolder } from '../../lib/tree/source';
import { fluxKustomization } from '../graph/graph';
import { parseMermaid } from '../mermaid';
import { clusterOf, shop } from '../report/pictures/trees';
import { repository } from '../repository';

function edgesOf(picture: ReturnType<typeof fluxOrder>): string[] {
  const labels = new Map(picture.nodes.map(({ id, label }) => [id, label]));
  return picture.edges.map(({ from, to, kind, label, implied }) => {
    const how = `${kind}${label === '' ? '' : ` ${label}`}`;
    return `${labels.get(from)} ${implied ? '(' : ''}${how}${implied ? ')' : ''} ${labels.get(to)}`;
  });
}

describe('the order of Flux', () => {
  it('of Backstage says what its page says', () => {
    const source = readFolder(join(repository, 'dist'));
    const [cluster] = makeGraph(source, makeBuild(source)).clusters;
    if (cluster === undefined) throw new Error('dist/ has no cluster');
    const text = renderMermaid(fluxOrder(cluster, { app: findApp(cluster, 'backstage') }));
    expect(text).toBe(`flowchart TB
  flux(("Flux"))
  ks_cnpg_system_cloudnative_pg["cloudnative-pg<br/>ready when all it applies is ready"]
  ks_external_secrets_external_secrets["external-secrets<br/>ready when all it applies is ready"]
  ks_external_secrets_external_secrets_stores["external-secrets-stores<br/>ready when all it applies is ready<br/>by healthCheckExprs: ClusterSecretStore"]
  ks_backstage_backstage["backstage<br/>ready when all it applies is ready<br/>by healthCheckExprs: Cluster, ExternalSecret, PushSecret"]
  flux --> ks_cnpg_system_cloudnative_pg
  flux --> ks_external_secrets_external_secrets
  ks_external_secrets_external_secrets --> ks_external_secrets_external_secrets_stores
  ks_cnpg_system_cloudnative_pg --> ks_backstage_backstage
  ks_external_secrets_external_secrets_stores --> ks_backstage_backstage
`);
    expect(parseMermaid([text])).toEqual([expect.objectContaining({ type: 'flowchart-v2', edges: 5 })]);
  });

  it('marks what follows from the rest, and what is not there', () => {
    const picture = fluxOrder(clusterOf(shop));
    expect(edgesOf(picture)).toEqual([
      'Flux begins stores',
      'stores depends-on shop',
      'shop depends-on billing',
      'stores (depends-on) billing',
      'gone depends-on billing',
    ]);
    expect(picture.nodes.find(({ label }) => label === 'gone')).toMatchObject({
      state: 'missing',
      details: ['not in the tree: what depends on it waits for ever'],
    });
  });

  it.each([
    ['wait: true', ['ready when all it applies is ready']],
    ['wait: false', ['ready as soon as it is applied']],
    ['suspend: true', ['suspended: Flux does nothing']],
    [
      'healthChecks: [{ kind: Deployment, name: web, namespace: shop }, { kind: HelmRelease, apiVersion: helm.toolkit.fluxcd.io/v2, name: db, namespace: shop }]',
      ['ready when Deployment web, HelmRelease db are ready'],
    ],
    [
      'wait: true\nhealthCheckExprs: [{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, current: "true" }]',
      ['ready when all it applies is ready', 'by healthCheckExprs: Cluster'],
    ],
  ])('says when a Kustomization with %s counts as ready', (more, details) => {
    const texts = { 'flux/ks.yaml': fluxKustomization('app', './app', more), 'app/a.yaml': '' };
    const node = fluxOrder(clusterOf(texts)).nodes.find(({ label }) => label === 'app');
    expect(node?.details.slice(0, details.length)).toEqual(details);
  });

  it('writes the author’s own condition on the edge', () => {
    const texts = {
      'flux/ks.yaml':
        fluxKustomization('a', './a') +
        fluxKustomization('b', './b', 'dependsOn: [{ name: a, readyExpr: "dep.status.x == 1" }]'),
    };
    expect(edgesOf(fluxOrder(clusterOf(texts)))).toContain('a depends-on when dep.status.x == 1 b');
  });

  it('ends on circles, also of one', () => {
    const texts = {
      'flux/ks.yaml':
        fluxKustomization('a', './a', 'dependsOn: [{ name: b }, { name: a }]') +
        fluxKustomization('b', './b', 'dependsOn: [{ name: a }]'),
    };
    const picture = fluxOrder(clusterOf(texts));
    expect(edgesOf(picture).sort()).toEqual(['a depends-on a', 'a depends-on b', 'b depends-on a']);
    // Flux begins with neither.
    expect(picture.nodes.map(({ label }) => label)).toEqual(['a', 'b']);
  });
});
