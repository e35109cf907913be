import { fluxKustomization } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { database, deployment, effectsOf, shop, source } from '../review-of';

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
    'other low: Kustomization flux-system/shop now waits for flux-system/base, and is not updated until that is ready',
  ]);
});

test('a Kustomization prunes, or does not any more', () => {
  expect(effectsOf(tree('prune: true'), tree('prune: false'))).toEqual([
    'other low: Kustomization flux-system/shop no longer deletes what leaves the tree, nor what it has applied when it is deleted itself',
  ]);
  expect(effectsOf(tree('prune: false'), tree('prune: true'))).toEqual([
    'other low: Kustomization flux-system/shop now deletes what leaves the tree',
  ]);
});

test('a Kustomization may remake what it applies', () => {
  const forced = 'prune: true\nforce: true';
  expect(effectsOf(shop(deployment()), shop(deployment(), forced))).toEqual([
    'other medium: Kustomization flux-system/shop may now delete and recreate what it applies when a change is refused',
  ]);
  expect(effectsOf(shop(deployment() + database()), shop(deployment() + database(), forced))).toEqual([
    'other high: Kustomization flux-system/shop may now delete and recreate what it applies when a change is refused: Cluster shop/db with its data, too',
  ]);
  expect(effectsOf(shop(deployment(), forced), shop(deployment()))).toEqual([]);
});

const treeIn = (folder: string): Texts => ({
  'clusters/source.yaml': source,
  [`${folder}/shop.yaml`]: fluxKustomization('shop', './shop'),
  'shop/shop.yaml': deployment(),
});

test('a first Kustomization in another folder may not be found there', () => {
  expect(effectsOf(treeIn('clusters/alpha'), treeIn('clusters/beta'))).toEqual([
    'other high: Kustomization flux-system/shop moves from `clusters/alpha` to `clusters/beta`: what applies it may still look for it in the old place, and then fails, or deletes it with all that it applies\n  1. Before the merge, leave a copy in `clusters/alpha` until what applies it, such as the Kustomization that `flux bootstrap` has made, reads `clusters/beta` (its `spec.path`).',
  ]);
});

test('one that goes deeper, or that another applies, is found', () => {
  expect(effectsOf(treeIn('clusters/alpha'), treeIn('clusters/alpha/flux'))).toEqual([]);
  const above = { 'root/root.yaml': fluxKustomization('root', './clusters') };
  expect(effectsOf({ ...above, ...treeIn('clusters/alpha') }, { ...above, ...treeIn('clusters/beta') })).toEqual([]);
});
