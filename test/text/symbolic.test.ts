import fc from 'fast-check';
import { display, isKnown, symbol } from '../../lib/graph/substitution';

test('a symbol is no known text, and its literal look-alike is', () => {
  expect(isKnown(symbol('X'))).toBe(false);
  expect(isKnown(`a-${symbol('X')}-b`)).toBe(false);
  expect(isKnown('${X} $X')).toBe(true);
});

test('symbols of one expression are equal, of two are not', () => {
  expect(symbol('X')).toBe(symbol('X'));
  expect(symbol('X')).not.toBe(symbol('X:=d'));
});

test('a symbol has nothing in it that YAML or substitution would take for its own, and shows its expression', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (expression) => {
      expect(symbol(expression)).toMatch(/^\uFDD0[\w-]*\uFDD1$/);
      expect(display(`a ${symbol(expression)} b`)).toBe(`a \${${expression}} b`);
    }),
  );
});
