import { pattern as compile } from '../kubernetes/patterns';
import type { PolicyRule } from './policy';

/**
 * Whether policies allow something at a path. Of the patterns that match, the most specific one decides, with what all policies
 * say of it; `deny` forbids (https://developer.hashicorp.com/vault/docs/concepts/policies#priority-matching). A pattern that depends
 * on who asks (`{{identity…}}`) is taken to match.
 *
 * @param rules of all policies together
 * @param path of a folder that is listed, with the slash behind it
 */
export function allows(rules: readonly PolicyRule[], path: string, capability: string): boolean {
  const mayMatch = ({ pattern }: PolicyRule) => pattern.includes('{{') && matchesEither(pattern, path);
  if (rules.some((rule) => rule.capabilities.has(capability) && mayMatch(rule))) return true;
  const deciding = decidingRules(rules, path);
  const merged = new Set(deciding.flatMap(({ capabilities }) => [...capabilities]));
  return merged.has(capability) && !merged.has('deny');
}

/** The pattern that decides about a path; undefined where none matches. */
export function decidingPattern(rules: readonly PolicyRule[], path: string): string | undefined {
  return decidingRules(rules, path)[0]?.pattern;
}

/**
 * The rules with the pattern that decides. One without wildcards comes first. A folder is looked for without the slash behind it
 * before it is with it: of two patterns with wildcards, a wider one that matches so decides. (vault/acl.go, AllowOperation)
 */
function decidingRules(rules: readonly PolicyRule[], path: string): readonly PolicyRule[] {
  const bare = path.endsWith('/') ? [path.slice(0, -1)] : [];
  for (const one of [path, ...bare]) {
    const exact = rules.filter(({ pattern }) => pattern === one && !isWild(pattern));
    if (exact.length > 0) return exact;
  }
  for (const one of [...bare, path]) {
    const matching = rules.filter(({ pattern }) => isWild(pattern) && matches(pattern, one));
    const [best] = [...matching].sort((a, b) => compareSpecificity(b.pattern, a.pattern));
    if (best !== undefined) return matching.filter(({ pattern }) => pattern === best.pattern);
  }
  return [];
}

/** A `*` elsewhere than at the end, and a `+` within a segment, stand for themselves. */
function isWild(pattern: string): boolean {
  return pattern.endsWith('*') || pattern.includes('{{') || hasAnySegment(pattern);
}

function hasAnySegment(pattern: string): boolean {
  return pattern.includes('+') && pattern.split('/').includes('+');
}

function matchesEither(pattern: string, path: string): boolean {
  return matches(pattern, path) || (path.endsWith('/') && matches(pattern, path.slice(0, -1)));
}

function matches(pattern: string, path: string): boolean {
  const isPrefix = pattern.endsWith('*');
  const text = isPrefix ? pattern.slice(0, -1) : pattern;
  if (pattern.includes('{{')) return matchesTemplate(text, isPrefix, path);
  if (!hasAnySegment(pattern)) return isPrefix ? path.startsWith(text) : path === text;
  const [wanted, given] = [text.split('/'), path.split('/')];
  if (isPrefix ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((segment, i) => {
    const last = isPrefix && i === wanted.length - 1;
    return segment === '+' || segment === given[i] || (last && given[i]?.startsWith(segment));
  });
}

function matchesTemplate(text: string, isPrefix: boolean, path: string): boolean {
  const source = text
    .split(/(\{\{.*?\}\})/)
    .map((part, i) => (i % 2 === 1 ? '[^/]+' : part.split('/').map(segmentSource).join('/')))
    .join('');
  // Not JavaScript's: several {{…}} beside one another would keep it busy.
  return compile(`(?s)^${source}${isPrefix ? '.*' : ''}$`)?.matches(path) ?? false;
}

function segmentSource(text: string): string {
  return text === '+' ? '[^/]*' : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Vault's own order: where the first wildcard comes later, no `*` at the end, fewer `+`, the longer one. */
function compareSpecificity(a: string, b: string): number {
  const wildcard = (pattern: string) => {
    const plus = hasAnySegment(pattern) ? pattern.indexOf('+') : -1;
    return plus < 0 ? (pattern.endsWith('*') ? pattern.length - 1 : pattern.length) : plus;
  };
  const plus = (pattern: string) => pattern.split('/').filter((part) => part === '+').length;
  return (
    wildcard(a) - wildcard(b) ||
    Number(b.endsWith('*')) - Number(a.endsWith('*')) ||
    plus(b) - plus(a) ||
    a.length - b.length ||
    (a < b ? -1 : a > b ? 1 : 0)
  );
}
