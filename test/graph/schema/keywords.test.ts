import { specMessages } from './schema';

/** A schema of one field `a`, and what is said of a value of it. */
const messages = (schema: object, a: unknown, known?: (text: string) => boolean) =>
  specMessages({ type: 'object', properties: { a: schema } }, { a }, known);
const string = { type: 'string' };
const integer = { type: 'integer' };
const object = { type: 'object' };

describe('fields', () => {
  test('an object takes its properties only, a map any, and neither where fields are preserved', () => {
    expect(messages({ ...object, properties: { b: string } }, { b: '', c: 1 })).toEqual([
      'unknown field `c` in `spec.a`; did you mean `b`?. rename it to `b`',
    ]);
    // kube-apiserver 1.36.3 takes it, and drops it.
    expect(messages(object, { zebra: 1 })).toEqual([]);
    expect(messages({ ...object, additionalProperties: string }, { b: '', c: 1 })).toEqual([
      '`spec.a.c` must be a string, and is an integer. write it in quotes',
    ]);
    expect(messages({ 'x-kubernetes-preserve-unknown-fields': true }, { b: { c: [1] } })).toEqual([]);
    expect(
      messages({ ...object, properties: { b: string }, 'x-kubernetes-preserve-unknown-fields': true }, { b: 1, c: 1 }),
    ).toEqual(['`spec.a.b` must be a string, and is an integer. write it in quotes']);
    expect(messages({ ...object, 'x-kubernetes-embedded-resource': true }, { apiVersion: 'v1', kind: 'X' })).toEqual(
      [],
    );
  });

  test('null in a custom resource is refused, where the field neither allows it nor has a default', () => {
    const fields = {
      b: string,
      c: { ...string, nullable: true },
      d: { ...string, default: 'x' },
      e: {},
      f: { ...object, properties: { g: integer } },
    };
    const refused = (a: object) =>
      specMessages(
        { type: 'object', properties: { a: { ...object, required: ['h'], properties: { ...fields, h: string } } } },
        { a },
        undefined,
        true,
      );
    expect(refused({ b: null, c: null, d: null, e: null, f: { g: null }, h: '' })).toEqual([
      '`spec.a.b` must be a string, and is null. remove it, or give it a value',
      '`spec.a.f.g` must be an integer, and is null. remove it, or give it a value',
    ]);
    expect(refused({ h: null })).toEqual(['`spec.a` lacks `h`. add `h`']);
  });

  test('fields that JavaScript gives every object are as unknown as any', () => {
    expect(
      messages(
        { ...object, properties: { a: string }, required: ['constructor'] },
        JSON.parse('{"__proto__": 1, "toString": 2}'),
      ),
    ).toEqual([
      'unknown field `__proto__` in `spec.a`',
      'unknown field `toString` in `spec.a`',
      '`spec.a` lacks `constructor`. add `constructor`',
    ]);
  });

  test('a required field may be filled in by its default, and null is none', () => {
    const schema = { ...object, required: ['b', 'c'], properties: { b: { ...string, default: 'x' }, c: string } };
    expect(messages(schema, { c: '' })).toEqual([]);
    expect(messages(schema, { b: null, c: null })).toEqual(['`spec.a` lacks `c`. add `c`']);
    const nullable = { ...object, required: ['b'], properties: { b: { ...string, nullable: true } } };
    expect(messages(nullable, { b: null })).toEqual([]);
  });

  test('how many there are', () => {
    const one = { ...object, additionalProperties: string, minProperties: 1, maxProperties: 1 };
    expect(messages(one, {})).toEqual(['`spec.a` has 0 fields; at least 1 must be given']);
    expect(messages(one, { b: '', c: '' })).toEqual(['`spec.a` has 2 fields; at most 1 may be given']);
  });
});

