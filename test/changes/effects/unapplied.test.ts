import { deployment, shopEffects } from '../review-of';

const annotated = (annotation: string, image = '1') =>
  deployment()
    .replace('name: shop, ', `name: shop, annotations: { ${annotation} }, `)
    .replace('shop:1', `shop:${image}`);

test.each(['reconcile: disabled', 'ssa: ignore', 'ssa: IfNotPresent'])(
  'Flux leaves an object as it is where its annotations say %s',
  (annotation) => {
    const text = `kustomize.toolkit.fluxcd.io/${annotation}`;
    expect(shopEffects(annotated(text), annotated(text, '2'))).toEqual([
      `restart low: Deployment shop/shop restarts its pods one after the other: \`containers[shop].image\` changes\n  held: \`${text}\` keeps Flux from applying it`,
      `suspended low: Deployment shop/shop stays as it is in the cluster: \`${text}\``,
    ]);
  },
);

test('an annotation that is taken out is still on the object in the cluster', () => {
  expect(shopEffects(annotated('kustomize.toolkit.fluxcd.io/reconcile: disabled'), deployment())).toEqual([
    'suspended medium: Deployment shop/shop stays as it is in the cluster, where it still has `kustomize.toolkit.fluxcd.io/reconcile: disabled`: removing it from the tree does not remove it there\n  1. Remove the annotation by hand: `kubectl -n shop annotate deployment shop kustomize.toolkit.fluxcd.io/reconcile-`.',
  ]);
});

test('other annotations, and objects that are made, are applied', () => {
  expect(shopEffects(annotated('a: b'), annotated('a: c'))).toEqual([]);
  expect(
    shopEffects(
      deployment(),
      deployment() + annotated('kustomize.toolkit.fluxcd.io/ssa: IfNotPresent').replace('name: shop,', 'name: more,'),
    ),
  ).toEqual([]);
});
