import { compile } from './compile';

const kinds = `
import type { ManifestText } from 'cdk8s-espalier';
declare module 'cdk8s-espalier' {
  interface Kinds {
    'acme.example/v1/Widget': { readonly spec?: Widget };
  }
}
interface Widget {
  readonly size: number;
  readonly color?: 'red' | 'blue';
  readonly secret?: { readonly name: ManifestText };
  readonly parts?: readonly Widget[];
}
`;

test('the compiler knows the fields of the kinds that a project has added, and leaves those of others open', () => {
  const text = [
    "import { type Cluster, ExternalSecret, Manifest, Secret } from 'cdk8s-espalier';",
    "import './kinds';",
    'declare const on: Cluster, made: ExternalSecret;',
    "const secret = Secret.named('shop', { keys: ['password'] });",
    "const widget = { apiVersion: 'acme.example/v1', kind: 'Widget' } as const;",
    "new Manifest(on, 'a', { apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { labels: { a: 'b' } }, spec: { size: 1, color: 'red', secret: { name: secret } } });",
    "new Manifest(on, 'b', { ...widget, spec: { size: 1, parts: [{ size: 2, secret: { name: secret.key('password') } }] } });",
    "new Manifest(on, 'c', { apiVersion: 'acme.example/v1', kind: 'Widget', spec: { size: 1, colour: 'red' } });",
    "new Manifest(on, 'd', { apiVersion: 'acme.example/v1', kind: 'Widget', spec: { size: 1, color: 'green' } });",
    "new Manifest(on, 'e', { apiVersion: 'acme.example/v1', kind: 'Widget', spec: { size: '1' } });",
    "new Manifest(on, 'f', { apiVersion: 'acme.example/v1', kind: 'Widget', sepc: { size: 1 } });",
    "new Manifest(on, 'g', { apiVersion: 'acme.example/v1', kind: 'Widget', spec: {} });",
    "new Manifest(on, 'h', { apiVersion: 'acme.example/v2', kind: 'Widget', spec: { colour: secret, size: [] }, status: null, rules: [] });",
    "new Manifest(on, 'i', { apiVersion: 'v1' as string, kind: 'List', items: [widget], metadata: null });",
    "new Manifest(on, 'j', { kind: 'Widget' });",
    "const manifest = new Manifest(on, 'k', { apiVersion: 'v1', kind: 'Secret', stringData: { a: '' } });",
    "manifest.secret(['a']).key('b');",
    'const any: Manifest = manifest;',
    "new Manifest(on, 'l', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: manifest, namespace: 'a', finalizers: [] }, data: {} });",
    "new Manifest<string>(on, 'n', { apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { description: 'a' }, spec: { colour: 'red' } });",
    "new Manifest(on, 'm', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: ['a'] } });",
  ];
  expect(compile(text, { 'kinds.ts': kinds })).toEqual([
    "8: TS2561: Object literal may only specify known properties, but 'colour' does not exist in type 'Widget'. Did you mean to write 'color'?",
    `9: TS2322: Type '"green"' is not assignable to type '"blue" | "red" | undefined'.`,
    "10: TS2322: Type 'string' is not assignable to type 'number'.",
    `11: TS2353: Object literal may only specify known properties, and 'sepc' does not exist in type 'ManifestObject<"acme.example/v1", "Widget">'.`,
    "12: TS2741: Property 'size' is missing in type '{}' but required in type 'Widget'.",
    `15: TS2345: Argument of type '{ kind: "Widget"; }' is not assignable to parameter of type 'ManifestObject<string, "Widget">'.`,
    `17: TS2345: Argument of type '"b"' is not assignable to parameter of type '"a"'.`,
    "21: TS2322: Type 'string[]' is not assignable to type 'Readonly<Record<string, HelmText | null>>'.",
  ]);
});

test('a class of a kind that a project has added takes its spec, with handles', () => {
  const text = [
    "import { type Directory, kind, Secret } from 'cdk8s-espalier';",
    "import './kinds';",
    'declare const on: Directory;',
    "const secret = Secret.named('shop', { keys: ['password'] });",
    "class Widget extends kind('acme.example/v1', 'Widget') {}",
    "new Widget(on, 'a', { labels: { a: 'b' }, spec: { size: 1, color: 'red', secret: { name: secret } } });",
    "new Widget(on, 'b', { spec: { size: 1, colour: 'red' } });",
    "new Widget(on, 'c', { spec: {} });",
    "new Widget(on, 'd', { spec: { size: 1 }, metadata: {} });",
    "class Other extends kind('acme.example/v2', 'Widget') {}",
    "new Other(on, 'e', { spec: { colour: secret } });",
  ];
  expect(compile(text, { 'kinds.ts': kinds })).toEqual([
    "7: TS2561: Object literal may only specify known properties, but 'colour' does not exist in type 'Widget'. Did you mean to write 'color'?",
    "8: TS2741: Property 'size' is missing in type '{}' but required in type 'Widget'.",
    "9: TS2353: Object literal may only specify known properties, and 'metadata' does not exist in type 'KindProps<\"acme.example/v1/Widget\">'.",
  ]);
});
