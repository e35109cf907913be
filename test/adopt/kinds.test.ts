import { kindsOf } from '../../lib/adopt/print/kinds';
import { printProgram } from '../../lib/adopt/print/program';
import { Call, type CodeObject, Commented, type Construction, Handle, type Program } from '../../lib/adopt/program';
import { compile } from '../constructs/compile';
import { builtins } from '../graph/schema/schema';

function manifest(variable: string, apiVersion: string, kind: string, fields: CodeObject): Construction {
  const props = { apiVersion, kind, metadata: { name: variable }, ...fields };
  return { className: 'Manifest', scope: undefined, id: variable, variable, props };
}

function programOf(...constructions: readonly Construction[]): Program {
  const modules = [{ path: 'shop.ts', name: 'shop', cluster: 'home', constructions }];
  return { app: { outdir: '.' }, clusters: [{ name: 'home', props: {} }], modules };
}

const config = manifest('config', 'v1', 'ConfigMap', { data: { a: 'b' } });
const right = manifest('right', 'apps/v1', 'Deployment', {
  spec: {
    replicas: 3,
    selector: { matchLabels: { a: 'b' } },
    template: {
      spec: { containers: [{ name: 'a', envFrom: [{ configMapRef: { name: new Handle(config, 'config') } }] }] },
    },
  },
});
const wrong = manifest('wrong', 'apps/v1', 'Deployment', {
  spec: { replicas: new Commented('3', ['three']) },
});
const newer = manifest('newer', 'cilium.io/v2', 'CiliumNetworkPolicy', { spec: { unheardOf: {} } });
const older = manifest('older', 'cilium.io/v2alpha1', 'CiliumL2AnnouncementPolicy', {
  spec: { loadBalancerIPs: true },
});

test('a program compiles against the kinds that it has: what is not of its kind is not held against it', () => {
  const program = programOf(config, right, wrong, newer, older);
  const { text = '', untyped } = kindsOf(program, builtins, '');
  expect([...untyped]).toEqual([wrong]);
  expect(text.match(/^ {4}'.*$/gm)).toEqual([
    "    'apps/v1/Deployment': Deployment;",
    "    'cilium.io/v2alpha1/CiliumL2AnnouncementPolicy': CiliumL2AnnouncementPolicy;",
    "    'v1/ConfigMap': ConfigMap;",
  ]);
  const shop =
    printProgram(program, { typeArguments: new Map([...untyped].map((one) => [one, { name: 'string' }])) }).modules.get(
      'shop.ts',
    ) ?? '';
  expect(shop).toContain("new Manifest<string>(cluster, 'wrong'");
  const lines = (code: string) => ["import './kinds';", ...code.split('\n')];
  expect(compile(lines(shop), { 'kinds.ts': text })).toEqual([]);
  const typed = compile(lines(shop.replace('<string>', '')), { 'kinds.ts': text });
  expect(typed.join()).toContain("Type 'string' is not assignable to type 'number'");
});

test('a variable fits a number', () => {
  const replicas = new Call('variable', ['REPLICAS'], '${REPLICAS}');
  const program = programOf(manifest('a', 'apps/v1', 'Deployment', { spec: { replicas } }));
  expect(kindsOf(program, builtins, '').untyped.size).toBe(0);
});

test('kinds that the file has stay in it, and kinds that nobody knows are open', () => {
  const { text } = kindsOf(programOf(right), builtins, '');
  const after = kindsOf(programOf(config), builtins, text ?? '').text;
  expect(after).toBe(kindsOf(programOf(right, config), builtins, '').text);
  const unknown = programOf(manifest('b', 'acme.example/v1', 'Widget', { any: [] }));
  expect(kindsOf(unknown, builtins, '')).toEqual({ text: undefined, untyped: new Set() });
});
