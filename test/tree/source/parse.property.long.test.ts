import fc from 'fast-check';
import { frame } from '../../../lib/graph/masking';
import type { Json, Path } from '../../../lib/json/json';
import { locate, parseFile } from '../../../lib/tree/source';
import { emitYaml } from '../../../lib/tree/yaml/emit';

const pieces = [
  ...[
    'a',
    'b: ',
    'key: value\n',
    '- ',
    '-\n',
    '? ',
    ': ',
    '\n',
    '\r\n',
    ' ',
    '  ',
    '\t',
    '#',
    ' # c\n',
    '---\n',
    '...\n',
    '--- ',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\u00e9',
    '\\ud800',
    '|',
    '>',
    '|-\n',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '&a ',
    '*a',
    '!!int ',
    '!x ',
    '<<: ',
    '%',
  ],
  ...[
    '017',
    'yes',
    '2001-01-01',
    '.inf',
    '1e3',
    '~',
    'null',
    '__proto__',
    '{{ x }}',
    '\0',
    '\u0001',
    '\u0085',
    '\ud800',
    '\ufeff',
    'é',
  ],
];
const seed =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: &n "x"\n  labels: {a: b, c: [1, *n]}\ndata:\n  t: |\n    text\n  <<: {d: e}\n---\n- f\n';

const broken = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
  fc
    .array(fc.tuple(fc.nat(seed.length), fc.nat(4), fc.constantFrom(...pieces)), { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce((text, [at, removed, piece]) => text.slice(0, at) + piece + text.slice(at + removed), seed),
    ),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

function everyPath(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((item, i) => [i, item] as const) : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => everyPath(item, [...path, key]))];
}

test('nothing that a file holds throws, and every position lies in it', () => {
  fc.assert(
    fc.property(broken, (text) => {
      const file = parseFile('a.yaml', text);
      // A block begins after the line's spaces, which may be between \r and \n.
      const lines = text.split(/\n|\r(?!\n)/);
      const positions = [...file.faults];
      for (const document of file.documents) {
        JSON.stringify(document.value);
        for (const path of everyPath(document.value)) {
          for (const on of ['key', 'value'] as const)
            positions.push({ kind: 'syntax', message: '', ...locate(document, path, on) });
          locate(document, [...path, 'nowhere', 0]);
        }
      }
      for (const { line, column } of positions) {
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
        frame(file, { line, column: 1 }, 2);
      }
    }),
    { numRuns: 2000 },
  );
});

test('no bytes throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      parseFile('kustomization.yaml', bytes);
    }),
    { numRuns: 1000 },
  );
});

test('what Espalier writes is read back equal, without a fault', () => {
  const key = fc.string({ maxLength: 8 }).filter((text) => text !== '<<');
  const json = fc.letrec<{ any: Json }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.constantFrom('yes', '017', '2001-01-01', '1e3', '~'),
      ),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }), (value) => {
      let text: string;
      try {
        text = emitYaml(value as Json);
      } catch {
        return;
      }
      const { documents, faults } = parseFile('a.yaml', text);
      expect(faults).toEqual([]);
      expect(JSON.stringify(documents[0]?.value)).toBe(JSON.stringify(value));
    }),
    { numRuns: 500 },
  );
});
