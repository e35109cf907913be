import { parseOwnership, printOwnership } from '../../lib/tree/ownership';

const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
const header = '# Files that espalier wrote, with their SHA-256. Commit this file; espalier synth keeps it.\n';

test('entries stand by path in the order of code units', () => {
  const hashes = new Map([
    ['b', [one]],
    ['a/z', [two]],
    ['B', [one]],
    ['ä', [two]],
  ]);
  expect(printOwnership({ hashes, incomplete: false })).toBe(`${header}${one}  B\n${two}  a/z\n${one}  b\n${two}  ä\n`);
});

test('what is printed is read', () => {
  for (const incomplete of [false, true]) {
    const ownership = {
      hashes: new Map([
        ['a b', [one, two]],
        ['c', [two]],
      ]),
      incomplete,
    };
    expect(parseOwnership(printOwnership(ownership), 'x')).toEqual(ownership);
  }
});

test("Windows' line ends, comments and binary marks are read", () => {
  expect(parseOwnership(`# x\r\n${one} *a\r\n\r\n${one}  b\r\n`, 'x').hashes).toEqual(
    new Map([
      ['a', [one]],
      ['b', [one]],
    ]),
  );
});

test('a path on two lines, as a merge leaves it, has two hashes', () => {
  expect(parseOwnership(`${one}  a\n${two}  a\n${one}  a\n`, 'x').hashes).toEqual(new Map([['a', [one, two]]]));
});

test.each([
  [
    `${one}  a\n<<<<<<< HEAD\n`,
    "dist/f, line 2: Git's conflict marker. Delete the marker lines, keep the entries of both sides, and run espalier synth.",
  ],
  [
    'what?\n',
    'dist/f, line 1: not an entry of sha256sum (64 hexadecimal digits, two spaces, a path). Restore the file from Git, or run espalier synth --force',
  ],
])('%j is refused', (text, message) => {
  expect(() => parseOwnership(text, 'dist/f')).toThrow(message);
});
