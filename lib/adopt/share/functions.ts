import { groupBy } from '../../text/group-by';
import { camel } from '../names';
import { printValue } from '../print/value';
import {
  argumentsOf,
  Call,
  type Code,
  type CodeObject,
  type CommonFunction,
  type Construction,
  Handle,
  isCodeObject,
  type Program,
  type SharedFunction,
  type TypeArgument,
  usedBy,
} from '../program';
import { type Common, commonIn, type Properties } from './common';

/** A construction that a function may make, perhaps with the source of its chart. */
interface Maker {
  readonly one: Construction;
  readonly source: Construction | undefined;
  readonly props: CodeObject;
  readonly typeArgument: TypeArgument | undefined;
}

/** What is printed of a construction that a function makes. */
export interface FunctionCall {
  readonly by: SharedFunction;
  readonly rest: CodeObject;
  /** The source of its chart, which the function makes, too. */
  readonly source: Construction | undefined;
}

const ofSource: Properties = { maps: ['spec'], own: ['name', 'namespace'], required: ['spec'] };

/** The classes whose constructs functions make: what each one has of its own, the maps in it, and what types ask for. */
const classes: Readonly<Record<string, Properties>> = {
  FluxKustomization: {
    maps: [],
    own: [
      'name',
      'namespace',
      'targetNamespace',
      'components',
      'dependsOn',
      'postBuild',
      'kustomizationFile',
      'healthChecks',
      'applies',
    ],
    required: [],
  },
  OciRepository: ofSource,
  HelmRepository: ofSource,
  GitRepository: ofSource,
  HelmRelease: { maps: [], own: ['name', 'namespace', 'values', 'valuesFrom', 'dependsOn'], required: ['chart'] },
};

function propertiesOf({ one, source, props }: Maker): Properties | undefined {
  const properties = classes[one.className];
  if (properties === undefined || one.className !== 'HelmRelease') return properties;
  // Whether a version is asked for depends on the chart.
  return {
    ...properties,
    maps: source ? ['chart'] : [],
    own: [...properties.own, ...('version' in props ? ['chart', 'version'] : [])],
  };
}

/** So many lines make a function worth reading. */
const leastSaved = 10;

/** Functions for what is alike, and by construction how it is called. */
export function sharedFunctions(
  { modules, app }: Program,
  typeArguments: ReadonlyMap<Construction, TypeArgument>,
  free: (options: readonly string[]) => string | undefined,
): { readonly functions: readonly SharedFunction[]; readonly calls: ReadonlyMap<Construction, FunctionCall> } {
  const all = modules.flatMap(({ constructions }) => constructions);
  const uses = groupBy(
    all.flatMap(({ props }) => [...new Set(usedBy(props as Code | undefined))]),
    (used) => used,
  );
  const makers = modules.flatMap(({ constructions }) =>
    makersIn(constructions, typeArguments, uses, app.sortResources === true),
  );
  const functions: CommonFunction[] = [];
  const calls = new Map<Construction, FunctionCall>();
  const add = (alike: readonly Maker[], names: readonly string[]): void => {
    const left = alike.filter(({ one }) => !calls.has(one));
    const [first] = left;
    const properties = first && propertiesOf(first);
    if (first === undefined || properties === undefined) return;
    const common = commonIn(
      left.map((of) => ({ of, props: of.props })),
      properties,
    );
    const name = common && common.saved >= leastSaved ? free(names) : undefined;
    if (common === undefined || name === undefined) return;
    const by = functionOf(name, common);
    functions.push(by);
    for (const { of, rest } of common.members) calls.set(of.one, { by, rest, source: of.source });
  };
  for (const ofClass of groupBy(makers, kindOf).values()) {
    // Those of one chart first.
    for (const [url, alike] of groupBy(ofClass, urlOf)) if (url !== '') add(alike, namesOf(alike[0] as Maker, url));
    add(ofClass, namesOf(ofClass[0] as Maker, ''));
  }
  return { functions, calls };
}

/** What is alike at most: of a class, and of a type. */
function kindOf({ one, source, props, typeArgument }: Maker): string {
  return [one.className, source?.id, typeArgument?.name, 'version' in props].join();
}

