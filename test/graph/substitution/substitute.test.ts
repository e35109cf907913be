import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { knownVariables, substitute, symbol, type Variables } from '../../../lib/graph/substitution';
import { substituteDocument } from '../../../lib/graph/substitution/substitute-document';
import type { Json, JsonObject } from '../../../lib/json/json';

/**
 * Objects with what Flux makes of them, or says: each was given to fluxcd/pkg/kustomize v1.35.7 (SubstituteVariables, strict), which
 * kustomize-controller 1.9.6 uses, with sigs.k8s.io/yaml 1.6. Some are written by hand, some are random; 340,000 more random
 * ones were compared the same way. What differed was what the `yaml` package reads otherwise than Go: an odd anchor or tag, a
 * tab before text, U+2028; and that kustomize cannot print text of several lines of which the first begins with a tab.
 */
const { variables, cases }: { variables: { [name: string]: string }; cases: Case[] } = JSON.parse(
  readFileSync(join(__dirname, 'fixtures/objects.json'), 'utf8'),
);
type Case = {
  readonly spec: JsonObject;
  readonly result?: Json;
  readonly fault?: string;
  readonly error?: string;
};

const frame = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
const sameEitherWay = { substitute, 'in the whole document': substituteDocument };

describe.each(Object.entries(sameEitherWay))('as Flux does: %s', (_, run) => {
  test.each(cases.map((each) => [JSON.stringify(each.spec), each] as const))('%s', (_, { spec, result, fault }) => {
    const object = { ...frame, spec };
    const { value, faults } = run(object, knownVariables(variables));
    const fatal = faults.map(({ kind }) => kind).filter((kind) => kind !== 'ignored-operator');
    expect(fatal[0]).toBe(fault);
    expect(fault === undefined ? value : {}).toEqual(fault === undefined ? { ...frame, spec: result } : {});
  });
});

const few = knownVariables({
  NAME: 'web',
  PORT: '8080',
  LIST: '["a", "b"]',
  BROKEN: 'a: b',
  OPEN: '[a',
  EMPTY: '',
  ON: 'on',
});

test('a string that becomes another type is reported, wherever it is', () => {
  const object = {
    a: { port: '${PORT}', on: ['x', '${ON}'], none: '${EMPTY}', list: '${LIST}', name: '${NAME}', q: '# ${PORT}' },
  };
  expect(substitute(object, few)).toEqual({
    value: { a: { port: 8080, on: ['x', true], none: null, list: ['a', 'b'], name: 'web', q: '# 8080' } },
    faults: [],
    typed: [
      { path: ['a', 'port'], before: '${PORT}', after: 8080 },
      { path: ['a', 'on', 1], before: '${ON}', after: true },
      { path: ['a', 'none'], before: '${EMPTY}', after: null },
      { path: ['a', 'list'], before: '${LIST}', after: ['a', 'b'] },
    ],
  });
});

test('keys are substituted, too, and a number there becomes a string', () => {
  expect(substitute({ '${NAME}': { '${PORT}': 1, 'x-${NAME}': 2 } }, few).value).toEqual({
    web: { '8080': 1, 'x-web': 2 },
  });
});

test('of keys that become equal, the last one of the YAML counts', () => {
  expect(substitute({ web: 1, '${NAME}': 2 }, few).value).toEqual({ web: 1 });
});

test('an object that is no YAML afterwards is unchanged, and the fault names the string', () => {
  const object = { a: '${NAME}', b: { c: ['${BROKEN}', '${OPEN}'] } };
  expect(substitute(object, few)).toEqual({
    value: object,
    faults: [
      {
        kind: 'invalid-yaml',
        path: ['b', 'c', 1],
        inKey: false,
        expression: '${OPEN}',
        message: expect.any(String),
      },
    ],
    typed: [],
  });
});

test('the message of a fault holds nothing of the values', () => {
  const secret = knownVariables({ S: 'hunter2: hunter2: *hunter2' });
  expect(JSON.stringify(substitute({ a: '${S}', b: ['${S}'] }, secret).faults)).not.toContain('hunter2');
});

test('a brace that is not closed takes what follows, over the ends of strings', () => {
  expect(substitute({ a: '${X:=one', b: 'two}', c: '${NAME}' }, few).value).toEqual({ a: 'one', b: 'two', c: 'web' });
  expect(substitute({ a: 'x', b: { c: '${X:=' } }, few)).toMatchObject({
    value: { a: 'x', b: { c: '${X:=' } },
    faults: [{ kind: 'parse-error', path: ['b', 'c'], inKey: false, expression: '${X:=' }],
  });
});

