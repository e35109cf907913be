import { definitionsAt, referencesAt } from '../../lib/editor/navigate';
import type { Span } from '../../lib/editor/places';
import { fluxKustomization, graphOf } from '../graph/graph';
import { kustomization } from '../tree/kustomize/memory';
import { find, graph, word } from './tree';

const definition = (file: string, text: string, after?: string) =>
  definitionsAt(graph, file, find(file, text, after)).map(word);
const references = (file: string, text: string, after?: string) =>
  referencesAt(graph, file, find(file, text, after), false).map(word);

test('the way of a value leads back step by step: container, ExternalSecret, Vault, what writes there', () => {
  expect(definition('shop/web.yaml', 'password }')).toEqual(['shop/db.yaml:10 password']);
  expect(definition('shop/db.yaml', 'password', 'secretKey: password')).toEqual(['shop/db.yaml:11 acme/shop']);
  expect(definition('shop/db.yaml', 'acme/shop', 'secretKey: password')).toEqual(['shop/push.yaml:10 acme/shop']);
  expect(definition('shop/push.yaml', 'password', 'secretKey')).toEqual(['shop/push.yaml:16 password']);
});

test('a key whose template reads something leads to what is read; one that reads nothing is where it stands', () => {
  expect(definition('shop/db.yaml', 'URL')).toEqual(['shop/db.yaml:25 acme/shop']);
  expect(definition('shop/db.yaml', 'OTHER')).toEqual(['shop/db.yaml:22 OTHER']);
  expect(definition('shop/db.yaml', 'user', 'OTHER')).toEqual(['shop/db.yaml:21 URL']);
});

test('an entry that nothing in the tree writes leads to its store; names lead to objects', () => {
  expect(definition('shop/push.yaml', 'acme/shop')).toEqual(['platform/store.yaml:4 vault']);
  expect(definition('shop/db.yaml', 'vault')).toEqual(['platform/store.yaml:4 vault']);
  expect(definition('shop/web.yaml', 'db-login')).toEqual(['shop/db.yaml:6 db-login']);
  expect(definition('shop/push.yaml', 'generated')).toEqual(['shop/push.yaml:14 generated']);
  expect(definition('flux/apps.yaml', 'platform', 'dependsOn')).toEqual(['flux/apps.yaml:4 platform']);
});

test('a cursor on the field counts as one on its value, and one elsewhere says nothing', () => {
  expect(definition('shop/web.yaml', 'key', 'PASSWORD')).toEqual(['shop/db.yaml:10 password']);
  expect(definition('shop/web.yaml', 'image')).toEqual([]);
  expect(definition('shop/none.yaml', 'image')).toEqual([]);
});

test('the references of a Vault path are those that read or write it, and those that read what is made of it', () => {
  expect(references('shop/db.yaml', 'acme/shop')).toEqual([
    'shop/db.yaml:9 acme/shop',
    'shop/db.yaml:11 acme/shop',
    'shop/db.yaml:25 acme/shop',
    'shop/push.yaml:10 acme/shop',
    'shop/web.yaml:18 user',
    'shop/web.yaml:16 password',
    'shop/db.yaml:24 user',
    'shop/web.yaml:13 url',
  ]);
});

test('of one property only what is of that', () => {
  expect(references('shop/db.yaml', 'password', 'property: password')).toEqual([
    'shop/db.yaml:11 password',
    'shop/push.yaml:10 password',
    'shop/web.yaml:16 password',
  ]);
});

test('the references of a key are those that read it, by name or with the whole Secret', () => {
  expect(references('shop/db.yaml', 'password', 'secretKey: password')).toEqual(['shop/web.yaml:16 password']);
  expect(references('shop/db.yaml', 'OTHER')).toEqual(['shop/web.yaml:13 url']);
  expect(references('platform/store.yaml', 'vault', 'name:')).toEqual([
    'shop/db.yaml:5 vault',
    'shop/db.yaml:17 vault',
    'shop/push.yaml:5 vault',
  ]);
});

/** A tree whose fields are written in other ways: an alias, a patch in a text, a List, what a generator makes, two clusters. */
const unusual = graphOf({
  'one/flux.yaml': fluxKustomization('shop', './shop', '', 'one'),
  'two/flux.yaml': fluxKustomization('shop', './shop', '', 'two'),
  'shop/kustomization.yaml': kustomization(
    'namespace: shop',
    'resources: [web.yaml, list.yaml]',
    'secretGenerator: [{ name: made, literals: [user=shop], options: { disableNameSuffixHash: true } }]',
    'patches:',
    '  - patch: |',
    '      apiVersion: v1',
    '      kind: Pod',
    '      metadata: { name: web }',
    '      spec:',
    '        serviceAccountName: robot',
  ),
  'shop/web.yaml': `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - { name: init, image: web:1, env: [{ name: A, valueFrom: { secretKeyRef: &key { name: listed, key: a } } }] }
  containers:
    - { name: web, image: web:1, env: [{ name: A, valueFrom: { secretKeyRef: *key } }] }
    - { name: other, image: web:1, env: [{ name: A, valueFrom: { secretKeyRef: { name: made, key: user } } }] }
`,
  'shop/list.yaml': `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ServiceAccount, metadata: { name: robot } }
  - apiVersion: v1
    kind: Secret
    metadata: { name: listed }
    data:
      a: YQ==
`,
});
const shown = ({ file, line, column, end }: Span) => `${file}:${line}:${column}-${end}`;

test('anchors, patches in a text, Lists, generators: all lead to where something is written', () => {
  const leads = (line: number, column: number, file = 'shop/web.yaml') =>
    definitionsAt(unusual, file, { line, column }).map(shown);
  // What an alias repeats is written at its anchor.
  expect(leads(6, 105)).toEqual(['shop/list.yaml:9:7-8']);
  expect(referencesAt(unusual, 'shop/list.yaml', { line: 9, column: 7 }, false).map(shown)).toEqual([
    'shop/web.yaml:6:105-106',
  ]);
  expect(leads(12, 30, 'shop/kustomization.yaml')).toEqual(['shop/list.yaml:4:63-68']);
  expect(leads(9, 88)).toEqual(['shop/kustomization.yaml:5:27-31']);
  expect(leads(9, 99)).toEqual(['shop/kustomization.yaml:5:44-53']);
});

test('a file that two clusters share leads to each thing once', () => {
  expect(unusual.clusters).toHaveLength(2);
  expect(definitionsAt(unusual, 'shop/web.yaml', { line: 6, column: 92 }).map(shown)).toEqual([
    'shop/list.yaml:7:23-29',
  ]);
});
