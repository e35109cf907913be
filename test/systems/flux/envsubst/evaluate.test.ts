import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  display,
  evaluate,
  knownVariables,
  symbol,
  type Variable,
  type Variables,
} from '../../../../lib/graph/substitution';

/**
 * Texts with what Flux makes of them, or says: each was given to fluxcd/pkg/envsubst v1.7.1 (Eval, with a mapping that tells whether a
 * variable exists), which kustomize-controller 1.9.6 uses. Some are written by hand, some are random; 450,000 more random ones
 * were compared the same way, without a difference.
 */
const { variables, cases }: { variables: { [name: string]: string }; cases: Case[] } = JSON.parse(
  readFileSync(join(__dirname, 'fixtures/texts.json'), 'utf8'),
);
type Case = { readonly text: string; readonly result?: string; readonly error?: string };

test.each(cases)('as Flux does: $text', ({ text, result, error }) => {
  const evaluated = evaluate(text, knownVariables(variables));
  const [fault] = evaluated.faults.filter(({ kind }) => kind !== 'ignored-operator');
  if (error === undefined || fault?.kind === 'broken-character') {
    expect(evaluated.text).toBe(result);
  } else if (error.startsWith('variable not set')) {
    expect(fault?.kind).toBe('missing-variable');
    expect(error).toBe(`variable not set (strict mode): "${fault?.variable}"`);
  } else {
    expect(fault).toMatchObject({ kind: 'parse-error', message: error });
    expect(evaluated.text).toBe(text);
  }
});

/** K is "value", EMPTY is empty, U has an unknown value, P may not exist, and nothing else does. */
function variable(name: string): Variable {
  if (name === 'K') return { state: 'known', value: 'value' };
  if (name === 'EMPTY') return { state: 'known', value: '' };
  if (name === 'MIXED') return { state: 'known', value: `a-${symbol('parent')}` };
  if (name === 'U') return { state: 'unknown' };
  return { state: name === 'P' ? 'perhaps' : 'absent' };
}
const some: Variables = { of: variable, substitutes: 'always' };

test.each([
  ['${U}', [symbol('U')]],
  ['x-${U}-y', ['x-', symbol('U'), '-y']],
  ['$${U}', ['${U}']],
  ['${U:=d}', [symbol('U:=d')]],
  ['${U:-}', [symbol('U')]],
  ['${U%%.*}', [symbol('U%%.*')]],
  ['${#U}', [symbol('#U')]],
  ['${K/a/${U}}', [symbol('K/a/${U}')]],
  ['${K:=${U}}', ['value']],
  ['${EMPTY:=${U}}', [symbol('U')]],
  ['${X:=a${U}b}', ['a', symbol('U'), 'b']],
  ['${X:=${U:=d}}', [symbol('U:=d')]],
  ['${P}', [symbol('P')]],
  ['${P:=d}', [symbol('P:=d')]],
  ['${X}', [symbol('X')]],
  ['${MIXED}', ['a-', symbol('parent')]],
  ['${MIXED:=d}', ['a-', symbol('parent')]],
  ['${MIXED^^}', [symbol('MIXED^^')]],
])('what is not known stays so: %s', (text, parts) => {
  expect(evaluate(text, some).text).toBe(parts.join(''));
});

test('shown to people, a text is as it was written', () => {
  expect(display(evaluate('$${X} ${U} ${U:=a: "b"} ${K} ${U/${K}/é😀}', some).text)).toBe(
    '${X} ${U} ${U:=a: "b"} value ${U/${K}/é😀}',
  );
});

test('a variable that is missing is a fault wherever it stands, also in a default that is not needed', () => {
  expect(evaluate('a ${X} ${K:=${Y}} ${X^^} ${P} ${P:=d} ${X:=d}', some).faults).toEqual([
    { kind: 'missing-variable', variable: 'X', expression: '${X}', index: 2 },
    { kind: 'missing-variable', variable: 'Y', expression: '${Y}', index: 12 },
    { kind: 'missing-variable', variable: 'X', expression: '${X^^}', index: 18 },
    { kind: 'perhaps-missing', variable: 'P', expression: '${P}', index: 25 },
  ]);
});

test('`:?` and `:+` are reported where they do other than a shell', () => {
  const kinds = (text: string) => evaluate(text, some).faults.map(({ kind }) => kind);
  expect(kinds('${K:+w}')).toEqual(['ignored-operator']);
  expect(kinds('${K:?m}')).toEqual([]);
  expect(kinds('${U:?m}')).toEqual([]);
  expect(kinds('${P:?m}')).toEqual(['ignored-operator']);
  expect(evaluate('${X:?give X}', some)).toEqual({
    text: 'give X',
    faults: [{ kind: 'ignored-operator', variable: 'X', expression: '${X:?give X}', index: 0 }],
  });
});

test('a character that is cut in two is a fault', () => {
  expect(evaluate('${É:0:1}', knownVariables({ É: 'é' })).faults).toEqual([
    { kind: 'broken-character', variable: 'É', expression: '${É:0:1}', index: 0 },
  ]);
});

test('a parse error shows where it is, and no more than a line', () => {
  expect(evaluate(`x $\{K-d\nmore`, some).faults).toEqual([
    { kind: 'parse-error', expression: '${K-d', message: 'missing closing brace', index: 2 },
  ]);
  expect(evaluate(`$\{K=${'x'.repeat(1000)}`, some).faults[0]?.expression).toHaveLength(60);
});

const fragment = fc.constantFrom(
  ...[
    '$',
    '$$',
    '${',
    '}',
    '{',
    'K',
    'U',
    'P',
    'X',
    ':=',
    ':',
    '#',
    '##',
    '%',
    '/',
    '//',
    '\\',
    '*',
    '[',
    '^',
    ',',
    '\0',
    'é',
    '\n',
  ],
);

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fragment, fc.string({ unit: 'binary' }))), (fragments) => {
      expect(typeof evaluate(fragments.join(''), some).text).toBe('string');
    }),
  );
});

test.each([
  '${${${',
  '${K:=',
  '${K:=${',
  '$$',
  '${K',
  '${K/',
  '${K/$$',
  '${K/\\/',
  '${K:1:',
  '${K#*',
  '${X}',
  '${K}',
  '$',
  '${',
])('a long text comes to an end: %s', (unit) => {
  expect(evaluate(unit.repeat(100_000 / unit.length), some).text.length).toBeGreaterThan(0);
});

test('a text with nothing to substitute is unchanged', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/\$[{$]/.test(text));
      expect(evaluate(text, some)).toEqual({ text, faults: [] });
    }),
  );
});
