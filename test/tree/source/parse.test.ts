import type { Json } from '../../../lib/json/json';
import { maximumSize, parseFile } from '../../../lib/tree/source';

const values = (text: string, path = 'a.yaml'): Json[] => parseFile(path, text).documents.map(({ value }) => value);
const faults = (content: string | Uint8Array): string[] =>
  parseFile('a.yaml', content).faults.map(({ kind, line, column, message }) => `${kind} ${line}:${column} ${message}`);

describe('a resource', () => {
  // Measured: kyaml 0.20 (kustomize's reader), RNode.MarshalJSON.
  test.each<[string, Json]>([
    ['yes', 'yes'],
    ['on', 'on'],
    ['n', 'n'],
    ['true', true],
    ['FALSE', false],
    ['~', null],
    ['', null],
    ['017', 15],
    ['08', 8],
    ['0o17', 15],
    ['0x1F', 31],
    ['-0b11', -3],
    ['1_000', 1000],
    ['1e3', 1000],
    ['1.', 1],
    ['.5', 0.5],
    ['-0.0', 0],
    ['1e400', '1e400'],
    ['0x', '0x'],
    ['1:20', '1:20'],
    ['18446744073709551615', 2 ** 64],
    ['-9223372036854775809', -(2 ** 63)],
    ['2001-01-01', '2001-01-01T00:00:00Z'],
    ['2001-1-2 3:4:5', '2001-01-02T03:04:05Z'],
    ['2001-01-01T00:00:00.120+02:00', '2001-01-01T00:00:00.12+02:00'],
    ['2001-02-29', '2001-02-29'],
    ['"017"', '017'],
    ["'yes'", 'yes'],
    ['!!str 017', '017'],
    ['!!int "3"', 3],
    ['!!binary aGVsbG8=', 'hello'],
    ['!own 3', '3'],
    ['"\\x41\\u00e9"', 'Aé'],
    ['|\n  x\n  y', 'x\ny\n'],
    ['>-\n  x\n  y', 'x y'],
    ['{b: [c, {d: }]}', { b: ['c', { d: null }] }],
  ])('reads %j as kustomize does', (text, expected) => {
    expect(values(`a: ${text}\n`)).toEqual([{ a: expected }]);
  });

  test('takes what it merges after what it says itself, and the first source before the next', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 0\nw: {<<: {a: 5}}\n';
    expect(values(text)).toEqual([{ x: { a: 1, b: 1 }, y: { b: 2, c: 2 }, z: { a: 0, b: 1, c: 2 }, w: { a: 5 } }]);
  });

  test('keeps the document of a key that is no text, and says that kustomize fails at it', () => {
    const text = '8080: a\nb:\n  8080: c\n  yes: d\n  2001-01-01: e\n  "1": f\n';
    expect(values(text)).toEqual([{ 8080: 'a', b: { 8080: 'c', yes: 'd', '2001-01-01': 'e', 1: 'f' } }]);
    expect(faults(text)).toEqual([
      'key-type 3:3 a key is a number, and kustomize fails on keys that are not text; put it in quotes',
      'key-type 5:3 a key is a date, and kustomize fails on keys that are not text; put it in quotes',
    ]);
  });

  it('are bare where the same in quotes stood before', () => {
    expect(faults('a: { "1": x, "true": y }\n---\na: { 1: x }\n')).toEqual([
      'key-type 3:6 a key is a number, and kustomize fails on keys that are not text; put it in quotes',
    ]);
  });

  test('takes brackets, items and quoted text that stand too far left, and comments that touch, as Go does', () => {
    const text =
      'a:\n  b: [\n    "1", # it\'s\n    x\n  ]\n  c: {\n    d: e\n}\n  f: "g\nh"#i\n  j: [\nk\n]\n  l: |-#m\n    n\n';
    expect(values(text)).toEqual([{ a: { b: ['1', 'x'], c: { d: 'e' }, f: 'g h', j: ['k'], l: 'n' } }]);
    expect(faults(text)).toEqual([]);
  });

  test('takes a definition in which a tool has wrapped two hundred texts so', () => {
    const keys = Array.from({ length: 200 }, (_, i) => `key${i}`);
    const text = `a:\n${keys.map((key) => `  ${key}: 'one\n  two'\n`).join('')}`;
    expect(faults(text)).toEqual([]);
    expect(values(text)).toEqual([{ a: Object.fromEntries(keys.map((key) => [key, 'one two'])) }]);
  });
});

