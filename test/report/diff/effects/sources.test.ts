import { deployment, effectsOf, shop, source } from '../review-of';

const tree = (text: string) => ({ ...shop(deployment()), 'flux/source.yaml': text });

test('Kustomizations apply what another branch or another place holds', () => {
  expect(effectsOf(tree(source), tree(source.replace('interval: 1m', 'interval: 1m, ref: { branch: next }')))).toEqual([
    'other high: GitRepository flux-system/flux-system takes what Kustomization flux-system/shop applies from elsewhere: `spec.ref` changes, and what is there is not compared here\n  1. Compare what GitRepository flux-system/flux-system holds with what it held before.',
  ]);
  expect(effectsOf(tree(source), tree(source.replace('tree.git', 'other.git')))).toEqual([
    'other high: GitRepository flux-system/flux-system takes what Kustomization flux-system/shop applies from elsewhere: `spec.url` changes, and what is there is not compared here\n  1. Compare what GitRepository flux-system/flux-system holds with what it held before.',
  ]);
});

test('another interval is no news', () => {
  expect(effectsOf(tree(source), tree(source.replace('1m', '5m')))).toEqual([]);
});
