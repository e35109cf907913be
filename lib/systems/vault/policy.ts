import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { objectAt } from '../../json/read';
import type { HclFault, HclValue, ParseHcl } from './hcl';
import { type PolicyBlock, refusalOf } from './policy-refusal';

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
  /** What Vault would refuse in it, although it could be read. */
  readonly refusal: HclFault | undefined;
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
  const { blocks, fault } = readBlocks(text, hcl);
  if (fault !== undefined) return { rules: [], fault, refusal: undefined };
  return { rules: blocks.flatMap((block) => [...ruleOf(block)]), fault, refusal: refusalOf(blocks) };
}

function readBlocks(text: string, hcl: ParseHcl | undefined): { blocks: readonly PolicyBlock[]; fault?: HclFault } {
  if (!text.trimStart().startsWith('{')) {
    return hcl === undefined ? faulty('HCL is not read here') : hcl(text);
  }
  try {
    return { blocks: blocksOfJson(JSON.parse(text) as Json) };
  } catch {
    return faulty('it begins like JSON, but is not JSON');
  }
}

function faulty(message: string): { blocks: readonly PolicyBlock[]; fault: HclFault } {
  return { blocks: [], fault: { line: 1, column: 1, message } };
}

function* ruleOf({ type, labels: [path], attributes, line }: PolicyBlock): Generator<PolicyRule> {
  if (type !== 'path' || path === undefined) return;
  const capabilities = new Set<string>();
  for (const { name, value } of attributes) {
    if (name === 'capabilities') for (const capability of strings(value)) capabilities.add(capability);
    if (name === 'policy' && typeof value === 'string') for (const one of level(value)) capabilities.add(one);
  }
  yield { pattern: pattern(path), capabilities, ...(line === undefined ? {} : { line }) };
}

function strings(value: HclValue): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Where HCL has blocks, JSON has an object or a list of them. (https://github.com/hashicorp/hcl/tree/hcl1#json) */
function blocksOfJson(value: Json): PolicyBlock[] {
  return objectsIn(objectAt(value)?.path)
    .flatMap((paths) => Object.entries(paths))
    .flatMap(([path, body]) => objectsIn(body).map((settings) => ({ type: 'path', labels: [path], settings })))
    .map(({ settings, ...block }) => ({
      ...block,
      attributes: Object.entries(settings).map(([name, item]) => ({ name, value: valueOfJson(item) })),
    }));
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return [value].flat().filter(isJsonObject);
}

function valueOfJson(value: Json): HclValue {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : undefined)) : undefined;
}

function level(name: string | undefined): readonly string[] {
  return name !== undefined && Object.hasOwn(levels, name) ? (levels[name] ?? []) : [];
}

function pattern(path: string): string {
  return path.replace(/^\//, '');
}
