import type { Path } from '../../../lib/json/json';
import { locate, parseFile, type SourceDocument } from '../../../lib/tree/source';

const text = `# header
---
apiVersion: v1
"data":
  a: &x
    b: [1, "q", {c: d}]
    t: |-
      first
      second
  e: *x
  f:
    <<: [*x, {z: 1}]
    g:
    h: 'i'
list:
- name: j
-   - k
---

- l
`;

const file = parseFile('a.yaml', text);
const [first, second] = file.documents as [SourceDocument, SourceDocument];
const at = (path: Path, on?: 'key' | 'value', document = first): string => {
  const { line, column } = locate(document, path, on);
  return `${line}:${column}`;
};

test.each<[Path, key: string, value: string]>([
  [[], '3:1', '3:1'],
  [['apiVersion'], '3:1', '3:13'],
  [['data'], '4:1', '5:3'],
  [['data', 'a'], '5:3', '6:5'],
  [['data', 'a', 'b'], '6:5', '6:8'],
  [['data', 'a', 'b', 0], '6:9', '6:9'],
  [['data', 'a', 'b', 1], '6:12', '6:12'],
  [['data', 'a', 'b', 2, 'c'], '6:18', '6:21'],
  [['data', 'f', 'h'], '14:5', '14:8'],
  [['list', 0, 'name'], '16:3', '16:9'],
  [['list', 1], '17:5', '17:5'],
  [['list', 1, 0], '17:7', '17:7'],
])('%j stands where it is written', (path, key, value) => {
  expect(at(path, 'key')).toBe(key);
  expect(at(path)).toBe(value);
});

test('the text of a block, not its header, is where its value stands', () => {
  expect(at(['data', 'a', 't'])).toBe('8:7');
  expect(at(['data', 'a', 't'], 'key')).toBe('7:5');
});

test('what nobody wrote stands at its key', () => {
  expect(at(['data', 'f', 'g'])).toBe('13:5');
});

test('what an alias repeats, or a merge brings, is found where it is written', () => {
  expect(at(['data', 'e'])).toBe('10:6');
  expect(at(['data', 'e', 'b', 1])).toBe('6:12');
  expect(at(['data', 'f', 't'], 'key')).toBe('7:5');
  expect(at(['data', 'f', 'z'])).toBe('12:18');
});

test('what is not there is pointed at by the key of what is nearest', () => {
  expect(at(['nowhere'])).toBe('3:1');
  expect(at(['data', 'a', 'nowhere', 3])).toBe('5:3');
  expect(at(['data', 'a', 'b', 7])).toBe('6:5');
  expect(at(['list', 'name'])).toBe('15:1');
  expect(at(['apiVersion', 'x', 'y'])).toBe('3:1');
});

test('each document has its own positions, also beside one that cannot be read', () => {
  expect(at([0], 'value', second)).toBe('20:3');
  const [, third] = parseFile('a.yaml', 'a: 1\n---\nb: [\n---\nc:\n  d: 1\n').documents as [
    SourceDocument,
    SourceDocument,
  ];
  expect(at(['c', 'd'], 'value', third)).toBe('6:6');
});

test('the last of two equal keys is the one that counts', () => {
  const [document] = parseFile('a.yaml', 'a: 1\na: 2\n').documents as [SourceDocument];
  expect(at(['a'], 'value', document)).toBe('2:4');
});

test('a document that was never written has a position all the same', () => {
  const nowhere: SourceDocument = { ...first, file: { ...file, text: '' } };
  expect(at(['data'], 'value', nowhere)).toBe('1:1');
});
