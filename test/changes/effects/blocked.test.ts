import { fluxKustomization, object } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
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
    `blocked high: Kustomization flux-system/shop waits forever: there is no Kustomization gone in namespace flux-system; flux-system/last waits for it
  1. Correct the name, and write the namespace if it is another one.`,
  ]);
});

test('a Kustomization fails without its folder', () => {
  expect(blocked(tree(), { ...tree(), 'flux/shop.yaml': fluxKustomization('shop', './store') })).toEqual([
    `blocked high: Kustomization flux-system/shop fails, and what it has applied stays as it is: there is no folder ./store; flux-system/last waits for it
  1. Correct spec.path: it starts at the root of the source, such as ./apps/backstage.`,
  ]);
});

test('a Kustomization fails without its source', () => {
  const moved = (text: string) =>
    text.replace('kind: GitRepository, name: flux-system', 'kind: GitRepository, name: other');
  const under = (shop: string) => ({
    ...tree(),
    'flux/root.yaml': fluxKustomization('root', './flux'),
    'flux/shop.yaml': shop,
  });
  const kustomization = fluxKustomization('shop', './shop');
  expect(blocked(under(kustomization), under(moved(kustomization)))).toEqual([
    `blocked high: Kustomization flux-system/shop fails, and what it has applied stays as it is: there is no GitRepository other in namespace flux-system; flux-system/last waits for it
  1. Name a source of the tree, with its namespace if it is another one.`,
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

test('of what the change itself takes away, no other name is meant', () => {
  const { 'flux/shop.yaml': shop, ...gone } = tree();
  const above = { 'flux/root.yaml': fluxKustomization('root', './flux') };
  const shopB = { 'flux/shopb.yaml': fluxKustomization('shopb', './last') };
  expect(
    blocked({ ...gone, ...above, ...shopB, 'flux/shop.yaml': shop ?? '' }, { ...gone, ...above, ...shopB }),
  ).toEqual([
    `blocked high: Kustomization flux-system/last waits forever: there is no Kustomization shop in namespace flux-system
  1. Keep Kustomization flux-system/shop, or remove it from the \`dependsOn\` of flux-system/last after checking that nothing there needs it.`,
  ]);
});

test('Kustomizations in a circle are not applied any more', () => {
  expect(blocked(tree(), tree('dependsOn: [{ name: last }]'))).toEqual([
    `blocked high: Kustomization flux-system/last is not applied any more: Kustomization flux-system/last waits for flux-system/shop, which waits for flux-system/last; flux-system/shop waits for it
  1. Remove one dependency of the circle.`,
  ]);
});
