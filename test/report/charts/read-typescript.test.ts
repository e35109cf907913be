import { textsOf } from '../../../lib/graph/releases';
import { misfitOf } from '../../../lib/graph/schema/misfit';
import type { Json } from '../../../lib/json/json';
import { readImport } from '../../../lib/report/charts/read-typescript';
import { typescriptOf } from '../../../lib/report/charts/typescript';
import { chartTypes } from '../../../lib/systems/helm/value-types';
import { compile } from '../../constructs/compile';

const schema = {
  additionalProperties: false,
  properties: {
    level: { enum: ['info', "it's", 'a\\b"c', 3, true, null], description: "export const a = '}';\n*/" },
    replicas: { type: 'integer' },
    labels: { additionalProperties: { type: 'string' } },
    hosts: { type: 'array', items: { oneOf: [{ type: 'string' }, { $ref: '#/$defs/host' }] } },
    'a-b.c': { type: 'array', items: { type: 'array', items: { type: 'boolean' } } },
    none: { type: 'object', additionalProperties: false },
    any: {},
  },
  $defs: {
    host: {
      type: 'object',
      additionalProperties: false,
      properties: { name: { type: 'string' }, below: { $ref: '#/$defs/host' } },
    },
  },
};
const files = new Map([['values.schema.json', JSON.stringify(schema)]]);
const location = { repository: 'https://example.org/charts', name: 'shop' };
const text = typescriptOf({
  name: 'shop',
  version: '1.0.0',
  digest: "sha256:'abc",
  description: 'export interface Shop {}',
  location,
  types: chartTypes(textsOf({ files, metadata: {} }), files),
});

test('what a file of import exports is read', () => {
  const read = readImport(text);
  expect(read).toMatchObject({
    typeName: 'ShopValues',
    location: { ...location, version: '1.0.0', digest: "sha256:'abc" },
  });
});

test('values are of the types that are read just where they compile', () => {
  const read = readImport(text);
  const candidates: readonly Json[] = [
    ...['info', "it's", 'a\\b"c', 3, true, null, 'debug', 4, false].map((level) => ({ level })),
    ...[1, '1', [1]].map((replicas) => ({ replicas })),
    ...[{ a: 'b' }, { a: 1 }, 'a'].map((labels) => ({ labels })),
    ...[[], ['a'], [{ name: 'a', below: { below: {} } }], [{ below: { nam: 'a' } }], [1]].map((hosts) => ({ hosts })),
    ...[[[true]], [true], [['a']]].map((list) => ({ 'a-b.c': list })),
    { none: {} },
    { none: { a: 1 } },
    { any: [{ a: 1 }] },
    { other: 1 },
    {},
  ];
  const lines = candidates.map((value, i) => `export const a${i}: ShopValues = ${JSON.stringify(value)};`);
  // Without the library, which takes the compiler seconds.
  const alone = text.replace(/^import .*$/m, 'type HelmText = string;\ntype ImportedChart<T> = object & { a?: T };');
  const errors = compile(["import type { ShopValues } from './shop';", ...lines], { 'shop.ts': alone });
  const wrong = new Set(errors.map((error) => Number.parseInt(error, 10) - 2));
  const misfits = candidates.filter((value) => read && misfitOf(value, read.values) !== undefined);
  expect(misfits).toEqual(candidates.filter((_, i) => wrong.has(i)));
  expect(misfits).toHaveLength(13);
});

test.each([
  ['another file', text.replace(/^.*\n/, '')],
  ['a chart whose place is not known', text.replace(/export const [\s\S]*?\n};\n/, '')],
  ['what somebody has changed since', text.replace('readonly any?: unknown', 'readonly any?: Map<string, A>')],
])('%s is not read', (_, changed) => {
  expect(changed).not.toBe(text);
  expect(readImport(changed)).toBeUndefined();
});
