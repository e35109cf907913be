import fc from 'fast-check';
import { RE2JS } from 're2js';
import { matches, plainPatterns } from '../../../lib/systems/kubernetes/patterns';

/** What the patterns speak of, and what JavaScript and RE2 might read differently. */
const pieces = fc.constantFrom(
  ...[
    'a',
    'z',
    'B',
    '0',
    '9',
    '-',
    '_',
    '.',
    '*',
    '*.',
    '1h',
    '5m',
    'ms',
    's',
    '+',
    'Ki',
    'm',
    'E',
    'e3',
    'oci://',
    'http://',
  ],
  ...['https://', 'ssh://', '\n', '\r', '\u2028', ' ', 'é', '😀', '$', '/'],
);
const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));

describe.each([...plainPatterns.keys()])('%s', (source) => {
  const engine = RE2JS.compile(source);

  it('is read by JavaScript as by RE2', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(matches(source, text)).toBe(engine.test(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['a', '1', 'a.', '1h', '1.', 'a-'])('takes no time for many of %j that end otherwise', (part) => {
    const text = `${part.repeat(900 / part.length)}!`;
    expect(matches(source, text)).toBe(engine.test(text));
  });
});

it('leaves all else, and long texts, to the engine', () => {
  expect(matches('^a+$', 'aaa')).toBe(true);
  expect(matches('^(?=a)', 'a')).toBeUndefined();
  expect(matches('^[a-z0-9-]+$', 'a'.repeat(100_000))).toBe(true);
  expect(matches('^[a-z0-9-]+$', `${'a'.repeat(100_000)}!`)).toBe(false);
});
