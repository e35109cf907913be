import { frame } from '../../../lib/graph/masking';
import { parseFile } from '../../../lib/tree/source';

const file = parseFile(
  'a.yaml',
  `# header
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
`,
);

/** All lines of a file, as they may be shown. */
const shown = (text: string, path = 'a.yaml') =>
  frame(parseFile(path, text), { line: 1, column: 1 }, 99)
    .map((line) => line.text)
    .join('\n');

test('a frame is the lines around one, as far as there are any', () => {
  expect(frame(file, { line: 4, column: 1 }, 1)).toEqual([
    { number: 3, text: 'apiVersion: v1' },
    { number: 4, text: '"data":' },
    { number: 5, text: '  a: &x' },
  ]);
  expect(frame(file, { line: 1, column: 1 }, 1)).toEqual([
    { number: 1, text: '# header' },
    { number: 2, text: '---' },
  ]);
  expect(frame(file, { line: 20, column: 1 }, 2)).toEqual([
    { number: 18, text: '---' },
    { number: 19, text: '' },
    { number: 20, text: '- l' },
  ]);
  expect(frame(parseFile('a.yaml', 'a: 1\r\nb: 2\r\n'), { line: 1, column: 1 }, 0)).toEqual([
    { number: 1, text: 'a: 1' },
  ]);
});

test.each([
  'kind: Secret\ndata:\n  a: b\n',
  '{"kind": "Secret", "data": {"a": "b"}}\n',
  'kind: Secret\nstringData:\n  a: b: c\n',
  'kind: Secert\nstringData:\n  a: b: c\n',
  'kind: "Secr\\u0065t"\ndata:\n  a: b: c\n',
  'knid: Secret\ndata:\n  a: b: c\n',
  'apiVersion: v1\nkind: Secrte\nmetadata: {name: a}\ndata:\n  a: b\n',
  'kind: List\nitems:\n- kind: Secret\n  data:\n    a: b: c\n',
  'data: {a: b: c}\n',
  'a: ENC[AES256_GCM,data:x]\n',
  'sops: {mac: x}\n',
])('no line is shown of a document that may hold secrets: %j', (content) => {
  expect(frame(parseFile('a.yaml', content), { line: 1, column: 1 }, 5)).toEqual([]);
});

test('of a line that may be a whole file, as much is kept as is shown', () => {
  const long = parseFile('a.yaml', `a: ${'x'.repeat(1_000_000)}\nb: ${'y'.repeat(1_000_000)}\n`);
  const lengths = (column: number) => frame(long, { line: 1, column }, 1).map(({ text }) => text.length);
  expect(lengths(4)).toEqual([4000, 200]);
  expect(lengths(900_000)).toEqual([]);
});

test('of a text that runs over several lines, its lines are hidden', () => {
  expect(
    shown(`kind: ConfigMap
data:
  k: |
    -----BEGIN PRIVATE KEY-----
    aaaa
    -----END PRIVATE KEY-----
  db_password: "one
    two"
  other: 1
`),
  ).toBe(`kind: ConfigMap
data:
  k: |
    (hidden)
    (hidden)
    (hidden)
  db_password: (hidden)
    (hidden)
  other: 1`);
});

test('what is hidden of a text in a text is hidden in its lines', () => {
  expect(
    shown(`kind: ConfigMap
data:
  app.yaml: |
    db:
      host: db
      password: aaaa # the old one
    env:
      - name: API_TOKEN
        value: bbbb
    # token: cccc
  url: "postgres://app:dddd@db/shop" # password: eeee
`),
  ).toBe(`kind: ConfigMap
data:
  app.yaml: |
    db:
      host: db
      password: (hidden) # the old one
    env:
      - name: API_TOKEN
        value: (hidden)
    # token: (hidden)
  url: "postgres://app:(hidden)@db/shop" # password: (hidden)`);
});

test('of what cannot be read, each line is looked at, and what goes on further in', () => {
  expect(
    shown(`kind: ConfigMap
metadata: {name: a}
data:
  DB_PASSWORD: aaaa
   b: c
  host: db
  args:
  - --token
  - bbbb
  - name: ADMIN_PW
    value: cccc
`),
  ).toBe(`kind: ConfigMap
metadata: {name: a}
data:
  DB_PASSWORD: (hidden)
   (hidden)
  host: db
  args:
  - --token
  - (hidden)
  - name: ADMIN_PW
    value: (hidden)`);
});

test('generators show which keys they give', () => {
  expect(shown('secretGenerator:\n- name: a\n  literals:\n  - a=b\n', 'kustomization.yaml')).toBe(
    'secretGenerator:\n- name: a\n  literals:\n  - a=(hidden)',
  );
});

test('a Secret hides its own document, not its neighbours', () => {
  expect(shown('kind: ConfigMap\ndata: {a: b}\n---\nkind: Secret\ndata: {a: c}\n---\nkind: Other\na: d\n')).toBe(
    'kind: ConfigMap\ndata: {a: b}\n---\nkind: Other\na: d',
  );
});
