import { importedValues, typeArgumentsOf } from '../../lib/adopt/imported-values';
import { printProgram } from '../../lib/adopt/print/program';
import type { WrittenObject } from '../../lib/adopt/survey';
import { textAt } from '../../lib/json/read';
import { readImport } from '../../lib/report/charts/read-typescript';
import { typescriptOf } from '../../lib/report/charts/typescript';
import type { ObjectType } from '../../lib/systems/helm/value-types';
import { fluxKustomization, object } from '../graph/graph';
import { adopted } from './adopted';

const values: ObjectType = {
  type: 'object',
  keys: new Map([
    ['level', { type: { type: 'text' } }],
    ['replicas', { type: { type: 'number' } }],
  ]),
  others: 'none',
};

/** What `espalier import` writes of such a chart. */
function imported(name: string, location: Readonly<Record<string, string>>) {
  const types = { values, definitions: new Map(), missing: [], unreached: [] };
  const text = typescriptOf({ name, version: '1.2.3', digest: 'sha256:abc', description: '', location, types });
  return { ...(readImport(text) as NonNullable<ReturnType<typeof readImport>>), path: `imports/charts/${name}` };
}

const imports = [
  imported('app', { oci: 'oci://example.org/charts/app/' }),
  imported('shop', { repository: 'https://example.org/charts', name: 'shop' }),
  imported('own', { folder: 'charts/own' }),
];

const ociRepository = (name: string, url: string) =>
  object(
    'source.toolkit.fluxcd.io/v1',
    'OCIRepository',
    name,
    `spec: { interval: 1h, url: "${url}", ref: { tag: 2.0.0 } }`,
  );
const release = (name: string, spec: string) =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, `spec: { interval: 1h, ${spec} }`);
const ofRef = (name: string, said: string) =>
  release(name, `chartRef: { kind: OCIRepository, name: ${name.replace(/-.*/, '')} }, values: ${said}`);
const ofChart = (name: string, chart: string, source: string, said: string) =>
  release(name, `chart: { spec: { chart: ${chart}, sourceRef: { ${source} } } }, values: ${said}`);

/** The type arguments of the releases of a tree, and why others have none. */
function typed(releases: string) {
  const { result, found } = adopted({
    'clusters/home/apps.yaml': fluxKustomization(
      'apps',
      './apps',
      'postBuild: { substitute: { N: "3" } }',
      'flux-system',
    ),
    'apps/web/shop.yaml': releases,
    'apps/web/sources.yaml':
      ociRepository('app', 'oci://example.org/charts/app') +
      ociRepository('other', 'oci://example.org/charts/other') +
      object(
        'source.toolkit.fluxcd.io/v1',
        'HelmRepository',
        'example',
        'spec: { url: "https://example.org/charts/" }',
      ),
  });
  const { types, misfits } = importedValues(result.program, found, imports);
  return {
    code: [
      ...printProgram(result.program, {
        typeArguments: typeArgumentsOf([], types, '.js'),
        folder: 'code',
      }).modules.values(),
    ].join(''),
    types: Object.fromEntries(
      [...types].map(([{ of }, { typeName }]) => [textAt((of as WrittenObject).value, 'metadata', 'name'), typeName]),
    ),
    misfits: misfits.map(({ object: { value }, why }) => `${textAt(value, 'metadata', 'name')}: ${why}`),
  };
}

test('a release of an imported chart has values of its types, whichever version it is of', () => {
  const { code, types, misfits } = typed(
    ofRef('app-1', '{ level: info, replicas: 2 }') +
      ofChart('shop', 'shop', 'kind: HelmRepository, name: example', '{ replicas: 2 }') +
      ofChart('own', './charts/own', 'kind: GitRepository, name: flux-system, namespace: flux-system', '{}') +
      ofChart('else', 'else', 'kind: HelmRepository, name: example', '{ level: 1 }') +
      ofRef('other', '{ level: 1 }'),
  );
  expect(types).toEqual({ 'app-1': 'AppValues', shop: 'ShopValues', own: 'OwnValues' });
  expect(misfits).toEqual([]);
  expect(code).toContain("import type { AppValues } from '../../imports/charts/app.js';\n");
  expect(code).toContain('new HelmRelease<AppValues>(');
  expect(code.match(/new HelmRelease\(/g)).toHaveLength(2);
});

test('values that would not compile stay untyped, and it is said why; a variable fits a number', () => {
  const { types, misfits } = typed(
    ofRef('app-1', '{ levl: info }') + ofRef('app-2', '{ replicas: "2" }') + ofRef('app-3', '{ replicas: "${N}" }'),
  );
  expect(types).toEqual({ 'app-3': 'AppValues' });
  expect(misfits).toEqual([
    'app-1: values.levl is not of AppValues (chart 1.2.3)',
    'app-2: values.replicas is not of AppValues (chart 1.2.3)',
  ]);
});
