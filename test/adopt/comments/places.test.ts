import fc from 'fast-check';
import { commentsIn } from '../../../lib/adopt/comments/read';
import type { Json } from '../../../lib/json/json';
import { parseFile } from '../../../lib/tree/source/parse';
import { emitYaml } from '../../../lib/tree/yaml/emit';

/** The fields of a document read with its comments, and written again. */
function readAndWritten(text: string): string {
  const file = parseFile('a.yaml', text);
  const { above = [], fields = [] } = commentsIn(file).get(0) ?? {};
  const comments = fields.map(({ path, at, lines }) => ({ path, at, text: lines.join('\n') }));
  const head = above.flatMap(({ lines }) => lines.map((line) => `# ${line}\n`)).join('');
  return head + emitYaml(file.documents[0]?.value as Json, undefined, comments);
}

test.each([
  ['before the first item', 'l:\n  # c\n  - a: 1\n  - b: 1\n', undefined],
  ['between items', 'l:\n  - a: 1\n  # c\n  - b: 1\n', undefined],
  ['after the dash', 'l:\n  - a: 1\n  - # c\n    b: 1\n', 'l:\n  - a: 1\n  # c\n  - b: 1\n'],
  ['after the first dash', 'l:\n  - # c\n    # d\n    a: 1\n', 'l:\n  # c\n  # d\n  - a: 1\n'],
  ['after the dash of nothing', 'l:\n  - a\n  - # c\n  - b\n', 'l:\n  - a\n  - null # c\n  - b\n'],
  ['at the end of the first line', 'l:\n  - a: 1 # c\n    b: 1\n', 'l:\n  - a: 1 # c\n    b: 1\n'],
  ['at the end of the item, one further in', 'l:\n  - a: 1\n    # c\n  - b: 1\n', undefined],
  ['after the last item', 'l:\n  - a: 1\n  # c\nm: 1\n', undefined],
  ['after the last item, not indented', 'l:\n- a: 1\n# c\nm: 1\n', 'l:\n  - a: 1\n# c\nm: 1\n'],
  ['before a key of the item', 'l:\n  - a: 1\n    # c\n    b: 1\n', undefined],
  ['in lists of lists', 'l:\n  - - # c\n      a: 1\n    # d\n    - b\n', 'l:\n  # c\n  - - a: 1\n    # d\n    - b\n'],
  [
    'in lists of maps of lists',
    'l:\n  - a:\n      # c\n      - b: 1\n        # d\n        e: 1\n  # f\n  - g\n',
    undefined,
  ],
  ['in brackets', 'l: [a, # c\n  # d\n  b]\n', 'l:\n  - a # c\n  # d\n  - b\n'],
  ['in braces', 'l: [{ a: 1, # c\n  b: 1 }]\n', 'l:\n  - a: 1 # c\n    b: 1\n'],
  ['behind an anchor', 'l:\n  - a\n  - &x # c\n    b: 1\n', 'l:\n  - a\n  # c\n  - b: 1\n'],
  ['behind a tag', 'l:\n  - a\n  - !!map # c\n    b: 1\n', 'l:\n  - a\n  # c\n  - b: 1\n'],
  ['below a key that is an alias', 'l: &x a\n*x :\n  b: 1\n  # c\nm: 1\n', 'l: a\na:\n  b: 1\n  # c\nm: 1\n'],
  ['at the end of all', 'l:\n  - a: |\n      b\n    # c\n', undefined],
])('a comment stays where it is: %s', (_, text, written) => {
  expect(readAndWritten(text)).toBe(written ?? text);
  expect(readAndWritten(readAndWritten(text))).toBe(written ?? text);
});

/** Each comment with the key or value before it on its line; of one on its own line or behind a dash, with the next one. */
function neighbours(text: string): ReadonlyMap<string, string> {
  const word = /\b[ks]\d+\b/g;
  const found = new Map<string, string>();
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    const [code = '', comment] = line.split('#');
    if (comment === undefined) continue;
    const rest = lines.slice(i + 1).map((each) => each.replace(/#.*/, ''));
    const before = code.match(word)?.at(-1);
    found.set(comment.trim(), before ? `on the line of ${before}` : `above ${rest.join('\n').match(word)?.[0]}`);
  }
  return found;
}

test('reading and writing gives each comment of any document the same neighbour', () => {
  const documents = fc.gen().map((next) => {
    let count = 0;
    const numbered = (kind: string) => {
      count += 1;
      return `${kind}${count}`;
    };
    const unused: string[] = [];
    const chance = (share: number) => next(fc.nat, { max: 99 }) < share * 100;
    const comment = (share: number) => (chance(share) ? ` # ${numbered('C')}` : '');
    const commentLines = () => (chance(0.3) ? `${' '.repeat(next(fc.nat, { max: 9 }))}${comment(1).trim()}\n` : '');
    const key = () => (chance(0.2) && unused.length > 0 ? `*${unused.pop()} ` : numbered('k'));
    const scalar = () => {
      const text = numbered('s');
      if (chance(0.8)) return text;
      unused.push(text);
      return `&${text} ${text}`;
    };
    const flow = () => {
      const [open, close, item] = chance(0.5)
        ? ['[', ']', () => numbered('s')]
        : ['{', '}', () => `${numbered('k')}: 1`];
      const items = Array.from({ length: 1 + next(fc.nat, { max: 2 }) }, item);
      return `${open}${items.map((each) => `${each},${chance(0.5) ? `${comment(1)}\n          ` : ' '}`).join('')}${close}`;
    };
    /** What follows a key or a dash, with the end of its line. */
    const value = (indent: string, depth: number, isItem: boolean): string => {
      const anchor = chance(0.2) ? ' &A' : '';
      if (depth > 3 || chance(0.3)) return ` ${scalar()}${comment(0.3)}\n`;
      if (chance(0.1)) return ` |${comment(0.3)}\n${indent}    text\n`;
      if (chance(0.2)) return `${anchor} ${flow()}\n`;
      if (isItem && chance(0.1)) return `${comment(0.5)}\n`;
      const inner = `${indent}${isItem || chance(0.7) ? '  ' : ''}`;
      const isList = chance(0.5) || inner === indent;
      const block = isList ? list(inner, depth + 1) : map(inner, depth + 1);
      // The first line of an item may be that of what is in it.
      if (isItem && anchor === '' && chance(0.5)) return ` ${block.slice(inner.length)}`;
      return `${anchor}${comment(0.4)}\n${commentLines()}${block}`;
    };
    const lines = (indent: string, lead: () => string, depth: number, isItem: boolean) =>
      Array.from({ length: 1 + next(fc.nat, { max: 2 }) }, (_, i) => {
        const above = i > 0 ? commentLines() : '';
        return `${above}${indent}${lead()}${value(indent, depth, isItem)}`;
      }).join('');
    const list = (indent: string, depth: number): string => lines(indent, () => '-', depth, true);
    const map = (indent: string, depth: number): string => lines(indent, () => `${key()}:`, depth, false);
    return commentLines() + map('', 0) + commentLines();
  });
  fc.assert(
    fc.property(documents, (text) => {
      expect(Object.fromEntries(neighbours(readAndWritten(text)))).toEqual(Object.fromEntries(neighbours(text)));
    }),
    { numRuns: 500 },
  );
});
