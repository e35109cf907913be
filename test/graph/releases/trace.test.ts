import { traceFields } from '../../../lib/graph/releases/trace';
import type { JsonObject } from '../../../lib/json/json';
import { pathText } from '../../../lib/json/path-text';
import { at, textAt } from '../../../lib/json/read';
import type { RenderInput } from '../../../lib/tree/charts/chart';
import { fakeCharts } from './fake-charts';

const template = 'templates/all.yaml';

/** Where the fields of what a chart makes come from, and how often it was rendered for that. */
async function traced(values: JsonObject, render: (values: JsonObject) => JsonObject[], paths: readonly string[]) {
  const charts = fakeCharts({ app: { render: (input) => render(input.values) } });
  const chart = await charts.open({ type: 'repository', url: '', name: 'app', version: '' });
  if ('type' in chart) throw new Error(chart.why);
  const input = { values, release: { name: 'app', namespace: 'apps' } } as unknown as RenderInput;
  const contents = {
    type: 'opened',
    chart,
    input,
    objects: [],
    uncertain: undefined,
    looksUp: false,
    key: undefined,
    incomplete: false,
  } as const;
  const [object] = render(values);
  const resource = { value: object, chart: { template } };
  const fields = paths.map((path) => ({ resource, path: path.split('.') })) as never[];
  const found = await traceFields(charts, contents, fields);
  return {
    found: Object.fromEntries(fields.map((field, i) => [paths[i], pathText(found.get(field) ?? ['none'])])),
    renderings: charts.inputs.length,
  };
}

const object = (data: JsonObject, name = 'app'): JsonObject => ({ kind: 'ConfigMap', metadata: { name }, data });

describe('the values that fields are made of', () => {
  it('are found where they are printed, alone and among others', async () => {
    const values = { db: { secret: 'shop-db' }, hosts: ['a.example.org'], port: 8080, unused: 'shop-db-2' };
    const render = (of: JsonObject) => [
      object({
        secret: at(of, 'db', 'secret') ?? null,
        url: `https://${textAt(of, 'hosts', 0)}:${at(of, 'port')}/`,
        port: at(of, 'port') ?? null,
        fixed: 'shop',
      }),
    ];
    expect(await traced(values, render, ['data.secret', 'data.port', 'data.fixed', 'data.url'])).toEqual({
      found: { 'data.secret': 'db.secret', 'data.port': 'port', 'data.fixed': 'none', 'data.url': 'none' },
      renderings: 2,
    });
  });

  it('are found of several in what they lie in', async () => {
    const values = { image: { repository: 'shop', tag: 'v1' } };
    const render = (of: JsonObject) => [
      object({ image: `${textAt(of, 'image', 'repository')}:${textAt(of, 'image', 'tag')}` }),
    ];
    expect((await traced(values, render, ['data.image'])).found).toEqual({ 'data.image': 'image' });
  });

  it('are found where a template looks at others, of which the chart makes something else', async () => {
    const values = { kind: 'web', name: 'web', other: 'web' };
    const render = (of: JsonObject) => [
      object({
        name: at(of, 'name') ?? null,
        ...(of.kind === 'web' ? { more: at(of, 'other') ?? null } : { worker: 'x' }),
      }),
    ];
    const { found, renderings } = await traced(values, render, ['data.name', 'data.more']);
    expect(found).toEqual({ 'data.name': 'name', 'data.more': 'other' });
    expect(renderings).toBe(6);
  });

  it('are found where they name the object', async () => {
    const values = { name: 'shop' };
    const render = (of: JsonObject) => [object({ self: at(of, 'name') ?? null }, textAt(of, 'name') ?? '')];
    expect((await traced(values, render, ['data.self', 'metadata.name'])).found).toEqual({
      'data.self': 'name',
      'metadata.name': 'name',
    });
  });

  it('are none where the chart does not render with a mark', async () => {
    const render = (of: JsonObject) => (of.a === 'one' ? [object({ a: 'one' })] : []);
    expect(await traced({ a: 'one' }, render, ['data.a'])).toEqual({ found: { 'data.a': 'none' }, renderings: 2 });
  });

  it('are not looked for where no value may be meant', async () => {
    expect(await traced({ a: 'one' }, () => [object({ b: 'two' })], ['data.b'])).toEqual({
      found: { 'data.b': 'none' },
      renderings: 0,
    });
  });
});
