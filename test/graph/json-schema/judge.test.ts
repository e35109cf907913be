import Ajv from 'ajv';
import * as fc from 'fast-check';
import { judge } from '../../../lib/graph/json-schema';
import type { Json } from '../../../lib/json/json';
import { symbol } from '../../../lib/text/symbolic';

const draft7 = 'http://json-schema.org/draft-07/schema#';

function messages(schema: Json, value: Json): string[] {
  return judge(schema, value).faults.map(({ message, remedy }) =>
    remedy === undefined ? message : `${message} (${remedy})`,
  );
}

describe('what a JSON Schema does not allow', () => {
  it.each<[string, Json, Json, string[]]>([
    ['a type', { properties: { a: { type: 'integer' } } }, { a: 'x' }, ['`a` must be an integer, and is a string']],
    ['types', { type: ['object', 'null'] }, 3, ['the object must be an object, and is an integer']],
    [
      'a text',
      { properties: { a: { type: 'string' } } },
      { a: 8080 },
      ['`a` must be a string, and is an integer (write it in quotes)'],
    ],
    [
      'a name',
      { properties: { a: { properties: { autoMount: {}, hostRoot: {} }, additionalProperties: false } } },
      { a: { automount: 1 } },
      ['unknown field `automount` in `a`; did you mean `autoMount`? (rename it to `autoMount`)'],
    ],
    [
      'a name that is like none',
      { properties: { create: {}, name: {} }, additionalProperties: false },
      { extra: 1 },
      ['unknown field `extra` at the top; it has `create` and `name`'],
    ],
    ['what is required', { required: ['a', 'b'] }, { a: 1 }, ['the values lack `b` (add `b`)']],
    ['one of some', { properties: { a: { enum: ['x', 'y'] } } }, { a: 'z' }, ['`a` is "z" and must be "x" or "y"']],
    ['a pattern', { properties: { a: { pattern: '^v' } } }, { a: '1' }, ['`a` is "1" and must match ^v']],
    [
      'a range',
      { properties: { a: { minimum: 1, exclusiveMaximum: 3 } } },
      { a: 3 },
      ['`a` is 3 and must be less than 3'],
    ],
    ['a length', { properties: { a: { minItems: 2 } } }, { a: [1] }, ['`a` must have at least 2 items']],
    [
      'forms of types',
      { properties: { a: { anyOf: [{ type: 'string' }, { type: 'object' }] } } },
      { a: 1 },
      ['`a` must be a string or an object, and is an integer'],
    ],
    [
      'forms that a field tells apart',
      {
        properties: {
          a: {
            oneOf: [
              { properties: { type: { const: 'pvc' }, size: { type: 'string' } }, required: ['type', 'size'] },
              { properties: { type: { const: 'nfs' }, server: { type: 'string' } }, required: ['type', 'server'] },
            ],
          },
        },
      },
      { a: { type: 'nfs' } },
      ['`a` lacks `server` (add `server`)'],
    ],
    [
      'a condition',
      JSON.parse('{"if": {"required": ["a"]}, "then": {"required": ["b"]}}'),
      { a: 1 },
      ['the values lack `b` (add `b`)'],
    ],
    ['what is forbidden', { not: { required: ['a', 'b'] } }, { a: 1, b: 2 }, ['the object must not have `a` and `b`']],
    ['nothing of what is right', { $ref: '#/$defs/a', $defs: { a: { type: 'object' } } }, {}, []],
  ])('tells of %s', (_, schema, value, expected) => {
    expect(messages(schema, value)).toEqual(expected);
  });

  it('tests formats up to draft 7, as Helm does', () => {
    expect(messages({ $schema: draft7, format: 'ipv4' }, 'x')).toEqual([
      'the object is "x" and must be an IPv4 address',
    ]);
    expect(messages({ format: 'ipv4' }, 'x')).toEqual([]);
  });

  it.each<[string, Json]>([
    ['itself', { $ref: 'https://example.com/a.json' }],
    ['one of several', { oneOf: [{ $ref: 'https://example.com/a.json' }, { type: 'object' }] }],
    ['what is forbidden', { not: { $ref: 'https://example.com/a.json' } }],
    ['a condition', JSON.parse('{"if": {"$ref": "https://example.com/a.json"}, "then": false, "else": false}')],
    [
      'what leaves fields over',
      {
        $schema: 'https://json-schema.org/draft/2019-09/schema',
        allOf: [{ $ref: 'https://example.com/a.json' }],
        unevaluatedProperties: false,
      },
    ],
  ])('leaves open what lies elsewhere: %s', (_, schema) => {
    expect(judge(schema, { b: 1 })).toEqual({ faults: [], outside: ['https://example.com/a.json'] });
  });

  it('judges the rest where a part lies elsewhere', () => {
    const schema = { properties: { a: { $ref: 'a.json' }, b: { type: 'string' } } };
    expect(judge(schema, { a: 1, b: 1 })).toMatchObject({ faults: [{ path: ['b'] }], outside: ['a.json'] });
  });

  it('follows references by address within the document', () => {
    const schema = {
      $schema: draft7,
      $id: 'https://example.com/root.json',
      properties: { a: { $ref: 'root.json#/definitions/b' }, c: { $ref: '#d' } },
      definitions: { b: { type: 'string' }, d: { $id: '#d', type: 'boolean' } },
    };
    expect(messages(schema, { a: true, c: 'x' })).toEqual([
      '`a` must be a string, and is a boolean (write it in quotes)',
      '`c` must be a boolean, and is a string',
    ]);
  });

  it('takes a value that nobody knows for any', () => {
    const schema = {
      properties: { a: { type: 'integer' }, b: { enum: ['x'] }, c: { oneOf: [{ const: 'x' }, { const: 'y' }] } },
    };
    const value = symbol('X');
    expect(messages(schema, { a: value, b: value, c: value })).toEqual([]);
  });

  it('comes to an end where a schema holds itself', () => {
    expect(judge({ $ref: '#' }, 1)).toEqual({ faults: [], outside: [] });
    expect(judge({ anyOf: [{ $ref: '#' }, { $ref: '#' }], not: false }, 1).faults).toEqual([]);
  });

  it('agrees with ajv about any schema', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    fc.assert(
      fc.property(schemas, fc.array(values, { minLength: 1, maxLength: 5 }), (schema, some) => {
        const validate = ajv.compile({ ...(schema as object) });
        for (const value of some) {
          expect(judge({ $schema: draft7, ...(schema as object) }, value).faults.length === 0).toBe(validate(value));
        }
      }),
    );
  });
});

