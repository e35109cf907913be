import { object } from '../../graph/graph';
import { deployment, effectsOf, shop, source } from '../review-of';

const tree = (text: string) => ({ ...shop(deployment()), 'flux/source.yaml': text });

test('Kustomizations apply what another branch or another place holds', () => {
  expect(effectsOf(tree(source), tree(source.replace('interval: 1m', 'interval: 1m, ref: { branch: next }')))).toEqual([
    'other high: GitRepository flux-system/flux-system serves what Kustomization flux-system/shop applies from another place: `spec.ref` changes, and its content is not compared here\n  1. Compare what GitRepository flux-system/flux-system holds with what it held before.',
  ]);
  expect(effectsOf(tree(source), tree(source.replace('tree.git', 'other.git')))).toEqual([
    'other high: GitRepository flux-system/flux-system serves what Kustomization flux-system/shop applies from another place: `spec.url` changes, and its content is not compared here\n  1. Compare what GitRepository flux-system/flux-system holds with what it held before.',
  ]);
});

test('a whole cluster is synced from another branch, place or folder', () => {
  const instance = (sync: string) => ({
    ...shop(deployment()),
    'flux/instance.yaml': object(
      'fluxcd.controlplane.io/v1',
      'FluxInstance',
      'flux',
      `spec: { sync: { kind: GitRepository, url: 'https://example.com/tree.git', ${sync} } }`,
      'flux-system',
    ),
  });
  const before = instance('ref: refs/heads/main, path: flux');
  expect(effectsOf(before, instance('ref: refs/heads/next, path: flux'))).toContain(
    'other high: FluxInstance flux-system/flux syncs the whole cluster from another place: `spec.sync.ref` changes, and its content is not compared here\n  1. Compare what the cluster is synced from with what it was synced from before.',
  );
  expect(effectsOf(before, instance('ref: refs/heads/main, path: flux, interval: 5m'))).toEqual([]);
});

test('another interval is no news', () => {
  expect(effectsOf(tree(source), tree(source.replace('1m', '5m')))).toEqual([]);
});
