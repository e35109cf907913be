import fc from 'fast-check';
import { parse } from 'yaml';
import type { Json } from '../../../lib/json/json';
import { emitYaml } from '../../../lib/tree/yaml/emit';
import { json } from './arbitrary';

const runs = Number(process.env.FAST_CHECK_RUNS ?? 2000);

test('whatever JSON value goes in comes back equal through YAML 1.1 and 1.2, with and without merge keys', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = emitYaml(value);
      const expected = JSON.stringify(value);
      for (const options of [{ version: '1.1' }, { version: '1.2' }, { version: '1.2', merge: true }] as const) {
        expect(JSON.stringify(parse(text, options))).toBe(expected);
      }
    }),
    { numRuns: runs },
  );
});

test('a document of a stream comes back equal, whatever stands before and after it', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = `---\n# a comment\n${emitYaml(value)}---\nnext: 1\n`;
      expect(text.split('\n---\n').length).toBeLessThanOrEqual(2);
      const first = text.slice(0, text.lastIndexOf('---\n'));
      expect(JSON.stringify(parse(first))).toBe(JSON.stringify(value));
    }),
    { numRuns: runs / 4 },
  );
});

test.each<[why: string, value: string, emitted: string]>([
  ['a name', 'backstage-db', 'backstage-db'],
  ['an image', 'ghcr.io/webgrip/backstage:v1.2@sha256:abc', 'ghcr.io/webgrip/backstage:v1.2@sha256:abc'],
  ['a URL', 'http://vault.vault.svc:8200/v1?x=y&z=#a', 'http://vault.vault.svc:8200/v1?x=y&z=#a'],
  ['a path', './clusters/soyo', './clusters/soyo'],
  ['a flag', '--secure=true', '--secure=true'],
  ['a quantity', '100m', '100m'],
  ['a duration', '1h30m', '1h30m'],
  ['a CIDR', '10.0.0.0/8', '10.0.0.0/8'],
  ['a variable', '$(POD_NAME)', '$(POD_NAME)'],
  ['a sentence', "It's fine (mostly), isn't it?", "It's fine (mostly), isn't it?"],
  ['other alphabets', 'Grüße, 日本', 'Grüße, 日本'],
  ['a template', '{{ .password }}', '"{{ .password }}"'],
  ['the empty string', '', '""'],
  ['a boolean of YAML 1.1', 'on', '"on"'],
  ['another', 'Yes', '"Yes"'],
  ['the y of coordinates', 'y', '"y"'],
  ['null', 'null', '"null"'],
  ['a tilde', '~', '"~"'],
  ['a number', '42', '"42"'],
  ['an octal of YAML 1.2', '0o17', '"0o17"'],
  ['an octal of YAML 1.1', '017', '"017"'],
  ['a hexadecimal', '0x1f', '"0x1f"'],
  ['digits in groups', '1_000', '"1_000"'],
  ['what Go reads as 1', '+_0b1', '"+_0b1"'],
  ['an exponent alone', 'e1', '"e1"'],
  ['a negative exponent alone', 'E-5', '"E-5"'],
  ['a word that begins like an exponent', 'e1a', 'e1a'],
  ['a word that begins like a reserved one', 'nulls', 'nulls'],
  ['another', 'E-9', '"E-9"'],
  ['an exponent', '1e3', '"1e3"'],
  ['sexagesimal', '1:20', '"1:20"'],
  ['a port mapping', '8080:80', '"8080:80"'],
  ['a version', '1.2.3', '"1.2.3"'],
  ['a version with a letter', 'v1.2.3', 'v1.2.3'],
  ['a date', '2001-01-01', '"2001-01-01"'],
  ['a moment', '2001-12-14 21:59:43', '"2001-12-14 21:59:43"'],
  ['infinity', '.inf', '".inf"'],
  ['a merge key', '<<', '"<<"'],
  ["YAML 1.1's default key", '=', '"="'],
  ['an anchor', '&a', '"&a"'],
  ['an alias', '*', '"*"'],
  ['a tag', '!x', '"!x"'],
  ['a directive', '%a', '"%a"'],
  ['a reserved character', '@a', '"@a"'],
  ['a sequence entry', '- a', '"- a"'],
  ['a mapping key', '? a', '"? a"'],
  ['a mapping', 'a: b', '"a: b"'],
  ['a key without value', 'a:', '"a:"'],
  ['a comment', 'a #b', '"a #b"'],
  ['a hash within a word', 'a#b', 'a#b'],
  ['leading space', ' a', '" a"'],
  ['trailing space', 'a ', '"a "'],
  ['a tab', 'a\tb', '"a\\tb"'],
  ['a document marker', '--- a', '"--- a"'],
  ['quotes and backslashes', '"a\\', '"\\"a\\\\"'],
  ['an escape character', '\u001b[0m', '"\\u001b[0m"'],
  ['a zero-width space', 'a\u200bb', '"a\\u200Bb"'],
  ['a right-to-left override', 'a\u202eb', '"a\\u202Eb"'],
  ['a line separator', 'a\u2028b', '"a\\u2028b"'],
  ['an astral tag', '\u{e0001}', '"\\U000E0001"'],
  ['an emoji', 'a 😀', 'a 😀'],
  ['lines', 'a\nb\n', '|\n  a\n  b'],
  ['lines without a last newline', 'a\nb', '|-\n  a\n  b'],
  ['lines and empty lines at the end', 'a\nb\n\n\n', '|+\n  a\n  b\n\n'],
  ['an empty line between', 'a\n\nb\n', '|\n  a\n\n  b'],
  ['an empty line first', '\na\n', '|\n\n  a'],
  ['a first line that is indented', '  a\nb\n', '|2\n    a\n  b'],
  ['tabs within lines', 'a:\n\tb\tc\n', '|\n  a:\n  \tb\tc'],
  ['a first line that begins with a tab', '\ta\nb', '"\\ta\\nb"'],
  ['a space at the end of a line', 'a \nb', '"a \\nb"'],
  ['carriage returns', 'a\r\nb\r\n', '"a\\r\\nb\\r\\n"'],
  ['newlines alone', '\n\n', '"\\n\\n"'],
])('%s', (_, value, emitted) => {
  expect(emitYaml({ k: value })).toBe(`k: ${emitted}\n`);
});

