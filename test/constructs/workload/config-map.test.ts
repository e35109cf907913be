import { Application, ConfigMap } from '../../../lib';
import { type Stage, stage, synthesize } from '../synthesize';

const app = 'soyo/apps/shop/shop/app';
const shop = ({ cluster }: Stage) => new Application(cluster, 'shop').directory;

describe('ConfigMap', () => {
  test('a key that it lacks is refused', () => {
    const config = new ConfigMap(shop(stage()), 'config', { data: { A: 'a' }, binaryData: { b: 'YQ==' } });
    expect(config.key('b').configMap === config).toBe(true);
    expect(() => config.key('B' as never)).toThrow(
      new Error(`${app}/config: the key "B". Allowed: one of its keys: A, b. Example: "A".`),
    );
  });

  test('holds what it is given, and knows its keys', () => {
    const { built, find } = synthesize(
      (on) =>
        new ConfigMap(shop(on), 'config', {
          name: 'shop-config',
          labels: { team: 'shop' },
          data: { LOG_LEVEL: 'info', 'a.txt': '' },
        }),
    );
    expect(find('ConfigMap', 'shop-config')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'shop-config', namespace: 'shop', labels: { team: 'shop' } },
      data: { LOG_LEVEL: 'info', 'a.txt': '' },
    });
    expect(built.keys).toEqual(['LOG_LEVEL', 'a.txt']);
  });

  test.each<[Record<string, unknown> | undefined, string]>([
    [
      { 'a b': 'c' },
      'data["a b"]. It must be a key of letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters. Example: "API_TOKEN".',
    ],
    [
      { '${A}': 'c' },
      'data["${A}"]. It must be a key of letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters. Example: "API_TOKEN".',
    ],
    [undefined, "data is not set. Allowed: keys and their texts. Example: { LOG_LEVEL: 'info' }."],
    [{ PORT: 80 }, 'data["PORT"] is 80. Allowed: a string. Example: "80".'],
  ])('refuses %j', (data, message) => {
    expect(() => new ConfigMap(shop(stage()), 'config', { data: data as never })).toThrow(
      new Error(`${app}/config: ${message}`),
    );
  });
});
