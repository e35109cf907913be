import { type KeyInputs, keyOf } from '../../lib/cli/cache-key';
import type { Json } from '../../lib/json/json';

const document: Json = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop' } };
const file = { path: 'apps/shop.yaml', madeBy: 'ConfigMap at apps/shop', cluster: 'home', documents: [document] };
const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';
const inputs: KeyInputs = {
  tree: { files: [file], external: [], policies: [] },
  own: new Map([['apps/shop.yaml', text]]),
  seen: { prefix: 'dist', inside: '' },
  check: { rules: { 'eso/two-owners': 'off' }, external: ['Secret/flux-system/sops-age'] },
  rules: undefined,
  program: 'a',
};

describe('the cache key', () => {
  test('is the same for the same inputs', () => {
    expect(keyOf({ ...inputs, own: new Map(inputs.own) })).toEqual(keyOf(inputs));
  });

  const second = { ...file, path: 'apps/b.yaml' };
  const others: [string, Partial<KeyInputs>][] = [
    ['the text of a file', { own: new Map([['apps/shop.yaml', `${text}data: {}\n`]]) }],
    ['the path of a file', { tree: { files: [{ ...file, path: 'apps/cart.yaml' }] } }],
    ['who made a file', { tree: { ...inputs.tree, files: [{ ...file, madeBy: 'ConfigMap at apps/cart' }] } }],
    ['the cluster of a file', { tree: { ...inputs.tree, files: [{ ...file, cluster: 'away' }] } }],
    ['another file', { tree: { ...inputs.tree, files: [file, second] } }],
    ['the order of files', { tree: { ...inputs.tree, files: [second, file] } }],
    ['what is in the cluster', { tree: { ...inputs.tree, external: ['Secret/a/b'] } }],
    ['where policies go', { tree: { ...inputs.tree, policies: [{ cluster: 'home', folder: 'vault' }] } }],
    ['the folder', { seen: { prefix: 'out', inside: '' } }],
    ['the folder from within', { seen: { prefix: 'dist', inside: 'a' } }],
    ['that nothing is checked', { check: false }],
    ['a rule', { check: { ...inputs.check, rules: { 'eso/two-owners': 'warning' } } as KeyInputs['check'] }],
    ['what is external', { check: { rules: { 'eso/two-owners': 'off' } } }],
    ["the configuration's rules", { rules: { 'eso/two-owners': 'off' } }],
    ['the program', { program: 'b' }],
  ];
  test.each(others)('differs with %s', (_, change) => {
    expect(keyOf({ ...inputs, ...change }).hash).not.toBe(keyOf(inputs).hash);
  });

  test('does not take the end of one text for the beginning of the next', () => {
    const files = [file, second];
    const key = (a: string, b: string) =>
      keyOf({
        ...inputs,
        tree: { files },
        own: new Map([
          ['apps/shop.yaml', a],
          ['apps/b.yaml', b],
        ]),
      }).hash;
    expect(new Set([key('ab', 'c'), key('a', 'bc'), key('abc', ''), key('', 'abc')]).size).toBe(4);
  });
});

describe('the cache key of pods', () => {
  const pod = (image: string, name = 'a') => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: { containers: [{ name, image }] },
  });
  const key = (document: Json, comment = '# Made by Pod at apps/shop') =>
    keyOf({
      ...inputs,
      tree: { files: [{ ...file, documents: [document] }] },
      own: new Map([['apps/shop.yaml', `---\n${comment}\n${JSON.stringify(document)}\n`]]),
    });

  test('has the same hash for another tag, and other tags', () => {
    const [one, two] = [key(pod('shop:1.0')), key(pod('shop:1.1'))];
    expect(two.hash).toBe(one.hash);
    expect(two.tags).not.toBe(one.tags);
  });

  test.each<[string, ReturnType<typeof key>]>([
    ['another image', key(pod('cart:1.0'))],
    ['a digest', key(pod(`shop:1.0@sha256:${'0a'.repeat(32)}`))],
    ['no tag', key(pod('shop'))],
    ['a tag that is a word', key(pod('shop:latest'))],
    ['another container', key(pod('shop:1.0', 'b'))],
    ['another comment', key(pod('shop:1.0'), '# yaml-language-server: $schema=https://example.org')],
  ])('has another hash for %s', (_, other) => {
    expect(other.hash).not.toBe(key(pod('shop:1.0')).hash);
  });

  test('has another hash for another tag where a patch may look at it', () => {
    const patching = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', patches: [] };
    const files = (image: string) => [
      { ...file, documents: [pod(image)] },
      { ...file, path: 'apps/kustomization.yaml', documents: [patching] },
    ];
    const key = (image: string) =>
      keyOf({ ...inputs, tree: { files: files(image) }, own: new Map([['apps/shop.yaml', image]]) });
    expect(key('shop:1.1').hash).not.toBe(key('shop:1.0').hash);
  });
});
