import { join } from 'node:path';
import { fileOf, KnownFindings, printLines, readLines } from '../../lib/checks/baseline';
import type { Finding } from '../../lib/checks/finding';

const finding: Finding = {
  rule: 'eso/two-owners',
  severity: 'error',
  message: 'it is owned twice',
  remedy: 'own it once',
  file: 'clusters/home/a.yaml',
  line: 3,
  column: 1,
  object: 'ExternalSecret web/shop, made by ExternalSecret at apps/web/shop',
  chain: [],
  frame: [],
  clusters: [],
};
const line = 'eso/two-owners\thome/a.yaml\tExternalSecret web/shop\tspec.target';
const known = (...lines: string[]) => new KnownFindings({ folder: join(process.cwd(), 'clusters'), lines });

test('a finding is known by its rule, file, object and path, wherever it stands', () => {
  const baseline = known(line);
  expect(baseline.covers({ ...finding, line: 50, message: 'other words' }, 'spec.target')).toBe(true);
  expect(baseline.compared(() => true)).toEqual({ found: [line], stale: [] });
});

test.each<[Partial<Finding>, string]>([
  [{ rule: 'eso/other' }, 'spec.target'],
  [{ file: 'clusters/home/b.yaml' }, 'spec.target'],
  [{ object: 'ExternalSecret web/other' }, 'spec.target'],
  [{}, 'spec.data'],
])('%j at %s is another one', (other, path) => {
  const baseline = known(line);
  expect(baseline.covers({ ...finding, ...other }, path)).toBe(false);
  expect(baseline.compared(() => true).stale).toEqual([line]);
  expect(baseline.compared(() => false).stale).toEqual([]);
});

test('of several alike as many are known as there are lines', () => {
  const baseline = known(line, line);
  expect([1, 2, 3].map(() => baseline.covers(finding, 'spec.target'))).toEqual([true, true, false]);
  expect(baseline.count).toBe(2);
});

test('what is found is written sorted, and read again', () => {
  const baseline = known();
  baseline.covers({ ...finding, object: undefined, rule: 'z/z' }, '');
  baseline.covers({ ...finding, file: 'elsewhere/tab\there.yaml' }, 'a');
  const { found } = baseline.compared(() => true);
  expect(found).toEqual(['eso/two-owners\t../elsewhere/tab here.yaml\tExternalSecret web/shop\ta', 'z/z\thome/a.yaml']);
  expect(readLines(printLines(found))).toEqual(found);
  expect(found.map(fileOf)).toEqual(['../elsewhere/tab here.yaml', 'home/a.yaml']);
  expect(readLines(printLines(found).replaceAll('\n', '\r\n'))).toEqual(found);
});
