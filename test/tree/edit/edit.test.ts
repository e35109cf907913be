import { applyEdits, type Change, editsFor } from '../../../lib/tree/edit';
import { parseFile } from '../../../lib/tree/source';

/** The text with the changes of its document; undefined where no edit is sure. */
function edit(text: string, changes: readonly Change[], index = 0, path = 'a.yaml'): string | undefined {
  const file = parseFile(path, text);
  const document = file.documents.find((each) => each.index === index);
  if (document === undefined) throw new Error('no such document');
  const found = editsFor(document, changes);
  return found && applyEdits(text, found.edits);
}

const cases: readonly [string, string, Change | readonly Change[], string | undefined][] = [
  ['sets a plain scalar', 'a: 1h # often\nb: 2\n', { path: ['a'], set: '2h' }, 'a: 2h # often\nb: 2\n'],
  [
    'adds to what stands in braces on lines of its own',
    'a: {\n  b: 1,\n  c: 2\n}\n',
    { path: ['a', 'd'], set: 3, after: ['b'] },
    'a: {\n  b: 1,\n  d: 3,\n  c: 2\n}\n',
  ],
  [
    'takes away what stands in braces on lines of its own, and leaves the comment before it',
    'a: {\n  b: 1, # one\n  c: 2,\n  d: 3\n}\n',
    { path: ['a', 'c'], remove: true },
    'a: {\n  b: 1, # one\n  d: 3\n}\n',
  ],
  [
    'gives the first alias the anchor of what changes',
    'name: &app shop # x\nlabels: { a: *app, b: *app }\nother: *app\n',
    { path: ['name'], set: 'store' },
    'name: store # x\nlabels: { a: &app shop, b: *app }\nother: *app\n',
  ],
  [
    'keeps an anchor that nothing repeats, or another of its name',
    'a: &x one\nb: &x two\nc: *x\n',
    { path: ['a'], set: 'three' },
    'a: &x three\nb: &x two\nc: *x\n',
  ],
  [
    'gives the first alias the anchor of a text in quotes',
    'a: &x "one two"\nb:\n  - *x # again\n',
    { path: ['a'], set: 'three' },
    'a: "three"\nb:\n  - &x "one two" # again\n',
  ],
  ['keeps single quotes', "a: 'it''s x' # c\n", { path: ['a'], set: "it's y" }, "a: 'it''s y' # c\n"],
  ['keeps double quotes and escapes', 'a: "1\\t\\u00e4 x"\n', { path: ['a'], set: '1\tä xy' }, 'a: "1\\t\\u00e4 xy"\n'],
  ['quotes what needs it', 'a: x\n', { path: ['a'], set: '0 2 * * *' }, 'a: 0 2 * * *\n'],
  ['quotes what begins with *', 'a: x\n', { path: ['a'], set: '* x' }, 'a: "* x"\n'],
  ['quotes in brackets', 'a: [x, y]\n', { path: ['a', 1], set: 'a,b' }, 'a: [x, "a,b"]\n'],
  ['makes a text of a number as it is written', 'a: 0x1F # hex\n', { path: ['a'], set: '0x1F' }, 'a: "0x1F" # hex\n'],
  ['makes a number of a text', "a: '8080'\n", { path: ['a'], set: 8080 }, 'a: 8080\n'],
  ['sets text with CRLF around', 'a: x\r\nb: y\r\n', { path: ['b'], set: 'yy' }, 'a: x\r\nb: yy\r\n'],
  [
    'adds a field behind a sibling and its comment',
    'spec:\n  interval: 1h # long\n\n  path: ./x\n',
    { path: ['spec', 'retryInterval'], set: '2m', after: ['interval'] },
    'spec:\n  interval: 1h # long\n  retryInterval: 2m\n\n  path: ./x\n',
  ],
  [
    'adds a field at the end, before another document, with tabs and CRLF',
    'spec:\r\n    a: 1\t# x\r\n# end\r\n---\r\nb: 1\r\n',
    { path: ['spec', 'b'], set: { c: ['x'] } },
    'spec:\r\n    a: 1\t# x\r\n    b:\r\n        c:\r\n            - x\r\n# end\r\n---\r\nb: 1\r\n',
  ],
  ['adds a field where no line end is', 'spec:\n  a: 1', { path: ['spec', 'b'], set: 2 }, 'spec:\n  a: 1\n  b: 2'],
  [
    'adds a field behind a block of text',
    'a: |\n  x\n\nb: 1\n',
    { path: ['c'], set: 1, after: ['a'] },
    'a: |\n  x\nc: 1\n\nb: 1\n',
  ],
  [
    'adds what it is in, too',
    'metadata:\n  name: x\n  labels: {}\n',
    { path: ['metadata', 'annotations', 'a.b/c'], set: 'disabled', after: [] },
    'metadata:\n  name: x\n  labels: {}\n  annotations:\n    a.b/c: disabled\n',
  ],
  [
    'fills what is empty',
    'a:\n  b: # nothing\nc: 1\n',
    { path: ['a', 'b', 'c'], set: 1 },
    'a:\n  b: # nothing\n    c: 1\nc: 1\n',
  ],
  ['fills empty braces', 'a: {} # c\n', { path: ['a', 'b'], set: { c: 1 } }, 'a: { b: { c: 1 } } # c\n'],
  ['adds to braces', 'a: { b: 1 }\n', { path: ['a', 'c'], set: 'x, y' }, 'a: { b: 1, c: "x, y" }\n'],
  [
    'adds between in braces',
    'a: { b: 1, d: 2 }\n',
    { path: ['a', 'c'], set: true, after: ['b'] },
    'a: { b: 1, c: true, d: 2 }\n',
  ],
  [
    'adds to an item of a list',
    'l:\n- name: x\n  # said\n  key: y\n- z: 1\n',
    { path: ['l', 0, 'kind'], set: 'K', after: ['name'] },
    'l:\n- name: x\n  kind: K\n  # said\n  key: y\n- z: 1\n',
  ],
  [
    'adds an item',
    'l:\n  - name: x\n    a: 1 # c\nm: 1\n',
    { path: ['l', 1], set: { name: 'z', b: 2 } },
    'l:\n  - name: x\n    a: 1 # c\n  - name: z\n    b: 2\nm: 1\n',
  ],
  ['adds an item in brackets', 'l: [a]\n', { path: ['l', 1], set: { name: 'z' } }, 'l: [a, { name: z }]\n'],
  [
    'indents lists as the file does',
    'a:\n- 1\nb:\n  c: 1\n',
    { path: ['b', 'd'], set: [{ name: 'x' }] },
    'a:\n- 1\nb:\n  c: 1\n  d:\n  - name: x\n',
  ],
  ['renames a key', 'a:\n  "nmae": x # c\n', { path: ['a', 'nmae'], rename: 'name' }, 'a:\n  "name": x # c\n'],
  ['renames no key to one that is there', 'a: 1\nb: 2\n', { path: ['a'], rename: 'b' }, undefined],
  [
    'removes a field with its line',
    'a: 1\nb: # c\n  - x\n# d\nc: 1\n',
    { path: ['b'], remove: true },
    'a: 1\n# d\nc: 1\n',
  ],
  [
    'removes the first field of an item',
    'l:\n  - a: 1\n    b: 2\n',
    { path: ['l', 0, 'a'], remove: true },
    'l:\n  - b: 2\n',
  ],
  ['removes the last in braces', 'a: { b: 1, c: 2 }\n', { path: ['a', 'c'], remove: true }, 'a: { b: 1 }\n'],
  [
    'removes what it leaves empty',
    'm:\n  n: x\n  a:\n    b: c\no: 1\n',
    { path: ['m', 'a', 'b'], remove: true },
    'm:\n  n: x\no: 1\n',
  ],
  [
    'changes a part of a line of a block',
    'a: |-\n    x $$ y\n\n      z\n    w\nb: 1\n',
    { path: ['a'], set: 'x $$$$ y\n\n  z\nw' },
    'a: |-\n    x $$$$ y\n\n      z\n    w\nb: 1\n',
  ],
  ['changes a block with CRLF', 'a: |\r\n  x\r\n  y\r\n', { path: ['a'], set: 'x\nyy\n' }, 'a: |\r\n  x\r\n  yy\r\n'],
  ['removes a line of a block', 'a: |\n  x\n  y\n  z\n', { path: ['a'], set: 'x\nz\n' }, 'a: |\n  x\n  z\n'],
  ['removes the first line of a block', 'a: |\n  x\n  y\n', { path: ['a'], set: 'y\n' }, 'a: |\n  y\n'],
  ['adds a line to a block', 'a: |\n  x\n  z\n', { path: ['a'], set: 'x\ny\nz\n' }, 'a: |\n  x\n  y\n  z\n'],
  [
    'changes what is folded',
    'a: >-\n  one\n  two\n\n  three\n',
    { path: ['a'], set: 'one twoo\nthree' },
    'a: >-\n  one\n  twoo\n\n  three\n',
  ],
  [
    'changes text of several lines in quotes',
    'a: "one\n  two"\n',
    { path: ['a'], set: 'one twoo' },
    'a: "one\n  twoo"\n',
  ],
  ['leaves alone what is repeated', 'a: &x\n  b: 1\nc: *x\n', { path: ['a', 'b'], set: 2 }, undefined],
  ['leaves alone what an alias repeats', 'a: &x\n  b: 1\nc: *x\n', { path: ['c', 'b'], set: 2 }, undefined],
  [
    'sets over what is merged',
    'a: &x\n  b: 1\nc:\n  <<: *x\n',
    { path: ['c', 'b'], set: 2 },
    'a: &x\n  b: 1\nc:\n  <<: *x\n  b: 2\n',
  ],
  ['edits beside an anchor', 'a: &x 1\nb: *x\nc: 1\n', { path: ['c'], set: 2 }, 'a: &x 1\nb: *x\nc: 2\n'],
  [
    'makes several changes one after the other',
    'm:\n  a: 1\n  b: 2\n',
    [
      { path: ['m', 't', 'x'], set: 1 },
      { path: ['m', 'a'], set: 3 },
      { path: ['m', 't', 'z'], set: 2 },
    ],
    'm:\n  a: 3\n  b: 2\n  t:\n    x: 1\n    z: 2\n',
  ],
];

it.each(cases)('%s', (_, text, change, expected) => {
  expect(edit(text, Array.isArray(change) ? change : [change as Change])).toBe(expected);
});

it('edits the document that is meant, empty ones counted', () => {
  expect(edit('---\n---\na: 1\n---\na: 1\n', [{ path: ['a'], set: 2 }], 2)).toBe('---\n---\na: 1\n---\na: 2\n');
});

it('writes JSON in files of JSON', () => {
  const file = '{\n  "a": { "b": 1 },\n  "c": ["d"]\n}\n';
  expect(
    edit(
      file,
      [
        { path: ['a', 'e'], set: 'f' },
        { path: ['c', 1], set: 'g' },
      ],
      0,
      'a.json',
    ),
  ).toBe('{\n  "a": { "b": 1, "e": "f" },\n  "c": ["d", "g"]\n}\n');
});