describe('values', () => {
  test.each([
    [string, true, '`spec.a` must be a string, and is a boolean. write it in quotes'],
    [string, {}, '`spec.a` must be a string, and is an object'],
    [integer, 1.5, '`spec.a` must be an integer, and is a number'],
    [{ type: 'boolean' }, 'yes', '`spec.a` must be a boolean, and is a string'],
    [{ type: 'array', items: string }, 'x', '`spec.a` must be a list, and is a string'],
    [{ type: 'array', items: string }, ['x', null], '`spec.a[1]` must be a string, and is null'],
    [{ 'x-kubernetes-int-or-string': true }, true, '`spec.a` must be a string or an integer, and is a boolean'],
    [{ ...string, enum: ['x', 'y', ''] }, 'z', '`spec.a` is "z" and must be "x", "y" or ""'],
    [{ ...string, pattern: '^(?i)x\\z' }, 'xy', '`spec.a` is "xy" and must match ^(?i)x\\z'],
    [{ ...string, minLength: 1 }, '', '`spec.a` is "" and must not be empty'],
    [{ ...string, minLength: 2 }, '😀', '`spec.a` is "😀" and must have at least 2 characters'],
    [{ ...string, maxLength: 1 }, 'ab', '`spec.a` is "ab" and must have at most 1 character'],
    [{ ...integer, minimum: 1 }, 0, '`spec.a` is 0 and must be at least 1'],
    [{ ...integer, maximum: 1 }, 2, '`spec.a` is 2 and must be at most 1'],
    [{ ...integer, minimum: 1, exclusiveMinimum: true }, 1, '`spec.a` is 1 and must be more than 1'],
    [{ ...integer, exclusiveMaximum: 1 }, 1, '`spec.a` is 1 and must be less than 1'],
    [{ ...integer, multipleOf: 5 }, 6, '`spec.a` is 6 and must be a multiple of 5'],
    [{ ...integer, format: 'int32' }, 2 ** 31, '`spec.a` is 2147483648 and must be between -2147483648 and 2147483647'],
    [{ ...string, format: 'date-time' }, '2026-02-30T00:00:00Z', /must be a time such as/],
    [{ ...string, format: 'duration' }, '1 fortnight', /must be a duration such as/],
    [{ ...string, format: 'byte' }, 'a', /must be base64/],
    [{ ...string, format: 'ipv4' }, '::1', /must be an IPv4 address/],
    [{ ...string, format: 'uri' }, 'example.com', /must be a URI/],
    [{ ...string, format: 'cidr' }, '10.0.0.0/33', /must be a CIDR/],
    [{ ...string, format: 'hostname' }, 'a_b', /must be a host name/],
    [{ ...string, format: 'uuid' }, 'a', /must be a UUID/],
  ])('%j refuses %j', (schema, value, expected) => {
    expect(messages(schema, value)).toEqual([
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    ]);
  });

  test.each([
    [{ type: 'number' }, 1],
    [integer, 1.0],
    [{ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }, '50%'],
    [{ ...string, maxLength: 1 }, '😀'],
    [{ ...string, pattern: 'b' }, 'abc'],
    [{ ...string, format: 'unheard-of' }, 'x'],
    [{ ...string, format: 'date-time' }, '2026-07-01t12:00:00.5+02:00'],
    [{ ...string, format: 'duration' }, '1h30m'],
    [{ ...string, format: 'uri' }, 'oci://ghcr.io/a/b'],
    [{ ...string, format: 'ipv6' }, 'fe80::1'],
    [{ ...string, pattern: '(not a pattern' }, 'x'],
    [{ type: 'null-and-void' }, 'x'],
    ['no schema', { any: 'thing' }],
  ])('%j takes %j', (schema, value) => {
    expect(messages(schema as object, value)).toEqual([]);
  });
});

describe('lists', () => {
  const set = { type: 'array', items: string, 'x-kubernetes-list-type': 'set' };
  const map = {
    type: 'array',
    items: { ...object, properties: { name: string, port: { ...integer, default: 80 } } },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name', 'port'],
  };

  test('a set has nothing twice', () => {
    expect(messages(set, ['a', 'b', 'a'])).toEqual(['`spec.a[2]` repeats item 0. remove one of the two']);
    expect(messages({ ...set, 'x-kubernetes-list-type': 'atomic' }, ['a', 'a'])).toEqual([]);
  });

  test('items of a map-like list differ in their keys; a default counts, an item without any does not', () => {
    expect(messages(map, [{ name: 'a' }, { name: 'a', port: 80 }, { name: 'a', port: 81 }])).toEqual([
      '`spec.a[1]` has the name "a" and port 80 of item 0. remove one of the two, or tell them apart',
    ]);
    const nameless = { ...map, 'x-kubernetes-list-map-keys': ['name'] };
    expect(messages(nameless, [{ port: 1 }, { port: 1 }, {}])).toEqual([]);
  });

  test('how long they are', () => {
    expect(messages({ type: 'array', items: string, minItems: 2 }, ['a'])).toEqual([
      '`spec.a` must have at least 2 items',
    ]);
    expect(messages({ type: 'array', items: string, maxItems: 1 }, ['a', 'b'])).toEqual([
      '`spec.a` must have at most 1 item',
    ]);
  });
});

