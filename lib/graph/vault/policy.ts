import { isJsonObject, type Json } from '../../tree/tree';
import { listAt, textAt } from '../json';
import { pattern as compile } from '../schema/patterns';
import { hclTokens, type Token } from './hcl';

/** What a policy allows at the paths of one pattern. */
export interface PolicyRule {
  /** As Vault keeps it: no slash in front; `+` for a segment, `*` at the end for any rest. */
  readonly pattern: string;
  readonly capabilities: ReadonlySet<string>;
}

/** What the old `policy = "…"` means (https://developer.hashicorp.com/vault/docs/concepts/policies). */
const levels: Readonly<Record<string, readonly string[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

/** The `path` blocks of a policy in HCL or JSON; none when it is something else. */
export function policyRules(text: string): PolicyRule[] {
  return text.trimStart().startsWith('{') ? rulesOfJson(text) : [...rulesOfHcl([...hclTokens(text)])];
}

function* rulesOfHcl(tokens: readonly Token[]): Generator<PolicyRule> {
  for (let i = 0; i < tokens.length; i += 1) {
    const [word, path, open] = tokens.slice(i, i + 3);
    if (word?.type !== 'word' || word.text !== 'path' || path?.type !== 'string' || open?.text !== '{') continue;
    const capabilities = new Set<string>();
    let depth = 0;
    for (i += 2; i < tokens.length; i += 1) {
      const { text, type } = tokens[i] as Token;
      if (type === 'mark' && text === '{') depth += 1;
      if (type === 'mark' && text === '}') depth -= 1;
      if (depth === 0) break;
      if (depth !== 1 || tokens[i + 1]?.text !== '=') continue;
      if (text === 'capabilities') for (const capability of strings(tokens, i + 2)) capabilities.add(capability);
      if (text === 'policy') for (const capability of level(tokens[i + 2]?.text)) capabilities.add(capability);
    }
    yield { pattern: pattern(path.text), capabilities };
  }
}

/** The strings of the list that begins at a token. */
function* strings(tokens: readonly Token[], from: number): Generator<string> {
  if (tokens[from]?.text !== '[') return;
  for (let i = from + 1; i < tokens.length && tokens[i]?.text !== ']'; i += 1) {
    const token = tokens[i] as Token;
    if (token.type === 'string') yield token.text;
  }
}

function rulesOfJson(text: string): PolicyRule[] {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return [];
  }
  const blocks = [isJsonObject(value) ? value.path : undefined].flat().filter(isJsonObject);
  return blocks.flatMap((paths) =>
    Object.entries(paths).map(([path, block]) => ({
      pattern: pattern(path),
      capabilities: new Set([
        ...listAt(block, 'capabilities').filter((item) => typeof item === 'string'),
        ...level(textAt(block, 'policy')),
      ]),
    })),
  );
}

function level(name: string | undefined): readonly string[] {
  return name !== undefined && Object.hasOwn(levels, name) ? (levels[name] ?? []) : [];
}

function pattern(path: string): string {
  return path.replace(/^\//, '');
}

/**
 * Whether policies allow something at a path. Of the patterns that match, the most specific one decides, with what all policies
 * say of it; `deny` forbids (https://developer.hashicorp.com/vault/docs/concepts/policies#priority-matching). A pattern that depends
 * on who asks (`{{identity…}}`) is taken to match.
 */
export function allows(rules: readonly PolicyRule[], path: string, capability: string): boolean {
  const matching = rules.filter(({ pattern }) => matches(pattern, path));
  if (matching.some(({ pattern, capabilities }) => pattern.includes('{{') && capabilities.has(capability))) return true;
  const [best] = [...matching].sort((a, b) => compareSpecificity(b.pattern, a.pattern, path));
  if (best === undefined) return false;
  const merged = new Set(
    matching.filter(({ pattern }) => pattern === best.pattern).flatMap(({ capabilities }) => [...capabilities]),
  );
  return merged.has(capability) && !merged.has('deny');
}

function matches(pattern: string, path: string): boolean {
  // A list of a folder is allowed with or without the slash behind it.
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
