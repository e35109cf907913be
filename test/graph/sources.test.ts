import { fluxKustomization, graphOf, object } from './graph';

/** A GitRepository as a text, and a Kustomization of it without a path: its root. */
const repository = (name: string, url: string, branch: string) =>
  object('source.toolkit.fluxcd.io/v1', 'GitRepository', name, `spec: { url: ${url}, ref: { branch: ${branch} } }`);
const rootOf = (name: string) =>
  object(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    name,
    `spec: { sourceRef: { kind: GitRepository, name: ${name} } }`,
  );

const configMap = (name: string) => object('v1', 'ConfigMap', name, 'data: { colour: blue }');

describe('the clusters of a tree that also applies other repositories', () => {
  it.each([
    ['another repository', 'https://git.example.com/shop', 'main'],
    ['another branch of the repository', 'https://git.example.com/fleet.git', 'shop'],
  ])('do not begin with a Kustomization that applies the root of %s', (_, url, branch) => {
    const bootstrap = (cluster: string) =>
      repository('flux-system', 'ssh://git@git.example.com/fleet', 'main').replace(
        'namespace: shop',
        'namespace: flux-system',
      ) + fluxKustomization('flux-system', `./clusters/${cluster}`);
    const graph = graphOf({
      'clusters/prod/flux-system/gotk-sync.yaml': bootstrap('prod'),
      'clusters/prod/tenants.yaml': fluxKustomization('tenants', './tenants'),
      'clusters/staging/flux-system/gotk-sync.yaml': bootstrap('staging'),
      'clusters/staging/tenants.yaml': fluxKustomization('tenants', './tenants'),
      'tenants/shop.yaml': repository('shop', url, branch) + rootOf('shop'),
    });
    expect(graph.clusters.map(({ name, kustomizations }) => [name, kustomizations.map((k) => k.name)])).toEqual([
      ['clusters/prod/flux-system', ['flux-system', 'tenants', 'shop']],
      ['clusters/staging/flux-system', ['flux-system', 'tenants', 'shop']],
    ]);
    expect(graph.clusters[0]?.kustomization('shop', 'shop')?.contents).toEqual({
      type: 'elsewhere',
      why: 'its files come from GitRepository shop/shop',
    });
    expect(graph.builds.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('take no folder somewhere in the tree for that of another branch', () => {
    const graph = graphOf({
      'clusters/prod/gotk-sync.yaml':
        repository('flux-system', 'https://git.example.com/fleet', 'main').replace(
          'namespace: shop',
          'namespace: flux-system',
        ) + fluxKustomization('flux-system', './clusters/prod'),
      'clusters/prod/tenants.yaml': fluxKustomization('tenants', './tenants/staging'),
      'tenants/staging/kustomization.yaml': 'resources: [../base]\n',
      'tenants/base/kustomization.yaml': 'resources: [shop.yaml]\n',
      'tenants/base/shop.yaml':
        repository('shop', 'https://git.example.com/fleet', 'shop') +
        rootOf('shop').replace('spec: {', 'spec: { path: ./staging,'),
    });
    expect(graph.clusters[0]?.kustomization('shop', 'shop')?.contents).toEqual({
      type: 'elsewhere',
      why: 'its files come from GitRepository shop/shop',
    });
  });

  it('begin with a Kustomization that applies the root of the tree, whatever other repositories are applied', () => {
    const graph = graphOf({
      'flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './'),
      'apps/settings.yaml': configMap('settings'),
      'shop.yaml': repository('shop', 'https://git.example.com/shop', 'main') + rootOf('shop'),
    });
    expect(graph.clusters.map(({ name, kustomizations }) => [name, kustomizations.map((k) => k.name)])).toEqual([
      ['flux-system', ['flux-system', 'shop']],
    ]);
  });
});
