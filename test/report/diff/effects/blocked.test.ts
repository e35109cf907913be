import { fluxKustomization, object } from '../../../graph/graph';
import type { Texts } from '../../../tree/kustomize/memory';
import { deployment, effectsOf, source } from '../review-of';

const tree = (more = '', files: Texts = {}): Texts => ({
  'flux/source.yaml': source,
  'flux/shop.yaml': fluxKustomization('shop', './shop', more),
  'flux/last.yaml': fluxKustomization('last', './shop', 'dependsOn: [{ name: shop }]').replace('./shop', './last'),
  'shop/shop.yaml': deployment(),
  'last/settings.yaml': object('v1', 'ConfigMap', 'settings'),
  ...files,
});
const blocked = (before: Texts, after: Texts) =>
  effectsOf(before, after).filter((effect) => effect.startsWith('blocked'));

test('a Kustomization waits for one that is not there, and others for it', () => {
  expect(blocked(tree(), tree('dependsOn: [{ name: gone }]'))).toEqual([
    'blocked high: Kustomization flux-system/shop waits for ever for Kustomization flux-system/gone, which is not there; flux-system/last waits for it',
  ]);
});

test('a Kustomization fails without its folder', () => {
  expect(blocked(tree(), { ...tree(), 'flux/shop.yaml': fluxKustomization('shop', './store') })).toEqual([
    'blocked high: Kustomization flux-system/shop fails: its folder `store` is not there; what it has applied stays as it is; flux-system/last waits for it',
  ]);
});

test('a Kustomization fails without its source', () => {
  const moved = (text: string) =>
    text.replace('kind: GitRepository, name: flux-system', 'kind: GitRepository, name: other');
  expect(blocked(tree(), { ...tree(), 'flux/shop.yaml': moved(fluxKustomization('shop', './shop')) })).toEqual([
    'blocked high: Kustomization flux-system/shop fails: its source GitRepository flux-system/other is not there; flux-system/last waits for it',
  ]);
});

test('what was so before is no news, nor is a source that the tree has never shown', () => {
  const waits = 'dependsOn: [{ name: gone }]';
  const labelled = { 'shop/shop.yaml': deployment().replace('name: shop, ', 'name: shop, labels: { a: b }, ') };
  expect(blocked(tree(waits), tree(waits, labelled))).toEqual([]);
  const { 'flux/source.yaml': _, ...without } = tree();
  expect(
    blocked(without, {
      ...without,
      'flux/new.yaml': fluxKustomization('new', './new'),
      'new/a.yaml': object('v1', 'ConfigMap', 'a'),
    }),
  ).toEqual([]);
});
