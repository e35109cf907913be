import { textsOf } from '../../../../lib/graph/releases';
import type { JsonObject } from '../../../../lib/json/json';
import { typescriptOf } from '../../../../lib/report/charts/typescript';
import { type ChartTypes, chartTypes } from '../../../../lib/systems/helm/value-types';

function typesIn(files: Readonly<Record<string, string>>, metadata: JsonObject = {}): ChartTypes {
  const all = new Map(Object.entries(files));
  return chartTypes(textsOf({ files: all, metadata }), all);
}

/** The types of a chart's values as TypeScript, from the first one on. */
function typesOf(files: Readonly<Record<string, string>>, metadata: JsonObject = {}): string {
  return printed(typesIn(files, metadata));
}

function printed(types: ChartTypes): string {
  const chart = { name: 'shop', version: '1.0.0', digest: 'sha256:1', description: undefined, location: undefined };
  const text = typescriptOf({ ...chart, types });
  return text.slice(text.indexOf('export interface'));
}

const schema = (value: object) => ({ 'values.schema.json': JSON.stringify(value) });

describe('from values.yaml', () => {
  test('a value may be replaced by what is like it; what is empty takes anything of its kind', () => {
    const values = `
replicas: 2
debug: false
level: info
tag: "1.2"
name: ""
port: 80
memory: 128Mi
nothing:
map: {}
list: []
hosts: [a, b]
args: [a, 1]
from:
  - name: a
    port: 1
  - name: b
    path: /
on: yes
`;
    expect(typesOf({ 'values.yaml': values })).toBe(`export interface ShopValues {
  /** @default 2 */
  readonly replicas?: number | null;
  /** @default false */
  readonly debug?: boolean | null;
  /** @default "info" */
  readonly level?: HelmText | null;
  /** @default "1.2" */
  readonly tag?: HelmText | number | null;
  readonly name?: HelmText | number | null;
  /** @default 80 */
  readonly port?: HelmText | number | null;
  /** @default "128Mi" */
  readonly memory?: HelmText | number | null;
  readonly nothing?: unknown;
  readonly map?: { readonly [key: string]: unknown } | null;
  readonly list?: readonly unknown[] | null;
  /** @default ["a","b"] */
  readonly hosts?: readonly HelmText[] | null;
  /** @default ["a",1] */
  readonly args?: readonly (HelmText | number)[] | null;
  readonly from?: readonly {
    readonly name?: HelmText;
    readonly port?: HelmText | number;
    readonly path?: HelmText;
    readonly [key: string]: unknown;
  }[] | null;
  /** @default true */
  readonly true?: boolean | null;
  readonly [key: string]: unknown;
}
`);
  });

  test('comments become docs: the lines above a key, by whichever convention', () => {
    const values = `# Licence of the chart

# A sentence of nobody's convention.
# A second line.
plain: a b
# -- (string) With a mark
# and more
# @default -- something else
marked: a b
## @param image.tag [string] The image's tag
## @param image.digest The image's digest
##
image:
  tag: a b
  digest: b
# @schema
# type: string
# @schema
# Behind a schema
schema: a
trailing: a # -- At the end of the line
examples: []
#  - name: a
#    value: b
after: 1
# ref: https://example.org
# NOTE: a sentence, too
referred: a
# key: value
commented: a
`;
    expect(typesOf({ 'values.yaml': values })).toBe(`export interface ShopValues {
  /**
   * A sentence of nobody's convention.
   * A second line.
   * @default "a b"
   */
  readonly plain?: HelmText | null;
  /**
   * With a mark
   * and more
   * @default "a b"
   */
  readonly marked?: HelmText | null;
  readonly image?: {
    /**
     * The image's tag
     * @default "a b"
     */
    readonly tag?: HelmText | null;
    /**
     * The image's digest
     * @default "b"
     */
    readonly digest?: HelmText | null;
    readonly [key: string]: unknown;
  } | null;
  /**
   * Behind a schema
   * @default "a"
   */
  readonly schema?: HelmText | null;
  /**
   * At the end of the line
   * @default "a"
   */
  readonly trailing?: HelmText | null;
  readonly examples?: readonly unknown[] | null;
  /** @default 1 */
  readonly after?: number | null;
  /**
   * ref: https://example.org
   * NOTE: a sentence, too
   * @default "a"
   */
  readonly referred?: HelmText | null;
  /** @default "a" */
  readonly commented?: HelmText | null;
  readonly [key: string]: unknown;
}
`);
  });

  test('a text ends no comment, hides nothing, and turns nothing around', () => {
    const text = typesOf({ 'values.yaml': '# ends */ \u202e here\n"a-b\'*/": x\n' });
    expect(text).toBe(`export interface ShopValues {
  /**
   * ends *\\/   here
   * @default "x"
   */
  readonly 'a-b\\'*/'?: HelmText | null;
  readonly [key: string]: unknown;
}
`);
  });

  test('what a template takes for another kind may be of that kind', () => {
    expect(
      typesOf({
        'values.yaml': 'secret:\n  token: a\n',
        'templates/a.yaml':
          '{{ if kindIs "string" .Values.secret }}{{ .Values.secret }}{{ else }}{{ .Values.secret.token }}{{ end }}',
      }),
    ).toBe(`export interface ShopValues {
  readonly secret?: {
    /** @default "a" */
    readonly token?: HelmText | null;
    readonly [key: string]: unknown;
  } | HelmText | null;
}
`);
  });

  const context = {
    'values.yaml': 'context:\n  user: a\n',
    'charts/lib/Chart.yaml': 'name: lib\ntype: library\n',
    'charts/other/Chart.yaml': 'name: other\n',
    'templates/_helpers.tpl':
      '{{ define "shop.user" }}{{ .it.user }}{{ end }}{{ define "shop.all" }}{{ toYaml .it }}{{ end }}',
  };
  const metadata = { dependencies: [{ name: 'lib' }] };

  test.each([
    ['is used as a whole', '{{ toYaml .Values.context | nindent 8 }}'],
    ['goes to a template that uses it as a whole', '{{ include "shop.all" (dict "it" .Values.context) }}'],
    ['is ranged over', '{{- range $key, $value := .Values.context }}{{ $key }}{{ end }}'],
    ['is looked into by a name nobody knows', '{{ index .Values.context .Release.Name }}'],
    [
      'a library uses',
      '{{ include "lib.context" . }}',
      '{{ define "lib.context" }}{{ toYaml .Values.context }}{{ end }}',
    ],
    ['a condition alone asks for', '{{- if .Values.context }}{{ end }}'],
    ['another chart reads, if any', '{{ .Values.other }}'],
  ])('an object that %s takes further keys', (_, template, library = '') => {
    const files = { ...context, 'templates/a.yaml': template, 'charts/lib/templates/_a.tpl': library };
    expect(typesOf(files, metadata)).toContain(
      'readonly user?: HelmText | null;\n    readonly [key: string]: unknown;\n  } | null;',
    );
  });

  test.each([
    [
      'is read by its keys',
      '{{ .Values.context.user }} {{ (.Values.context).user }} {{ index .Values "context" "user" }}',
    ],
    [
      'is read so, and a condition asks for it',
      '{{- if .Values.context }}{{ with .Values.context }}{{ .user }}{{ end }}{{ end }}',
    ],
    ['goes to a template that reads it so', '{{ include "shop.user" (dict "it" .Values.context) }}'],
    ['is named in a comment besides', '{{/* .Values.context */}}{{ .Values.context.user }}'],
  ])('an object that %s does not', (_, template) => {
    expect(typesOf({ ...context, 'templates/a.yaml': template }, metadata)).toContain(`export interface ShopValues {
  readonly context?: {
    /** @default "a" */
    readonly user?: HelmText | null;
  } | null;
`);
  });

  test('of lists and maps that are ranged over, the keys that are read are known', () => {
    const template =
      '{{ range .Values.hosts }}{{ .host }}{{ .path }}{{ end }}{{ range $name, $one := .Values.apps }}{{ $one.port }}{{ end }}';
    const files = {
      'values.yaml': 'hosts:\n  - host: a\napps:\n  web: {}\n  api:\n    port: 1\n',
      'templates/a.yaml': template,
    };
    expect(typesOf(files)).toBe(`export interface ShopValues {
  readonly hosts?: readonly {
    readonly host?: HelmText;
    readonly path?: unknown;
  }[] | null;
  readonly apps?: {
    readonly web?: { readonly [key: string]: unknown } | null;
    readonly api?: {
      /** @default 1 */
      readonly port?: HelmText | number | null;
    } | null;
    readonly [key: string]: unknown;
  } | null;
}
`);
  });

  test('what templates read is known although the values only have it in a comment', () => {
    const template =
      '{{ with .Values.service.clusterIP }}{{ . }}{{ end }}{{ .Values.fullnameOverride }}{{ .Values.a.b }}';
    expect(
      typesOf({ 'values.yaml': 'service:\n  # clusterIP: None\n  port: 80\n', 'templates/a.yaml': template }),
    ).toBe(
      `export interface ShopValues {
  readonly service?: {
    /** @default 80 */
    readonly port?: HelmText | number | null;
    readonly clusterIP?: unknown;
  } | null;
  readonly fullnameOverride?: unknown;
  readonly a?: {
    readonly b?: unknown;
  };
}
`,
    );
  });
});

