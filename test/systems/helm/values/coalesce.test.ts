import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChartTexts, renderValues } from '../../../../lib/systems/helm/values';
import { chartOf, yaml } from './chart';

const helm = spawnSync('helm', ['version']).status === 0;

const print = '{{- define "print" }}{{ end -}}';
const leaf = chartOf({
  name: 'leaf',
  values:
    'up: true\nport: 1\nglobal: {a: leaf, own: leaf}\nexports: {data: {taken: 1}}\nnone: null\nmap: {x: 1, w: null}',
  templates: print,
});
const middle = chartOf({
  name: 'middle',
  values: 'leaf: {port: 2}\nmine: {deep: {kept: 1}}',
  metadata: { dependencies: [{ name: 'leaf', version: '1.0.0', condition: 'leaf.up' }] },
  subcharts: [leaf],
});
const top = chartOf({
  name: 'top',
  values:
    'middle: {leaf: {port: 3}, mine: {deep: {more: 2}}}\nglobal: {a: top}\nlist: [1, 2]\nmap: {a: {b: 1, c: null}}\ngone: 1',
  metadata: {
    dependencies: [
      { name: 'middle', version: '1.0.0', tags: ['backend'] },
      { name: 'leaf', version: '1.0.0', alias: 'other', condition: 'off.never,other.up', 'import-values': ['data'] },
    ],
  },
  subcharts: [middle, leaf],
});

const cases: readonly string[] = [
  '',
  'list: [3]\nmap: {a: {d: 4}}\nnew: {x: null}',
  'gone: null\nmap: {a: null}',
  'map: 1\nlist: {a: 1}',
  'global: {a: mine, deep: {x: 1}}\nmiddle: {leaf: {global: {a: low, own: mine}}}',
  'middle: {leaf: {up: false}}',
  'other: {up: false, port: 9}',
  'tags: {backend: false}',
  'middle: {mine: {deep: {kept: null}}, leaf: {map: {x: null, z: 1}}}',
  'taken: 5',
];

(helm ? describe : describe.skip)('the values that templates see, as helm has them (needs helm on the PATH)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-values-'));
  beforeAll(() => write(top, join(folder, 'top'), '{{ .Values | toJson }}'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(cases)('of %s', (values) => {
    writeFileSync(join(folder, 'values.yaml'), values);
    const { stdout, stderr } = spawnSync(
      'helm',
      ['template', 'x', join(folder, 'top'), '-f', join(folder, 'values.yaml')],
      {
        encoding: 'utf8',
      },
    );
    const printed = /"VALUES:(.*)"/.exec(stdout)?.[1];
    if (printed === undefined) throw new Error(stderr);
    const expected = JSON.parse(Buffer.from(printed, 'base64').toString());
    expect(renderValues(top, yaml(values)).values).toEqual(expected);
  });
});

describe('the charts that values leave on', () => {
  it.each([
    ['', ['', 'middle', 'middle.leaf', 'other']],
    ['tags: {backend: false}', ['', 'other']],
    ['other: {up: false}\nmiddle: {leaf: {up: false}}', ['', 'middle']],
    ['off: {never: true}\nother: {up: false}', ['', 'middle', 'middle.leaf', 'other']],
  ])('with %s', (values, expected) => {
    expect(renderValues(top, yaml(values)).charts.map(({ path }) => path.join('.'))).toEqual(expected);
  });
});

function write(chart: ChartTexts, folder: string, template?: string): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  const dependencies = (chart.metadata.dependencies ?? []) as object[];
  const metadata = { apiVersion: 'v2', name: chart.name, version: '1.0.0', dependencies };
  writeFileSync(join(folder, 'Chart.yaml'), JSON.stringify(metadata));
  writeFileSync(join(folder, 'values.yaml'), chart.text);
  if (template !== undefined) {
    const object = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {x: "VALUES:${template.replace('toJson', 'toJson | b64enc')}"}`;
    writeFileSync(join(folder, 'templates', 'values.yaml'), object);
  }
  for (const one of chart.subcharts) write(one, join(folder, 'charts', one.name));
}
