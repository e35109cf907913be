import { asksForKinds, bringsKinds } from '../../../lib/graph/releases/api-versions';
import { judgedValues } from '../../../lib/graph/releases/judged-values';
import type { Chart } from '../../../lib/tree/charts/chart';

const files = new Map([
  ['values.yaml', 'size: 1\n'],
  ['values.schema.json', '{ "properties": { "size": { "type": "integer" } } }'],
  ['templates/a.yaml', 'size: {{ .Values.size }}\nkinds: {{ .Capabilities.APIVersions.Has "a/v1" }}\n'],
]);

test('what is kept of a chart and of values held against it is told without a look into the chart', () => {
  const kept = new Map<string, string>();
  const keep: Chart['keep'] = (key, make) => {
    const text = kept.get(key) ?? JSON.stringify(make());
    kept.set(key, text);
    return JSON.parse(text);
  };
  const chart = { name: 'web', version: '1.0.0', digest: 'sha256:web', metadata: { name: 'web' }, archive: '', keep };
  const closed: Chart = {
    ...chart,
    get files(): never {
      throw new Error('it is unpacked');
    },
  };
  const told = (one: Chart, values: { size: string; siez?: number }) => [
    asksForKinds(one, {}),
    bringsKinds(one),
    judgedValues({
      chart: one,
      input: {
        release: { name: 'web', namespace: 'apps' },
        values,
        valuesFiles: [],
        kubeVersion: '1.36.0',
        apiVersions: [],
        crds: true,
        hooks: true,
      },
      uncertain: undefined,
    }),
  ];
  const first = told({ ...chart, files }, { size: 'large', siez: 2 });
  expect(first).toEqual([
    true,
    false,
    {
      refused: [expect.objectContaining({ chart: 'web', path: ['size'] })],
      outside: [],
      unread: [{ path: ['siez'], meant: undefined }],
    },
  ]);
  expect(told(closed, { size: 'large', siez: 2 })).toEqual(first);
  expect(() => told(closed, { size: 'small' })).toThrow('it is unpacked');
});