describe('from values.schema.json', () => {
  test('types, choices and descriptions; values.yaml has defaults, order, and what the schema leaves out', () => {
    const properties = {
      level: { enum: ['info', 'debug', null], description: 'How much is told.' },
      replicas: { type: ['integer', 'null'], title: 'Copies' },
      mode: { const: 'fast' },
      port: { 'x-kubernetes-int-or-string': true },
      any: {},
      off: false,
      tuple: { type: 'array', items: [{ type: 'string' }, { type: 'boolean' }], additionalItems: false },
      pair: { prefixItems: [{ type: 'number' }, { type: 'string' }], items: false },
      old: { type: 'string', deprecated: true },
      labels: { additionalProperties: { type: 'string' } },
      ports: { patternProperties: { '^x': { type: 'integer' } }, additionalProperties: false },
      nullable: { type: 'string', nullable: true },
    };
    const values = 'shown: 1\nreplicas: 2\nany: true\nlevel: info\n';
    expect(
      typesOf({ ...schema({ type: 'object', properties }), 'values.yaml': values }),
    ).toBe(`export interface ShopValues {
  /** @default 1 */
  readonly shown?: number | null;
  /**
   * Copies
   * @default 2
   */
  readonly replicas?: number | null;
  /** @default true */
  readonly any?: boolean | null;
  /**
   * How much is told.
   * @default "info"
   */
  readonly level?: 'info' | 'debug' | null;
  readonly mode?: 'fast';
  readonly port?: HelmText | number;
  readonly tuple?: readonly (HelmText | boolean)[];
  readonly pair?: readonly (number | HelmText)[];
  /** @deprecated */
  readonly old?: HelmText;
  readonly labels?: { readonly [key: string]: HelmText };
  readonly ports?: { readonly [key: string]: number };
  readonly nullable?: HelmText | null;
  readonly [key: string]: unknown;
}
`);
  });

  test('entries of lists and maps need what is required; what the defaults or valuesFrom may give is optional', () => {
    const entry = {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' } },
      additionalProperties: false,
    };
    const properties = { one: entry, list: { type: 'array', items: entry }, map: { additionalProperties: entry } };
    expect(typesOf(schema({ properties, required: ['one'] }))).toBe(`export interface ShopValues {
  readonly one?: {
    readonly name?: HelmText;
  };
  readonly list?: readonly {
    readonly name: HelmText;
  }[];
  readonly map?: { readonly [key: string]: {
    readonly name: HelmText;
  } };
  readonly [key: string]: unknown;
}
`);
  });

  test('schemas that are put together: allOf is of both, anyOf and oneOf of one', () => {
    const properties = {
      all: {
        allOf: [
          { properties: { a: { type: 'string' } } },
          { properties: { b: { type: 'number' } }, additionalProperties: false },
        ],
      },
      one: {
        oneOf: [
          { type: 'string' },
          { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
        ],
      },
      either: {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        additionalProperties: false,
        anyOf: [{ required: ['a'] }, { required: ['b'] }],
      },
      narrowed: { type: ['string', 'null'], anyOf: [{ enum: ['a', 'b'] }, { type: 'null' }] },
    };
    expect(typesOf(schema({ properties }))).toBe(`export interface ShopValues {
  readonly all?: {
    readonly a?: HelmText;
    readonly b?: number;
  };
  readonly one?: HelmText | {
    readonly a?: HelmText;
  };
  readonly either?: {
    readonly a?: HelmText;
    readonly b?: HelmText;
  };
  readonly narrowed?: 'a' | 'b' | null;
  readonly [key: string]: unknown;
}
`);
  });

  test('references lead to definitions, files of the chart and the addresses that they give themselves; they may hold themselves', () => {
    const files = {
      ...schema({
        $id: 'https://example.org/shop/values.schema.json',
        properties: {
          tree: { $ref: '#/definitions/tree' },
          text: { $ref: '#/definitions/text' },
          probe: { $ref: 'schemas/pod.json#/probe' },
          other: { $ref: 'https://example.org/shop/schemas/pod.json#/probe' },
          anchor: { $ref: '#kind' },
          common: { $ref: 'https://example.org/common.json' },
        },
        definitions: {
          tree: { type: 'object', properties: { left: { $ref: '#/definitions/tree' } }, additionalProperties: false },
          text: { type: 'string' },
          kind: { $anchor: 'kind', enum: ['a', 'b', 'c', 'd'] },
        },
      }),
      'schemas/pod.json': JSON.stringify({
        probe: { properties: { port: { type: 'integer' } }, additionalProperties: false },
      }),
      'charts/common/values.schema.json': JSON.stringify({ $id: 'https://example.org/common.json', type: 'boolean' }),
    };
    expect(typesOf(files)).toBe(`export interface ShopValues {
  readonly tree?: ShopTree;
  readonly text?: HelmText;
  readonly probe?: ShopProbe;
  readonly other?: ShopProbe;
  readonly anchor?: ShopKind;
  readonly common?: boolean;
  readonly [key: string]: unknown;
}

export type ShopKind = 'a' | 'b' | 'c' | 'd';

export interface ShopProbe {
  readonly port?: number;
}

export interface ShopTree {
  readonly left?: ShopTree;
}
`);
  });

  test('what lies outside of the chart is unknown, and said', () => {
    const { unreached, ...types } = typesIn(
      schema({
        properties: {
          a: { $ref: 'https://example.org/a.json#/x' },
          b: { $ref: '../secret.json' },
          c: { $ref: '#/none' },
        },
      }),
    );
    expect(unreached).toEqual(['https://example.org/a.json#/x', 'secret.json', 'values.schema.json#/none']);
    expect(printed({ ...types, unreached })).toBe(`export interface ShopValues {
  readonly a?: unknown;
  readonly b?: unknown;
  readonly c?: unknown;
  readonly [key: string]: unknown;
}
`);
  });

  test('a schema that goes on for ever ends', () => {
    const definitions = { a: { allOf: [{ $ref: '#/definitions/b' }] }, b: { allOf: [{ $ref: '#/definitions/a' }] } };
    expect(typesOf(schema({ properties: { a: { $ref: '#/definitions/a' } }, definitions }))).toBe(
      'export interface ShopValues {\n  readonly a?: unknown;\n  readonly [key: string]: unknown;\n}\n',
    );
  });
});

describe('subcharts', () => {
  const metadata: JsonObject = {
    dependencies: [
      { name: 'redis', alias: 'cache', condition: 'cache.enabled,global.cache', tags: ['data'] },
      { name: 'absent' },
      { name: 'lib' },
    ],
  };
  const files = {
    'values.yaml': 'cache:\n  size: 2\n',
    'charts/redis/Chart.yaml': 'name: redis\n',
    'charts/redis/values.yaml':
      '# Its size\nsize: 1\nresources:\n  limits: {}\nglobal:\n  # The registry of all\n  registry: a\n',
    'charts/redis/templates/a.yaml': '{{ toYaml .Values.resources }}',
    'charts/lib/Chart.yaml': 'name: lib\ntype: library\n',
    'charts/lib/values.yaml': 'example: 1\n',
  };

  test('stand below their names or aliases, with what the chart above sets, what turns them on, and what all see', () => {
    expect(typesOf(files, metadata)).toBe(`export interface ShopValues {
  readonly cache?: {
    /**
     * Its size
     * @default 2
     */
    readonly size?: HelmText | number | null;
    readonly resources?: {
      readonly limits?: { readonly [key: string]: unknown } | null;
      readonly [key: string]: unknown;
    } | null;
    readonly enabled?: boolean;
  } | null;
  readonly global?: {
    /**
     * The registry of all
     * @default "a"
     */
    readonly registry?: HelmText | null;
    readonly cache?: boolean;
    readonly [key: string]: unknown;
  } | null;
  readonly tags?: {
    readonly data?: boolean;
  };
  readonly absent?: { readonly [key: string]: unknown };
}
`);
  });

  test('those that are not there are named', () => {
    expect(typesIn(files, metadata).missing).toEqual(['absent']);
  });
});

describe('what is made to go on for ever ends', () => {
  const times = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i));

  test('aliases that stand for each other many times', () => {
    const lines = times(20, (i) => `a${i + 1}: &a${i + 1} {${times(10, (k) => `k${k}: *a${i}`).join(', ')}}`);
    expect(typesOf({ 'values.yaml': ['a0: &a0 {k: 1}', ...lines].join('\n') })).toContain('readonly a20?: unknown;\n');
  });

  test('choices of choices', () => {
    const choice = (i: number) => ({
      anyOf: times(10, (k) => `k${i}-${k}`).map((key) => ({ properties: { [key]: {} } })),
    });
    const a = { allOf: Array.from({ length: 12 }, (_, i) => choice(i)) };
    expect(typesOf(schema({ properties: { a } }))).toContain('readonly a?: ');
  });

  test('templates that read more keys than anybody writes', () => {
    const files = { 'templates/a.yaml': times(100_000, (i) => `{{ .Values.k${i} }}`).join('') };
    expect(typesOf(files)).toBe('export interface ShopValues {\n  readonly [key: string]: unknown;\n}\n');
  });
});
