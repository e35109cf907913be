import { groupBy } from '../text/group-by';
import type { Draft } from './draft';
import { folderOfModule } from './modules';
import { standsIn, usesOf } from './names';
import { inWrittenOrder } from './order';
import {
  Call,
  type Code,
  type CodeObject,
  Commented,
  Handle,
  isCodeObject,
  isExpression,
  Member,
  plainOf,
  Template,
} from './program';
import type { Survey } from './survey';

interface DraftModule {
  readonly path: string;
  readonly constructions: Draft[];
}

/**
 * Puts modules, and the constructions in each, in the order of the original, but each after those that it uses. Where some use each
 * other, the one that fewer use is named by a plain text.
 */
export function arrange<M extends DraftModule>(all: readonly M[], survey: Survey): M[] {
  const home = new Map(all.flatMap((module) => module.constructions.map((one) => [one, module] as const)));
  const written = groupBy(inWrittenOrder([...home.keys()], survey), (one) => home.get(one) as M);
  const modules = [...written.keys()];
  for (const [module, constructions] of written) module.constructions.splice(0, Infinity, ...constructions);
  const modulesOf = (drafts: readonly Draft[]) => drafts.flatMap((used) => home.get(used) ?? []);
  const ofModule = (module: M) => modulesOf(module.constructions.flatMap(usesOf));
  const cut = cutsIn(modules, ofModule, (module) => modulesOf(module.constructions.flatMap(standsIn)));
  for (const [module, tooLate] of cut) {
    for (const one of module.constructions) one.props = without(one.props, (used) => tooLate.has(home.get(used) as M));
  }
  for (const module of modules) {
    const own = new Set(module.constructions);
    const within = (draft: Draft) => usesOf(draft).filter((used) => own.has(used));
    for (const [one, tooLate] of cutsIn(module.constructions, within, standsIn)) {
      one.props = without(one.props, (used) => tooLate.has(used));
    }
    module.constructions.splice(0, own.size, ...inOrder(module.constructions, within));
  }
  const needed = new Map(modules.map((module) => [module, [...new Set(ofModule(module))]] as const));
  return byFolder(modules, (module) => (needed.get(module) ?? []).filter((used) => used !== module));
}

/** For each item what it cannot use, since that uses the item, too. What many use is kept first. */
function cutsIn<T>(
  items: readonly T[],
  uses: (item: T) => readonly T[],
  needs: (item: T) => readonly T[],
): Map<T, Set<T>> {
  const edges = items.flatMap((item) => [...new Set(uses(item))].map((used) => ({ item, used })));
  const users = groupBy(edges, ({ used }) => used);
  const needed = new Map(items.map((item) => [item, new Set(needs(item))] as const));
  const rank = ({ item, used }: (typeof edges)[number]) =>
    needed.get(item)?.has(used) ? Number.POSITIVE_INFINITY : (users.get(used)?.length ?? 0);
  const kept = new Map<T, T[]>();
  const leads = (from: T, to: T): boolean => {
    const seen = new Set([from]);
    for (const each of seen) {
      if (each === to) return true;
      for (const next of kept.get(each) ?? []) seen.add(next);
    }
    return false;
  };
  const cut = new Map<T, Set<T>>();
  for (const edge of edges.map((one) => [rank(one), one] as const).sort(([a], [b]) => (a === b ? 0 : b - a))) {
    const [, { item, used }] = edge;
    if (item === used) continue;
    if (leads(used, item)) cut.set(item, (cut.get(item) ?? new Set()).add(used));
    else kept.set(item, [...(kept.get(item) ?? []), used]);
  }
  return cut;
}

/**
 * Modules after those that they use, those of a folder together, after the folders that they use: apart only where folders use each
 * other. No module uses itself by way of others.
 */
function byFolder<M extends DraftModule>(modules: readonly M[], uses: (module: M) => readonly M[]): M[] {
  const paths = modules.map(({ path }) => path);
  const folderOf = new Map(modules.map((module) => [module, folderOfModule(module.path, paths)] as const));
  const folders = groupBy(modules, (module) => folderOf.get(module));
  const [begun, ordered] = [new Set<string | undefined>(), new Set<M>()];
  const add = (module: M) => {
    if (ordered.has(module)) return;
    for (const used of uses(module)) add(used);
    ordered.add(module);
  };
  const addFolder = (folder: string | undefined) => {
    if (begun.has(folder)) return;
    begun.add(folder);
    const own = folders.get(folder) ?? [];
    for (const used of own.flatMap(uses)) addFolder(folderOf.get(used));
    for (const module of own) add(module);
  };
  for (const folder of folders.keys()) addFolder(folder);
  return [...ordered];
}

/** Items after those that they use, else in their order. */
function inOrder<T>(items: readonly T[], uses: (item: T) => readonly T[]): T[] {
  const ordered = new Set<T>();
  const visit = (item: T) => {
    if (ordered.has(item)) return;
    for (const used of uses(item)) if (used !== item) visit(used);
    ordered.add(item);
  };
  for (const item of items) visit(item);
  return [...ordered];
}

/** The value with plain texts in place of what uses such constructions. */
function without(props: CodeObject | undefined, isLate: (used: Draft) => boolean): CodeObject | undefined {
  const replace = (code: Code): Code => {
    if (code instanceof Handle) return isLate(code.to as Draft) ? (code.instead ?? (code.plain as Code)) : code;
    if (code instanceof Member) return isLate(code.of as Draft) ? (code.plain as Code) : code;
    if (code instanceof Call) return new Call(code.name, code.args.map(replace), code.plain);
    if (code instanceof Template) {
      const late = code.parts.some((part) => typeof part !== 'string' && plainOf(replace(part)) === replace(part));
      return late ? code.plain : code;
    }
    if (code instanceof Commented) return new Commented(replace(code.value), code.above, code.after, code.below);
    if (Array.isArray(code)) return (code as readonly Code[]).map(replace);
    if (!isCodeObject(code) || isExpression(code)) return code;
    const replaced = Object.fromEntries(Object.entries(code).map(([key, value]) => [key, replace(value)]));
    // Null leaves out the namespace of a construct; of a name there is none.
    if (code.name instanceof Handle && typeof replaced.name === 'string' && replaced.namespace === null) {
      const { namespace: _, ...named } = replaced;
      return named;
    }
    return replaced;
  };
  return props && (replace(props) as CodeObject);
}
