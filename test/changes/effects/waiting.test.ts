import { fluxKustomization } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { deployment, effectsOf, source } from '../review-of';

const tree = (more: string): Texts => ({
  'flux/source.yaml': source,
  'flux/base.yaml': fluxKustomization('base', './base', 'prune: true'),
  'flux/shop.yaml': fluxKustomization('shop', './shop', more),
  'base/base.yaml': deployment().replaceAll('shop', 'base'),
  'shop/shop.yaml': deployment(),
});

test('a Kustomization no longer waits for one that stays, or waits for another', () => {
  const waits = 'dependsOn: [{ name: base }]';
  expect(effectsOf(tree(waits), tree(''))).toEqual([
    'other low: Kustomization flux-system/shop no longer waits for flux-system/base: a new cluster may apply it first',
  ]);
  expect(effectsOf(tree(''), tree(waits))).toEqual([
    'other low: Kustomization flux-system/shop waits for flux-system/base from now on, and is not updated while that is not ready',
  ]);
});

test('a Kustomization prunes, or does not any more', () => {
  expect(effectsOf(tree('prune: true'), tree('prune: false'))).toEqual([
    'other low: Kustomization flux-system/shop no longer deletes what leaves the tree, nor what it has applied when it goes itself',
  ]);
  expect(effectsOf(tree('prune: false'), tree('prune: true'))).toEqual([
    'other low: Kustomization flux-system/shop deletes from now on what leaves the tree',
  ]);
});
