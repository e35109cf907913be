import { nodeMaker } from '../../../lib/graph/schema/node';
import { readSchemas } from '../../../lib/graph/schema/read-schemas';
import type { Schema } from '../../../lib/graph/schema/schema';
import { refusedChanges } from '../../../lib/graph/schema/transitions';
import type { Json } from '../../../lib/json/json';

const make = nodeMaker(() => undefined);
const refused = (schema: Schema, before: Json, after: Json) => refusedChanges(make(schema), before, after);
const rule = (text: string, message?: string) => ({
  'x-kubernetes-validations': [{ rule: text, ...(message !== undefined && { message }) }],
});
const text = (...rules: Parameters<typeof rule>): Schema => ({ type: 'string', ...rule(...rules) }) as Schema;
const holder = (field: Schema): Schema => ({ type: 'object', properties: { name: field } }) as Schema;

test('a rule about an update refuses what it does not allow', () => {
  expect(refused(holder(text('self == oldSelf', 'name is immutable')), { name: 'a' }, { name: 'b' })).toEqual([
    { path: ['name'], reason: 'name is immutable' },
  ]);
  expect(refused(holder(text('self == oldSelf')), { name: 'a' }, { name: 'b' })).toEqual([
    { path: ['name'], reason: 'it cannot be changed' },
  ]);
  expect(refused(holder(text('self.startsWith(oldSelf)')), { name: 'a' }, { name: 'b' })).toEqual([
    { path: ['name'], reason: 'it breaks the rule self.startsWith(oldSelf)' },
  ]);
  expect(refused(holder(text('self.startsWith(oldSelf)')), { name: 'a' }, { name: 'ab' })).toEqual([]);
});

test('a rule about an update is not asked where there is a value on one side only', () => {
  const schema = holder(text('self == oldSelf'));
  expect(refused(schema, {}, { name: 'b' })).toEqual([]);
  expect(refused(schema, { name: 'a' }, {})).toEqual([]);
  expect(refused(schema, { name: null }, { name: 'b' })).toEqual([]);
  expect(refused(schema, 'a', ['b'])).toEqual([]);
});

test('a rule of the object above is asked, too', () => {
  const schema = {
    type: 'object',
    properties: { name: { type: 'string' } },
    ...rule('has(self.name) == has(oldSelf.name)', 'name is set once'),
  } as Schema;
  expect(refused(schema, {}, { name: 'b' })).toEqual([{ path: [], reason: 'name is set once' }]);
});

test('rules that are not about updates, and broken ones, refuse nothing', () => {
  expect(refused(holder(text('self == "b"')), { name: 'a' }, { name: 'c' })).toEqual([]);
  expect(refused(holder(text('self == = oldSelf')), { name: 'a' }, { name: 'c' })).toEqual([]);
});

test('items of lists are compared by their keys, and not at all without', () => {
  const item = { type: 'object', properties: { key: { type: 'string' }, value: text('self == oldSelf') } } as Schema;
  const keyed = {
    type: 'array',
    items: item,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['key'],
  } as Schema;
  const [one, two, changed] = [
    { key: 'a', value: '1' },
    { key: 'b', value: '2' },
    { key: 'a', value: '3' },
  ];
  expect(refused(keyed, [one, two], [two, one])).toEqual([]);
  expect(refused(keyed, [one, two], [two, changed])).toEqual([{ path: [1, 'value'], reason: 'it cannot be changed' }]);
  expect(refused({ type: 'array', items: item } as Schema, [one], [changed])).toEqual([]);
});

test('values of maps are compared by their keys', () => {
  const schema = { type: 'object', additionalProperties: text('self == oldSelf') } as Schema;
  expect(refused(schema, { a: '1', b: '2' }, { b: '3', c: '4' })).toEqual([
    { path: ['b'], reason: 'it cannot be changed' },
  ]);
  expect(refused(schema, { constructor: '1' }, JSON.parse('{"__proto__": "2"}'))).toEqual([]);
});

test('the kinds that come with Espalier have such rules', () => {
  const found = readSchemas().lookup('postgresql.cnpg.io/v1', 'Database');
  if (found.state !== 'found') throw new Error(found.state);
  const database = (name: string) => ({ spec: { name, owner: 'shop', cluster: { name: 'db' } } });
  expect(refusedChanges(found.schema.node, database('a'), database('b'))).toEqual([
    { path: ['spec', 'name'], reason: 'it cannot be changed' },
  ]);
  expect(refusedChanges(found.schema.node, database('a'), database('a'))).toEqual([]);
});
