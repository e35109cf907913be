import type { JsonObject } from '../../../lib/json/json';
import { display } from '../../../lib/text/symbolic';
import type { RenderedObject } from '../../../lib/tree/charts';
import { commonOf } from '../../../lib/tree/charts/differences';

const object = (name: string, more: JsonObject): RenderedObject => ({
  value: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more },
  template: 'templates/a.yaml',
  hooks: [],
});

function commonly(one: readonly RenderedObject[], other: readonly RenderedObject[]) {
  const { objects, incomplete } = commonOf(one, other, 'ns/web');
  return { values: JSON.parse(display(JSON.stringify(objects.map(({ value }) => value)))), incomplete };
}

test('equal pairs of values are one symbol wherever they stand', () => {
  const made = (password: string, sum: string) => [
    object('a', { data: { password, kept: 'x' } }),
    object('b', { data: { again: password, sum, list: [password, 1] } }),
  ];
  expect(commonly(made('one', '1'), made('two', '2')).values).toEqual([
    object('a', { data: { password: '${ns/web value 1}', kept: 'x' } }).value,
    object('b', { data: { again: '${ns/web value 1}', sum: '${ns/web value 2}', list: ['${ns/web value 1}', 1] } })
      .value,
  ]);
});

test('of files the lines that differ are unknown; lists of other length, and keys that only one has, are as a whole', () => {
  const one = object('a', { data: { file: 'a\nb1\nc', lines: 'a\nb', own: 'x' }, list: [1, 2], same: { a: null } });
  const other = object('a', { data: { file: 'a\nb2\nc', lines: 'a' }, list: [1], same: { a: null } });
  expect(commonly([one], [other]).values).toEqual([
    object('a', {
      data: { file: 'a\n${ns/web value 1}\nc', lines: '${ns/web value 2}', own: '${ns/web value 3}' },
      list: '${ns/web value 4}',
      same: { a: null },
    }).value,
  ]);
});

test('an object whose name is random is the same object', () => {
  const { values, incomplete } = commonly([object('a-1', {}), object('b', {})], [object('b', {}), object('a-2', {})]);
  expect(values).toEqual([object('b', {}).value, object('${ns/web value 1}', {}).value]);
  expect(incomplete).toBe(false);
});

test('what only one of the renderings has is left out, and said to be', () => {
  const { values, incomplete } = commonly([object('a', {}), object('b', {})], [object('a', {})]);
  expect(values).toEqual([object('a', {}).value]);
  expect(incomplete).toBe(true);
  expect(commonly([], [object('a', {})])).toEqual({ values: [], incomplete: true });
});
