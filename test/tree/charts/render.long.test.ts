import { parseAllDocuments } from 'yaml';
import { deepEqual } from '../../../lib/json/deep-equal';
import type { JsonObject } from '../../../lib/json/json';
import { display, symbol } from '../../../lib/text/symbolic';
import type { Chart, RenderInput } from '../../../lib/tree/charts';
import { findHelm } from '../../../lib/tree/charts/helm-process';
import { makeRender } from '../../../lib/tree/charts/render';
import { chartOf, describeWithHelm, helmTemplate, input, memory, renderWith } from './helm';
import { chartWith, web } from './made-charts';

/** What a chart makes; fails the test where it makes nothing. */
async function objectsOf(path: string, chart: Chart, more: Partial<RenderInput> = {}) {
  const rendering = await renderWith(path)(chart, { ...input, ...more });
  if (rendering.type !== 'rendered') throw new Error(JSON.stringify(rendering));
  return rendering.objects;
}

/** The data of the only object of a chart, as people read it. */
async function dataOf(path: string, template: string, values: JsonObject = {}): Promise<unknown> {
  const [object] = await objectsOf(
    path,
    chartOf(chartWith(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n${template}`)),
    { values },
  );
  return JSON.parse(display(JSON.stringify(object?.value.data)));
}

const names = (objects: Awaited<ReturnType<typeof objectsOf>>) =>
  objects.map(({ value, template, hooks }) => {
    const { name, namespace } = value.metadata as { name: string; namespace?: string };
    return [template, `${value.kind} ${namespace ?? ''}/${name}`, ...hooks].join(' ');
  });

describeWithHelm('rendering charts', (path) => {
  const chart = chartOf(web);

  test('makes the objects of the chart, its subcharts, Lists and definitions, without tests and notes', async () => {
    expect(names(await objectsOf(path, chart)).sort()).toEqual(
      [
        'crds/webs.yaml CustomResourceDefinition /webs.example.org',
        'charts/cache/crds/caches.yaml CustomResourceDefinition /caches.example.org',
        'charts/cache/templates/service.yaml Service apps/web-cache',
        'templates/claim.yaml PersistentVolumeClaim apps/kept',
        'templates/config.yaml ConfigMap apps/listed-1',
        'templates/config.yaml ConfigMap apps/web-config',
        'templates/config.yaml ConfigMap elsewhere/listed-2',
        'templates/deployment.yaml Deployment apps/web-web',
        'templates/hooks.yaml Job apps/web-migrate pre-install pre-upgrade',
        'templates/role.yaml ClusterRole /web',
      ].sort(),
    );
  });

  test('leaves out definitions and hooks that the release does not want', async () => {
    expect(names(await objectsOf(path, chart, { crds: false, hooks: false }))).toEqual([
      'charts/cache/templates/service.yaml Service apps/web-cache',
      'templates/claim.yaml PersistentVolumeClaim apps/kept',
      'templates/config.yaml ConfigMap apps/listed-1',
      'templates/config.yaml ConfigMap apps/web-config',
      'templates/config.yaml ConfigMap elsewhere/listed-2',
      'templates/deployment.yaml Deployment apps/web-web',
      'templates/role.yaml ClusterRole /web',
    ]);
  });

  test.each<[string, JsonObject, readonly string[]]>([
    ['of none', {}, []],
    ['of numbers, large ones too', { replicas: 3, big: 12345678, second: { enabled: true, port: 65535 } }, []],
    [
      'of texts that YAML would read otherwise',
      { env: { A: 'on', B: '0644', C: '1e3', D: '~', E: 'x: y', F: '- {{', G: '\u00e9\u2028\t"' } },
      [],
    ],
    ['null, which takes a default away', { dropped: null, cache: { enabled: false } }, []],
    ['for all charts', { global: { domain: 'example.org' } }, ['example.org/v1/Web']],
    ['booleans, lists and nested maps', { text: { a: [true, null, [1.5, { b: false }]] } }, ['example.org/v1']],
    ['that are templates', { config: '{{ .Values.image | toJson }}' }, []],
  ])('makes what helm template makes with values %s', async (_, values, apiVersions) => {
    const made = await objectsOf(path, chart, { values, apiVersions });
    const printed = helmTemplate(path, chart, { ...input, values, apiVersions });
    const expected = printed
      .split(/^---$/m)
      .flatMap((text) => parseAllDocuments(text, { version: '1.1' }))
      .map((document) => document.toJS() as JsonObject | null)
      .flatMap((value) => (value?.kind === 'List' ? (value.items as JsonObject[]) : [value]))
      .filter((value): value is JsonObject => value !== null && !isLeftOut(value));
    expect(made).toHaveLength(expected.length);
    const plain = made.map(({ value }) => asWritten(value));
    expect(expected.filter((value) => !plain.some((other) => deepEqual(other, value)))).toEqual([]);
  });

  test('takes values of other files of the chart in the place of its own', async () => {
    const made = await objectsOf(path, chart, {
      valuesFiles: ['./values-prod.yaml'],
      crds: false,
      values: { env: { A: 'b' } },
    });
    const deployment = made.find(({ value }) => value.kind === 'Deployment')?.value as { spec: { replicas: number } };
    expect(deployment.spec.replicas).toBe(5);
    expect(names(made)).not.toContain('charts/cache/templates/service.yaml Service apps/web-cache');
  });

  test('fails for a file of values that is not there, unless it may be missing', async () => {
    const render = renderWith(path);
    const wanted = { ...input, valuesFiles: ['values.yaml', 'values-none.yaml'] };
    expect(await render(chart, wanted)).toEqual({
      type: 'failed',
      message: 'the chart has no file values-none.yaml, which valuesFiles names',
    });
    expect(await render(chart, { ...wanted, ignoreMissingValuesFiles: true })).toMatchObject({ type: 'rendered' });
  });

  test('finds what is random, and what follows from it', async () => {
    const template = `  plain: text
  password: {{ randAlphaNum 20 }}
  {{- $own := randAlphaNum 20 }}
  own: {{ $own }}
  again: {{ $own }}
  encoded: {{ $own | b64enc }}
  day: {{ now | date "2006-01-02" | quote }}
  minute: "{{ randInt 0 59 }} 3 * * *"
  id: {{ uuidv4 }}
  file: |
    first: 1
    second: {{ randAlpha 20 }}
    third: now and randInt
  certificate: {{ (genCA "ca" 365).Cert | quote }}
`;
    expect(await dataOf(path, template)).toEqual({
      plain: 'text',
      password: '${apps/web value 1}',
      own: '${apps/web value 2}',
      again: '${apps/web value 2}',
      encoded: '${apps/web value 3}',
      day: '${apps/web value 4}',
      minute: '${apps/web value 5}',
      id: '${apps/web value 6}',
      file: 'first: 1\n${apps/web value 7}\nthird: now and randInt\n',
      certificate: expect.stringContaining('${apps/web value 8}'),
    });
  });

  test('finds what is random by the values alone', async () => {
    const data = await dataOf(path, '  a: {{ tpl .Values.a . }}\n', { a: '{{ randAlphaNum 12 }}' });
    expect(data).toEqual({ a: '${apps/web value 1}' });
  });

  test('says that there may be other objects where their number is random', async () => {
    const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a{{ . }} }\n';
    const template = `{{ range until (int (randInt 1 3)) }}---\n${object}{{ end }}`;
    const rendering = await renderWith(path)(chartOf(chartWith(template)), input);
    expect(rendering).toMatchObject({ type: 'rendered', incomplete: true });
  });

  test('keeps what is not known of the values unknown, and what follows from it', async () => {
    const template = `  host: "www.{{ .Values.host }}"
  upper: {{ .Values.host | upper }}
  port: {{ .Values.port }}
  int: {{ int .Values.port | quote }}
  length: {{ len .Values.port | quote }}
  sum: {{ sha256sum .Values.port }}
  first: {{ .Values.port | trunc 1 | quote }}
  json: {{ .Values | toJson | quote }}
`;
    const values = { host: `${symbol('HOST')}.example.org`, port: symbol('PORT'), known: 1 };
    expect(await dataOf(path, template, values)).toEqual({
      host: 'www.${HOST}.example.org',
      upper: '${apps/web value 1}',
      port: '${PORT}',
      int: '${apps/web value 2}',
      length: '${apps/web value 3}',
      sum: '${apps/web value 4}',
      first: '${apps/web value 5}',
      json: '{"host":"${HOST}.example.org","known":1,"port":"${PORT}"}',
    });
  });

  test('finds a value of which a number is wanted', async () => {
    const template = `  a: {{ if gt .Values.replicas 1.0 }}{{ .Values.replicas }}{{ end }}
  b: {{ addf .Values.replicas 1 | quote }}
`;
    expect(await dataOf(path, template, { replicas: symbol('REPLICAS') })).toEqual({
      a: '${REPLICAS}',
      b: '${apps/web value 1}',
    });
  });

  test('does not say that a release fails where that depends on what is not known', async () => {
    const template = '{{ if ne .Values.mode "a" }}{{ fail "mode must be a" }}{{ end }}';
    const rendering = await renderWith(path)(chartOf(chartWith(template)), {
      ...input,
      values: { mode: symbol('MODE') },
    });
    expect(rendering).toEqual({
      type: 'closed',
      why: 'whether the chart renders depends on values that are not known (templates/all.yaml: the chart says: mode must be a)',
    });
  });

  test('answers lookup with nothing, and says that the chart asks', async () => {
    const template = `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data: { found: {{ lookup "v1" "Secret" "apps" "b" | toJson | quote }} }
`;
    const rendering = await renderWith(path)(chartOf(chartWith(template)), input);
    expect(rendering).toMatchObject({
      type: 'rendered',
      looksUp: true,
      objects: [{ value: { data: { found: '{}' } } }],
    });
  });

  test.each<[string, string, object]>([
    ['the author of the chart', '{{ fail "set a host" }}', { message: 'the chart says: set a host', line: 1 }],
    [
      'required',
      'a: 1\nb: {{ required "host is needed" .Values.host }}',
      { message: 'the chart says: host is needed', line: 2 },
    ],
    [
      'nothing where something is read',
      '\n{{ .Values.a.b.c }}',
      { message: '<.Values.a.b.c>: nil pointer evaluating interface {}.b', line: 2 },
    ],
    ['a function that there is not', '{{ foo }}', { message: 'function "foo" not defined', line: 1 }],
    [
      'YAML that is none',
      'a: b: c',
      { message: expect.stringContaining('mapping values are not allowed in this context') },
    ],
    [
      'a key twice, which kustomize refuses',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, name: b }',
      { message: expect.stringContaining('the key "name" appears twice') },
    ],
    ['an object without kind', 'apiVersion: v1\nmetadata: { name: a }', { message: 'it makes an object without kind' }],
    [
      'an object twice',
      'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: a }',
      { message: 'Secret a is made twice by templates/all.yaml, and Flux installs none of it' },
    ],
  ])('fails for %s', async (_, template, failure) => {
    const rendering = await renderWith(path)(chartOf(chartWith(template)), input);
    expect(rendering).toEqual({ type: 'failed', template: 'templates/all.yaml', ...failure });
  });

  test('fails for a chart that is not whole, and for a Kubernetes that it does not want', async () => {
    const { 'templates/all.yaml': _, ...bare } = chartWith('');
    const needy =
      'apiVersion: v2\nname: small\nversion: 0.1.0\ndependencies: [{ name: b, version: 1.0.0, repository: "" }]\n';
    expect(await renderWith(path)(chartOf({ ...bare, 'Chart.yaml': needy }), input)).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('missing in charts/ directory: b'),
    });
    const newer = 'apiVersion: v2\nname: small\nversion: 0.1.0\nkubeVersion: ">=1.99"\n';
    expect(await renderWith(path)(chartOf({ ...bare, 'Chart.yaml': newer }), input)).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('chart requires kubeVersion: >=1.99'),
    });
  });

  test('repeats no value of a Secret in a message', async () => {
    const template = '{{ fail (printf "wrong: %s, %s" .Values.password (b64enc .Values.password)) }}';
    const values = { password: 'correct horse' };
    const chart = chartOf(chartWith(template));
    expect(await renderWith(path)(chart, { ...input, values, secret: ['correct horse'] })).toMatchObject({
      message: 'the chart says: wrong: (hidden), (hidden)',
    });
  });

  describe('schemas', () => {
    const withSchema = (schema: object) =>
      chartOf(chartWith('', { 'values.yaml': 'port: 80\n', 'values.schema.json': JSON.stringify(schema) }));
    const wrong = { ...input, values: { port: 'http' } };

    test('count only where they are asked for', async () => {
      const chart = withSchema({ properties: { port: { type: 'integer' } } });
      expect(await renderWith(path)(chart, wrong)).toMatchObject({ type: 'rendered' });
      expect(await renderWith(path)(chart, { ...wrong, schema: true })).toMatchObject({
        type: 'failed',
        message: expect.stringContaining('port'),
      });
    });

    test.each(['https://example.org/common.json', 'file:///etc/hostname', '../../../../etc/hostname'])(
      'that need %s are out of reach',
      async ($ref) => {
        const rendering = await renderWith(path)(withSchema({ properties: { port: { $ref } } }), {
          ...wrong,
          schema: true,
        });
        expect(rendering).toEqual({
          type: 'closed',
          why: `values.schema.json refers to ${$ref}, which is out of reach`,
        });
      },
    );
  });

  test('reads nothing outside the chart and asks no network', async () => {
    const template = `  absolute: {{ .Files.Get "/etc/hostname" | quote }}
  above: {{ .Files.Get "../../../../etc/hostname" | quote }}
  all: {{ .Files.Glob "/etc/*" | toJson | quote }}
  host: {{ getHostByName "localhost" | quote }}
`;
    expect(await dataOf(path, template)).toEqual({ absolute: '', above: '', all: '{}', host: '' });
  });

  test.each([
    ['loops without end', '{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}'],
    ['asks for much memory', '{{ range until 1000000000 }}{{ end }}'],
    ['repeats texts', '{{ repeat 1000000000 "aaaa" }}'],
    ['doubles texts', '{{ $x := "a" }}{{ range until 40 }}{{ $x = printf "%s%s" $x $x }}{{ end }}'],
    ['prints much', '{{ range until 10000 }}# {{ repeat 100 "a long line of a comment" }}\n{{ end }}\na: 1'],
  ])('ends what %s', async (_, template) => {
    const store = memory();
    const limits = { time: 2_000, output: 10_000_000, addresses: 2 * 1024 ** 3, processor: 10 };
    const rendering = await makeRender(() => findHelm(store, path, limits), store)(chartOf(chartWith(template)), input);
    expect(rendering.type).toBe('closed');
    expect([...store.kept.keys()].filter((key) => key.startsWith('rendered'))).toEqual([]);
  });
});

/** Without what Helm and Flux add when they install it. */
function asWritten(value: JsonObject): JsonObject {
  const { namespace, ...metadata } = value.metadata as Record<string, JsonObject[string]>;
  const strip = (field: 'labels' | 'annotations') => {
    const own = metadata[field] as JsonObject | undefined;
    const left = Object.entries(own ?? {}).filter(([key]) => !/^meta\.helm\.sh|managed-by$/.test(key));
    if (left.length > 0) metadata[field] = Object.fromEntries(left);
    else delete metadata[field];
  };
  strip('labels');
  strip('annotations');
  return { ...value, metadata: namespace === 'elsewhere' ? { ...metadata, namespace } : metadata };
}

/** Tests, which are dropped, and what lies among definitions and is none. */
function isLeftOut(value: JsonObject): boolean {
  const { name } = value.metadata as { name: string };
  return name === 'test' || name === 'old-test' || name === 'no-definition';
}
