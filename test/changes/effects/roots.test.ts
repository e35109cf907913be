import { fluxKustomization } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { deployment, effectsOf, source } from '../review-of';

const tree = (folder: string): Texts => ({
  'clusters/source.yaml': source,
  [`${folder}/shop.yaml`]: fluxKustomization('shop', './shop'),
  'shop/shop.yaml': deployment(),
});

test('a first Kustomization in another folder may not be found there', () => {
  expect(effectsOf(tree('clusters/alpha'), tree('clusters/beta'))).toEqual([
    'other high: Kustomization flux-system/shop moves from `clusters/alpha` to `clusters/beta`: what applies it may look for it where it was, and then fails, or deletes it with all that it applies\n  1. Before the merge, see to it that what applies it reads `clusters/beta`, such as the Kustomization that `flux bootstrap` has made: leave a copy in `clusters/alpha` until its `spec.path` is another.',
  ]);
});

test('one that goes deeper, or that another applies, is found', () => {
  expect(effectsOf(tree('clusters/alpha'), tree('clusters/alpha/flux'))).toEqual([]);
  const above = { 'root/root.yaml': fluxKustomization('root', './clusters') };
  expect(effectsOf({ ...above, ...tree('clusters/alpha') }, { ...above, ...tree('clusters/beta') })).toEqual([]);
});
