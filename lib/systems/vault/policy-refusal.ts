import { nearest } from '../../text/nearest';
import type { HclAttribute, HclBlock, HclFault } from './hcl';

/** A block of a policy, in HCL or as JSON says the same. */
export type PolicyBlock = Pick<HclBlock, 'type' | 'labels'> & {
  readonly attributes: readonly Pick<HclAttribute, 'name' | 'value'>[];
  readonly line?: number;
};

/** What a `path` may say. (vault/policy.go, parsePaths; what is newer, or OpenBao's, is let pass) */
const settings = [
  'comment',
  'policy',
  'capabilities',
  'allowed_parameters',
  'denied_parameters',
  'required_parameters',
  'min_wrapping_ttl',
  'max_wrapping_ttl',
  'mfa_methods',
  'control_group',
  'subscribe_event_types',
];

const levels = ['deny', 'read', 'write', 'sudo'];

/** The first thing in a policy that is HCL, or JSON, and that Vault refuses all the same: a slip of the keyboard makes it say nothing. */
export function refusalOf(blocks: readonly PolicyBlock[]): HclFault | undefined {
  for (const block of blocks) {
    const message = blockFault(block) ?? attributesFault(block.attributes);
    if (message !== undefined) return { line: block.line ?? 1, column: 1, message };
  }
  return undefined;
}

function blockFault({ type, labels: [path] }: PolicyBlock): string | undefined {
  if (type !== 'path') return `Vault does not know ${JSON.stringify(type)} in a policy; did you mean path?`;
  return path?.includes('+*') ? `the path ${JSON.stringify(path)} has "+*", which is not a wildcard` : undefined;
}

function attributesFault(attributes: readonly Pick<HclAttribute, 'name' | 'value'>[]): string | undefined {
  for (const { name, value } of attributes) {
    const near = settings.includes(name) ? undefined : nearest(name, settings);
    if (near !== undefined) return `a path has no ${JSON.stringify(name)}; did you mean ${near}?`;
    if (name === 'capabilities' && !(Array.isArray(value) && value.every((one) => typeof one === 'string'))) {
      return 'capabilities must be a list of strings';
    }
    if (name === 'policy' && !(typeof value === 'string' && levels.includes(value))) {
      return `policy must be one of ${levels.join(', ')}`;
    }
  }
  return undefined;
}
