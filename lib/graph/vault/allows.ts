import { groupBy } from '../../group-by';
import { pattern as compile } from '../schema/patterns';
import type { PolicyRule } from './policy';

/**
 * Whether policies allow something at a path. Of the patterns that match, the most specific one decides, with what all policies
 * say of it; `deny` forbids (https://developer.hashicorp.com/vault/docs/concepts/policies#priority-matching). A pattern that depends
 * on who asks (`{{identity…}}`) is taken to match.
 *
 * @param rules of all policies together: one list for many questions, since it is sorted into an index at the first
 */
export function allows(rules: readonly PolicyRule[], path: string, capability: string): boolean {
  const matching = matchingRules(rules, path);
  if (matching.some(({ pattern, capabilities }) => pattern.includes('{{') && capabilities.has(capability))) return true;
  const best = mostSpecific(matching, path);
  if (best === undefined) return false;
  const merged = new Set(
    matching.filter(({ pattern }) => pattern === best.pattern).flatMap(({ capabilities }) => [...capabilities]),
  );
  return merged.has(capability) && !merged.has('deny');
}

/** The pattern that decides about a path; undefined where none matches. */
export function decidingPattern(rules: readonly PolicyRule[], path: string): string | undefined {
  return mostSpecific(matchingRules(rules, path), path)?.pattern;
}

function mostSpecific(matching: readonly PolicyRule[], path: string): PolicyRule | undefined {
  return [...matching].sort((a, b) => compareSpecificity(b.pattern, a.pattern, path))[0];
}

/** Rules by what they can match: of a large policy most name one path, and a large tree asks for thousands. */
interface Index {
  readonly exact: ReadonlyMap<string, readonly PolicyRule[]>;
  readonly wild: readonly PolicyRule[];
}

const indices = new WeakMap<readonly PolicyRule[], Index>();

function indexOf(rules: readonly PolicyRule[]): Index {
  const known = indices.get(rules);
  if (known !== undefined) return known;
  const isWild = ({ pattern }: PolicyRule) => /[*+]|\{\{/.test(pattern);
  const exact = groupBy(
    rules.filter((rule) => !isWild(rule)),
    ({ pattern }) => pattern,
  );
  const index = { exact, wild: rules.filter(isWild) };
  indices.set(rules, index);
  return index;
}

function matchingRules(rules: readonly PolicyRule[], path: string): PolicyRule[] {
  const { exact, wild } = indexOf(rules);
  // A list of a folder is allowed with or without the slash behind it.
  const found = [path, ...(path.endsWith('/') ? [path.slice(0, -1)] : [])].flatMap((one) => exact.get(one) ?? []);
  return [...found, ...wild.filter(({ pattern }) => matches(pattern, path))];
}

function matches(pattern: string, path: string): boolean {
  if (pattern === path || `${pattern}/` === path) return true;
  const source = pattern
    .replace(/\*$/, '')
    .split(/(\{\{.*?\}\})/)
    .map((part, i) => (i % 2 === 1 ? '[^/]+' : part.split('/').map(segment).join('/')))
    .join('');
  // Not JavaScript's: several {{…}} beside one another would keep it busy.
  return compile(`(?s)^${source}${pattern.endsWith('*') ? '.*' : '/?'}$`)?.matches(path) ?? false;
}

function segment(text: string): string {
  return text === '+' ? '[^/]*' : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Vault's own order: exact first; then where the first wildcard comes later, no `*` at the end, fewer `+`, the longer one. */
function compareSpecificity(a: string, b: string, path: string): number {
  const exact = Number(sameFolder(a, path)) - Number(sameFolder(b, path));
  const wildcard = (pattern: string) =>
    pattern.search(/[+*]/) < 0 ? Number.POSITIVE_INFINITY : pattern.search(/[+*]/);
  const plus = (pattern: string) => pattern.split('/').filter((part) => part === '+').length;
  const [first, second] = [wildcard(a), wildcard(b)];
  return (
    exact ||
    (first === second ? 0 : first - second) ||
    Number(b.endsWith('*')) - Number(a.endsWith('*')) ||
    plus(b) - plus(a) ||
    a.length - b.length ||
    (a < b ? -1 : a > b ? 1 : 0)
  );
}

function sameFolder(pattern: string, path: string): boolean {
  return pattern === path || `${pattern}/` === path;
}