describe('combinations', () => {
  const fields = { ...object, properties: { b: string, c: string } };
  const b = { required: ['b'] };
  const c = { required: ['c'] };

  test.each([
    [{ ...fields, oneOf: [b, c] }, { b: '', c: '' }, '`spec.a` must have exactly one of `b` or `c`'],
    [{ ...fields, oneOf: [b, c] }, {}, '`spec.a` must have exactly one of `b` or `c`'],
    [{ ...fields, anyOf: [b, c] }, {}, '`spec.a` must have at least one of `b` or `c`'],
    [{ ...fields, not: { required: ['b', 'c'] } }, { b: '', c: '' }, '`spec.a` must not have `b` and `c`'],
    [
      { ...fields, allOf: [{ properties: { b: { minLength: 1 } } }] },
      { b: '' },
      '`spec.a.b` is "" and must not be empty',
    ],
    [{ ...string, anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }, 'x', /matches none of the allowed forms$/],
    [
      { ...string, oneOf: [{ minLength: 1 }, { maxLength: 3 }] },
      'x',
      /matches several forms, but only one is allowed$/,
    ],
    [{ ...string, not: { enum: ['x'] } }, 'x', /has a form that is not allowed$/],
  ])('%j refuses %j', (schema, value, expected) => {
    expect(messages(schema, value)).toEqual([
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    ]);
  });

  test('a field that tells forms apart may be filled in by its default', () => {
    const kind = { ...string, default: 'IP' };
    const ip = { properties: { kind: { enum: ['IP'] }, value: { pattern: '^[0-9.]+$' } } };
    const other = { properties: { kind: { not: { enum: ['IP'] } } } };
    const address = { ...object, properties: { kind, value: string }, oneOf: [ip, other] };
    expect(messages(address, { value: '10.0.0.1' })).toEqual([]);
    expect(messages(address, { kind: null, value: '10.0.0.1' })).toEqual([]);
    expect(messages(address, { kind: 'Name', value: 'x' })).toEqual([]);
    const none = ['`spec.a` matches none of the allowed forms'];
    expect(messages(address, { value: 'x' })).toEqual(none);
    expect(
      messages({ ...object, properties: { b: address }, oneOf: [{ required: ['b'] }] }, { b: { value: 'x' } }),
    ).toEqual(['`spec.a.b` matches none of the allowed forms']);
  });

  test('a form says nothing of fields that only the whole knows', () => {
    expect(messages({ ...fields, anyOf: [{ properties: { b: { minLength: 1 } } }] }, { b: 'x', c: 'y' })).toEqual([]);
  });
});

describe('rules', () => {
  const rule = (text: string, more: object = {}) => ({ 'x-kubernetes-validations': [{ rule: text, ...more }] });

  test('a message is told if the definition has one, else the rule', () => {
    expect(messages({ ...string, ...rule("self != 'x'") }, 'x')).toEqual(["`spec.a` breaks the rule self != 'x'"]);
    expect(messages({ ...string, ...rule("self != 'x'", { message: 'x is taken' }) }, 'x')).toEqual([
      '`spec.a` is refused: x is taken',
    ]);
    expect(messages({ ...string, ...rule("self != 'x'", { messageExpression: "self + ' is taken'" }) }, 'x')).toEqual([
      '`spec.a` is refused: x is taken',
    ]);
  });

  test('the field that a rule names is at fault', () => {
    const schema = { ...object, properties: { b: string }, ...rule("self.b != 'x'", { fieldPath: '.b' }) };
    expect(messages(schema, { b: 'x' })).toEqual(["`spec.a.b` breaks the rule self.b != 'x'"]);
  });

  test('defaults are there before rules are evaluated, fields have escaped names, integers are integers', () => {
    const schema = {
      ...object,
      properties: {
        mode: { ...string, default: 'soft' },
        namespace: string,
        'a-b.c/d__e': string,
        n: { ...integer, default: 4 },
        inner: { ...object, default: {}, properties: { deep: { ...string, default: 'x' } } },
      },
      ...rule(
        "self.mode == 'soft' && self.__namespace__ == 'n' && self.a__dash__b__dot__c__slash__d__underscores__e == 'x' && self.n / 3 == 1 && self.inner.deep == 'x'",
      ),
    };
    expect(messages(schema, { namespace: 'n', 'a-b.c/d__e': 'x' })).toEqual([]);
    expect(messages(schema, { namespace: 'n', 'a-b.c/d__e': 'x', mode: 'hard' })).toHaveLength(1);
  });

  test('of what is malformed no rule is evaluated, and none about an unknown value', () => {
    const schema = { ...object, properties: { b: string, n: integer }, ...rule('self.n > 5') };
    expect(messages(schema, { n: 'x' })).toEqual(['`spec.a.n` must be an integer, and is a string']);
    expect(messages(schema, { n: 1, b: '${B}' }, (text) => !text.includes('${'))).toEqual([]);
    expect(messages(schema, { n: 1, b: 'b' })).toEqual(['`spec.a` breaks the rule self.n > 5']);
  });

  test('a rule that nobody can evaluate is passed over', () => {
    expect(messages({ ...string, ...rule('self.unheardOf()') }, 'x')).toEqual([]);
    expect(messages({ ...string, ...rule('((') }, 'x')).toEqual([]);
    expect(messages({ ...string, ...rule('oldSelf == self') }, 'x')).toEqual([]);
  });
});
