import { fluxKustomization, object } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { checkedReviewOf, deployment, effectsOf, lineOf, shop, source } from '../review-of';

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

test('Kustomizations in a loop are not updated any more, and who waits for them is not confused with them', () => {
  expect(blocked(tree(), tree('dependsOn: [{ name: last }]'))).toEqual([
    `blocked high: Kustomization flux-system/last waits for flux-system/shop, which waits for flux-system/last: neither is updated any more
  1. Remove one of these dependencies.`,
  ]);
});

test('a loop is told once, and those that wait for it are not in it', () => {
  const others = { 'flux/web.yaml': fluxKustomization('web', './last', 'dependsOn: [{ name: last }]') };
  expect(effectsOf(tree('', others), tree('dependsOn: [{ name: last }]', others))).toEqual([
    `blocked high: Kustomization flux-system/last waits for flux-system/shop, which waits for flux-system/last: neither is updated any more; flux-system/web waits for them
  1. Remove one of these dependencies.`,
  ]);
  expect(effectsOf(tree(), tree('dependsOn: [{ name: shop }]'))).toEqual([
    `blocked high: Kustomization flux-system/shop waits for itself: it is not updated any more; flux-system/last waits for it
  1. Remove one of these dependencies.`,
  ]);
});

describe('a namespace that nothing declares', () => {
  const namespace = (name: string) => object('v1', 'Namespace', name, '', '');
  const settings = (where: string) => object('v1', 'ConfigMap', 'settings', '', where);
  const effects = (before: string, after: string) =>
    checkedReviewOf(shop(before), shop(after)).clusters.flatMap((cluster) => cluster.effects.map(lineOf));

  test('makes its Kustomization fail, so that nothing is deleted yet', () => {
    expect(effects(namespace('shop') + settings('shop'), namespace('shop') + settings('store'))).toEqual([
      `deleted medium: ConfigMap shop/settings is deleted: Kustomization flux-system/shop prunes it; namespace store gets a new one
  held: Kustomization flux-system/shop fails as long as there is no namespace store`,
    ]);
    const both = namespace('shop') + namespace('store');
    expect(effects(both + settings('shop'), both + settings('store'))).toEqual([
      'deleted medium: ConfigMap shop/settings is deleted: Kustomization flux-system/shop prunes it; namespace store gets a new one',
    ]);
  });

  test('is still there where it was used before: what is deleted with it is deleted', () => {
    const found = effects(namespace('shop') + settings('shop'), settings('shop'));
    expect(found.map((one) => one.split('\n')[0])).toEqual([
      'deleted high: Namespace shop is deleted: Kustomization flux-system/shop prunes it',
      'deleted high: Namespace shop deletes everything in it, also what is not in the tree',
    ]);
    expect(found.join()).not.toContain('held:');
  });
});
