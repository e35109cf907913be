import { commentsIn } from '../../../lib/adopt/comments/read';
import { isUnused } from '../../../lib/adopt/comments/unused';
import { pathText } from '../../../lib/json/path-text';
import { parseFile } from '../../../lib/tree/source/parse';

/** Each comment as `document at path: text`. */
function read(text: string): string[] {
  return [...commentsIn(parseFile('a.yaml', text))].flatMap(([document, { above, fields, schema }]) => [
    ...(schema === undefined ? [] : [`${document} schema: ${schema}`]),
    ...above.map(({ lines }) => `${document}: ${lines.join(' | ')}`),
    ...fields.map(({ at, path, lines }) => `${document} ${at} ${pathText(path)}: ${lines.join(' | ')}`),
  ]);
}

test('who made a file is no comment, once its code is gone', () => {
  const madeBy = '# Made by Manifest at apps/a; change the construct, not this file.';
  expect(read(`---\n# yaml-language-server: $schema=a\n${madeBy}\n# the object\nkind: A\n`)).toEqual([
    '0 schema: a',
    '0: the object',
  ]);
});

test('a comment belongs to what follows it, and one that is indented as what is above it to that', () => {
  const text = `# yaml-language-server: $schema=https://example.org/a.json
# licence
---
# the object
kind: A # kind
spec: # spec
  # first
  # second line
  a: 1

  # second
  b: # b
    c: |
      # no comment
    #d: 1
  # e: 2
f: "# no comment" #f
# g
`;
  expect(read(text)).toEqual([
    '0 schema: https://example.org/a.json',
    '0: licence',
    '0: the object',
    '0 end kind: kind',
    '0 end spec: spec',
    '0 above spec.a: first | second line',
    '0 above spec.b: second',
    '0 end spec.b: b',
    '0 below spec.b.c: d: 1',
    '0 below spec.b: e: 2',
    '0 end f: f',
    '0 below f: g',
  ]);
});

test('items of lists: above their dash, behind their first field, below the last one', () => {
  const text = `kind: A
list:
  # first
  - name: a # a
    # value
    value: 1
  - b # b
  # - c
flow: [1, # one
  2]
`;
  expect(read(text)).toEqual([
    '0 above list[0]: first',
    '0 end list[0].name: a',
    '0 above list[0].value: value',
    '0 end list[1]: b',
    '0 below list[1]: - c',
    '0 end flow[0]: one',
  ]);
});

test('a second # is kept, but in what is out of use', () => {
  const text = 'kind: A\n# # yaml-language-server: $schema=x\na: 1\n# b: 1\n# # why\n## said\nc: 1\n';
  expect(read(text)).toEqual([
    '0 above a: # # yaml-language-server: $schema=x',
    '0 above c: b: 1 | # why',
    '0 above c: ## said',
  ]);
});

test('items that are out of use belong to the list above them, however they are indented', () => {
  const text = 'kind: A\nspec:\n  list:\n    - a: 1\n  # - a: 2\n\n  next: 1\n  map:\n    b: 1\n  # - c\nend: 1\n';
  expect(read(text)).toEqual(['0 below spec.list[0]: - a: 2', '0 below spec.map: - c']);
});

test('several documents, of which one is commented out', () => {
  const text = `# a
kind: A
# below a
---
# kind: Unused
---
# b
kind: B
`;
  expect(read(text)).toEqual(['0: a', '0 below kind: below a', '2: kind: Unused', '2: b']);
});

test('what is out of use is told from what is said', () => {
  const unused = [
    'replicas: 3',
    '- ./pvc.yaml',
    'a:\n  b: 1\n  c: 2',
    '"on": true',
    'foo:\n  # why\n  bar: []',
    'cron: 0 4 * * *',
    '- name: A\n  value: "some words in quotation marks"',
    'command: npm start',
    'TZ: Europe/Paris',
    'ingress:',
  ];
  const said = [
    'One for each zone',
    'TODO: raise it',
    'renovate: datasource=docker depName=example.org/app',
    '{"$imagepolicy": "flux-system:app:tag"}',
    'https://example.org/docs',
    'why: it has to wait for the database to come up',
    '-- The address at which to listen',
    'QoL: all goods (class 7) → a stack',
    'Both idempotent; safe to leave in',
    'No rules → nothing comes in',
    'Settings affecting the spec\nref: https://example.org/spec',
    'TODO: local secrets\nenvFrom:\n  - secretRef: { name: shop }',
    'Options:',
    '- it has words',
    'a b: 1',
  ];
  expect([...unused, ...said].filter((text) => isUnused(text.split('\n')))).toEqual(unused);
});
