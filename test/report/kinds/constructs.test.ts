import { ApiObject, App, Chart } from 'cdk8s';
import { schemaStore } from '../../../lib/graph/schema';
import { kindTypes } from '../../../lib/graph/schema/kind-types';
import type { Json } from '../../../lib/json/json';
import { constructsText, kindsOfConstructs } from '../../../lib/report/kinds/constructs';
import { compile } from '../../constructs/compile';

/** The constructs of kinds with these fields in their spec, by `Kind version`. */
function textOf(kinds: Readonly<Record<string, Readonly<Record<string, Json>>>>): string {
  const store = schemaStore(undefined);
  const schemas = Object.entries(kinds).map(([id, properties]) => {
    const [kind = '', version = ''] = id.split(' ');
    const spec = { type: 'object', required: ['size'].filter((name) => name in properties), properties };
    const openAPIV3Schema = {
      type: 'object',
      required: spec.required.length > 0 ? ['spec'] : [],
      properties: { spec },
    };
    const versions = [{ name: version, served: true, schema: { openAPIV3Schema } }];
    store.add({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      spec: { group: 'acme.example', names: { kind }, scope: 'Namespaced', versions },
    });
    const found = store.lookup(`acme.example/${version}`, kind);
    if (found.state !== 'found') throw new Error(id);
    return found.schema;
  });
  return constructsText(kindTypes(schemas, true));
}

const size = { type: 'integer' };
const widget = textOf({
  'Widget v1': {
    size,
    color: { type: 'string', enum: ['red', 'blue'] },
    loadBalancerIP: { 'x-kubernetes-int-or-string': true },
    parts: { type: 'array', items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
  },
});

test('a class for each kind, with fields in the words of the API and what is required', () => {
  expect(widget).toBe(`// Made by \`espalier import\`, do not edit. Run it again for other definitions.
import { ApiObject, type ApiObjectMetadata, type GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';

/** Widget of acme.example/v1. */
export class Widget extends ApiObject {
  /** Its apiVersion and kind. */
  static readonly GVK: GroupVersionKind = { apiVersion: 'acme.example/v1', kind: 'Widget' };

  /** The object, to stand within another. */
  static manifest(props: WidgetProps): any {
    return { ...Widget.GVK, ...props };
  }

  constructor(scope: Construct, id: string, props: WidgetProps) {
    super(scope, id, { ...Widget.GVK, ...props });
  }
}

export interface WidgetProps {
  metadata?: ApiObjectMetadata;
  spec: WidgetSpec;
}

export interface WidgetSpec {
  size: number;
  color?: 'red' | 'blue' | null;
  loadBalancerIP?: string | number | null;
  parts?: readonly { name: string }[] | null;
}
`);
  expect(kindsOfConstructs(widget)).toEqual(['acme.example/v1/Widget']);
});

test('of a kind that lies in no namespace, that of the chart is left out', () => {
  const object = new ApiObject(new Chart(new App(), 'a', { namespace: 'shop' }), 'b', {
    apiVersion: 'a/v1',
    kind: 'A',
  });
  expect(object.toJson().metadata.namespace).toBe('shop');
  const kinds = new Map([['acme.example/v1/Widget', { type: 'object', keys: new Map(), others: 'none' } as const]]);
  expect(constructsText(kinds, () => true)).toContain(`    super(scope, id, { ...Widget.GVK, ...props });
  }

  /** It lies in no namespace. */
  override toJson(): any {
    const object = super.toJson();
    delete object.metadata.namespace;
    return object;
  }
}
`);
});

test('the compiler refuses what the definition does; names that break other code do not break the file', () => {
  const odd = { constructor: size, "it's */ ${x}\n": { type: 'string', enum: ["'", '*/', '\u2028'] }, '': size };
  const kinds = ['Object', 'Construct', 'ApiObject', 'Widget', 'WidgetProps', 'WidgetSpec', 'NaN', 'Array', 'Record'];
  const all = textOf(Object.fromEntries([...kinds.map((kind) => [`${kind} v1`, odd]), ['Widget v1beta1', odd]]));
  const lines = [
    "import type { Construct } from 'constructs';",
    "import { Widget } from './widget';",
    "import { ObjectV1, Widget as Other, WidgetPropsV1, WidgetV1beta1 } from './all';",
    'declare const on: Construct;',
    "new Widget(on, 'a', { metadata: { name: 'a' }, spec: { size: 1, color: 'red', parts: [{ name: 'b' }] } });",
    "new Widget(on, 'b', { spec: { size: 1, colour: 'red' } });",
    "new Widget(on, 'c', { spec: { size: 1, color: 'green' } });",
    "new Widget(on, 'd', { spec: { parts: [] } });",
    "new Widget(on, 'e', {});",
    "new Other(on, 'f', { spec: { constructor: 1, '': 2 } });",
    "new ObjectV1(on, 'g'); new WidgetPropsV1(on, 'h'); new WidgetV1beta1(on, 'i');",
  ];
  expect(compile(lines, { 'widget.ts': widget, 'all.ts': all })).toEqual([
    "6: TS2561: Object literal may only specify known properties, but 'colour' does not exist in type 'WidgetSpec'. Did you mean to write 'color'?",
    `7: TS2322: Type '"green"' is not assignable to type '"blue" | "red" | null | undefined'.`,
    "8: TS2741: Property 'size' is missing in type '{ parts: never[]; }' but required in type 'WidgetSpec'.",
    "9: TS2741: Property 'spec' is missing in type '{}' but required in type 'WidgetProps'.",
  ]);
});