test('faults carry the path of their string, also in a key', () => {
  expect(substitute({ a: [{ b: 'x ${X} ${Y:+z}' }], '${Z}': 1 }, few).faults).toEqual([
    { kind: 'missing-variable', variable: 'X', expression: '${X}', path: ['a', 0, 'b'], inKey: false },
    { kind: 'ignored-operator', variable: 'Y', expression: '${Y:+z}', path: ['a', 0, 'b'], inKey: false },
    { kind: 'missing-variable', variable: 'Z', expression: '${Z}', path: ['${Z}'], inKey: true },
  ]);
});

test('what is not known stays so, within quotes, blocks, keys and lists', () => {
  const unknown: Variables = { of: () => ({ state: 'unknown' }), substitutes: 'always' };
  const object = {
    a: '${U}',
    b: '# ${U:=a: "b"}',
    c: 'x\n${U%%.*}\n',
    d: '\t${U}',
    '${U}': ['$${U}', '[x, ${U}]'],
  };
  const u = symbol('U');
  expect(substitute(object, unknown)).toEqual({
    value: {
      a: u,
      b: `# ${symbol('U:=a: "b"')}`,
      c: `x\n${symbol('U%%.*')}\n`,
      d: `\t${u}`,
      [u]: ['${U}', `[x, ${u}]`],
    },
    faults: [],
    typed: [],
  });
});

test.each(['labels', 'annotations'])('an object is left alone that says so in its %s', (field) => {
  const object = { metadata: { [field]: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } }, a: '${NAME} ${X}' };
  expect(substitute(object, few)).toEqual({ value: object, faults: [], typed: [] });
  const enabled = { metadata: { [field]: { 'kustomize.toolkit.fluxcd.io/substitute': 'enabled' } }, a: '${NAME}' };
  expect(substitute(enabled, few).value.a).toBe('web');
});

test('without a single variable nothing is substituted', () => {
  const none: Variables = { of: () => ({ state: 'absent' }), substitutes: 'never' };
  const object = { a: '$${X} ${Y:=d} ${Z} $$ ${' };
  expect(substitute(object, none)).toEqual({ value: object, faults: [], typed: [] });
});

test('what does not change stays the same value', () => {
  const object = { a: { b: ['$(X)', '$Y', 'plain'] }, c: '${NAME}', d: { e: '${NAME}', f: ['g'] }, h: '$' };
  const { value } = substitute(object, few) as unknown as { value: typeof object };
  expect(value.a).toBe(object.a);
  expect(value.d.f).toBe(object.d.f);
  expect(value).toEqual({ ...object, c: 'web', d: { e: 'web', f: ['g'] } });
  const whole = substitute({ ...object, i: '${LIST}', j: '&x ${NAME}' }, few).value as unknown as typeof object;
  expect(whole.a).toBe(object.a);
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '$',
        '$$',
        '${',
        '}',
        'NAME',
        '${NAME}',
        '${X}',
        ':=',
        ' ',
        '\n',
        '"',
        "'",
        ': ',
        '- ',
        '[',
        '${LIST}',
        '\t',
      ),
    )
    .map((parts) => parts.join('')),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, 0, 1.5, ''),
    text,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(text, tie('json'), { maxKeys: 4 }),
  ),
}));

test('no object makes it throw', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(typeof substitute({ value }, few).value).toBe('object');
    }),
  );
});

test('an object without a `$` is the same afterwards', () => {
  fc.assert(
    fc.property(json, (value) => {
      const object = JSON.parse(JSON.stringify({ value }).replaceAll('$', 'S'));
      expect(substitute(object, few)).toEqual({ value: object, faults: [], typed: [] });
      expect(substitute(object, few).value).toBe(object);
    }),
  );
});

test.each([
  '${${${',
  '${NAME:=',
  '$$',
  '${NAME',
  '${NAME/',
  '${NAME}',
  '${X}',
  '${NAME:=\n',
  '${BROKEN}',
  '[',
  '${LIST}',
])('a long string comes to an end: %s', (unit) => {
  const long = unit.repeat(10_000 / unit.length);
  const { value } = substitute({ a: long, b: ['${NAME}', { c: long }] }, few);
  expect(Object.keys(value)).toEqual(['a', 'b']);
});
