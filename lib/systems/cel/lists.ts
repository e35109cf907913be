import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };

type List = readonly unknown[];
/** Numbers, texts, times and durations compare as JavaScript compares them. */
type Comparable = bigint;

/**
 * Functions of lists.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library, and cel-go's ext/lists.go and ext/sets.go
 */
export function registerLists(cel: Cel.Environment): void {
  // The evaluator's own equality: 1 is 1.0, and maps agree key by key.
  const same = cel.parse('a == b');
  const equal = (a: unknown, b: unknown): boolean => same({ a, b }) === true;
  const has = (list: List, item: unknown): boolean => list.some((other) => equal(other, item));
  const extreme = (list: List, isBetter: (a: Comparable, b: Comparable) => boolean): unknown => {
    if (list.length === 0) throw new Error('the list is empty');
    return list.reduce((best, item) => (isBetter(item as Comparable, best as Comparable) ? item : best));
  };
  cel.registerFunction('list.isSorted(): bool', (list: List) =>
    list.every((item, i) => i === 0 || (list[i - 1] as Comparable) <= (item as Comparable)),
  );
  cel.registerFunction('list.min(): dyn', (list: List) => extreme(list, (a, b) => a < b));
  cel.registerFunction('list.max(): dyn', (list: List) => extreme(list, (a, b) => a > b));
  cel.registerFunction('list.sum(): dyn', (list: List) =>
    list.length === 0 ? 0n : list.reduce((sum, item) => (sum as bigint) + (item as bigint)),
  );
  cel.registerFunction('list.indexOf(dyn): int', (list: List, item: unknown) =>
    BigInt(list.findIndex((other) => equal(other, item))),
  );
  cel.registerFunction('list.lastIndexOf(dyn): int', (list: List, item: unknown) =>
    BigInt(list.findLastIndex((other) => equal(other, item))),
  );
  cel.registerFunction('list.distinct(): list', (list: List) =>
    list.filter((item, i) => list.findIndex((other) => equal(other, item)) === i),
  );
  cel.registerFunction('list.reverse(): list', (list: List) => list.toReversed());
  cel.registerFunction('list.flatten(): list', (list: List) => list.flat());
  cel.registerFunction('list.slice(int, int): list', (list: List, from: bigint, to: bigint) => {
    if (from < 0n || to > list.length || from > to) throw new Error('out of the list');
    return list.slice(Number(from), Number(to));
  });
  cel.registerFunction('list.sort(): list', (list: List) =>
    list.toSorted((a, b) =>
      (a as Comparable) < (b as Comparable) ? -1 : (a as Comparable) > (b as Comparable) ? 1 : 0,
    ),
  );

  class SetsNamespace {}
  cel.registerType('SetsNamespace', SetsNamespace);
  cel.registerConstant('sets', 'SetsNamespace', new SetsNamespace());
  const sets = (name: string, test: (a: List, b: List) => boolean) =>
    cel.registerFunction(`SetsNamespace.${name}(list, list): bool`, (_self: unknown, a: List, b: List) => test(a, b));
  const contains = (a: List, b: List) => b.every((item) => has(a, item));
  sets('contains', contains);
  sets('equivalent', (a, b) => contains(a, b) && contains(b, a));
  sets('intersects', (a, b) => a.some((item) => has(b, item)));
}
