import type { Draft } from './draft';
import type { Code } from './program';
import { usedBy } from './program';

/** What a name cannot be in TypeScript, and what the code imports or names itself. */
const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in ' +
    'instanceof new null return super switch this throw true try typeof var void while with as implements interface let package private ' +
    'protected public static yield any boolean constructor declare get module require number set string symbol type from of async await ' +
    'app cluster undefined arguments eval'
  ).split(' '),
);

/** `rook-ceph.cluster` → `rookCephCluster`. */
export function camel(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words
    .map((word, i) => (i === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}

/** Gives each function and each constant that is used a name of its own: constants that other modules use are named apart in all of them. */
export function identifiers<
  M extends { name: string; readonly names: readonly string[]; readonly constructions: readonly Draft[] },
>(modules: readonly M[], known: ReadonlySet<string> = new Set()): readonly M[] {
  const taken = new Set([...reserved, ...known]);
  for (const module of modules) module.name = free(taken, module.names, module.name);
  const home = new Map(modules.flatMap((module) => module.constructions.map((one) => [one, module] as const)));
  const shared = new Set<Draft>();
  for (const module of modules) {
    for (const construction of module.constructions) {
      for (const used of usesOf(construction)) if (home.get(used as Draft) !== module) shared.add(used as Draft);
    }
  }
  for (const one of shared) one.variable = free(taken, choices(one), one.variable);
  for (const module of modules) {
    const own = new Set([...taken]);
    for (const one of module.constructions) if (!shared.has(one)) one.variable = free(own, choices(one), one.variable);
  }
  return modules;
}

/** All constructions that one needs: its scope and what its values name. */
export function usesOf({ scope, props }: Draft): Draft[] {
  const within = scope === undefined ? [] : 'className' in scope ? [scope] : [scope.of];
  return [...within, ...usedBy(props as Code | undefined)] as Draft[];
}

function choices({ variable, className, props }: Draft): string[] {
  const kind = className === 'Manifest' && typeof props?.kind === 'string' ? props.kind : className;
  return [variable, `${variable}${kind}`];
}

function free(taken: Set<string>, options: readonly string[], base: string): string {
  let name = options.find((option) => !taken.has(option));
  for (let i = 2; name === undefined; i += 1) if (!taken.has(`${base}${i}`)) name = `${base}${i}`;
  taken.add(name);
  return name;
}
