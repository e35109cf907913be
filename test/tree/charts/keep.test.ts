import { ChartCache } from '../../../lib/tree/charts/cache';
import { keeper } from '../../../lib/tree/charts/keep';
import { temporaryFolder } from '../folder';

const digest = `sha256:${'0'.repeat(64)}`;
const other = `sha256:${'1'.repeat(64)}`;

test('what a chart was found to be is made once for the same key, chart and program', () => {
  const folder = temporaryFolder();
  let made = 0;
  const kept = (of: string, key: string, by: string) =>
    keeper(
      new ChartCache(folder),
      of,
      by,
    )?.(key, () => {
      made += 1;
      return { made };
    });
  expect([
    kept(digest, 'kinds', 'one'),
    kept(digest, 'kinds', 'one'),
    kept(digest, 'values', 'one'),
    kept(other, 'kinds', 'one'),
    kept(digest, 'kinds', 'two'),
  ]).toEqual([{ made: 1 }, { made: 1 }, { made: 2 }, { made: 3 }, { made: 4 }]);
});

test('Espalier that runs from its sources keeps nothing: they may be others the next time', () => {
  expect(keeper(new ChartCache(temporaryFolder()), digest)).toBeUndefined();
});
