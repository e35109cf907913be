import { type Capability, selfCalls } from '../../systems/external-secrets/vault-calls';
import { allows, decidingPattern } from '../../systems/vault/allows';
import type { PolicyRule } from '../../systems/vault/policy';
import { push } from '../../text/group-by';
import type { Need } from './needed';
import type { RoleRequirements } from './requirements';

/** What separates a policy from what a role must be allowed. */
export interface PolicyComparison {
  /** What it does not allow and External Secrets calls: each is answered with 403. */
  readonly lacks: readonly Lack[];
  /** What it allows and nothing asks for. */
  readonly exceeds: readonly Excess[];
}

/** What a policy lacks at a path. */
export interface Lack {
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** Who needs one of them. */
  readonly needs: readonly Need[];
  /** The methods of the calls that fail, as Vault's API has them. */
  readonly calls: readonly string[];
}

/** What a rule of a policy allows beyond need. */
export interface Excess {
  readonly pattern: string;
  /** Where the rule is written, where that is known. */
  readonly line: number | undefined;
  /** All that it allows, where nothing it speaks of is asked for; else what is too much, none where only the pattern is too wide. */
  readonly capabilities: readonly string[];
  readonly why: 'unused' | 'capabilities' | 'wider';
  /** The paths of those needed that it decides about. */
  readonly covers: readonly string[];
}

/** What Vault's API is asked with. (https://developer.hashicorp.com/vault/docs/concepts/policies#capabilities) */
const methods: Readonly<Record<Capability, string>> = {
  create: 'PUT',
  read: 'GET',
  update: 'PUT',
  delete: 'DELETE',
  list: 'LIST',
};

/** Holds a policy against what a role must be allowed, with Vault's own matching. */
export function comparePolicy(
  { paths, role }: Pick<RoleRequirements, 'paths' | 'role'>,
  rules: readonly PolicyRule[],
): PolicyComparison {
  const own = role?.withoutDefaultPolicy ? selfCalls.map((call) => ({ ...call, needs: [] })) : [];
  const lacks = [...paths, ...own].flatMap(({ path, capabilities, needs }) => {
    const lacking = capabilities.filter((capability) => !isCovered(rules, path, capability));
    if (lacking.length === 0) return [];
    return {
      path,
      capabilities: lacking,
      needs: needs.filter((need) => need.capabilities.some((capability) => lacking.includes(capability))),
      calls: [...new Set(lacking.map((capability) => methods[capability]))],
    };
  });
  const decided = decidedBy(rules, [...paths, ...selfCalls]);
  return { lacks, exceeds: rules.flatMap((rule) => [...excess(rule, decided.get(rule.pattern) ?? [])]) };
}

/** A path that is called, and how. */
interface Used {
  readonly path: string;
  readonly capabilities: readonly Capability[];
}

/** The paths that each pattern decides about. */
function decidedBy(rules: readonly PolicyRule[], used: readonly Used[]): Map<string, Used[]> {
  const found = new Map<string, Used[]>();
  for (const path of used) {
    const all = path.capabilities.flatMap((capability) => probes(path.path, capability));
    const patterns = new Set(all.map((probe) => decidingPattern(rules, probe)));
    for (const pattern of patterns) if (pattern !== undefined) push(found, pattern, path);
  }
  return found;
}

/** Paths that stand for all below a folder, with one that nobody has and a deeper one. */
function probes(path: string, capability?: string): readonly string[] {
  if (!path.endsWith('*')) return [path];
  const folder = path.slice(0, -1);
  // Folders are listed, the topmost first.
  if (capability === 'list') return [folder, `${folder}any/`, `${folder}any/deeper/`];
  return [`${folder}any`, `${folder}any/deeper`];
}

/**
 * Whether policies allow something at a path, or everywhere below it; there also where they speak of a part of it in particular.
 */
function isCovered(rules: readonly PolicyRule[], path: string, capability: Capability): boolean {
  if (!probes(path, capability).every((probe) => allows(rules, probe, capability))) return false;
  if (!path.endsWith('*')) return true;
  const folder = path.slice(0, -1);
  return rules.every(
    ({ pattern, capabilities }) =>
      !pattern.startsWith(folder) || (capabilities.has(capability) && !capabilities.has('deny')),
  );
}

function* excess({ pattern, capabilities, line }: PolicyRule, decided: readonly Used[]): Generator<Excess> {
  if (capabilities.size === 0 || capabilities.has('deny')) return;
  const wanted = new Set<string>(decided.flatMap((path) => path.capabilities));
  // People write create beside update: all that it adds is that the path may be new.
  if (wanted.has('update')) wanted.add('create');
  const tooMuch = [...capabilities].filter((capability) => !wanted.has(capability));
  const covers = decided.map(({ path }) => path);
  if (decided.length === 0 || tooMuch.length === capabilities.size) {
    yield { pattern, line, capabilities: [...capabilities], why: 'unused', covers };
    return;
  }
  if (tooMuch.length > 0) yield { pattern, line, capabilities: tooMuch, why: 'capabilities', covers };
  const isWide = pattern.endsWith('*') || pattern.split('/').includes('+') || pattern.includes('{{');
  if (isWide && !covers.includes(pattern)) yield { pattern, line, capabilities: [], why: 'wider', covers };
}
