import { knowledgeAt } from '../../lib/editor/hover';
import { definitionsAt } from '../../lib/editor/navigate';
import { fluxKustomization, graphOf } from '../graph/graph';
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

test('of a folder that many namespaces share, some of what a field speaks of is said, and the rest named', () => {
  const shared = graphOf({
    'flux/apps.yaml': ['a', 'b', 'c', 'd', 'e', 'f']
      .map((name) => fluxKustomization(name, './shared', `targetNamespace: ${name}`))
      .join(''),
    'shared/provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata: { name: chat }
spec: { type: slack, secretRef: { name: chat-address } }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata: { name: chat }
spec:
  providerRef: { name: chat }
  eventSources: [{ kind: Kustomization, name: "*" }]
`,
  });
  const found = knowledgeAt(shared, 'shared/provider.yaml', { line: 10, column: 24 });
  expect(found.map(({ title }) => title)).toEqual([
    'Provider a/chat',
    'Provider b/chat',
    'Provider c/chat',
    'and 3 more',
  ]);
  expect(found[3]?.sections).toEqual([
    {
      label: 'the same for',
      facts: [{ text: 'Provider d/chat' }, { text: 'Provider e/chat' }, { text: 'Provider f/chat' }],
    },
  ]);
  // It means all that there are.
  expect(knowledgeAt(shared, 'shared/provider.yaml', { line: 11, column: 47 })).toEqual([]);
});

test('what something outside of the tree makes is not said to be defined there', () => {
  const route = graphOf({
    'flux/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/route.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: hook, namespace: flux-system }
spec:
  rules:
    - backendRefs: [{ name: webhook-receiver, port: 80 }]
`,
  });
  expect(knowledgeAt(route, 'apps/route.yaml', { line: 6, column: 30 })[0]?.sections[0]).toEqual({
    label: 'not in the tree:',
    facts: [{ text: 'Flux installs it' }],
  });
});

test('the source that the Flux Operator makes is defined in the sync of its instance', () => {
  const instance = graphOf({
    'flux/instance.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync:
    kind: GitRepository
    url: https://git.example.org/acme/fleet.git
    ref: refs/heads/main
    path: ./flux
`,
    'flux/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/db.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  });
  const at = { line: 7, column: 45 };
  const [known] = knowledgeAt(instance, 'flux/apps.yaml', at);
  expect(known?.title).toBe('GitRepository flux-system/flux-system');
  expect(known?.sections[0]).toMatchObject({
    label: 'defined in',
    facts: [{ text: 'flux/instance.yaml', at: { file: 'flux/instance.yaml', line: 7 } }],
  });
  expect(definitionsAt(instance, 'flux/apps.yaml', at)).toMatchObject([{ file: 'flux/instance.yaml', line: 7 }]);
});
