import type { Draft } from './draft';
import { usesOf } from './names';
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

interface DraftModule {
  readonly constructions: Draft[];
}

/**
 * Puts modules, and the constructions in each, in an order in which each comes after those that it uses. Where some use each other, the
 * last one names the first by a plain text.
 */
export function arrange<M extends DraftModule>(modules: readonly M[]): M[] {
  const home = new Map(modules.flatMap((module) => module.constructions.map((one) => [one, module] as const)));
  const ofModule = (module: M) =>
    module.constructions.flatMap((one) => usesOf(one).flatMap((used) => home.get(used) ?? []));
  const [ordered, cut] = inOrder(modules, ofModule);
  for (const module of modules) {
    const tooLate = cut.get(module);
    if (tooLate === undefined) continue;
    for (const one of module.constructions) one.props = without(one.props, (used) => tooLate.has(home.get(used) as M));
  }
  for (const module of ordered) {
    const own = new Set(module.constructions);
    const [inside, within] = inOrder(module.constructions, (one) => usesOf(one).filter((used) => own.has(used)));
    for (const [one, tooLate] of within) one.props = without(one.props, (used) => tooLate.has(used));
    module.constructions.splice(0, own.size, ...inside);
  }
  return ordered;
}

/** Items after those that they use, else in their order; and for each those that would have to come first and cannot. */
function inOrder<T>(items: readonly T[], uses: (item: T) => readonly T[]): [T[], Map<T, Set<T>>] {
  const ordered: T[] = [];
  const state = new Map<T, 'open' | 'done'>();
  const cut = new Map<T, Set<T>>();
  const visit = (item: T) => {
    state.set(item, 'open');
    for (const used of uses(item)) {
      if (used === item || state.get(used) === 'done') continue;
      if (state.get(used) === 'open') cut.set(item, (cut.get(item) ?? new Set()).add(used));
      else visit(used);
    }
    state.set(item, 'done');
    ordered.push(item);
  };
  for (const item of items) if (!state.has(item)) visit(item);
  return [ordered, cut];
}

/** The value with plain texts in place of what uses such constructions. */
function without(props: CodeObject | undefined, isLate: (used: Draft) => boolean): CodeObject | undefined {
  const replace = (code: Code): Code => {
    if (code instanceof Handle) return isLate(code.to as Draft) ? (code.plain as Code) : code;
    if (code instanceof Member) return isLate(code.of as Draft) ? (code.plain as Code) : code;
    if (code instanceof Call) return new Call(code.name, code.args.map(replace), code.plain);
    if (code instanceof Template) {
      const late = code.parts.some((part) => typeof part !== 'string' && plainOf(replace(part)) === replace(part));
      return late ? code.plain : code;
    }
    if (code instanceof Commented) return new Commented(replace(code.value), code.above, code.after, code.below);
    if (Array.isArray(code)) return (code as readonly Code[]).map(replace);
    if (!isCodeObject(code) || isExpression(code)) return code;
    return Object.fromEntries(Object.entries(code).map(([key, value]) => [key, replace(value)]));
  };
  return props && (replace(props) as CodeObject);
}
