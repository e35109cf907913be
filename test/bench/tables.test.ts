import { Results } from '../../bench/results';
import { markdown } from '../../bench/table';
import { startTable, targetTable, timeTable, usageTable } from '../../bench/tables';
import { results } from './results';

test('the time of each case at each size, and how it grows; what was too slow says what is expected', () => {
  expect(markdown(timeTable(results))).toBe(`\
|                                 |                  100 apps |                1,000 apps | exponent | at the end |
| ------------------------------- | ------------------------: | ------------------------: | -------: | ---------: |
| espalier synth, fresh           | 200 ms (200 ms to 250 ms) | 2.00 s (2.00 s to 2.50 s) |     1.00 |       1.00 |
| espalier synth, nothing changed |                    100 ms |                    1.00 s |     1.00 |       1.00 |
| floor: read and compare         |                   50.0 ms |                    250 ms |     0.70 |       0.70 |
| cdk8s, FILE_PER_CHART           |                    300 ms | 33.8 s (30.0 s to 37.5 s) |     2.05 |       2.05 |
| kubectl                         |                    8.00 s |      not run: over 80.0 s |        – |          – |`);
});

test('CPU time and memory, where they are known', () => {
  expect(markdown(usageTable(results))).toBe(`\
|                                 | CPU, 100 apps | CPU, 1,000 apps | memory, 100 apps | memory, 1,000 apps |
| ------------------------------- | ------------: | --------------: | ---------------: | -----------------: |
| espalier synth, fresh           |        100 ms |          1.00 s |          150 MiB |            500 MiB |
| espalier synth, nothing changed |       50.0 ms |          500 ms |          150 MiB |            500 MiB |
| floor: read and compare         |       25.0 ms |          125 ms |          100 MiB |            100 MiB |
| cdk8s, FILE_PER_CHART           |        150 ms |          16.9 s |          100 MiB |            100 MiB |
| kubectl                         |             – |               – |                – |                  – |`);
});

test('cold starts', () => {
  expect(markdown(startTable(results))).toBe(`\
|                   |    time |     CPU |  memory |
| ----------------- | ------: | ------: | ------: |
| npm start (soyo)  |  600 ms |  300 ms | 100 MiB |
| node --import tsx |  500 ms |  250 ms | 100 MiB |
| espalier --help   |  160 ms | 80.0 ms | 100 MiB |
| node -e 0         | 40.0 ms | 20.0 ms | 100 MiB |`);
});

test('targets are held against the time; what was not measured is neither met nor missed; a ratio without a limit is told only', () => {
  const { head, rows } = targetTable(results);
  expect(head).toEqual(['at 1,000 apps', 'target', 'by time', 'by CPU time', '']);
  expect(rows.map((row) => row.join(' | '))).toEqual([
    'synth, fresh, against composing, stringifying and writing | ≤ 4.5× | – | – | ',
    'synth, nothing changed, against composing, reading and comparing | ≤ 3.4× | – | – | ',
    'synth, one app has another image, against nothing changed | ≤ 1.1× | – | – | ',
    'synth, fresh, with checks against without | ≤ 2× | – | – | ',
    'synth: exponent over all sizes, the worst | ≤ 1.05 | 1.00 | 1.00 | met',
    'synth: peak memory at the largest size, the worst | ≤ 1 GiB | 500 MiB | – | met',
    'synth --watch, one app edited, at the smallest size | < 1 s | – | – | ',
    'npm start (soyo), against a program that imports cdk8s alone | ≤ 1.5× | 1.20× | 1.20× | met',
    'check of a real-shaped tree, against parsing it with js-yaml | ≤ 3× | – | – | ',
    'diff of two real-shaped trees, against check of one | ≤ 1.5× | – | – | ',
    'lsp: findings after a keystroke, in a real-shaped tree | < 200 ms | – | – | ',
    'check --charts, nothing cached, against helm template alone | ≤ 1.5× | – | – | ',
    'check --charts, all cached, against check without charts | ≤ 1.3× | – | – | ',
    'check --charts, all cached, against check of the same objects as files | ≤ 1× | – | – | ',
    'espalier --help, beyond the start of Node | < 100 ms | 120 ms | 60.0 ms | not met',
    'cdk8s, FILE_PER_CHART, against synth, fresh |  | 15.0× | 15.0× | ',
    'cdk8s, FOLDER_PER_CHART, against synth, fresh |  | – | – | ',
    'synth, fresh, against stringifying and writing |  | – | – | ',
    'synth, nothing changed, against reading and comparing |  | 4.00× | 4.00× | ',
    'synth, one app has another variable, against nothing changed |  | – | – | ',
    // Of what the smaller size predicts.
    'kubectl kustomize, against synth, fresh |  | 40.0× | – | ',
    'check, against parsing with js-yaml |  | – | – | ',
    'check, against parsing with yaml |  | – | – | ',
    'diff of two trees, against parsing one with js-yaml |  | – | – | ',
  ]);
});

test('what was not run stands with its prediction in every round, so that one slow round of the other counts for nothing', () => {
  const samples = [4, 2, 2].map((seconds) => ({ seconds, cpu: undefined, memory: undefined }));
  const own = new Results([
    { id: 'fresh', title: 'fresh', apps: 1000, samples },
    { id: 'kustomize', title: 'kubectl', apps: 1000, samples: [], predicted: 80 },
  ]);
  expect(own.ratio('kustomize', 'fresh', 1000, 'seconds')).toBe(40);
  expect(own.ratio('fresh', 'kustomize', 1000, 'seconds')).toBe(1 / 40);
  expect(own.ratio('kustomize', 'fresh', 1000, 'cpu')).toBeUndefined();
});