test('a kustomization.yaml is read by sigs.k8s.io/yaml, in which yes is true and a date stays', () => {
  expect(values('a: yes\nb: Off\nc: 2001-01-01\nd: {1: x}\n', 'apps/kustomization.yaml')).toEqual([
    { a: true, b: false, c: '2001-01-01', d: { 1: 'x' } },
  ]);
  expect(parseFile('kustomization.yml', 'd: {1: x}\n').faults).toEqual([]);
});

test('documents are counted with the empty ones and yielded without', () => {
  const { documents } = parseFile('a.yaml', '# c\n---\n---\na: 1\n---\n# c\n---\nb: 2\n...\n---\nnull\n');
  expect(documents.map(({ index, value }) => [index, value])).toEqual([
    [1, { a: 1 }],
    [3, { b: 2 }],
  ]);
  expect(documents[0]?.file.documents).toBe(documents);
});

test('one document that cannot be read does not hide the others', () => {
  const file = parseFile('a.yaml', 'a: 1\n---\nb: c: d\n---\n\ne: [1\n---\nf: 2\n---\ng: *h\n---\ni: 3\n');
  expect(file.documents.map(({ index, value }) => [index, value])).toEqual([
    [0, { a: 1 }],
    [3, { f: 2 }],
    [5, { i: 3 }],
  ]);
  expect(file.faults).toEqual([
    {
      kind: 'syntax',
      line: 3,
      column: 4,
      message: 'a mapping on the line of its key; a text that holds ": " needs quotes',
    },
    {
      kind: 'syntax',
      line: 7,
      column: 1,
      message: 'flow sequence in block collection must be sufficiently indented and end with a ]',
    },
    {
      kind: 'syntax',
      line: 10,
      column: 4,
      message: 'an alias with no anchor before it; a text that begins with * needs quotes',
    },
  ]);
});

test('a key that stands twice is a fault where it stands again, and the last one counts', () => {
  expect(values('a: 1\nb:\n  c: 1\n  "c": 2\na: 3\n')).toEqual([{ a: 3, b: { c: 2 } }]);
  expect(faults('a: 1\nb:\n  c: 1\n  "c": 2\na: 3\n')).toEqual([
    'duplicate-key 4:3 the key "c" appears twice in one mapping, and kustomize refuses it; remove one',
    'duplicate-key 5:1 the key "a" appears twice in one mapping, and kustomize refuses it; remove one',
  ]);
});

