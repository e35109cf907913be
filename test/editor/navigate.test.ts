import { definitionsAt, referencesAt } from '../../lib/editor/navigate';
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
