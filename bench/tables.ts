import { apps, memory, seconds, withSpread } from './format';
import type { Results } from './results';
import type { Table } from './table';
import { comparisons, fitted, sizeOfTargets, type Target, targets } from './targets';

const unknown = '–';

/** What each case took at each size, and how it grows: over all sizes, and between the two largest, where starts weigh less. */
export function timeTable(results: Results): Table {
  const { sizes } = results;
  return {
    head: ['', ...sizes.map(apps), 'exponent', 'at the end'],
    rows: results.cases(true).map(({ id, title }) => {
      const points = results.points(id, 'seconds');
      return [title, ...sizes.map((size) => timeCell(results, id, size)), ...[points, points.slice(-2)].map(growth)];
    }),
  };
}

const growth = (points: Parameters<typeof fitted>[0]) => fitted(points)?.toFixed(2) ?? unknown;

function timeCell(results: Results, id: string, size: number | undefined): string {
  const spread = results.spread(id, size, 'seconds');
  if (spread) return withSpread(spread, seconds);
  const predicted = results.of(id, size)?.predicted;
  // At least, since the start of the process makes the small sizes look too slow.
  return predicted === undefined ? unknown : `not run: over ${seconds(predicted)}`;
}

/** CPU time and peak memory. */
export function usageTable(results: Results): Table {
  const { sizes } = results;
  return {
    head: ['', ...sizes.map((size) => `CPU, ${apps(size)}`), ...sizes.map((size) => `memory, ${apps(size)}`)],
    rows: results
      .cases(true)
      .map(({ id, title }) => [
        title,
        ...sizes.map((size) => valueOr(results.spread(id, size, 'cpu')?.median, seconds)),
        ...sizes.map((size) => valueOr(results.spread(id, size, 'memory')?.median, memory)),
      ]),
  };
}

export function startTable(results: Results): Table {
  return {
    head: ['', 'time', 'CPU', 'memory'],
    rows: results
      .cases(false)
      .map(({ id, title }) => [
        title,
        timeCell(results, id, undefined),
        valueOr(results.spread(id, undefined, 'cpu')?.median, seconds),
        valueOr(results.spread(id, undefined, 'memory')?.median, memory),
      ]),
  };
}

export function targetTable(results: Results): Table {
  const at = sizeOfTargets(results);
  return {
    head: [at === undefined ? '' : `at ${apps(at)}`, 'target', 'by time', 'by CPU time', ''],
    rows: [...targets, ...comparisons].map((one) => {
      const measured = one.measured(results, 'seconds');
      const target = 'limit' in one ? (one as Target) : undefined;
      return [
        one.says,
        target?.limit ?? '',
        valueOr(measured, one.format),
        valueOr(one.measured(results, 'cpu'), one.format),
        target === undefined || measured === undefined ? '' : target.isMet(measured) ? 'met' : 'not met',
      ];
    }),
  };
}

const valueOr = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? unknown : format(value);
