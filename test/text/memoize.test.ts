import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetTexts, lazy, memoize, memoizeText } from '../../lib/text/memoize';
import { repository } from '../repository';

test('an answer is worked out once', () => {
  const make = jest.fn(() => undefined);
  const ask = lazy(make);
  expect([ask(), ask()]).toEqual([undefined, undefined]);
  expect(make).toHaveBeenCalledTimes(1);
});

test('an answer is worked out once for an object, and once for a text', () => {
  const make = jest.fn((of: object | string) => of.toString());
  const [ofObject, ofText] = [memoize(make), memoizeText(make)];
  const object = {};
  expect([ofObject(object), ofObject(object), ofText('a'), ofText('a'), ofText('b')]).toEqual([
    ...['[object Object]', '[object Object]', 'a', 'a', 'b'],
  ]);
  expect(make).toHaveBeenCalledTimes(3);
});

test('texts are forgotten when a command has ended', () => {
  const make = jest.fn(() => 1);
  const ask = memoizeText(make);
  ask('a');
  forgetTexts();
  ask('a');
  expect(make).toHaveBeenCalledTimes(2);
});

test('what throws is not kept', () => {
  const make = jest.fn((text: string) => {
    throw new Error(text);
  });
  const ask = memoizeText(make);
  expect(() => ask('a')).toThrow('a');
  expect(() => ask('a')).toThrow('a');
});

// A map that grows with each tree would be kept until the process ends.
test('no module keeps a map of its own that grows', () => {
  const names = readdirSync(join(repository, 'lib'), { recursive: true, encoding: 'utf8' }).sort();
  const growing = names
    .filter((name) => name.endsWith('.ts') && !name.includes('browser'))
    .filter((name) =>
      /^const \w+(?:: [^=\n]+)? = new (?:Map|Set)(?:<[^\n]*>)?\(\);$/m.test(
        readFileSync(join(repository, 'lib', name), 'utf8'),
      ),
    );
  // Empty for good, filled when it is loaded, or of the app that the process composes.
  expect(growing).toEqual([
    'changes/new-findings.ts',
    'constructs/flux/substitution.ts',
    'graph/external-secrets/generated.ts',
    'tree/charts/blocking-worker.ts',
    'tree/kustomize/merge-keys.ts',
  ]);
});
