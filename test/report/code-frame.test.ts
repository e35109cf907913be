import fc from 'fast-check';
import { codeFrame } from '../../lib/report/code-frame';
import { columnsOf } from '../../lib/report/columns';
import { withChain } from './results';

const frameOf = (text: string, column: number, width = 40) =>
  codeFrame({ ...withChain, line: 9, column, frame: [{ number: 9, text }] }, width).join('\n');

test('the line at fault and one before and after it', () => {
  const frame = [8, 9, 10, 11].map((number) => ({ number, text: `line ${number}` }));
  expect(codeFrame({ ...withChain, line: 9, column: 6, frame }, 80).join('\n')).toBe(`   8 | line 8
>  9 | line 9
     |      ^
  10 | line 10`);
});

test('no lines to show: nothing', () => {
  expect(codeFrame({ ...withChain, frame: [] }, 80)).toEqual([]);
});

test.each([
  ['tabs take two columns', '\tkey:\tvalue', 7, '> 9 |   key:  value\n    |         ^'],
  ['wide characters take two columns', '中文: x', 5, '> 9 | 中文: x\n    |       ^'],
  ['combining characters take none', 'e\u0301: x', 5, '> 9 | e\u0301: x\n    |    ^'],
  ['control characters are escapes', '\u001b[31mx', 6, '> 9 | \\u001B[31mx\n    |           ^'],
  ['a column after the end is at the end', 'ab', 99, '> 9 | ab\n    |   ^'],
  ['an empty line', '', 1, '> 9 |\n    | ^'],
])('%s', (_, text, column, expected) => {
  expect(frameOf(text, column)).toBe(expected);
});

test('a long line is cut at its end', () => {
  expect(frameOf(`key: ${'x'.repeat(100)}`, 6)).toBe(`> 9 | key: xxxxxxxxxxxxxxxxxxxxxxxxxxx…
    |      ^`);
});

test('a long line is cut around the column, and its neighbours at the same place', () => {
  const digits = '0123456789'.repeat(10);
  const frame = [
    { number: 8, text: 'short' },
    { number: 9, text: digits },
    { number: 10, text: digits },
  ];
  expect(codeFrame({ ...withChain, line: 9, column: 51, frame }, 40).join('\n')).toBe(`   8 | …
>  9 | …901234567890123456789012345678…
     |                       ^
  10 | …901234567890123456789012345678…`);
});

test('whatever the line, it fits, and the caret is under a column of it', () => {
  const line = fc.array(fc.constantFrom('a', ' ', '\t', '中', '😀', '\u0301', '\u001b', '\ud800', '\udc00'), {
    maxLength: 90,
  });
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 120 }), fc.integer({ min: 30, max: 90 }), (parts, column, width) => {
      const [code = '', caret = ''] = frameOf(parts.join(''), column, width).split('\n');
      expect(columnsOf(code)).toBeLessThanOrEqual(width);
      expect(columnsOf(caret)).toBeLessThanOrEqual(width);
      expect(caret).toMatch(/^ {4}\| +\^$/);
    }),
  );
});
