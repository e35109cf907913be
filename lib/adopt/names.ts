import * as api from '../index';
import { groupBy } from '../text/group-by';
import type { Draft } from './draft';
import type { Code } from './program';
import { usedBy } from './program';

/** What a name cannot be in TypeScript, and what the code imports or names itself. */
const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in ' +
    'instanceof new null return super switch this throw true try typeof var void while with as implements interface let package private ' +
    'protected public static yield any boolean constructor declare get module require number set string symbol type from of async await ' +
    'app cluster settings undefined arguments eval'
  ).split(' '),
);

/** Names that nothing may have in code which imports from the package. */
export function reservedNames(): Set<string> {
  return new Set([...reserved, ...Object.keys(api)]);
}

/** `rook-ceph.cluster` → `rookCephCluster`, `${APP}-tls` → `appTls`. */
export function camel(text: string): string {
  const words = text
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word));
  const name = words
    .map((word, i) => (i === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}

/** What the constant of one of several Clusters is called: `staging`, `newCluster`. */
export function clusterVariable(name: string): string {
  const plain = camel(name);
  return reserved.has(plain) ? `${plain}Cluster` : plain;
}

/**
 * Gives each function and each constant that is used a name of its own. What other modules use, main.ts hands on: its name is taken in
 * all of them.
 */
export function identifiers<
  M extends { name: string; readonly names: readonly string[]; readonly constructions: readonly Draft[] },
>(modules: readonly M[], known: ReadonlySet<string> = new Set()): readonly M[] {
  const taken = new Set([...reservedNames(), ...known]);
  for (const module of modules) module.name = free(taken, [...module.names, `${module.names[0]}App`]);
  const home = new Map(modules.flatMap((module) => module.constructions.map((one) => [one, module] as const)));
  const used = new Set<Draft>();
  const shared = new Set<Draft>();
  for (const module of modules) {
    for (const one of module.constructions.flatMap(usesOf)) {
      used.add(one);
      if (home.get(one) !== module) shared.add(one);
    }
  }
  for (const one of shared) one.variable = free(taken, [baseOf(one), withRole(one), withFolder(one)]);
  for (const module of modules) {
    const names = new Set(taken);
    const own = groupBy(
      module.constructions.filter((one) => used.has(one) && !shared.has(one)),
      roleOf,
    );
    for (const [role, [first, ...others]] of own) {
      if (others.length === 0) first.variable = free(names, [role, withRole(first), withFolder(first)]);
      else for (const one of [first, ...others]) one.variable = free(names, namesAmongOthers(one));
    }
  }
  return modules;
}

/** What a construct is in the module that has one of its class. */
const roles: Readonly<Record<string, string>> = {
  FluxKustomization: 'kustomization',
  HelmRelease: 'release',
  HelmRepository: 'repository',
  OciRepository: 'chart',
  OCIRepository: 'chart',
  HelmChart: 'chart',
  ExternalSecret: 'secret',
  PostgresCluster: 'database',
  HttpRoute: 'route',
  HTTPRoute: 'route',
};

function roleOf({ className, props }: Draft): string {
  const kind = className === 'Manifest' && typeof props?.kind === 'string' ? props.kind : className;
  return (
    roles[kind] ?? roles[className] ?? camel(kind.replace(/^[A-Z]+(?=[A-Z][a-z])/, (letters) => letters.toLowerCase()))
  );
}

/** The name of the object, of the folder, of the file. */
function baseOf({ className, id, variable }: Draft): string {
  return className === 'File' ? camel((id.split('/').pop() as string).replace(/\.ya?ml$/, '')) : variable;
}

function withRole(one: Draft): string {
  const [base, role] = [baseOf(one), roleOf(one)];
  return base.toLowerCase().endsWith(role.toLowerCase()) ? base : base + role.charAt(0).toUpperCase() + role.slice(1);
}

function withFolder(one: Draft): string {
  const { scope } = one;
  const { id } = scope === undefined ? one : 'className' in scope ? scope : scope.of;
  return camel(`${id.split('/').pop()}-${withRole(one)}`);
}

/** Where several are of a class: objects of any kind and folders are known by their names alone. */
function namesAmongOthers(one: Draft): string[] {
  const isPlain = one.className === 'Manifest' || one.className === 'Directory';
  return [...(isPlain ? [baseOf(one)] : []), withRole(one), withFolder(one)];
}

/** All constructions that one needs: its scope and what its values name. */
export function usesOf({ scope, props }: Draft): Draft[] {
  return [...standsIn({ scope }), ...usedBy(props as Code | undefined)] as Draft[];
}

/** The constructions that one cannot do without: the one around, and that whose file it stands in. */
export function standsIn({ scope, place }: Pick<Draft, 'scope' | 'place'>): Draft[] {
  const around = scope === undefined ? [] : ['className' in scope ? scope : scope.of];
  return [...around, ...usedBy(place?.file)] as Draft[];
}

function free(taken: Set<string>, options: readonly string[]): string {
  const last = options.at(-1) as string;
  let name = options.find((option) => !taken.has(option));
  for (let i = 2; name === undefined; i += 1) if (!taken.has(`${last}${i}`)) name = `${last}${i}`;
  taken.add(name);
  return name;
}
