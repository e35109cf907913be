import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valuesOfRelease } from '../../../lib/graph/releases/values';
import type { Json } from '../../../lib/json/json';
import { ValueFault } from '../../../lib/systems/helm/set-value';
import { display } from '../../../lib/text/symbolic';
import { fluxKustomization, graphOf, object } from '../graph';

/** What the values of a release are with objects of its namespace, or why Flux refuses them. */
function valuesOf(release: { valuesFrom?: Json; values?: Json }, objects = ''): Json | string {
  const spec = `spec: ${JSON.stringify({ interval: '1h', ...release })}`;
  const text = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop', spec) + objects;
  const [cluster] = graphOf({ 'ks.yaml': fluxKustomization('apps', './apps'), 'apps/a.yaml': text }).clusters;
  const [resource] = cluster?.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease') ?? [];
  if (cluster === undefined || resource === undefined) throw new Error('there is no release');
  try {
    const { values, uncertain } = valuesOfRelease(resource, cluster);
    return uncertain === undefined ? values : uncertain;
  } catch (error) {
    if (error instanceof ValueFault) return `refused: ${error.message}`;
    throw error;
  }
}

interface Verdict {
  readonly given: {
    readonly configMaps?: Readonly<Record<string, Json>>;
    readonly secrets?: Readonly<Record<string, Json>>;
    readonly valuesFrom: readonly { readonly kind: string; readonly name: string; readonly optional?: boolean }[];
    readonly values?: Json;
  };
  readonly values?: Json;
  readonly refused?: string;
}

/** What fluxcd/pkg chartutil 1.27.2 (ChartValuesFromReferences) with Helm 4.2 said of random cases. */
const verdicts: readonly Verdict[] = readFileSync(
  process.env.ESPALIER_VALUES ?? join(__dirname, 'values-verdicts.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Verdict);

test('the values are those that helm-controller merges, and what it refuses is refused', () => {
  const differing = verdicts.flatMap(({ given: { configMaps = {}, secrets = {}, ...release }, values, refused }) => {
    const data = (fields: Json) => `data: ${JSON.stringify(fields)}`;
    const text = (fields: Json) => `stringData: ${JSON.stringify(fields)}`;
    const objects = [
      ...Object.entries(configMaps).map(([name, fields]) => object('v1', 'ConfigMap', name, data(fields))),
      ...Object.entries(secrets).map(([name, fields]) => object('v1', 'Secret', name, text(fields))),
    ];
    const found = valuesOf(release as never, objects.join(''));
    // What is not there may come from elsewhere: that is for the rules.
    if (/not found$/.test(refused ?? '')) return [];
    const isSame =
      refused === undefined
        ? JSON.stringify(sorted(found)) === JSON.stringify(sorted(values ?? {}))
        : /^refused/.test(String(found));
    return isSame ? [] : [{ given: { configMaps, secrets, ...release }, found, expected: refused ?? values }];
  });
  expect(differing.slice(0, 5)).toEqual([]);
});

describe('what nobody knows', () => {
  const external = object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'db',
    'spec: { secretStoreRef: { name: vault }, data: [{ secretKey: password, remoteRef: { key: db, property: password } }] }',
  );
  const from = (more: object) => ({ valuesFrom: [{ kind: 'Secret', name: 'db', ...more }], values: { a: 1 } });

  test('of a Secret is a symbol at a path, even in a Secret that is optional', () => {
    const values = valuesOf(from({ targetPath: 'db.password', valuesKey: 'password', optional: true }), external);
    expect(display(JSON.stringify(values))).toBe('{"a":1,"db":{"password":"${Secret/db/password}"}}');
  });

  test('of a whole file leaves all uncertain', () => {
    expect(valuesOf(from({ valuesKey: 'password' }), external)).toBe(
      'nobody but the cluster knows Secret shop/db, of which its values are',
    );
  });

  test('is passed over where the Secret is optional and nothing makes it, or its key', () => {
    expect(valuesOf(from({ optional: true }))).toEqual({ a: 1 });
    expect(valuesOf(from({ optional: true, valuesKey: 'other' }), external)).toEqual({ a: 1 });
  });

  test('is what SOPS has encrypted', () => {
    const encrypted = object('v1', 'Secret', 'db', 'stringData: { values.yaml: "ENC[AES256_GCM,data:abc=,type:str]" }');
    expect(valuesOf(from({}), encrypted)).toMatch(/^nobody but the cluster knows/);
  });
});

test('a Secret of the tree is read, be it in base64', () => {
  const secret = object(
    'v1',
    'Secret',
    'db',
    `data: { values.yaml: ${Buffer.from('a: 2\nb: 3\n').toString('base64')} }`,
  );
  expect(valuesOf({ valuesFrom: [{ kind: 'Secret', name: 'db' }], values: { a: 1 } }, secret)).toEqual({ a: 1, b: 3 });
});

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
