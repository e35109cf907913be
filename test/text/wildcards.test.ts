import fc from 'fast-check';
import { fitsWildcards } from '../../lib/text/wildcards';

const text = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });

it('fits what a regular expression with .* for each star fits', () => {
  fc.assert(
    fc.property(text('ab*'), text('ab'), (pattern, name) => {
      expect(fitsWildcards(pattern, name)).toBe(new RegExp(`^${pattern.replace(/\*+/g, '.*')}$`).test(name));
    }),
    { numRuns: 2000 },
  );
});

it('ends, however many stars there are', () => {
  expect(fitsWildcards(`${'*a'.repeat(10_000)}b`, 'a'.repeat(20_000))).toBe(false);
});
