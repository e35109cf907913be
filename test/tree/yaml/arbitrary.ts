import fc from 'fast-check';
import { unreadable } from '../../../lib/tree/yaml/characters';

/** Pieces of text that some reader of YAML has taken for something else. */
const pieces = [
  ...[
    '',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    ' \n',
    '\t\n',
    '\n ',
    '\n\t',
    '\n  ',
    '\v',
    '\f',
    '\0',
    '\u001b',
    '\u0008',
  ],
  ...[
    '-',
    '- ',
    '?',
    '? ',
    ':',
    ': ',
    ' #',
    '#',
    ',',
    '[',
    ']',
    '{',
    '}',
    '&a',
    '*a',
    '!',
    '!!str',
    '|',
    '|-',
    '>',
    "'",
    '"',
    '%',
    '@',
    '`',
  ],
  ...[
    '\\',
    '\\n',
    '---',
    '--- ',
    '...',
    '<<',
    '=',
    '~',
    'null',
    'Null',
    'y',
    'N',
    'on',
    'OFF',
    'yes',
    'No',
    'true',
    'False',
    'tRue',
  ],
  ...[
    '0',
    '-0',
    '007',
    '0o17',
    '0x1F',
    '0b1',
    '1_000',
    '1,000',
    '1e3',
    '1E+3',
    '.5',
    '5.',
    '-.5',
    '1.2.3',
    '12:30',
    '1:20:30',
    '-1:20',
  ],
  ...[
    '.inf',
    '-.INF',
    '.NaN',
    '+.inf',
    'inf',
    'nan',
    '2001-01-01',
    '2001-1-1',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43',
    '1e',
    '0x',
    '+',
    '_',
    '+1',
  ],
  ...[
    'é',
    'ß',
    '\u00a0',
    '\u00ad',
    '\u200b',
    '\u200d',
    '\u2028',
    '\u2029',
    '\u202e',
    '\u3000',
    '\ufeff',
    '\ufffd',
    '\ue000',
    '\ufdd0',
    '😀',
    '👩‍👩‍👧',
    '\u{1ffff}',
    '\u{e0001}',
    '\u{10ffff}',
    '日本語',
  ],
  ...[
    'a',
    'b: c',
    'a b',
    'x'.repeat(90),
    '{{ .x }}',
    `$\{X}`,
    '$(X)',
    'key:',
    'http://a:80/?b=c#d',
    '__proto__',
    'constructor',
    'toString',
  ],
];

const readable = (text: string) => !unreadable.test(text);

/** Text that tries the quoting: pieces put together, and any Unicode. */
export const text = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...' \n\t-#:ab\r"\'') }) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'+-_.:,01289abeEfFxXoOiInNtTzZ '), maxLength: 7 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }).filter(readable) },
  { weight: 1, arbitrary: fc.integer().map(String) },
  { weight: 1, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) },
);

/** Keys: the same, but the one that kustomize drops. */
export const name = text.filter((key) => key !== '<<');

/** -0 is 0 in JSON. */
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.constantFrom(
    1e21,
    1e20,
    1e15,
    2 ** 53 + 2,
    2 ** 63,
    2 ** 64,
    -(2 ** 63),
    1e-7,
    5e-324,
    Number.MAX_VALUE,
    0.1,
    123456789.5,
  ),
);

/** Any JSON value that Kubernetes can read. */
export const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: text },
    { weight: 1, arbitrary: fc.oneof(number, fc.boolean(), fc.constant(null)) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 5 }) },
    { weight: 3, arbitrary: fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map(fromEntries) },
  ),
})).value as fc.Arbitrary<never>;

/** JSON with the fields of every object in order: kustomize sorts some. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${fields.sort().join(',')}}`;
}

/** As JSON.parse does it: `__proto__` becomes a field like any other. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}
