import { fluxKustomization, object } from '../graph/graph';
import { kustomization } from '../tree/kustomize/memory';
import { changesOf, deployment, effectsOf, reviewOf, shop, source } from './review-of';

describe('objects are paired', () => {
  test('by what they are, not by their version', () => {
    const route = (version: string) =>
      object(`gateway.networking.k8s.io/${version}`, 'HTTPRoute', 'shop', 'spec: { hostnames: [a.example.com] }');
    expect(changesOf(shop(route('v1beta1')), shop(route('v1')))).toEqual(['changed HTTPRoute shop/shop']);
    expect(changesOf(shop(object('v1', 'Secret', 'a')), shop(object('v1', 'ConfigMap', 'a')))).toEqual([
      'created ConfigMap shop/a',
      'deleted Secret shop/a',
    ]);
    expect(changesOf(shop(object('v1', 'Secret', 'a')), shop(object('v1', 'Secret', 'a', '', 'other')))).toEqual([
      'created Secret other/a',
      'deleted Secret shop/a',
    ]);
  });

  test('without the hash that kustomize gives to what it generates', () => {
    const tree = (level: string) => ({
      'flux/source.yaml': source,
      'flux/ks.yaml': fluxKustomization('shop', './shop', 'prune: true'),
      'shop/kustomization.yaml': kustomization(
        'namespace: shop',
        'resources: [shop.yaml]',
        `configMapGenerator: [{ name: settings, literals: [LEVEL=${level}] }]`,
      ),
      'shop/shop.yaml': deployment('envFrom: [{ configMapRef: { name: settings } }]'),
    });
    const review = reviewOf(tree('info'), tree('debug'));
    expect(
      review.clusters[0]?.changes.map(({ type, kind, fields }) => [type, kind, ...fields.map(({ path }) => path)]),
    ).toEqual([
      ['changed', 'ConfigMap', 'metadata.name', 'data.LEVEL'],
      ['changed', 'Deployment', 'spec.template.spec.containers[shop].envFrom[0].configMapRef.name'],
    ]);
    expect(effectsOf(tree('info'), tree('debug')).map((effect) => effect.split(':')[0])).toEqual(['restart medium']);
  });

  test('with those of the same Kustomization, where two apply one', () => {
    const settings = (value: string) => object('v1', 'ConfigMap', 'a', `data: { a: ${value} }`);
    const tree = (one: string, two: string) => ({
      'flux/source.yaml': source,
      'flux/one.yaml': fluxKustomization('one', './one', 'prune: true'),
      'flux/two.yaml': fluxKustomization('two', './two', 'prune: true'),
      'one/a.yaml': settings(one),
      'two/a.yaml': settings(two),
    });
    const fields = reviewOf(tree('x', 'w'), tree('x', 'z')).clusters[0]?.changes.map(({ after, fields: all }) => [
      after?.kustomization,
      ...all.map(({ before, after: now }) => `${before} → ${now}`),
    ]);
    expect(fields).toEqual([['flux-system/two', 'w → z']]);
  });
});
