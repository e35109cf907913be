import { imageEdits } from '../../lib/tree/image-edits';

/** As Espalier writes it. */
const written = `---
# yaml-language-server: $schema=https://schemas.fluxoperator.dev/catalog/apps/deployment_v1.json
# Made by Deployment at shop/app/shop; change the construct, not this file.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  # a list
  template:
    spec:
      containers:
        - name: shop
          image: ghcr.io/acme/shop:1.4.2 # {"$imagepolicy": "flux-system:shop"}
          command:
            - sh
            - "-c"
            - |-
              echo a
                b
          args: []
          env:
            # above item
            - name: Q
              value: "yes"
          odd: "\\u200b\\t"
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: x
spec:
  values:
    n: 3
    image:
      repository: ghcr.io/acme/shop # {"$imagepolicy": "flux-system:shop:name"}
      tag: v1.4.2 # {"$imagepolicy": "flux-system:shop:tag"}
`;

/**
 * What UpdateWithSetters of image-automation-controller 1.2 (main of November 2026, kyaml 0.21.1) made of it with
 * ghcr.io/acme/shop:1.5, byte for byte: no first `---`, a tag in quotes once it looks like a number, no escape of U+200B.
 */
const automated = written
  .replace('---\n', '')
  .replace('shop:1.4.2 #', 'shop:1.5 #')
  .replace('tag: v1.4.2 #', 'tag: "1.5" #')
  .replace('\\u200b', '\u200b');

/** Each list is nine of the one before it. */
const bomb = `{ a: &a [1], ${[...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`)}]`).join(', ')} }`;

const edits = [
  { policy: 'flux-system:shop', part: 'image', before: 'ghcr.io/acme/shop:1.4.2', after: 'ghcr.io/acme/shop:1.5' },
  { policy: 'flux-system:shop', part: 'tag', before: 'v1.4.2', after: '1.5' },
];

test('what an image automation sets is an edit; the form in which it prints the file is none', () => {
  expect(imageEdits(written, automated)).toEqual(edits);
  expect(imageEdits(written, written.replace('---\n', '').replace('\\u200b', '\u200b'))).toEqual([]);
  expect(imageEdits(written, automated.replaceAll('\n', '\r\n'))).toEqual(edits);
});

test.each<[string, (text: string) => string]>([
  ['another value', (text) => text.replace('n: 3', 'n: 4')],
  ['a value of another type', (text) => text.replace('n: 3', 'n: "3"')],
  ['a text that YAML 1.1 takes for a truth value', (text) => text.replace('"yes"', 'yes')],
  ['a text that YAML 1.2 takes for a number', (text) => text.replace('name: x', 'name: 0o17')],
  ['a field more', (text) => text.replace('    n: 3', '    n: 3\n    m: 1')],
  ['a field less', (text) => text.replace('    n: 3\n', '')],
  [
    'another order',
    (text) => text.replace('kind: HelmRelease\nmetadata:\n  name: x', 'metadata:\n  name: x\nkind: HelmRelease'),
  ],
  ['a document more', (text) => `${text}---\na: 1\n`],
  ['a comment', (text) => text.replace('# a list', '# a note')],
  ['a comment more', (text) => `${text}# by hand\n`],
  ['a comment less', (text) => text.replace('            # above item\n', '')],
  ['a marker of another policy', (text) => text.replace('"flux-system:shop"}', '"flux-system:web"}')],
  ['a marker of another part', (text) => text.replace('shop:tag"', 'shop:name"')],
  ['a marker less', (text) => text.replace(' # {"$imagepolicy": "flux-system:shop:tag"}', '')],
  ['a marker elsewhere', (text) => text.replace('n: 3', 'n: 3 # {"$imagepolicy": "flux-system:shop:tag"}')],
  ['a list in place of an image', (text) => text.replace('tag: "1.5"', 'tag: [1.5]')],
  ['a number in place of a tag', (text) => text.replace('tag: "1.5"', 'tag: 1.5')],
  ['what is no YAML', (text) => text.replace('n: 3', 'n: [3')],
  ['aliases without end', (text) => text.replace('n: 3', `n: ${bomb}`)],
  ['conflict markers', (text) => `<<<<<<< HEAD\n${text}`],
  ['nothing', () => ''],
])('%s is more than an image', (_, edit) => {
  expect(edit(automated)).not.toBe(automated);
  expect(imageEdits(written, edit(automated))).toBeUndefined();
});
