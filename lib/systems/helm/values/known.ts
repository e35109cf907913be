import { at, keysAt } from '../../../json/read';
import { memoize } from '../../../text/memoize';
import type { ChartTexts } from './chart';
import { documentedKeys } from './documented';
import { subchartsOf } from './subcharts';

/** What values.yaml of a chart says that there is, in its comments and its README too, and those of charts within it. */
export interface KnownKeys {
  has(path: readonly string[]): boolean;
  /** The keys at a path. */
  below(path: readonly string[]): readonly string[];
}

export const knownKeys = memoize((chart: ChartTexts): KnownKeys => {
  const documented = documentedKeys(chart);
  const children = new Map<string, string[]>();
  for (const path of documented) {
    const end = path.lastIndexOf('.');
    const parent = path.slice(0, Math.max(end, 0));
    children.set(parent, [...(children.get(parent) ?? []), path.slice(end + 1)]);
  }
  const inner = new Map(
    subchartsOf(chart).map(({ key, chart: one }) => [key, one === undefined ? undefined : knownKeys(one)]),
  );
  return {
    has: (path) =>
      at(chart.values, ...path) !== undefined ||
      documented.has(path.join('.')) ||
      (path.length > 1 && inner.get(path[0] ?? '')?.has(path.slice(1)) === true),
    below: (path) => [
      ...keysAt(chart.values, ...path),
      ...(children.get(path.join('.')) ?? []),
      ...(path.length === 0 ? inner.keys() : (inner.get(path[0] ?? '')?.below(path.slice(1)) ?? [])),
    ],
  };
});
