import fc from 'fast-check';
import { parse } from 'yaml';
import type { Json, Path } from '../../../lib/json/json';
import type { FieldComment } from '../../../lib/tree/tree';
import { emitYaml } from '../../../lib/tree/yaml/emit';
import { json } from './arbitrary';

const runs = Number(process.env.FAST_CHECK_RUNS ?? 1000);

const above = (path: Path, text: string): FieldComment => ({ path, text, at: 'above' });
const end = (path: Path, text: string): FieldComment => ({ path, text, at: 'end' });
const emitted = (value: Json, ...comments: FieldComment[]) => emitYaml(value, undefined, comments);

test('comments stand above their line or at its end', () => {
  const value = { spec: { replicas: 3, args: ['-v'], script: 'a\nb\n', labels: {}, ports: { http: 80 } } };
  expect(
    emitted(
      value,
      above(['spec'], 'What it is'),
      above(['spec', 'replicas'], 'One for each zone\n\n  at least'),
      end(['spec', 'args'], 'the arguments'),
      end(['spec', 'args', 0], 'talks much'),
      end(['spec', 'script'], 'of POSIX'),
      end(['spec', 'labels'], 'none'),
      above(['spec', 'ports', 'http'], '#plain'),
      end(['spec', 'ports', 'http'], 'two\nlines'),
    ),
  ).toBe(`# What it is
spec:
  # One for each zone
  #
  #   at least
  replicas: 3
  args: # the arguments
    - -v # talks much
  script: | # of POSIX
    a
    b
  labels: {} # none
  ports:
    #plain
    # two
    # lines
    http: 80
`);
});

test('what is said of an item or of its first field stands above its dash', () => {
  const value: Json = { list: [{ a: [[1]], b: 2 }, { a: 3 }] };
  const comments = [
    above(['list', 0], 'the first'),
    above(['list', 0, 'a'], 'its a'),
    above(['list', 0, 'a', 0, 0], 'within'),
    end(['list', 1], 'the second'),
  ];
  expect(emitted(value, ...comments)).toBe(`list:
  # the first
  # its a
  - a:
      # within
      - - 1
    b: 2
  # the second
  - a: 3
`);
});

test('whatever is said and wherever, the value comes back equal', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a\nb: 1', '\u0085x: 1', 'x\r- y', '---', '\u2028z'),
  );
  const comment = fc.record({ at: fc.constantFrom('above' as const, 'end' as const), text, nth: fc.nat() });
  fc.assert(
    fc.property(json, fc.array(comment, { minLength: 1, maxLength: 6 }), (value, comments) => {
      const paths = pathsOf(value);
      const placed = comments.map(({ nth, ...rest }) => ({ ...rest, path: paths[nth % paths.length] ?? [] }));
      const yaml = emitYaml(value, undefined, placed);
      for (const version of ['1.1', '1.2'] as const)
        expect(JSON.stringify(parse(yaml, { version }))).toBe(JSON.stringify(value));
    }),
    { numRuns: runs },
  );
});

function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([step, below]) => pathsOf(below as Json, [...path, step]))];
}
