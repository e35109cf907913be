import { printProgram } from '../../../lib/adopt/print/program';
import { type CodeObject, type Construction, Handle, Member, type Program } from '../../../lib/adopt/program';
import { shareRepeats } from '../../../lib/adopt/share/share';
import { compile } from '../../constructs/compile';

/** An app as code says it that repeats what others say. */
interface AppOptions {
  readonly kustomization?: CodeObject;
  readonly chart?: CodeObject;
  readonly release?: CodeObject;
}

const layerSelector = { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' };

function appOf(name: string, { kustomization = {}, chart = {}, release = {} }: AppOptions): Construction[] {
  const made = (className: string, id: string, props: CodeObject, scope?: Construction['scope']): Construction => ({
    className,
    scope,
    id,
    props,
    variable: className === 'OciRepository' ? 'chart' : 'kustomization',
  });
  const settings = { interval: '1h', prune: true, wait: false, targetNamespace: name, ...kustomization };
  const app = made('FluxKustomization', name, settings);
  const directory = new Member(app, 'directory', undefined);
  const spec = {
    interval: '15m',
    layerSelector,
    ref: { tag: '5.1.0' },
    url: 'oci://ghcr.io/acme/app-template',
    ...chart,
  };
  const source = made('OciRepository', 'ocirepository', { name, spec }, directory);
  const props = { name, chart: { ref: new Handle(source, name) }, interval: '30m', ...release, values: { host: name } };
  return [app, source, made('HelmRelease', 'helmrelease', props, directory)];
}

function programOf(apps: Readonly<Record<string, AppOptions>>): Program {
  const modules = Object.entries(apps).map(([name, options]) => ({
    path: `apps/${name}.ts`,
    name,
    cluster: 'home',
    constructions: appOf(name, options),
  }));
  return { app: { outdir: '.' }, clusters: [{ name: 'home', props: {} }], modules };
}

function printed(program: Program, taken: readonly string[] = []) {
  const shared = shareRepeats(program, { path: 'common.ts', taken: new Set(taken), typeArguments: new Map() });
  const { modules } = printProgram(program, { shared });
  return { common: modules.get('common.ts') ?? '', of: (name: string) => modules.get(`apps/${name}.ts`) ?? '' };
}

const alike = { a: {}, b: {}, c: {}, d: {}, e: {} };
const many = { ...alike, f: {}, g: {}, h: {}, i: {}, j: {} };

test('alike Kustomizations, and releases of one chart with their sources, are made by functions; what is given wins', () => {
  const { common, of } = printed(programOf({ ...many, other: { kustomization: { wait: true, timeout: '5m' } } }));
  expect(common).toMatchInlineSnapshot(`
"import {
  type Cluster,
  type Directory,
  FluxKustomization,
  type FluxKustomizationProps,
  HelmRelease,
  type HelmReleaseSettings,
  type HelmValues,
  OciRepository,
} from 'cdk8s-espalier';

/** A FluxKustomization with what most here have in common. */
export function appKustomization(scope: Cluster, id: string, props: FluxKustomizationProps) {
  return new FluxKustomization(scope, id, { interval: '1h', prune: true, wait: false, ...props });
}

/** A HelmRelease of app-template, with the OciRepository that has it. */
export function appTemplate(
  scope: Directory,
  { name, ...props }: HelmReleaseSettings<HelmValues> & { readonly name: string },
) {
  const repository = new OciRepository(scope, 'ocirepository', {
    name,
    spec: {
      interval: '15m',
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      ref: { tag: '5.1.0' },
      url: 'oci://ghcr.io/acme/app-template',
    },
  });
  return new HelmRelease(scope, 'helmrelease', { name, chart: { ref: repository }, interval: '30m', ...props });
}
"
`);
  expect(of('a')).toMatchInlineSnapshot(`
"import type { Cluster } from 'cdk8s-espalier';
import { appKustomization, appTemplate } from '../common';

export function a(cluster: Cluster) {
  const kustomization = appKustomization(cluster, 'a', { targetNamespace: 'a' });
  appTemplate(kustomization.directory, { name: 'a', values: { host: 'a' } });
}
"
`);
  expect(of('other')).toContain(
    "appKustomization(cluster, 'other', { targetNamespace: 'other', wait: true, timeout: '5m' });",
  );
});

test('of several charts each source has what is its own, where the pattern of Renovate finds it', () => {
  const charts = Object.keys(many).map((name, i) => {
    const chart = { ref: { tag: `1.${i}.0` }, url: `oci://ghcr.io/acme/${name}` };
    return [name, { chart }] as const;
  });
  const { common, of } = printed(programOf(Object.fromEntries(charts)));
  expect(common.slice(common.indexOf('/** A HelmRelease'))).toMatchInlineSnapshot(`
"/** A HelmRelease of a chart, with the OciRepository that has it. */
export function helmRelease(
  scope: Directory,
  { name, chart, ...props }: HelmReleaseSettings<HelmValues> & {
    readonly name: string;
    readonly chart: Omit<OciRepositoryProps['spec'], 'interval' | 'layerSelector'>;
  },
) {
  const repository = new OciRepository(scope, 'ocirepository', {
    name,
    spec: {
      interval: '15m',
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      ...chart,
    },
  });
  return new HelmRelease(scope, 'helmrelease', { name, chart: { ref: repository }, interval: '30m', ...props });
}
"
`);
  expect(of('b')).toContain(
    "  helmRelease(kustomization.directory, {\n    name: 'b',\n    chart: { ref: { tag: '1.1.0' }, url: 'oci://ghcr.io/acme/b' },\n",
  );
});

test('what is printed compiles', () => {
  const one = printed(programOf({ ...many, z: { kustomization: { wait: true } } }));
  const several = printed(
    programOf(
      Object.fromEntries(Object.keys(many).map((name) => [name, { chart: { url: `oci://ghcr.io/acme/${name}` } }])),
    ),
  );
  const texts = {
    'a.ts': one.of('a').replace('../common', './one'),
    'b.ts': several.of('b').replace('../common', './several'),
    'one.ts': one.common,
    'several.ts': several.common,
  };
  const lines = ["import { a } from './a';", "import { b } from './b';", 'export const made = { a, b };'];
  expect(compile(lines, texts)).toEqual([]);
});

test('what has the fields that YAML keeps in another order is said by itself', () => {
  const { modules, ...program } = programOf({ ...many, z: {} });
  const turned = modules.map((module) => ({
    ...module,
    constructions: module.constructions.map((one) => {
      const { layerSelector: first, ...spec } = (one.props?.spec ?? {}) as CodeObject;
      if (module.name !== 'z' || one.className !== 'OciRepository') return one;
      return Object.assign(one, { props: { name: 'z', spec: { layerSelector: first, ...spec } } });
    }),
  }));
  const { of } = printed({ ...program, modules: turned });
  expect(of('z')).toContain("new OciRepository(kustomization.directory, 'ocirepository', {");
});

test('fewer than five make no function, and names that main.ts has are left to it', () => {
  const { a, b, c, d } = alike;
  expect(printed(programOf({ a, b, c, d })).common).not.toContain('function');
  const { common } = printed(programOf(many), ['appTemplate']);
  expect(common.match(/function \w+/g)).toEqual(['function appKustomization', 'function appTemplateRelease']);
});

test('a source that stands before another construct keeps its place, unless lists of resources are sorted', () => {
  const between = (program: Program): Program => ({
    ...program,
    modules: program.modules.map((module) => {
      const [app, source, release] = module.constructions as [Construction, Construction, Construction];
      const secret = { className: 'Manifest', scope: source.scope, id: 'secret', props: {}, variable: 'secret' };
      return { ...module, constructions: [app, source, secret, release] };
    }),
  });
  expect(printed(between(programOf(many))).of('a')).toContain('const chart = appTemplateRepository(');
  const sorted = { ...programOf(many), app: { outdir: '.', sortResources: true } };
  expect(printed(between(sorted)).of('a')).not.toContain('const chart');
});

test('the type of imported values is named where releases are made', () => {
  const program = programOf(many);
  const releases = program.modules.flatMap(({ constructions }) =>
    constructions.filter(({ className }) => className === 'HelmRelease'),
  );
  const type = { name: 'AppTemplateValues', from: 'imports/charts/app-template' };
  const typeArguments = new Map(releases.map((one) => [one, type]));
  const shared = shareRepeats(program, { path: 'common.ts', taken: new Set(), typeArguments });
  const { modules } = printProgram(program, { shared, typeArguments });
  const importing = [...modules].filter(([, text]) => text.includes("'../imports/charts/app-template'"));
  expect(importing.map(([path]) => path)).toEqual(['common.ts']);
  expect([...modules.values()].join('').match(/import .*AppTemplateValues/g)).toHaveLength(1);
});
