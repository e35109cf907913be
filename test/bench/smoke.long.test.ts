import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { has, repository, run, spawnEspalier, temporaryFolder } from '../repository';

/** The whole bench, on tiny fleets: that it is complete, not how fast anything is. */
const folder = temporaryFolder();
const page = join(folder, 'performance.md');
const bench = (...args: string[]) =>
  run(process.execPath, ['--import', 'tsx', join(repository, 'bench', 'main.ts'), ...args], {
    env: { TMPDIR: folder },
  });
const kubectl = has('kubectl', ['version', '--client']) ? ['kubectl kustomize, each folder of Flux'] : [];

const watch = spawnEspalier(['synth', '--help']).stdout.includes('--watch')
  ? ['espalier synth --watch, one app edited']
  : [];

const helm = has('helm', ['version']);
const withHelm = (...titles: string[]) => (helm ? titles : []);

const fleetCases = [
  'espalier synth, fresh',
  'espalier synth, fresh, checks off',
  'espalier synth, nothing changed',
  'espalier synth, one app has another image',
  'espalier synth, one app has another variable',
  ...watch,
  'cdk8s, FILE_PER_CHART',
  'cdk8s, FOLDER_PER_CHART',
  'floor: stringify and write',
  'floor: compose, stringify and write',
  'floor: read and compare',
  'floor: compose, read and compare',
  ...kubectl,
  'espalier check',
  'parsing alone, js-yaml',
  'parsing alone, yaml',
  'espalier diff, one app changed',
];
const startCases = [
  'npm start (soyo)',
  'what npm start runs (soyo)',
  'node --import tsx, importing cdk8s and cdk8s-plus-28',
  'espalier check, real-shaped',
  'parsing alone, js-yaml, real-shaped',
  'espalier diff, one app changed, real-shaped',
  'espalier lsp, findings after a keystroke, real-shaped',
  ...withHelm(
    'helm template, 100 releases of 10 charts',
    'espalier check --charts, nothing cached',
    'espalier check --charts, all cached',
  ),
  'espalier check of the same tree without charts',
  ...withHelm('espalier check of the same tree with what helm makes as files'),
  'espalier check, one cluster of 200',
  'espalier report merge, the reports of 200 clusters',
  'espalier check, 200 clusters in one process',
  'espalier diff, one cluster of 200',
  'espalier diff, 200 clusters in one process',
  'espalier --help',
  'node -e 0',
];

