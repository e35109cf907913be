import type { Graph } from '../../lib/graph/graph';
import { fluxKustomization, graphOf, object } from './graph';

const settings = object('v1', 'ConfigMap', 'settings', 'data: { colour: blue }');
const led = {
  'flux/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/shop.yaml': fluxKustomization('shop', './shop'),
  'shop/settings.yaml': settings,
};

/** The clusters, and where what begins none of them lies. */
const found = ({ clusters, unusedRoots }: Graph) => ({
  clusters: clusters.map(({ name }) => name),
  unusedRoots: unusedRoots.map(({ file }) => file.path),
});

describe('a Kustomization that nothing applies begins no cluster', () => {
  it.each(['.old', 'archive', '_disabled', 'apps.bak', 'apps.old'])('in the folder %s', (folder) => {
    const graph = graphOf({
      'flux/shop.yaml': fluxKustomization('shop', './shop'),
      'shop/settings.yaml': settings,
      [`${folder}/till/ks.yaml`]: fluxKustomization('till', './till/app'),
      [`${folder}/till/app/settings.yaml`]: settings,
    });
    expect(found(graph)).toEqual({ clusters: ['flux'], unusedRoots: [`${folder}/till/ks.yaml`] });
  });

  it('where another applies Kustomizations, and nothing that it applies is in the tree', () => {
    const graph = graphOf({ ...led, 'old/till/ks.yaml': fluxKustomization('till', './apps/till') });
    expect(found(graph)).toEqual({ clusters: ['flux'], unusedRoots: ['old/till/ks.yaml'] });
  });

  it('where another applies Kustomizations, and it waits for one that only that has', () => {
    const till = fluxKustomization('till', './old/till', 'dependsOn: [{ name: shop }]');
    const graph = graphOf({ ...led, 'old/ks.yaml': till, 'old/till/settings.yaml': settings });
    expect(found(graph)).toEqual({ clusters: ['flux'], unusedRoots: ['old/ks.yaml'] });
  });
});

it('a Kustomization begins no cluster among those that others apply', () => {
  const graph = graphOf({
    'flux/apps.yaml': fluxKustomization('apps', './listed'),
    'listed/kustomization.yaml': 'resources: [../apps/shop/ks.yaml]\n',
    'apps/shop/ks.yaml': fluxKustomization('shop', './apps/shop/app'),
    'apps/shop/app/settings.yaml': settings,
    'apps/till/ks.yaml': fluxKustomization('till', './apps/till/app'),
    'apps/till/app/settings.yaml': settings,
  });
  expect(found(graph)).toEqual({ clusters: ['flux'], unusedRoots: ['apps/till/ks.yaml'] });
});

it('what an archive applies is applied by others', () => {
  const graph = graphOf({
    'flux/shop.yaml': fluxKustomization('shop', './shop'),
    'shop/settings.yaml': settings,
    'archive/all.yaml': fluxKustomization('all', './flux'),
  });
  expect(found(graph)).toEqual({ clusters: ['flux'], unusedRoots: ['archive/all.yaml'] });
});

describe('a Kustomization that nothing applies begins a cluster', () => {
  it('where all hidden folders are', () => {
    const graph = graphOf({ '.flux/shop.yaml': fluxKustomization('shop', './shop'), 'shop/settings.yaml': settings });
    expect(found(graph)).toEqual({ clusters: ['.flux'], unusedRoots: [] });
  });

  it('where it is complete by itself', () => {
    const graph = graphOf({
      ...led,
      'staging/ks.yaml':
        fluxKustomization('shop', './shop') + fluxKustomization('till', './till', 'dependsOn: [{ name: shop }]'),
      'till/settings.yaml': settings,
    });
    expect(found(graph)).toEqual({ clusters: ['flux', 'staging'], unusedRoots: [] });
  });

  it('where no other applies Kustomizations, whatever it lacks', () => {
    const graph = graphOf({
      'prod/shop.yaml': fluxKustomization('shop', './shop'),
      'shop/settings.yaml': settings,
      'staging/shop.yaml': fluxKustomization('shop', './shpo'),
    });
    expect(found(graph)).toEqual({ clusters: ['prod', 'staging'], unusedRoots: [] });
  });
});

it('another repository is not taken for the folder of a Kustomization that is named alike', () => {
  const repository = (name: string, namespace: string) =>
    object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      name,
      `spec: { url: https://git.example.com/${name}, ref: { branch: main } }`,
      namespace,
    );
  const graph = graphOf({
    ...led,
    'flux/source.yaml': repository('flux-system', 'flux-system'),
    'tenants/till/update/ks.yaml':
      repository('till', 'till') +
      fluxKustomization('till', './update', '', 'till').replace(
        'name: flux-system, namespace: flux-system',
        'name: till',
      ),
  });
  expect(found(graph)).toEqual({ clusters: ['flux'], unusedRoots: ['tenants/till/update/ks.yaml'] });
});

it('another repository that is applied by hand beside this one is not looked for here', () => {
  const podinfo = object(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    'podinfo',
    'spec: { url: https://git.example.com/podinfo, ref: { branch: main } }',
    'flux-system',
  );
  const applied = fluxKustomization('podinfo', './kustomize').replace(
    'kind: GitRepository, name: flux-system',
    'kind: GitRepository, name: podinfo',
  );
  const graph = graphOf({
    'prod/shop.yaml': fluxKustomization('shop', './shop'),
    'prod/podinfo.yaml': podinfo + applied,
    'shop/settings.yaml': settings,
  });
  expect(graph.clusters[0]?.kustomization('flux-system', 'podinfo')?.contents).toEqual({
    type: 'elsewhere',
    why: 'its files come from GitRepository flux-system/podinfo',
  });
});

it('what a folder leaves out applies nothing, though without a path it names all of the tree', () => {
  const graph = graphOf({
    'flux/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/kustomization.yaml': 'resources: [settings.yaml]\n',
    'apps/settings.yaml': settings,
    'apps/remote.yaml': fluxKustomization('remote', './'),
  });
  expect(found(graph).clusters).toEqual(['flux']);
  expect(graph.clusters[0]?.resources.map(({ name }) => name)).toContain('settings');
});
