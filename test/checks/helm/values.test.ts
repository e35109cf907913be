import type { Result } from '../../../lib/checks/finding';
import { makeBuild } from '../../../lib/tree/kustomize';
import { fluxKustomization, object } from '../../graph/graph';
import { type FakeChart, fakeCharts } from '../../graph/releases/fake-charts';
import { memory } from '../../tree/kustomize/memory';
import { checkOpened } from '../check-tree';

const draft7 = 'http://json-schema.org/draft-07/schema#';

function chart(schema: object, files: Readonly<Record<string, string>> = {}): Record<string, FakeChart> {
  return {
    web: { version: '1.2.3', files: { 'values.schema.json': JSON.stringify(schema), ...files }, render: () => [] },
  };
}

/** What is said of the values of a release of the chart. */
async function said(
  charts: Record<string, FakeChart>,
  spec: string,
  more = '',
  files: Readonly<Record<string, string>> = {},
  metadata = '',
): Promise<Result> {
  const tree = memory({
    ...files,
    'ks.yaml': fluxKustomization('apps', './apps', 'interval: 1h\nprune: true'),
    'apps/common.yaml':
      object('v1', 'Namespace', 'shop', '', '') +
      object('source.toolkit.fluxcd.io/v1', 'HelmRepository', 'charts', 'spec: { url: https://charts.example.org }'),
    'apps/web.yaml': `${object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'web').replace('name: web', `name: web${metadata}`)}spec:
  interval: 1h
  chart: { spec: { chart: web, version: 1.x, sourceRef: { kind: HelmRepository, name: charts } } }
${spec}${more}`,
  });
  return checkOpened(tree, makeBuild(tree), fakeCharts(charts), {
    only: new Set(['helm/refused-value', 'helm/unread-value']),
  });
}

const lines = ({ findings }: Result) => findings.map(({ line, message }) => `${line}: ${message}`);

describe('what is said of the values of a HelmRelease', () => {
  const schema = {
    $schema: draft7,
    required: ['host'],
    properties: { replicas: { type: 'integer' }, mode: { enum: ['one', 'two'] } },
  };

  it('is that they lack what the schema asks for, and what it refuses', async () => {
    expect(lines(await said(chart(schema), '  values: { replicas: many }\n'))).toEqual([
      '9: the values lack `host`',
      '9: `replicas` must be an integer, and is a string',
    ]);
  });

  it('is nothing of what is lacking where some of them are not known', async () => {
    const from = '  valuesFrom: [{ kind: Secret, name: unknown }]\n  values: { replicas: many }\n';
    expect(lines(await said(chart(schema), from))).toEqual(['10: `replicas` must be an integer, and is a string']);
  });

  it('shows nothing of a Secret', async () => {
    const secret = object(
      'v1',
      'Secret',
      'own',
      'stringData:\n  values.yaml: |\n    host: a\n    mode: swordfish-12\n    replicas: 4711.5\n',
    );
    const { findings } = await said(
      chart({ ...schema, properties: { ...schema.properties, replicas: { maximum: 3 } } }),
      '  valuesFrom: [{ kind: Secret, name: own }]\n',
      secret,
    );
    expect(findings).toMatchObject([
      { line: 17, message: '`mode` must be "one" or "two"', frame: [] },
      { line: 18, message: '`replicas` must be at most 3', frame: [] },
    ]);
  });

  it('shows no value whose key tells of a secret', async () => {
    const passwords = { $schema: draft7, properties: { password: { minLength: 20 }, user: { minLength: 20 } } };
    expect(lines(await said(chart(passwords), '  values:\n    password: swordfish\n    user: me\n'))).toEqual([
      '10: `password` must have at least 20 characters',
      '11: `user` is "me" and must have at least 20 characters',
    ]);
  });

  it('is at the values of a chart within it, where that is on', async () => {
    const files = {
      'Chart.yaml': 'name: web',
      'charts/db/Chart.yaml': 'name: db',
      'charts/db/values.schema.json': JSON.stringify({ $schema: draft7, properties: { size: { type: 'string' } } }),
    };
    const { findings } = await said(chart({}, files), '  values:\n    db:\n      size: 1\n');
    expect(findings).toMatchObject([
      {
        line: 11,
        message: '`db.size` must be a string, and is an integer',
        remedy: 'Write it in quotes.',
        chain: ['HelmRelease/web', 'chart web/db 1.2.3 values.schema.json'],
      },
    ]);
  });

  it('says once which schemas lie elsewhere', async () => {
    const { unknowns } = await said(chart({ allOf: [{ $ref: 'https://example.org/a.json' }] }), '  values: {}\n');
    expect(unknowns.map(({ message }) => message)).toContain(
      'values.schema.json of chart web 1.2.3 refers to https://example.org/a.json, which is not fetched: what is said there of values is not checked',
    );
  });

  it('is where the key of a ConfigMap stands that no template reads', async () => {
    const map = object('v1', 'ConfigMap', 'own', 'data:\n  values.yaml: |\n    host: a\n    hots: b\n');
    const files = { 'templates/all.yaml': '{{ .Values.host }}' };
    const { findings } = await said(chart({}, files), '  valuesFrom: [{ kind: ConfigMap, name: own }]\n', map);
    expect(findings).toMatchObject([
      {
        line: 17,
        message: '`hots` is read by no template of chart web 1.2.3',
        chain: ['HelmRelease/web', 'ConfigMap/own'],
      },
    ]);
  });

  it('is what was meant where the chart does not render without it', async () => {
    const files = { 'templates/all.yaml': '{{ required "host is required" .Values.host }}' };
    const web: FakeChart = { files, render: () => ({ type: 'failed', message: 'host is required' }) };
    const { findings } = await said({ web }, '  values:\n    hots: a\n');
    expect(findings).toMatchObject([
      { line: 10, message: '`hots` is read by no template of chart web 1.0.0; did you mean `host`?' },
    ]);
  });

  it('is in the file that a ConfigMap is generated of', async () => {
    const files = {
      'apps/kustomization.yaml': `
resources: [common.yaml, web.yaml]
configMapGenerator:
  - name: own
    namespace: shop
    files: [values.yaml=./helm/web.yaml]
generatorOptions: { disableNameSuffixHash: true }
`,
      'apps/helm/web.yaml': 'host: a\nhots: b\nreplicas: many\n',
    };
    const charts = chart(schema, { 'templates/all.yaml': '{{ .Values.host }}{{ .Values.replicas }}' });
    const { findings } = await said(charts, '  valuesFrom: [{ kind: ConfigMap, name: own }]\n', '', files);
    expect(findings).toMatchObject([
      { file: 'apps/helm/web.yaml', line: 2, message: '`hots` is read by no template of chart web 1.2.3' },
      { file: 'apps/helm/web.yaml', line: 3, message: '`replicas` must be an integer, and is a string' },
    ]);
  });

  it('is suppressed at the HelmRelease, wherever the value is written', async () => {
    const web = chart({}, { 'templates/all.yaml': '{{ .Values.host }}' });
    const map = object('v1', 'ConfigMap', 'own', 'data:\n  values.yaml: |\n    hots: b\n');
    const from = '  valuesFrom: [{ kind: ConfigMap, name: own }]\n';
    const ignored = ', annotations: { espalier/ignore: "helm/unread-value: of the next version" }';
    expect(lines(await said(web, from, map))).toHaveLength(1);
    expect(lines(await said(web, from, map, {}, ignored))).toEqual([]);
  });
});
