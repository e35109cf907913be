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
    "dist/f, line 2: Git's conflict marker. Run espalier synth --resolve: it keeps the entries of both sides, and makes anew what Git could not merge.",
  ],
  [
    'what?\n',
    'dist/f, line 1: not an entry of sha256sum (64 hexadecimal digits, two spaces, a path). Restore the file from Git, or run espalier synth --force',
  ],
])('%j is refused', (text, message) => {
  expect(() => parseOwnership(text, 'dist/f')).toThrow(message);
});

test('of a conflict both sides can be taken, as of the diff3 style', () => {
  const text = `${one}  a\n<<<<<<< HEAD\n${one}  b\n||||||| 1\n=======\n${two}  b\n${two}  c\n>>>>>>> x\n`;
  expect(parseOwnership(text, 'x', undefined, { bothSides: true }).hashes).toEqual(
    new Map([
      ['a', [one]],
      ['b', [one, two]],
      ['c', [two]],
    ]),
  );
});

test('who cannot make anew what Git could not merge is told to do it', () => {
  const pages = { command: 'espalier docs', instead: 'Move it' };
  expect(() => parseOwnership('=======\n', 'f', pages)).toThrow(
    'Delete the marker lines, keep the entries of both sides, and run espalier docs.',
  );
});

test('what is taken over stands where its line will be', () => {
  const ownership = {
    hashes: new Map([
      ['a', [one]],
      ['c', [one]],
    ]),
    adopted: new Map([['b', two]]),
    moved: new Map([['b b', { hash: two, to: 'd/e f' }]]),
    incomplete: false,
  };
  const text = `${header}${one}  a\n# adopted: ${two}  b\n# moved: ${two}  b b > d/e f\n${one}  c\n`;
  expect(printOwnership(ownership)).toBe(text);
  expect(parseOwnership(text, 'x')).toEqual(ownership);
});
