import type { HclBlock, HclFault, HclValue, ParseHcl } from '../../tree/hcl';
import { isJsonObject, type Json } from '../../tree/tree';
import { listAt, textAt } from '../json';
import { pattern as compile } from '../schema/patterns';

/** What a policy allows at the paths of one pattern. */
export interface PolicyRule {
  /** As Vault keeps it: no slash in front; `+` for a segment, `*` at the end for any rest. */
  readonly pattern: string;
  readonly capabilities: ReadonlySet<string>;
  /** Where it is written, in HCL; counts from 1. */
  readonly line?: number;
}

/** What a text says as a policy. */
export interface PolicyText {
  /** None when it could not be read: half a policy would allow less than the whole. */
  readonly rules: readonly PolicyRule[];
  /** Why Vault would refuse it, or why it was not read. */
  readonly fault: HclFault | undefined;
}

/** What the old `policy = "…"` means (https://developer.hashicorp.com/vault/docs/concepts/policies). */
const levels: Readonly<Record<string, readonly string[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

/**
 * The `path` blocks of a policy in HCL or JSON; none when it is something else.
 *
 * @param hcl reads HCL; without it JSON alone is read
 */
export function readPolicy(text: string, hcl: ParseHcl | undefined): PolicyText {
  if (text.trimStart().startsWith('{')) return policyOfJson(text);
  if (hcl === undefined) return { rules: [], fault: { line: 1, column: 1, message: 'HCL is not read here' } };
  const { blocks, fault } = hcl(text);
  return { rules: fault === undefined ? blocks.flatMap((block) => [...ruleOf(block)]) : [], fault };
}

function* ruleOf({ type, labels: [path], attributes, line }: HclBlock): Generator<PolicyRule> {
  if (type !== 'path' || path === undefined) return;
  const capabilities = new Set<string>();
  for (const { name, value } of attributes) {
    if (name === 'capabilities') for (const capability of strings(value)) capabilities.add(capability);
    if (name === 'policy' && typeof value === 'string') for (const one of level(value)) capabilities.add(one);
  }
  yield { pattern: pattern(path), capabilities, line };
}

function strings(value: HclValue): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function policyOfJson(text: string): PolicyText {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { rules: [], fault: { line: 1, column: 1, message: 'it begins as JSON and is none' } };
  }
  const blocks = [isJsonObject(value) ? value.path : undefined].flat().filter(isJsonObject);
  const rules = blocks.flatMap((paths) =>
    Object.entries(paths).map(([path, block]) => ({
      pattern: pattern(path),
      capabilities: new Set([
        ...listAt(block, 'capabilities').filter((item) => typeof item === 'string'),
        ...level(textAt(block, 'policy')),
      ]),
    })),
  );
  return { rules, fault: undefined };
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
