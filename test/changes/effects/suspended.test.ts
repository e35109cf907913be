import { fluxKustomization, object } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { deployment, effectsOf, reviewOf, shop, shopEffects, source } from '../review-of';

const off = 'prune: true\nsuspend: true';
const on = 'prune: true';

test('nothing happens of what a suspended Kustomization applies, and nothing of it is dangerous yet', () => {
  const [before, after] = [shop(deployment(), off), shop(deployment('', '  replicas: 0'), off)];
  expect(effectsOf(before, after)).toEqual([
    'suspended medium: Kustomization flux-system/shop is suspended: 1 change of what it applies does not happen until it is resumed\n  1. To apply the change: `flux resume kustomization shop -n flux-system`.',
    `scale low: Deployment shop/shop stops: from 1 pod to none
  held: Kustomization flux-system/shop is suspended`,
  ]);
  expect(reviewOf(before, after).danger).toBe('medium');
});

test('a Kustomization that the change itself suspends may have applied it by then', () => {
  expect(effectsOf(shop(deployment(), on), shop(deployment(), off))).toEqual([
    'suspended medium: Kustomization flux-system/shop becomes suspended: nothing of it is applied any more',
  ]);
  expect(effectsOf(shop(deployment(), on), shop(deployment('', '  replicas: 3'), off))).toEqual([
    `suspended medium: Kustomization flux-system/shop becomes suspended: nothing of it is applied any more, except perhaps what this very change does to 1 of its objects: Flux may apply that before it reads that it is suspended
  1. If none of that should happen, suspend it first, in a commit of its own.`,
    'scale low: Deployment shop/shop runs 3 pods, 1 before',
  ]);
});

test('a Kustomization that goes on applies all that has changed meanwhile', () => {
  expect(effectsOf(shop(deployment(), off), shop(deployment(), on))).toEqual([
    'suspended medium: Kustomization flux-system/shop is resumed: all that has changed since it was suspended is applied at once',
  ]);
});

test('a new Kustomization may be suspended from the start', () => {
  const tree = (more: Texts): Texts => ({
    'flux/source.yaml': source,
    'flux/root.yaml': fluxKustomization('root', './apps'),
    'apps/a.yaml': object('v1', 'ConfigMap', 'a'),
    'shop/shop.yaml': deployment(),
    ...more,
  });
  expect(effectsOf(tree({}), tree({ 'apps/shop.yaml': fluxKustomization('shop', './shop', off) }))).toEqual([
    'suspended low: Kustomization flux-system/shop starts suspended: nothing of it is applied yet',
  ]);
});

test('a suspended source holds back all that is read from it', () => {
  const stopped = source.replace('interval: 1m', 'interval: 1m, suspend: true');
  const tree = (text: string, objects: string): Texts => ({ ...shop(objects), 'flux/source.yaml': text });
  expect(effectsOf(tree(stopped, deployment()), tree(stopped, deployment('tty: true')))).toEqual([
    'restart low: Deployment shop/shop restarts its pods one after the other: `containers[shop].tty` changes\n  held: GitRepository flux-system/flux-system is suspended',
  ]);
  // The revision that suspends it has been fetched.
  expect(effectsOf(tree(source, deployment()), tree(stopped, deployment('tty: true')))[0]).toBe(
    'restart medium: Deployment shop/shop restarts its pods one after the other: `containers[shop].tty` changes',
  );
});

test('who waits for a suspended Kustomization of the same source waits as long', () => {
  const tree = (more: string): Texts => ({
    ...shop(deployment(), more),
    'flux/last.yaml': fluxKustomization('last', './last', 'dependsOn: [{ name: shop }]'),
    'flux/ready.yaml': fluxKustomization('ready', './ready', 'dependsOn: [{ name: shop, readyExpr: "true" }]'),
    'last/a.yaml': object('v1', 'ConfigMap', 'a'),
    'ready/b.yaml': object('v1', 'ConfigMap', 'b'),
  });
  expect(effectsOf(tree(on), tree(off))).toEqual([
    'blocked high: Kustomization flux-system/shop blocks Kustomization flux-system/last, which cannot go on until this one is resumed and has applied the same revision',
    'suspended medium: Kustomization flux-system/shop becomes suspended: nothing of it is applied any more',
  ]);
});

/** A HelmRelease, with more of its spec. */
function release(more: string): string {
  return object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'cache',
    `spec: { interval: 1h, chartRef: { kind: OCIRepository, name: cache }${more} }`,
  );
}

test('other objects are suspended and resumed', () => {
  expect(shopEffects(release(''), release(', suspend: true'))).toEqual([
    'suspended medium: HelmRelease shop/cache is suspended: it does nothing until somebody resumes it',
  ]);
  expect(shopEffects(release(', suspend: true'), release(''))).toEqual([
    'suspended medium: HelmRelease shop/cache is resumed',
  ]);
  expect(shopEffects(release(''), release(', suspend: false'))).toEqual([]);
});

test('what else changes of a release that becomes suspended waits, and is told once', () => {
  expect(shopEffects(release(''), release(', suspend: true, values: { replicas: 2 }'))).toEqual([
    'suspended medium: HelmRelease shop/cache is suspended: it does nothing until somebody resumes it; its other changes take effect only after that\n  1. To make its other changes take effect, take `spec.suspend` out again in a later commit.',
  ]);
});

test('a suspended release is not upgraded by what it takes its values from, nor runs another image', () => {
  const tree = (value: string, tag: string) =>
    object('v1', 'ConfigMap', 'values', `data: { values.yaml: "${value}" }`) +
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'cache',
      `spec: { suspend: true, interval: 1h, chartRef: { kind: OCIRepository, name: cache }, valuesFrom: [{ kind: ConfigMap, name: values }], values: { image: { repository: acme/cache, tag: "${tag}" } } }`,
    );
  expect(shopEffects(tree('a: 1', '1'), tree('a: 2', '1'))).toEqual([
    'upgrade low: HelmRelease shop/cache is upgraded with the new ConfigMap shop/values at its next reconciliation\n  because of ConfigMap/values key `values.yaml`\n  held: it is suspended',
  ]);
  const [cluster] = reviewOf(shop(tree('a: 1', '1')), shop(tree('a: 1', '2'))).clusters;
  expect(cluster?.images).toEqual([
    {
      object: 'HelmRelease shop/cache',
      what: 'image',
      before: 'acme/cache:1',
      after: 'acme/cache:2',
      held: 'it is suspended',
    },
  ]);
});

test('pods whose own change waits restart for what they read elsewhere', () => {
  const tree = (image: string, value: string): Texts => ({
    ...shop(deployment('envFrom: [{ configMapRef: { name: settings } }]').replace('acme/shop:1', image), off),
    'flux/other.yaml': fluxKustomization('other', './other'),
    'other/settings.yaml': object('v1', 'ConfigMap', 'settings', `data: { A: "${value}" }`),
  });
  expect(effectsOf(tree('a:1', '1'), tree('a:2', '2')).map((line) => line.split('\n')[0])).toContain(
    'stale medium: Deployment shop/shop keeps running with the old ConfigMap shop/settings until it is restarted',
  );
});
