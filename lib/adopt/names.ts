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
    'app cluster settings platform undefined arguments eval'
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
 * Gives each function and each constant that is used a name of its own. What other modules use is handed on by whoever calls them: its
 * name is taken in all of them, and says its kind.
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
  giveNames([...shared], taken);
  for (const module of modules) {
    const names = new Set(taken);
    const own = groupBy(
      module.constructions.filter((one) => used.has(one) && !shared.has(one)),
      roleOf,
    );
    for (const [role, ones] of own) giveNames(ones, names, ones.length === 1 ? [role] : [], module.names[0]);
  }
  return modules;
}

/**
 * Gives each of several the first name that only it would have and that is free.
 *
 * @param first names that are better than those of namesOf
 */
function giveNames(ones: readonly Draft[], taken: Set<string>, first: readonly string[] = [], within?: string): void {
  const options = ones.map((one) => [...first, ...namesOf(one, within)]);
  const count = new Map<string, number>();
  for (const name of options.flatMap((names) => [...new Set(names)])) count.set(name, (count.get(name) ?? 0) + 1);
  for (const [i, one] of ones.entries()) {
    const names = options[i] as string[];
    const own = names.filter((name) => count.get(name) === 1);
    one.variable = free(taken, own.length > 0 ? own : names.slice(-1));
  }
}

/** What a construct is called after the name of its object, where that is not the kind. */
const roles: Readonly<Record<string, string>> = {
  FluxKustomization: 'kustomization',
  HelmRelease: 'release',
  HelmRepository: 'repository',
  OciRepository: 'chart',
  OCIRepository: 'chart',
  HelmChart: 'chart',
  YamlFile: 'file',
  ExternalSecret: 'secret',
  ClusterSecretStore: 'store',
  SecretStore: 'store',
  PostgresCluster: 'database',
  ClusterIssuer: 'issuer',
  HttpRoute: 'route',
  HTTPRoute: 'route',
  PersistentVolumeClaim: 'claim',
};

function kindOf({ className, props }: Draft): string {
  return className === 'Manifest' && typeof props?.kind === 'string' ? props.kind : className;
}

/** `HTTPRoute` → `httpRoute`. */
function lowered(kind: string): string {
  return camel(kind.replace(/^[A-Z]+(?=[A-Z][a-z])/, (letters) => letters.toLowerCase()));
}

function roleOf(one: Draft): string {
  const kind = kindOf(one);
  return roles[kind] ?? roles[one.className] ?? lowered(kind);
}

/** The name of the object, of the folder, of the file. */
function baseOf({ className, id, variable }: Draft): string {
  return className === 'File' ? camel((id.split('/').pop() as string).replace(/\.ya?ml$/, '')) : variable;
}

/**
 * `shopDatabase`; or, where that is another one's, with all of its kind or with its folder, `mediaShopDatabase`.
 *
 * @param within the name of an app, with which its objects' names often begin
 */
function namesOf(one: Draft, within = ''): string[] {
  const role = wordsOf(roleOf(one));
  const base = wordsOf(baseOf(one));
  const { id } = one.scope === undefined ? one : 'className' in one.scope ? one.scope : one.scope.of;
  const folder = wordsOf(camel(id.split('/').pop() as string));
  const short = startsWith(base, wordsOf(within)) ? base.slice(wordsOf(within).length) : base;
  const whole = [...folder, ...(startsWith(base, folder) ? base.slice(folder.length) : base)];
  return [joined(short, role), joined(base, role), joined(base, wordsOf(lowered(kindOf(one)))), joined(whole, role)];
}

/** Longer names lose words in their middle. */
const longest = 30;

function joined(words: readonly string[], role: readonly string[]): string {
  // Objects are called `shop-secrets`, too.
  const ends = role.every(
    (word, i) => words[words.length - role.length + i]?.replace(/s$/, '') === word.replace(/s$/, ''),
  );
  const all = ends ? [...words] : [...words, ...role];
  while (all.length > role.length + 2 && all.join('').length > longest) all.splice(1, 1);
  return camel(all.join('-'));
}

/** `rookCephCluster` → rook, ceph, cluster. */
function wordsOf(name: string): string[] {
  return name
    .split(/(?=[A-Z])/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '');
}

function startsWith(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((word, i) => words[i] === word);
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

/** The first of the names that is not taken; it is then. */
export function free(taken: Set<string>, options: readonly string[]): string {
  const last = options.at(-1) as string;
  let name = options.find((option) => !taken.has(option));
  for (let i = 2; name === undefined; i += 1) if (!taken.has(`${last}${i}`)) name = `${last}${i}`;
  taken.add(name);
  return name;
}
