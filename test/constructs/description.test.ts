import {
  Application,
  ConfigMap,
  ExternalSecret,
  GeneratedSecret,
  Namespace,
  PasswordGenerator,
  PushSecret,
  VaultStore,
} from '../../lib';
import type { JsonObject } from '../../lib/json/json';
import { refusal, stage, synthesize } from './synthesize';

const annotationsOf = ({ metadata }: JsonObject) => (metadata as JsonObject).annotations;

test('what objects are for stands in the annotation that Kubernetes has for it', () => {
  const tree = synthesize(({ cluster, eso }) => {
    const shop = new Application(cluster, 'shop', { description: 'Sells things' });
    const generator = new PasswordGenerator(shop.directory, 'password', { description: 'For the database' });
    const { secret } = new GeneratedSecret(shop.directory, 'db', {
      operator: eso,
      generator,
      username: 'shop',
      description: 'Credentials of the database',
    });
    const store = new VaultStore(cluster, 'other', {
      operator: eso,
      server: 'http://vault.other.svc:8200',
      description: 'Kept by the other team',
    });
    const to = store.app('shop', 'db');
    new PushSecret(shop.directory, 'push', { secret, store, to, description: 'For people to look up' });
    new Namespace(cluster.apps, 'tools', { description: 'For everybody' });
  });
  expect(annotationsOf(tree.find('Kustomization', 'shop'))).toEqual({ 'kubernetes.io/description': 'Sells things' });
  expect(annotationsOf(tree.find('Password', 'password'))).toEqual({ 'kubernetes.io/description': 'For the database' });
  expect(annotationsOf(tree.find('ExternalSecret', 'db'))).toEqual({
    'kubernetes.io/description': 'Credentials of the database',
  });
  expect(annotationsOf(tree.find('ClusterSecretStore', 'other'))).toEqual({
    'kubernetes.io/description': 'Kept by the other team',
  });
  expect(annotationsOf(tree.find('PushSecret', 'push'))).toEqual({
    'kubernetes.io/description': 'For people to look up',
  });
  expect(annotationsOf(tree.find('Namespace', 'tools'))).toEqual({
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    'kubernetes.io/description': 'For everybody',
  });
});

test('operators say what they do, unless somebody says it otherwise', () => {
  const tree = synthesize(() => undefined);
  expect(annotationsOf(tree.find('Kustomization', 'cloudnative-pg'))).toEqual({
    'kubernetes.io/description': 'The CloudNativePG operator, which runs the PostgreSQL databases',
  });
});

test('an annotation that is given goes before the description', () => {
  const tree = synthesize(({ cluster }) => {
    const { directory } = new Application(cluster, 'shop');
    const annotations = { 'kubernetes.io/description': 'given' };
    new ConfigMap(directory, 'settings', { data: { A: 'b' }, description: 'for the shop', annotations });
  });
  expect(annotationsOf(tree.find('ConfigMap', 'settings'))).toEqual({ 'kubernetes.io/description': 'given' });
});

test('what keys of Vault are for stands beside the ExternalSecret that reads them', () => {
  const tree = synthesize(({ cluster, vault }) => {
    const { directory } = new Application(cluster, 'shop');
    return new ExternalSecret(directory, 'config', {
      store: vault,
      extract: vault.app('shop', 'app'),
      required: { API_TOKEN: 'Token of the payment provider: ask them' },
      optional: { SENTRY_DSN: 'Where errors go' },
    });
  });
  expect(tree.built.secret.keys).toEqual(['API_TOKEN', 'SENTRY_DSN']);
  expect(annotationsOf(tree.find('ExternalSecret', 'config'))).toEqual({
    'espalier/keys': 'API_TOKEN: Token of the payment provider: ask them\nSENTRY_DSN: Where errors go\n',
  });
});

test('Flux replaces no variables in a description', () => {
  const tree = synthesize(
    ({ cluster }) => {
      const { directory } = new Application(cluster, 'shop', { description: 'Reads ${A}' });
      new ConfigMap(directory, 'settings', { data: { A: 'b' }, description: 'Holds ${A}' });
    },
    { substitutions: { substitute: { A: 'b' } } },
  );
  // The root applies the Kustomization, and replaces nothing.
  expect(annotationsOf(tree.find('Kustomization', 'shop'))).toEqual({ 'kubernetes.io/description': 'Reads ${A}' });
  expect(annotationsOf(tree.find('ConfigMap', 'settings'))).toEqual({ 'kubernetes.io/description': 'Holds $${A}' });
});

test.each([
  ['', 'description is "".'],
  ['two\nlines', 'description is "two\\nlines".'],
  [7 as unknown as string, 'description is 7.'],
])('a description that is no line of text is refused: %j', (description, said) => {
  const { cluster } = stage();
  const message = refusal(() => new Application(cluster, 'shop', { description }));
  expect(message).toContain(said);
  expect(message).toContain('Allowed: a text of one line and at most 500 characters');
});

test('keys that are neither a list nor described are refused', () => {
  const { cluster, vault } = stage();
  const { directory } = new Application(cluster, 'shop');
  const make = (id: string, required: unknown) =>
    refusal(
      () =>
        new ExternalSecret(directory, id, {
          store: vault,
          extract: vault.app('shop', 'app'),
          required: required as readonly string[],
        }),
    );
  expect(make('a', 'API_TOKEN')).toContain(
    'Allowed: a list of keys, or an object with the keys and the purpose of each',
  );
  expect(make('b', { API_TOKEN: '' })).toContain('required.API_TOKEN is "". Allowed: a text of one line');
});