function makersIn(
  constructions: readonly Construction[],
  typeArguments: ReadonlyMap<Construction, TypeArgument>,
  uses: ReadonlyMap<Construction, readonly Construction[]>,
  isSorted: boolean,
): Maker[] {
  const found = constructions.flatMap((one, i) => {
    if (!(one.className in classes)) return [];
    const [props = {}] = argumentsOf(one);
    const typeArgument = typeArguments.get(one);
    const source = sourceOf(one);
    // It is made later by the function than by itself, which lists of resources tell that are in the order of the code.
    const isBefore =
      source !== undefined && (isSorted ? constructions.includes(source) : constructions[i - 1] === source);
    const chart = isBefore && uses.get(source)?.length === 1 ? chartOf(one, source) : undefined;
    return [
      chart
        ? { one, source, props: { ...props, chart }, typeArgument }
        : { one, source: undefined, props, typeArgument },
    ];
  });
  const sources = new Set(found.flatMap(({ source }) => source ?? []));
  return found.filter(({ one }) => !sources.has(one));
}

/** The source of a release's chart. */
function sourceOf({ className, props }: Construction): Construction | undefined {
  const { ref, ...others } = (props?.chart ?? {}) as CodeObject;
  const isAlone = className === 'HelmRelease' && ref instanceof Handle && Object.keys(others).length === 0;
  return isAlone && ref.to.className === 'OciRepository' ? ref.to : undefined;
}

/** The spec of the source of a release which stands beside it, and is called like it. */
function chartOf(release: Construction, source: Construction): CodeObject | undefined {
  const [{ name, spec, ...more } = {}] = argumentsOf(source);
  const isPlain = Object.keys(more).length === 0 && (source.comment ?? []).length === 0 && isCodeObject(spec);
  const isAlike = typeof name === 'string' && name === release.props?.name && isSame(source, release);
  return isPlain && isAlike && scopeClass(source) !== 'File' ? spec : undefined;
}

function isSame({ scope: a }: Construction, { scope: b }: Construction): boolean {
  const text = (scope: Construction['scope']) =>
    scope === undefined || 'className' in scope ? scope?.variable : printValue(scope, '', 0, (to) => to.variable);
  return text(a) === text(b);
}

/** Where the chart of a release, or a source, comes from: its address, or the name of its source. */
function urlOf({ one, props }: Maker): string {
  const { url, ref } = (one.className === 'OciRepository' ? props.spec : (props.chart ?? {})) as CodeObject;
  if (ref instanceof Handle) return ref.to.className === 'OciRepository' ? ref.to.variable : '';
  const named = ref instanceof Call && ref.name === 'OciRepository.named' ? ref.args[0] : url;
  return typeof named === 'string' ? named : '';
}

function namesOf({ one: { className }, source }: Maker, url: string): string[] {
  const last = camel(url.split('/').pop() as string);
  if (url !== '') return className === 'HelmRelease' ? [last, `${last}Release`] : [`${last}Repository`];
  if (className === 'HelmRelease') return source ? ['helmRelease', 'chartRelease'] : ['helmRelease', 'plainRelease'];
  return [
    className === 'FluxKustomization'
      ? 'appKustomization'
      : `${className.charAt(0).toLowerCase()}${className.slice(1)}`,
  ];
}

function functionOf(name: string, { fields, inside, members }: Common<Maker>): CommonFunction {
  const [{ of: first }] = members as [(typeof members)[number]];
  const ids = new Set(members.map(({ of }) => of.one.id));
  return {
    name,
    className: first.one.className,
    typeArgument: first.typeArgument,
    scopes: [...new Set(members.map(({ of }) => scopeClass(of.one)))].sort(),
    id: ids.size === 1 ? first.one.id : undefined,
    fields,
    inside,
    source: first.source?.id,
    needsNothing: members.some(({ rest }) => Object.keys(rest).length === 0),
  };
}

/** What a construct is made in. A member of another construct is the folder of a Kustomization. */
export function scopeClass({ scope }: Construction): string {
  if (scope === undefined) return 'Cluster';
  return 'className' in scope ? scope.className : 'Directory';
}
