import { Application, type Directory, dockerConfig, ExternalSecret, Secret, SecretStore } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

const store = SecretStore.named('op', { kind: 'ClusterSecretStore' });

function targetOf(build: (on: Directory) => unknown): JsonObject {
  const { app, cluster } = emptyCluster();
  build(new Application(cluster, 'shop').directory);
  const { spec } = reader(app.tree()).find('ExternalSecret', 'more') as { spec: { target: JsonObject } };
  return spec.target;
}

const data = { B: 'b' };
const template = { engineVersion: 'v2', mergePolicy: 'Replace', data: { B: '{{ .B }}' } };

test('several ExternalSecrets make one Secret: whichever comes first creates it, and each keeps the keys of the others', () => {
  let keys: readonly string[] = [];
  const target = targetOf((on) => {
    const first = new ExternalSecret(on, 'first', {
      store,
      creationPolicy: 'CreateOrMerge',
      type: 'a/b',
      data: { A: 'a' },
    });
    const { secret } = new ExternalSecret(on, 'more', { store, into: first.secret, data });
    secret.key('A');
    secret.key('B');
    keys = secret.keys;
  });
  expect(keys).toEqual(['A', 'B']);
  expect(target).toEqual({
    name: 'first',
    creationPolicy: 'CreateOrMerge',
    deletionPolicy: 'Retain',
    template: { ...template, type: 'a/b' },
  });
});

test('a Secret that something else makes must be there', () => {
  const target = targetOf((on) => new ExternalSecret(on, 'more', { store, into: Secret.named('chart'), data }));
  expect(target).toEqual({ name: 'chart', creationPolicy: 'Merge', deletionPolicy: 'Retain', template });
});

test('the policy that keeps the other keys is written where a cluster takes no defaults, too', () => {
  const { app, cluster } = emptyCluster({ defaults: false });
  const on = new Application(cluster, 'shop').directory;
  const into = Secret.named('chart', { keys: ['A'] });
  new ExternalSecret(on, 'more', { store, into, data });
  expect(reader(app.tree()).find('ExternalSecret', 'more').spec).toMatchObject({
    target: { name: 'chart', creationPolicy: 'Merge' },
  });
});

describe('refused', () => {
  test.each([
    ['Owner', 'refuses other writers'],
    ['Orphan', 'removes the keys of others'],
  ] as const)('a Secret of an ExternalSecret with creationPolicy %s', (creationPolicy, why) => {
    const build = (on: Directory) => {
      const { secret } = new ExternalSecret(on, 'first', { store, creationPolicy, data: { A: 'a' } });
      return new ExternalSecret(on, 'more', { store, into: secret, data });
    };
    expect(refusal(() => targetOf(build))).toBe(
      `soyo/apps/shop/shop/app/more: into is "shop/first". Allowed: a Secret of which others may write keys: that of soyo/apps/shop/shop/app/first has creationPolicy ${creationPolicy}, with which External Secrets ${why}. Example: creationPolicy: 'CreateOrMerge' there.`,
    );
  });

  test.each([{ secretName: 'a' }, { creationPolicy: 'Owner' as const }, { target: null }])(
    '%j beside into',
    (given) => {
      const into = Secret.named('chart');
      expect(
        refusal(() => targetOf((on) => new ExternalSecret(on, 'more', { store, into, data, ...given }))),
      ).toContain('left out beside into, which says it');
    },
  );
});

test('a template may make the keys that are added', () => {
  const target = targetOf((on) => {
    const into = Secret.named('chart', { keys: ['A'] });
    const more = new ExternalSecret(on, 'more', {
      store,
      into,
      data,
      template: (k) => dockerConfig({ registry: 'a.io', username: 'b', password: k.B }),
    });
    more.secret.key('.dockerconfigjson');
    more.secret.key('A');
  });
  expect(target).toMatchObject({ name: 'chart', creationPolicy: 'Merge', template: { mergePolicy: 'Replace' } });
});
