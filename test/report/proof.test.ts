import type { Json } from '../../lib/json/json';
import type { Consequences } from '../../lib/report/output';
import { keyOf, type Premises, parseProof, printProof } from '../../lib/report/proof';

const document: Json = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop' } };
const file = { path: 'apps/shop.yaml', madeBy: 'ConfigMap at apps/shop', cluster: 'home', documents: [document] };
const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';
const premises: Premises = {
  tree: { files: [file], external: [], policies: [] },
  own: new Map([['apps/shop.yaml', text]]),
  seen: { prefix: 'dist', inside: '' },
  check: { rules: { 'eso/two-owners': 'off' }, external: ['Secret/flux-system/sops-age'] },
  rules: undefined,
  program: 'a',
};

describe('the key of a proof', () => {
  test('is the same for the same premises', () => {
    expect(keyOf({ ...premises, own: new Map(premises.own) })).toEqual(keyOf(premises));
  });

  const second = { ...file, path: 'apps/b.yaml' };
  const others: [string, Partial<Premises>][] = [
    ['the text of a file', { own: new Map([['apps/shop.yaml', `${text}data: {}\n`]]) }],
    ['the path of a file', { tree: { files: [{ ...file, path: 'apps/cart.yaml' }] } }],
    ['who made a file', { tree: { ...premises.tree, files: [{ ...file, madeBy: 'ConfigMap at apps/cart' }] } }],
    ['the cluster of a file', { tree: { ...premises.tree, files: [{ ...file, cluster: 'away' }] } }],
    ['another file', { tree: { ...premises.tree, files: [file, second] } }],
    ['the order of files', { tree: { ...premises.tree, files: [second, file] } }],
    ['what is in the cluster', { tree: { ...premises.tree, external: ['Secret/a/b'] } }],
    ['where policies go', { tree: { ...premises.tree, policies: [{ cluster: 'home', folder: 'vault' }] } }],
    ['the folder', { seen: { prefix: 'out', inside: '' } }],
    ['the folder from within', { seen: { prefix: 'dist', inside: 'a' } }],
    ['that nothing is checked', { check: false }],
    ['a rule', { check: { ...premises.check, rules: { 'eso/two-owners': 'warning' } } as Premises['check'] }],
    ['what is external', { check: { rules: { 'eso/two-owners': 'off' } } }],
    ["the configuration's rules", { rules: { 'eso/two-owners': 'off' } }],
    ['the program', { program: 'b' }],
  ];
  test.each(others)('differs with %s', (_, change) => {
    expect(keyOf({ ...premises, ...change }).premises).not.toBe(keyOf(premises).premises);
  });

  test('does not take the end of one text for the beginning of the next', () => {
    const files = [file, second];
    const key = (a: string, b: string) =>
      keyOf({
        ...premises,
        tree: { files },
        own: new Map([
          ['apps/shop.yaml', a],
          ['apps/b.yaml', b],
        ]),
      }).premises;
    expect(new Set([key('ab', 'c'), key('a', 'bc'), key('abc', ''), key('', 'abc')]).size).toBe(4);
  });
});

describe('the key of a proof of pods', () => {
  const pod = (image: string, name = 'a') => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: { containers: [{ name, image }] },
  });
  const key = (document: Json, comment = '# Made by Pod at apps/shop') =>
    keyOf({
      ...premises,
      tree: { files: [{ ...file, documents: [document] }] },
      own: new Map([['apps/shop.yaml', `---\n${comment}\n${JSON.stringify(document)}\n`]]),
    });

  test('has the same premises for another tag, and other tags', () => {
    const [one, two] = [key(pod('shop:1.0')), key(pod('shop:1.1'))];
    expect(two.premises).toBe(one.premises);
    expect(two.tags).not.toBe(one.tags);
  });

  test.each<[string, ReturnType<typeof key>]>([
    ['another image', key(pod('cart:1.0'))],
    ['a digest', key(pod(`shop:1.0@sha256:${'0a'.repeat(32)}`))],
    ['no tag', key(pod('shop'))],
    ['a tag that is a word', key(pod('shop:latest'))],
    ['another container', key(pod('shop:1.0', 'b'))],
    ['another comment', key(pod('shop:1.0'), '# yaml-language-server: $schema=https://example.org')],
  ])('has other premises for %s', (_, other) => {
    expect(other.premises).not.toBe(key(pod('shop:1.0')).premises);
  });

  test('has other premises for another tag where a patch may look at it', () => {
    const patching = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', patches: [] };
    const files = (image: string) => [
      { ...file, documents: [pod(image)] },
      { ...file, path: 'apps/kustomization.yaml', documents: [patching] },
    ];
    const key = (image: string) =>
      keyOf({ ...premises, tree: { files: files(image) }, own: new Map([['apps/shop.yaml', image]]) });
    expect(key('shop:1.1').premises).not.toBe(key('shop:1.0').premises);
  });
});

