import type { Graph } from '../../lib/graph/graph';
import { describe as named } from '../../lib/graph/identity';
import { fluxKustomization, graphOf, object } from './graph';

const settings = (name: string) => object('v1', 'ConfigMap', name, 'data: { colour: blue }');
const apps = fluxKustomization(
  'apps',
  './apps',
  'postBuild: { substituteFrom: [{ kind: ConfigMap, name: settings }] }',
  'shop',
);

const objects = ({ clusters }: Graph) =>
  clusters.map(({ resources }) => resources.map((resource) => named(resource)).sort());

describe('beside a Kustomization that nothing applies, its cluster has', () => {
  it('what its folder lists with it', () => {
    const graph = graphOf({
      'prod/kustomization.yaml': 'resources: [ks.yaml, vars/settings.yaml]\n',
      'prod/ks.yaml': apps,
      'prod/vars/settings.yaml': settings('settings'),
      'prod/vars/other.yaml': settings('other'),
      'apps/paint.yaml': settings('"${colour}"'),
    });
    expect(objects(graph)).toEqual([['ConfigMap shop/blue', 'ConfigMap shop/settings', 'Kustomization shop/apps']]);
  });

  it('all that is in its folder, where that lists nothing', () => {
    const graph = graphOf({
      'prod/ks.yaml': apps,
      'prod/vars/settings.yaml': settings('settings'),
      'prod/built/kustomization.yaml': 'resources: [other.yaml]\n',
      'prod/built/other.yaml': settings('other'),
      'apps/paint.yaml': settings('"${colour}"'),
    });
    expect(objects(graph)).toEqual([['ConfigMap shop/blue', 'ConfigMap shop/settings', 'Kustomization shop/apps']]);
  });

  it('of the root of the tree, what is in that alone', () => {
    const graph = graphOf({
      'ks.yaml': apps,
      'settings.yaml': settings('settings'),
      'vars/other.yaml': settings('other'),
    });
    expect(objects(graph)).toEqual([['ConfigMap shop/settings', 'Kustomization shop/apps']]);
  });

  it('nothing of a kustomization that does not list it, and nothing that another Kustomization applies', () => {
    const graph = graphOf({
      'prod/kustomization.yaml': 'resources: [settings.yaml]\n',
      'prod/ks.yaml': apps,
      'prod/settings.yaml': settings('settings'),
      'apps/paint.yaml': settings('paint'),
      'staging/ks.yaml': fluxKustomization('vars', './staging/vars'),
      'staging/vars/settings.yaml': settings('settings'),
    });
    expect(objects(graph)).toEqual([
      ['ConfigMap shop/paint', 'Kustomization shop/apps'],
      ['ConfigMap shop/settings', 'Kustomization flux-system/vars'],
    ]);
  });
});
