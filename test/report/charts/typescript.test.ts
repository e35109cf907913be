import { textsOf } from '../../../lib/graph/releases';
import type { JsonObject } from '../../../lib/json/json';
import { type ImportedFile, typescriptOf } from '../../../lib/report/charts/typescript';
import { chartTypes } from '../../../lib/systems/helm/value-types';

const typesOf = (files: ReadonlyMap<string, string>, metadata: JsonObject = {}) =>
  chartTypes(textsOf({ files, metadata }), files);

const chart = (props: Partial<ImportedFile> = {}): ImportedFile => ({
  name: 'shop',
  version: '1.0.0',
  digest: 'sha256:abc',
  description: 'Sells things',
  location: { oci: 'oci://example.org/charts/shop' },
  types: typesOf(new Map([['values.yaml', 'level: info\n']])),
  ...props,
});

test('a file names the chart, where it is and which, and the types of its values', () => {
  expect(typescriptOf(chart())).toBe(`// Made by \`espalier import\`. Run it again instead of changing this file.
import type { HelmText, ImportedChart } from 'cdk8s-espalier';

/**
 * Chart shop 1.0.0.
 * Sells things
 */
export const shopChart: ImportedChart<ShopValues> = {
  oci: 'oci://example.org/charts/shop',
  version: '1.0.0',
  digest: 'sha256:abc',
};

/** The values of chart shop 1.0.0. */
export interface ShopValues {
  /** @default "info" */
  readonly level?: HelmText | null;
  readonly [key: string]: unknown;
}
`);
});

test('where nobody knows where the chart is there are types alone, and what is not known of them is said', () => {
  const files = new Map([['values.schema.json', '{"properties":{"a":{"$ref":"https://example.org/a.json"}}}']]);
  const types = typesOf(files, { dependencies: [{ name: 'db' }] });
  expect(
    typescriptOf(chart({ location: undefined, types })),
  ).toBe(`// Made by \`espalier import\`. Run it again instead of changing this file.
// Not read, since it lies outside of the chart: https://example.org/a.json. What it describes is unknown here.
// The subchart db is not among the chart's files: its values are unknown here.

/** The values of chart shop 1.0.0 (sha256:abc). */
export interface ShopValues {
  readonly a?: unknown;
  readonly db?: { readonly [key: string]: unknown };
}
`);
});

test.each([
  ['app-template', 'appTemplateChart', 'AppTemplateValues'],
  ['2048', 'chart2048Chart', 'Chart2048Values'],
  ['Default', 'defaultChart', 'DefaultValues'],
  ['a.b_c', 'aBCChart', 'ABCValues'],
])('the chart %s is %s, its values %s', (name, variable, type) => {
  expect(typescriptOf(chart({ name }))).toContain(`export const ${variable}: ImportedChart<${type}> = {`);
});

test("a chart's words stay in comments and texts", () => {
  const text = typescriptOf(
    chart({
      version: "1.0.0'; evil()",
      digest: 'sha256:\u2028evil()',
      description: '*/ evil() /*\u2028evil()\r\nevil()',
      location: { oci: 'oci://example.org/`${evil()}`' },
    }),
  );
  expect(text.split('\n').slice(3, 15)).toEqual([
    '/**',
    " * Chart shop 1.0.0'; evil().",
    ' * *\\/ evil() /* evil()',
    ' * evil()',
    ' */',
    'export const shopChart: ImportedChart<ShopValues> = {',
    "  oci: 'oci://example.org/`${evil()}`',",
    "  version: '1.0.0\\'; evil()',",
    "  digest: 'sha256:\\u2028evil()',",
    '};',
    '',
    "/** The values of chart shop 1.0.0'; evil(). */",
  ]);
});

test('a schema that says everything twice as often as it is long is refused', () => {
  const all = Array.from({ length: 30 }, (_, i) => [
    `d${i}`,
    {
      allOf: [
        {
          properties: {
            a: { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { properties: { x: {} } }] },
            b: { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { properties: { y: {} } }] },
          },
        },
      ],
    },
  ]);
  const schema = {
    properties: { a: { $ref: '#/$defs/d0' } },
    $defs: Object.fromEntries([...all, ['d30', { properties: { z: {} } }]]),
  };
  const types = typesOf(new Map([['values.schema.json', JSON.stringify(schema)]]));
  expect(() => typescriptOf(chart({ types }))).toThrow(
    "the chart's schema describes more values than can be written as types",
  );
});
