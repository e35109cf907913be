import { Lazy } from 'cdk8s';
import { merge, orDefault } from '../../lib/constructs/merge';

test('without overrides the base is returned as it is', () => {
  const base = { a: 1 };
  expect(merge(base, undefined)).toBe(base);
});

test('objects are merged field by field, at every depth', () => {
  expect(merge<object>({ a: { b: 1, c: 2 }, d: 3 }, { a: { c: 4, e: 5 } })).toEqual({ a: { b: 1, c: 4, e: 5 }, d: 3 });
});

test('lists are replaced, not joined', () => {
  expect(merge({ a: [1, 2, 3] }, { a: [4] })).toEqual({ a: [4] });
});

test('undefined keeps the base, null removes the field', () => {
  expect(merge<object>({ a: 1, b: { c: 2, d: 3 } }, { a: undefined, b: { c: null } })).toEqual({ a: 1, b: { d: 3 } });
});

test('a scalar replaces an object, and an object a scalar', () => {
  expect(merge<object>({ a: { b: 1 }, c: 2 }, { a: 'x', c: { d: 1 } })).toEqual({ a: 'x', c: { d: 1 } });
});

test('false, 0 and the empty string are values', () => {
  expect(merge<object>({ a: true, b: 1, c: 'x' }, { a: false, b: 0, c: '' })).toEqual({ a: false, b: 0, c: '' });
});

test('lazy values are values, not objects to be merged', () => {
  const lazy = Lazy.any({ produce: () => 'later' });
  expect(merge<object>({ a: { b: 1 } }, { a: lazy }) as { a: unknown }).toEqual({ a: lazy });
});

test('neither side is changed', () => {
  const base = { a: { b: 1 } };
  const overrides = { a: { b: 2 } };
  merge(base, overrides);
  expect([base, overrides]).toEqual([{ a: { b: 1 } }, { a: { b: 2 } }]);
});

test('a default stands where nothing was given, and not where null was', () => {
  expect([undefined, null, 0, ''].map((given) => orDefault<unknown>(given, 'default'))).toEqual([
    'default',
    undefined,
    0,
    '',
  ]);
});