/** The rows of the table that begins with a line. */
function tableAfter(text: string, beginning: RegExp): string[][] {
  const lines = text.slice(text.search(beginning)).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const titles = (rows: readonly string[][]) => rows.slice(2).map(([title]) => title);
const time = /^[\d,.]+ m?s$/;

let ran: ReturnType<typeof run>;
beforeAll(() => {
  ran = bench('--smoke', '--page', page);
}, 600_000);

test('it ends well, and leaves nothing behind but the page and its picture', () => {
  expect({ code: ran.code, stderr: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, stderr: '' });
  expect(readdirSync(folder).filter((name) => name.startsWith('espalier-bench'))).toEqual([]);
  expect(readdirSync(join(folder, 'images'))).toEqual(['performance.svg']);
});

test('every case has a time at each size, and an exponent', () => {
  const rows = tableAfter(ran.stdout, /^\| +\| +2 apps/m);
  expect(rows[0]).toEqual(['', '2 apps', '4 apps', 'exponent', 'at the end']);
  expect(titles(rows)).toEqual(fleetCases);
  for (const [, small, large, exponent, end] of rows.slice(2)) {
    expect([small, large, exponent, end]).toEqual([
      expect.stringMatching(time),
      expect.stringMatching(time),
      expect.stringMatching(/^-?\d+\.\d\d$/),
      expect.stringMatching(/^-?\d+\.\d\d$/),
    ]);
  }
});

test('every whole process of Node has CPU time and memory', () => {
  const rows = tableAfter(ran.stdout, /^\| +\| CPU, 2 apps/m);
  expect(titles(rows)).toEqual(fleetCases);
  for (const [title = '', ...cells] of rows.slice(2).filter(([title]) => !/kubectl|--watch/.test(title ?? ''))) {
    expect([title, cells.filter((cell) => !/^[\d,.]+ (m?s|MiB)$/.test(cell))]).toEqual([title, []]);
  }
});

test('every cold start has its time', () => {
  const rows = tableAfter(ran.stdout, /^\| +\| +time/m);
  expect(titles(rows)).toEqual(startCases);
  expect(rows.slice(2).filter(([, seconds]) => !time.test(seconds ?? ''))).toEqual([]);
});

test('every target is measured, and met or not', () => {
  const rows = tableAfter(ran.stdout, /^\| at 4 apps/m).slice(2);
  const targets = rows.filter(([, limit]) => limit !== '');
  expect(targets.map(([, limit]) => limit)).toEqual([
    '≤ 4.5×',
    '≤ 3.4×',
    '≤ 1.1×',
    '≤ 2×',
    '≤ 1.05',
    '≤ 1 GiB',
    '< 1 s',
    '≤ 1.5×',
    '≤ 3×',
    '≤ 1.5×',
    '< 200 ms',
    '≤ 1.5×',
    '≤ 1.3×',
    '≤ 1×',
    '< 100 ms',
  ]);
  const isMeasured = (says = '') =>
    (watch.length > 0 || !says.includes('--watch')) && (helm || !says.includes('--charts'));
  for (const [says, , measured, , met] of targets.filter(([says]) => isMeasured(says))) {
    expect([says, measured, met]).toEqual([says, expect.stringMatching(/\d/), expect.stringMatching(/^(not )?met$/)]);
  }
});

test('the page has what is printed, the picture and the machine, and no value that is none', () => {
  const text = readFileSync(page, 'utf8');
  for (const table of ran.stdout.trimEnd().split('\n\n')) expect(text).toContain(table);
  expect(text.match(/^#+ .*/gm)).toEqual([
    '# Performance',
    '## What is measured',
    '## Figures',
    '### Targets',
    '### Time',
    '### CPU time and memory',
    '### Cold starts',
    '### Machine',
    '## Where the time goes',
    '### What is kept, and what it costs to do without',
    '## What was tried',
  ]);
  expect(text).toContain('](images/performance.svg)');
  expect(text).toContain(process.version);
  expect(`${text}${ran.stdout}`).not.toMatch(/NaN|undefined|Infinity|null/);
  expect(text).not.toContain(repository);
});

test('the picture is well-formed, with a line for each case that it shows', () => {
  const svg = readFileSync(join(folder, 'images', 'performance.svg'), 'utf8');
  const document = new DOMParser({
    onError: (_, message) => {
      throw new Error(message);
    },
  }).parseFromString(svg, 'image/svg+xml');
  expect(document.documentElement?.tagName).toBe('svg');
  const labels = [...document.getElementsByTagName('text')].filter((text) =>
    text.getAttribute('class')?.startsWith('label'),
  );
  expect(labels.map(({ textContent }) => textContent)).toEqual([
    'cdk8s, FILE_PER_CHART',
    'cdk8s, FOLDER_PER_CHART',
    ...kubectl,
    'espalier synth, fresh',
    'espalier synth, one app has another image',
    'espalier synth, nothing changed',
    'floor: stringify and write',
    'floor: read and compare',
  ]);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test('a case is measured alone where it is asked for', () => {
  const { code, stdout } = bench('--smoke', '--only', 'node');
  expect(code).toBe(0);
  expect(titles(tableAfter(stdout, /^\| +\| +time/m))).toEqual(['node -e 0']);
}, 120_000);

test('a case that there is not is refused', () => {
  expect(bench('--only', 'nothing').stderr).toMatch(/^error: --only is "nothing"; it must be one of fresh, /);
});

test('a size that is no number is refused before anything is built', () => {
  expect(bench('many')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: APPS is "many"; it must be a whole number above 0, such as 100\n',
  });
});