test.each<[number, string]>([
  [0, '0'],
  [-0, '0'],
  [-1.5, '-1.5'],
  [1e21, '1.0e+21'],
  [1.5e300, '1.5e+300'],
  [1e-7, '1.0e-7'],
  [1e20, '100000000000000000000'],
  [2 ** 63, '9223372036854775808'],
])('the number %d is written %s', (value, emitted) => {
  expect(emitYaml(value)).toBe(`${emitted}\n`);
});

test('collections: two spaces, empty ones on the line, sequences under their key, keys quoted where needed', () => {
  const value = {
    metadata: { labels: {}, finalizers: [] },
    items: [{ name: 'a', env: [{ name: 'b' }] }, ['c', ['d']], {}],
    on: null,
    '1': true,
    'a.b/c': 1,
    'a b': 2,
    'a: b': 3,
    none: undefined,
  };
  expect(emitYaml(value as unknown as Json)).toBe(`"1": true
metadata:
  labels: {}
  finalizers: []
items:
  - name: a
    env:
      - name: b
  - - c
    - - d
  - {}
"on": null
a.b/c: 1
a b: 2
"a: b": 3
`);
});

test('a key longer than readers look for a colon', () => {
  const value = { a: { ['k'.repeat(900)]: { b: 1 }, [`"${'k'.repeat(900)}`]: [1] } };
  expect(parse(emitYaml(value))).toEqual(value);
  expect(parse(emitYaml(value), { version: '1.1' })).toEqual(value);
});

describe('what no Kubernetes reader accepts is refused, naming the construct, the field and the character, never the text', () => {
  const circular: { [key: string]: unknown } = {};
  circular.self = { again: circular };
  test.each<[string, unknown, string]>([
    [
      'DEL',
      { data: { 'app.yaml': 'hunter2\x7f' } },
      'data."app.yaml" cannot be written: it holds U+007F at position 7 of the text',
    ],
    ['NEL', { a: ['b', '\u0085'] }, 'a[1] cannot be written: it holds U+0085'],
    ['U+FFFF', { a: { b: '\uffff' } }, 'a.b cannot be written: it holds U+FFFF'],
    ['half a surrogate pair', 'a\ud83d', 'the document cannot be written: it holds U+D83D at position 1'],
    ['DEL in a key', { a: { 'x\x7f': 1 } }, 'a."x\\u007F" cannot be written: it holds U+007F at position 1 of the key'],
    ['the merge key', { spec: { '<<': 1 } }, 'spec."<<" cannot be written: it holds a key <<'],
    [
      'a key that kustomize cannot read',
      { a: { ['k'.repeat(1000)]: 1 } },
      `a.${'k'.repeat(58)}… cannot be written: it holds a key of 1000 characters`,
    ],
    ['NaN', { a: Number.NaN }, 'a cannot be written: it holds NaN, which JSON does not have'],
    ['infinity', { a: [1 / 0] }, 'a[0] cannot be written: it holds Infinity'],
    ['a function', { a: () => 1 }, 'a cannot be written: it holds a function'],
    ['a bigint', { a: 1n }, 'a cannot be written: it holds a bigint'],
    ['a Date', { a: new Date() }, 'a cannot be written: it holds a Date'],
    ['a Map', [new Map()], '[0] cannot be written: it holds a Map'],
    [
      'a value that holds itself',
      circular,
      'cannot be written: it holds more than 500 levels, or a value that holds itself',
    ],
  ])('%s', (_, value, message) => {
    const emit = () => emitYaml(value as Json, 'ConfigMap at soyo/app');
    expect(emit).toThrow(expect.objectContaining({ name: 'EspalierError' }));
    expect(emit).toThrow(/^ConfigMap at soyo\/app: /);
    expect(emit).toThrow(message);
    expect(emit).not.toThrow('hunter2');
  });
});