test("of a merge that is not finished Git's first marker is told, and nothing else", () => {
  const text = 'a: 1\n<<<<<<< HEAD\nb: 2\nb: 3\n=======\nb: 4\n>>>>>>> other\n';
  expect(faults(text)).toEqual([expect.stringMatching(/^syntax 2:1 Git's conflict marker: .* --resolve/)]);
  expect(faults('a: |\n  <<<<<<< HEAD\n  >>>>>>> other\n')).toEqual([]);
});

test('messages quote nothing that may be secret', () => {
  const secret = 'hunter2';
  for (const text of [
    `*${secret}`,
    `!${secret}{x`,
    `!e!${secret} x`,
    `"\\${secret}"`,
    `"a" ${secret}`,
    `- ${secret}`,
    `{${secret}]`,
    `!!int ${secret}`,
    `!!binary ${secret}`,
    `@${secret}`,
    `${secret}: x`,
  ]) {
    const found = faults(`a: ${text}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).not.toContain(secret);
  }
});

test.each([
  [
    'a: 1\n--- {b: 1}\n',
    'syntax 2:1 kustomize allows only a comment on the same line after ---; begin the document on the next line',
  ],
  [
    '# c\n%YAML 1.1\n---\na: 1\n',
    'syntax 2:1 a directive before ---, which kustomize reads as a document of its own; remove it',
  ],
  ['a: .inf\n', 'syntax 1:4 a number that JSON does not have (.inf, .nan); put it in quotes'],
  ['a: !!int x\n', 'syntax 1:4 a !!int that is none'],
  ['a: "\\ud800"\n', 'syntax 1:4 an escape that stands for no character'],
  ['? [a]\n: b\n', 'syntax 1:3 a key that is a mapping or a list, not a text'],
  ['a: &a [*a]\n', 'syntax 1:8 an alias that stands within what it repeats; a text that begins with * needs quotes'],
  ['<<: a\n', 'syntax 1:5 << needs a mapping, an alias of one, or a list of them'],
  ['a:\n\t- b\n', 'syntax 2:1 a tab in the indentation; use spaces'],
  ['a: b # \u0001\n', 'syntax 1:8 the character U+0001, which YAML does not allow'],
  ['a: "\0"\n', 'syntax 1:5 the character U+0000, which YAML does not allow'],
])('%j is refused', (text, fault) => {
  expect(faults(text)).toEqual([fault]);
});

test('a file that is no text, or too large a one, is unreadable', () => {
  expect(faults(Buffer.from([0x61, 0xff]))).toEqual([
    'unreadable 1:1 the file is not UTF-8, and kustomize reads nothing else; save it as UTF-8',
  ]);
  expect(faults(new Uint8Array(maximumSize + 1))).toEqual([
    'unreadable 1:1 the file is larger than 10 MB, more than espalier reads; split it, or exclude it with .sourceignore',
  ]);
});

test('a byte-order mark and the line ends of Windows are none of the values', () => {
  const { documents, faults: found } = parseFile(
    'a.yaml',
    Buffer.from('\ufeffa: |\r\n  x\r\n  y\r\nb: c\r\n---\r\nd: e\r\n'),
  );
  expect(documents.map(({ value }) => value)).toEqual([{ a: 'x\ny\n', b: 'c' }, { d: 'e' }]);
  expect(found).toEqual([]);
});

test('aliases that would fill the memory, and depth that would fill the stack, are refused', () => {
  let laughs = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
  let chain = 'a0: &a0 [x]\n';
  for (let i = 1; i < 30; i++) laughs += `a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]\n`;
  for (let i = 1; i < 1000; i++) chain += `a${i}: &a${i} [*a${i - 1}]\n`;
  expect(faults(laughs)).toEqual(['syntax 6:26 aliases that repeat more than 400000 values']);
  expect(faults(chain)).toEqual(['syntax 500:14 more than 500 levels, which no resource needs']);
  for (const deep of ['[', '{a: ', '- ', '? ']) {
    expect(faults(deep.repeat(100_000))[0]).toContain('more than 500 levels, which no resource needs');
  }
});

test('keys that every object of JavaScript has are keys like others', () => {
  const [value] = values('__proto__: {polluted: 1}\nconstructor: a\nb: {<<: {__proto__: c}}\n');
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'b']);
  expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":1},"constructor":"a","b":{"__proto__":"c"}}');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  const [plain] = values('a: b\n');
  expect((plain as { [key: string]: Json }).toString).toBeUndefined();
  expect((plain as { [key: string]: Json }).constructor).toBeUndefined();
  expect(`${plain}`).toBe('[object]');
});

test.each([
  ['sops:\n  mac: x\n', true],
  ['sops:\n  lastmodified: x\n', true],
  ['data:\n  a: [{b: "ENC[AES256_GCM,data:x]"}]\n', true],
  ['sops: a\n', false],
  ['spec:\n  sops: {mac: x}\n', false],
])('whether SOPS has encrypted %j', (text, encrypted) => {
  expect(parseFile('a.yaml', text).documents.map((document) => document.encrypted)).toEqual([encrypted]);
});

test('a file of thousands of documents has them all', () => {
  expect(parseFile('a.yaml', '---\na: 1\n'.repeat(20_000)).documents).toHaveLength(20_000);
});

describe('a block scalar is what kustomize makes of it', () => {
  const read = (text: string) => (values(text)[0] as { k: string }).k;

  test('what is folded gets an empty line before a line that is indented further', () => {
    expect(read('k: >\n  a\n    b\n  c\n')).toBe('a\n\n  b\nc\n');
    expect(read('k: >-\n  a\n  b\n')).toBe('a b');
    expect(read('k: >+\n  a\n\n\n')).toBe('a\n\n\n\n');
    expect(read('k: |\n  a\n    b\n')).toBe('a\n  b\n');
  });

  test('a last line that nothing ends has no line break', () => {
    expect(read('k: |\n  a\n  b')).toBe('a\nb');
  });
});

test('a pointer of Git LFS is told as one', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
  expect(faults(pointer)).toEqual([
    'unreadable 1:1 the file is a Git LFS pointer, and Flux does not fetch what it points to; commit the file itself (git lfs untrack)',
  ]);
});
