import { compareKeys, printDocument } from '../../../lib/graph/substitution/print-document';

const long = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore';

/** What sigs.k8s.io/yaml 1.6 (JSONToYAML) prints of it; 60,000 random objects were compared, too, without a difference. */
test('an object is printed as Flux does before it substitutes variables', () => {
  const object = {
    plain: ['${A}', '$(A)', 'a:b', '-a', 'é'],
    single: ['a: b', '# a', '- a', ' a', "'it''s'", '*a', '---', '@a'],
    double: ['', 'yes', '12', '0777', '1_0', '1:20', '2026-01-01', '~', '\t', '😀', 'a \nb'],
    block: ['a\nb', 'a\n', 'a\n\n', '\na', ' a\nb', '\n'],
    long: [long, `# ${long}`, `\t${long}`, { [`k ${long}`]: long }],
    nested: [[['a'], []], { b: [{ c: {} }] }, null, true, 1.5],
    ['k'.repeat(129)]: ['a'],
    'a\nb': { c: 'd' },
    'a b': 'c',
    '1': 2,
  };
  expect(printDocument(object, () => false).text).toBe(`"1": 2
? |-
  a
  b
: c: d
a b: c
block:
- |-
  a
  b
- |
  a
- |+
  a

- |2-

  a
- |2-
   a
  b
- |2+

double:
- ""
- "yes"
- "12"
- "0777"
- "1_0"
- "1:20"
- "2026-01-01"
- "~"
- "\\t"
- "\\U0001F600"
- "a \\nb"
? ${'k'.repeat(129)}
: - a
long:
- lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt
  ut labore
- '# lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor
  incididunt ut labore'
- "\\tlorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor
  incididunt ut labore"
- k lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore: lorem
    ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt
    ut labore
nested:
- - - a
  - []
- b:
  - c: {}
- null
- true
- 1.5
plain:
- \${A}
- $(A)
- a:b
- -a
- é
single:
- 'a: b'
- '# a'
- '- a'
- ' a'
- '''it''''s'''
- '*a'
- '---'
- '@a'
`);
});

test('where the strings stand that are asked for', () => {
  const { text, spans } = printDocument({ b: ['x$'], a: { k$: "it's: $" } }, (each) => each.includes('$'));
  expect(spans.map(({ start, end, path, inKey }) => [text.slice(start, end), path, inKey])).toEqual([
    ['k$', ['a', 'k$'], true],
    ["'it''s: $'", ['a', 'k$'], false],
    ['x$', ['b', 0], false],
  ]);
});

test('keys are in the order of their letters and numbers', () => {
  expect(['b', 'a10', 'a2', 'a', 'A', '-x', 'a-b', 'a02', 'é', '10', '9'].sort(compareKeys)).toEqual([
    '-x',
    '9',
    '10',
    'A',
    'a',
    'a-b',
    'a2',
    'a02',
    'a10',
    'b',
    'é',
  ]);
});
