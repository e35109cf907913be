import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { forLog } from '../../../lib/report/log';
import { shellWord } from '../../../lib/report/policy/quote';

const read = (word: string) => spawnSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' }).stdout;

test.each([
  ['kv/data/shop', 'kv/data/shop'],
  ["it's", "'it'\\''s'"],
  ['a\n::error::b', `"$(printf 'a\\012\\072\\072error\\072\\072b')"`],
  ['##vso[x]', `"$(printf '\\043\\043vso\\133x\\135')"`],
])('%j as a word', (text, word) => {
  expect(shellWord(text)).toBe(word);
  expect(read(word)).toBe(text);
});

test('whatever the text, a shell reads it, and no CI a command', () => {
  const part = fc.constantFrom(
    'a',
    "'",
    '"',
    '$',
    '`',
    '\\',
    '%',
    '\n',
    '\t',
    '\u001b',
    '::',
    '##[',
    'section_start:',
    'é',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
      const text = `${parts.join('')}x`;
      const word = shellWord(text);
      expect(forLog(word)).toBe(word);
      expect(read(word)).toBe(text);
    }),
    { numRuns: 40 },
  );
});
