import { makeBuild } from '../../../lib/tree/kustomize';
import { fluxKustomization, object } from '../../graph/graph';
import { memory, type Texts } from '../../tree/kustomize/memory';
import { checkTree } from '../check-tree';

const overlay = 'kind: Kustomization\nresources: [settings.yaml]\ncomponents: [../shared]\n';
const tree = (component: string, more: Texts = {}): Texts => ({
  'flux/ks.yaml': fluxKustomization('shop', './shop') + fluxKustomization('till', './till'),
  'shop/kustomization.yaml': overlay,
  'shop/settings.yaml': object('v1', 'ConfigMap', 'shop', 'data: {}', 'default'),
  'till/kustomization.yaml': overlay,
  'till/settings.yaml': object('v1', 'ConfigMap', 'till', 'data: {}', 'default'),
  'shared/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${component}`,
  ...more,
});

function found(texts: Texts) {
  const source = memory(texts);
  const { findings } = checkTree(source, makeBuild(source), {});
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, message, kustomizations }) => [`${file}:${line} ${message}`, kustomizations]);
}

describe('a fault of what two Kustomizations share is told once, with both of them', () => {
  const both = ['flux-system/shop', 'flux-system/till'];

  it('where it breaks the build', () => {
    expect(found(tree('resources: [gone.yaml]\n'))).toContainEqual([
      'shared/kustomization.yaml:3 shared/gone.yaml does not exist; add it, or correct the entry',
      both,
    ]);
  });

  it('where an object of it is wrong', () => {
    const shared = 'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: default }\nspec: { prots: [] }\n';
    expect(found(tree('resources: [web.yaml]\n', { 'shared/web.yaml': shared }))).toContainEqual([
      'shared/web.yaml:4 unknown field `prots` in `spec`; did you mean `ports`? (Flux drops it without a message)',
      both,
    ]);
  });

  it('but not where each has it for itself', () => {
    const gone = 'kind: Kustomization\nresources: [gone.yaml]\n';
    const texts = { ...tree(''), 'shop/kustomization.yaml': gone };
    expect(found(texts)).toContainEqual([
      'shop/kustomization.yaml:2 shop/gone.yaml does not exist; add it, or correct the entry',
      undefined,
    ]);
  });
});
