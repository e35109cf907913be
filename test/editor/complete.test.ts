import { suggestionsAt } from '../../lib/editor/complete';
import { graphOf } from '../graph/graph';
import { configMap, kustomization } from '../tree/kustomize/memory';
import { graph, texts } from './tree';

const files = {
  'app/web.yaml': configMap('web'),
  'app/db.yaml': configMap('db'),
  'app/base/kustomization.yaml': kustomization('resources: []'),
};

/** What is suggested in the place of a text of a file, where another is typed so far. */
function suggested(file: string, replaced: string, typed: string, after = ''): readonly string[] {
  const all = texts[file] ?? '';
  const from = all.indexOf(replaced, all.indexOf(after));
  const text = all.slice(0, from) + typed + all.slice(from + replaced.length);
  const found = suggestionsAt(graph, file, text, from + typed.length);
  return (found?.all ?? []).map((one) => `${one.text}: ${one.detail}`);
}

test('names of Secrets and ConfigMaps, by the objects that make them', () => {
  expect(suggested('shop/web.yaml', 'db-login', '')).toEqual([
    'db-login: ExternalSecret shop/db',
    'generated: Secret shop/generated',
    'url: ExternalSecret shop/url',
  ]);
});

test('keys of the Secret that is named, whether or not something is typed', () => {
  const both = ['password: ExternalSecret shop/db', 'user: ExternalSecret shop/db'];
  expect(suggested('shop/web.yaml', 'password', '', 'key: ')).toEqual(both);
  expect(suggested('shop/web.yaml', 'password', 'pas', 'key: ')).toEqual(both);
  expect(suggested('shop/push.yaml', 'password', '', 'secretKey: ')).toEqual(['password: Secret shop/generated']);
});

test('stores, entries of the store that is named, and properties of the entry', () => {
  expect(suggested('shop/db.yaml', 'vault', 'v')).toEqual(['vault: ClusterSecretStore vault']);
  expect(suggested('shop/db.yaml', 'acme/shop', 'acme/')).toEqual(['acme/shop: PushSecret shop/push writes it']);
  expect(suggested('shop/db.yaml', 'username', '')).toEqual([
    'password: PushSecret shop/push writes it',
    'username: ExternalSecret shop/url reads it',
  ]);
  expect(suggested('shop/push.yaml', 'acme/shop', '')).toEqual(['acme/shop: PushSecret shop/push writes it']);
});

test('folders for a Kustomization, and for a kustomization.yaml the files that it does not list yet', () => {
  expect(suggested('flux/apps.yaml', './shop', './')).toEqual([
    './flux: folder',
    './platform: folder',
    './shop: folder',
  ]);
  const app = graphOf({ 'app/kustomization.yaml': kustomization('resources:', '  - web.yaml'), ...files });
  const text = kustomization('resources:', '  - web.yaml', '  - ');
  expect(suggestionsAt(app, 'app/kustomization.yaml', text, text.length - 1)?.all).toEqual([
    { text: './base', detail: 'folder' },
    { text: './db.yaml', detail: 'file' },
  ]);
});

test('nothing where no name is wanted', () => {
  expect(suggested('shop/web.yaml', 'shop/web:1', '')).toEqual([]);
  expect(suggested('shop/web.yaml', 'containers', 'con')).toEqual([]);
});
