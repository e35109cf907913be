import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { App, Application, Cluster, ExternalSecret, Secret } from '../../lib';
import { readSecret } from '../../lib/constructs/secret';
import { refusal, stage } from './synthesize';

/** A Secret with the keys A and tls-key in namespace shop, and a reader beside it. */
function shop() {
  const on = stage();
  const { directory } = new Application(on.cluster, 'shop');
  const made = new ExternalSecret(directory, 'config', {
    store: on.vault,
    extract: on.vault.app('shop', 'app'),
    required: ['A', 'tls-key'],
  });
  return { ...on, directory, made, secret: made.secret, reader: new Construct(directory, 'reader') };
}

test('a handle knows its name, namespace, keys and producer', () => {
  const { secret, made } = shop();
  expect({ ...secret, producer: secret.producer === made }).toEqual({
    name: 'config',
    namespace: 'shop',
    keys: ['A', 'tls-key'],
    open: false,
    producer: true,
    username: undefined,
  });
  expect(secret.key('A')).toEqual({ secret, key: 'A' });
  expect(secret.label).toBe('shop/config');
});

test('reading a Secret depends on what makes it', () => {
  const { secret, made, reader } = shop();
  readSecret(reader, secret);
  expect(reader.node.dependencies).toEqual([made]);
});

test('reading a Secret that is only named depends on nothing', () => {
  const { reader } = shop();
  readSecret(reader, Secret.named('wildcard-tls', { keys: ['tls.crt', 'tls.key'] }));
  expect(reader.node.dependencies).toEqual([]);
});

describe('what is refused', () => {
  test('a key that the Secret lacks: the message lists those that there are', () => {
    const { secret } = shop();
    const untyped = secret as Secret<string>;
    expect(refusal(() => untyped.key('B'))).toBe(
      'soyo/apps/shop/shop/app/config: the key "B" of Secret shop/config. Allowed: one of its keys: A, tls-key. Example: "A".',
    );
  });

  test('a key that a Secret lacks which is only named', () => {
    const untyped = Secret.named('wildcard-tls', { keys: ['tls.crt'] }) as Secret<string>;
    expect(refusal(() => untyped.key('tls.key'))).toBe(
      'Secret.named("wildcard-tls"): the key "tls.key" of Secret wildcard-tls. Allowed: one of its keys: tls.crt. Example: "tls.crt".',
    );
  });

  test('a Secret of another namespace', () => {
    const { cluster, secret } = shop();
    const reader = new Construct(new Application(cluster, 'bank').directory, 'reader');
    expect(refusal(() => readSecret(reader, secret))).toBe(
      'soyo/apps/bank/bank/app/reader: secret is "shop/config". Allowed: a Secret of namespace bank: Kubernetes does not let a pod read Secrets of other namespaces. Example: an ExternalSecret in namespace bank.',
    );
  });

  test('a Secret of another cluster, though its namespace has the same name', () => {
    const { app, secret } = shop();
    const mars = new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
    const reader = new Construct(new Application(mars, 'shop').directory, 'reader');
    expect(refusal(() => readSecret(reader, secret))).toBe(
      'mars/apps/shop/shop/app/reader: secret is "shop/config". Allowed: a Secret of the same cluster: soyo/apps/shop/shop/app/config creates this one in cluster soyo. Example: a PushSecret there and an ExternalSecret here.',
    );
  });

  test('a Secret of another namespace than the one that the reader names itself', () => {
    const { directory, secret } = shop();
    const deployment = new Deployment(directory, 'deployment', { metadata: { name: 'shop', namespace: 'bank' } });
    expect(refusal(() => readSecret(deployment, secret))).toBe(
      'soyo/apps/shop/shop/app/deployment: secret is "shop/config". Allowed: a Secret of namespace bank: Kubernetes does not let a pod read Secrets of other namespaces. Example: an ExternalSecret in namespace bank.',
    );
  });

  test('the construct that makes a Secret in place of its handle', () => {
    const { reader, made } = shop();
    expect(refusal(() => readSecret(reader, made as never))).toBe(
      'soyo/apps/shop/shop/app/reader: secret. Allowed: the handle of a Secret, not the construct that creates it. Example: credentials.secret.',
    );
    expect(refusal(() => readSecret(reader, undefined as never))).toBe(
      'soyo/apps/shop/shop/app/reader: secret is not set. Allowed: the handle of a Secret. Example: credentials.secret.',
    );
  });

  test('a Secret without keys', () => {
    expect(refusal(() => readSecret(shop().reader, Secret.named('empty', { keys: [] })))).toBe(
      'soyo/apps/shop/shop/app/reader: keys of Secret empty is []. Allowed: at least one key. Example: ["password"].',
    );
  });

  test('a key that no Secret can hold', () => {
    expect(refusal(() => readSecret(shop().reader, Secret.named('odd', { keys: ['a b'] })))).toBe(
      'soyo/apps/shop/shop/app/reader: a key of Secret odd is "a b". Allowed: letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters. Example: "API_TOKEN".',
    );
  });

  test('a name that no Secret can have', () => {
    expect(refusal(() => readSecret(shop().reader, Secret.named('My_Secret', { keys: ['a'] })))).toMatch(
      /^soyo\/apps\/shop\/shop\/app\/reader: the name of a Secret is "My_Secret"\. Allowed: a DNS subdomain/,
    );
  });

  test('a reader outside of any cluster', () => {
    expect(refusal(() => readSecret(new Construct(new App(), 'reader'), shop().secret))).toBe(
      "reader: scope. Allowed: a scope inside a Cluster. Example: new Cluster(app, 'soyo', { … }) as the scope.",
    );
  });
});