const key = fc.constantFrom('a', 'b', 'c');
const { value: values } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 0, 1, 2.5, '', 'a', 'ab'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const type = fc.constantFrom('string', 'integer', 'number', 'boolean', 'object', 'array', 'null');
/** A few keywords of all. */
const keywords = ['not', 'if', 'then', 'else', 'contains', 'items', 'additionalProperties', 'propertyNames'];
const { schema: schemas } = fc.letrec<{ schema: Json; part: Json; entry: [string, Json] }>((tie) => ({
  schema: fc.array(tie('entry'), { minLength: 1, maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  part: fc.oneof({ maxDepth: 3, depthIdentifier: 'schema' }, fc.boolean(), tie('schema')),
  entry: fc.oneof(
    fc.tuple(fc.constant('type'), fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 2 }))),
    fc.tuple(fc.constant('const'), values),
    fc.tuple(
      fc.constantFrom('minimum', 'minLength', 'minItems', 'maxProperties', 'exclusiveMaximum'),
      fc.constantFrom(0, 1, 2),
    ),
    fc.tuple(fc.constant('multipleOf'), fc.constantFrom(1, 0.5)),
    fc.tuple(fc.constant('pattern'), fc.constantFrom('^a', 'b$')),
    fc.tuple(fc.constant('uniqueItems'), fc.boolean()),
    fc.tuple(fc.constant('required'), fc.uniqueArray(key, { maxLength: 2 })),
    fc.tuple(
      fc.constantFrom('properties', 'patternProperties'),
      fc.dictionary(key, tie('part'), { maxKeys: 2, noNullPrototype: true }),
    ),
    fc.tuple(fc.constantFrom('allOf', 'anyOf', 'oneOf'), fc.array(tie('part'), { minLength: 1, maxLength: 2 })),
    fc.tuple(fc.constantFrom(...keywords), tie('part')),
  ) as fc.Arbitrary<[string, Json]>,
}));
