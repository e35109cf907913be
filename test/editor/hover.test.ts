import { knowledgeAt } from '../../lib/editor/hover';
import { find, graph, word } from './tree';

/** What is said at a text, a line for each section. */
function said(file: string, text: string, after?: string): readonly string[] {
  return knowledgeAt(graph, file, find(file, text, after)).flatMap(({ title, sections }) => [
    title,
    ...sections.map(({ label, facts }) => `  ${label}: ${facts.map(shown).join('; ')}`),
  ]);
}

function shown({ text, at }: { text: string; at?: Parameters<typeof word>[0] | undefined }): string {
  return at === undefined ? text : `${text} [${word(at)}]`;
}

test('a key that a container reads: what makes it, of what, and who else reads it', () => {
  expect(said('shop/web.yaml', 'password }')).toEqual([
    'Secret shop/db-login key password',
    '  made by: ExternalSecret shop/db [shop/db.yaml:6 db-login]',
    '  from: vault:kv/acme/shop#password by ClusterSecretStore vault [shop/db.yaml:11 acme/shop]',
    '  read by: Deployment shop/web (env) [shop/web.yaml:16 password]',
  ]);
});

test('an entry of Vault: what writes and reads it, what becomes of it, and who reads that', () => {
  expect(said('shop/db.yaml', 'acme/shop')).toEqual([
    'vault:kv/acme/shop',
    '  written by: PushSecret shop/push (password) [shop/push.yaml:10 acme/shop]',
    '  read by: ExternalSecret shop/db (username) [shop/db.yaml:9 acme/shop]; ExternalSecret shop/db (password) [shop/db.yaml:11 acme/shop]; ExternalSecret shop/url (username) [shop/db.yaml:25 acme/shop]',
    '  becomes: Secret shop/db-login key user; Secret shop/db-login key password; Secret shop/url key URL',
    '  which is read by: Deployment shop/web (env, envFrom) [shop/web.yaml:18 user]',
  ]);
});

test('names of objects: where they are, what applies and names them', () => {
  expect(said('shop/db.yaml', 'vault')).toEqual([
    'ClusterSecretStore vault',
    '  defined in: platform/store.yaml [platform/store.yaml:4 vault]',
    '  applied by: Kustomization flux-system/platform [flux/apps.yaml:4 platform]',
    '  named by: ExternalSecret shop/db [shop/db.yaml:5 vault]; ExternalSecret shop/url [shop/db.yaml:17 vault]; PushSecret shop/push [shop/push.yaml:5 vault]',
  ]);
  expect(said('flux/apps.yaml', 'shop')).toEqual([
    'Kustomization flux-system/shop',
    '  defined in: flux/apps.yaml [flux/apps.yaml:12 shop]',
    '  applies: 5 objects of shop',
    '  waits for: Kustomization flux-system/platform [flux/apps.yaml:4 platform]',
  ]);
});

test('no value of a Secret is shown, not even where it stands', () => {
  expect(said('shop/push.yaml', 'password', 'stringData')).toEqual([
    'Secret shop/generated key password',
    '  made by: Secret shop/generated [shop/push.yaml:14 generated]',
    '  read by: PushSecret shop/push (push) [shop/push.yaml:9 password]',
  ]);
  expect(said('shop/push.yaml', 'correct-horse-battery')).toEqual([]);
});