const consequences: Consequences = {
  result: {
    findings: [
      {
        rule: 'eso/two-owners',
        severity: 'warning',
        message: 'two own it',
        remedy: 'Leave one.',
        file: 'dist/apps/shop.yaml',
        line: 3,
        column: 1,
        chain: ['Secret/shop'],
        frame: [{ number: 3, text: 'metadata:' }],
        clusters: [],
      },
    ],
    unknowns: [{ message: 'a chart' }],
    counts: { files: 1, documents: 1, resources: 1, kustomizations: 0, clusters: 1, suppressed: 0 },
  },
  policies: [{ path: 'vault/eso.hcl', madeBy: 'VaultStore of the cluster home', cluster: 'home', text: 'path "kv"' }],
};
const key = keyOf(premises);
const printed = printProof(key, consequences);

describe('a proof', () => {
  test('is read as it was printed, also without a result', () => {
    expect(parseProof(key, printed)).toEqual(consequences);
    const without = { result: undefined, policies: [] };
    expect(parseProof(key, printProof(key, without))).toEqual(without);
  });

  test('holds what was found and what is written, not the rules and not the tree', () => {
    const result = { ...consequences.result, rules: [{ id: 'secret' }] } as unknown as Consequences['result'];
    expect(printProof(key, { ...consequences, result })).toBe(printed);
    expect(Object.keys(JSON.parse(printed.split('\n')[1] ?? ''))).toEqual(['tags', 'result', 'policies']);
  });

  test('with a finding, which shows the lines around it, counts for the same tags only; one without for all', () => {
    const other = { ...key, tags: 'other' };
    expect(parseProof(other, printed)).toBeUndefined();
    const clean = { ...consequences, result: { ...consequences.result, findings: [] } } as Consequences;
    expect(parseProof(other, printProof(key, clean))).toEqual(clean);
    const without = { result: undefined, policies: [] };
    expect(parseProof(other, printProof(key, without))).toEqual(without);
  });

  test.each([
    ['empty', ''],
    ['cut short', printed.slice(0, -1)],
    ['only its hash', printed.split('\n')[0] ?? ''],
    ['longer', `${printed} `],
    ['changed', printed.replace('two own it', 'nobody owns')],
    ['something else', '{"result":{"findings":[]},"policies":[]}'],
    ['of another key', printProof(keyOf({ ...premises, program: 'b' }), consequences)],
  ])('that is %s is none', (_, other) => {
    expect(parseProof(key, other)).toBeUndefined();
  });

  const { result } = consequences;
  test.each<[string, unknown]>([
    ['without policies', { result }],
    ['with a policy without text', { result, policies: [{ path: 'a.hcl', madeBy: '' }] }],
    ['with a policy outside the folder', { result, policies: [{ path: '../a.hcl', madeBy: '', text: '' }] }],
    ['with findings that are no list', { result: { ...result, findings: {} }, policies: [] }],
    ['with a finding of another severity', { result: { ...result, findings: [{ severity: 'bad' }] }, policies: [] }],
    ['without counts', { result: { ...result, counts: undefined }, policies: [] }],
    [
      'with a frame of numbers',
      { result: { ...result, findings: [{ ...result?.findings[0], frame: [1] }] }, policies: [] },
    ],
  ])('whose hash is right, but that is %s, is none', (_, value) => {
    expect(parseProof(key, printProof(key, value as Consequences))).toBeUndefined();
  });
});
