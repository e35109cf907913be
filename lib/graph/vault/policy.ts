import type { HclBlock, HclFault, HclValue, ParseHcl } from '../../tree/hcl';
import { isJsonObject, type Json } from '../../tree/tree';
import { listAt, textAt } from '../json';

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
  /** Why it was not read; nearly always Vault would refuse it, too. */
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
