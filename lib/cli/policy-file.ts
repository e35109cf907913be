import { readFileSync } from 'node:fs';
import { EspalierError } from '../errors';
import { type PolicyRule, readPolicy } from '../systems/vault/policy';
import { nearest } from '../text/nearest';
import { loadHcl } from '../tree/hcl';

/** https://developer.hashicorp.com/vault/docs/concepts/policies#capabilities */
const capabilityNames = ['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo', 'deny', 'subscribe', 'recover'];

/**
 * The rules of a policy in a file, in HCL or JSON.
 *
 * @throws EspalierError when the file cannot be read, or Vault would refuse it, or it is no policy
 */
export async function readPolicyFile(file: string): Promise<readonly PolicyRule[]> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new EspalierError(
      `--against ${file}: the file cannot be read (${(error as Error).message}). Name the file of a policy.`,
    );
  }
  const { rules, fault, refusal } = readPolicy(text, await loadHcl());
  if (fault !== undefined) {
    throw new EspalierError(
      `${file}:${fault.line}:${fault.column}: ${fault.message}. A rule is path "kv/data/shop" { capabilities = ["read"] }, without quotes around its names.`,
    );
  }
  if (rules.length === 0) {
    throw new EspalierError(
      `${file} has no rule (path "…" { capabilities = […] }), so it is not a policy. Name the file of a policy.`,
    );
  }
  if (refusal !== undefined) {
    throw new EspalierError(
      `${file}:${refusal.line}: ${refusal.message.endsWith('?') ? refusal.message : `${refusal.message}.`} Vault would refuse the policy: correct it first.`,
    );
  }
  for (const { capabilities, line } of rules) {
    const unknown = [...capabilities].find((one) => !capabilityNames.includes(one));
    if (unknown === undefined) continue;
    const near = nearest(unknown, capabilityNames);
    throw new EspalierError(
      `${file}${line === undefined ? '' : `:${line}`}: ${JSON.stringify(unknown)} is not a capability${near === undefined ? ', so' : `; did you mean ${near}?`} Vault would refuse the policy. The capabilities are ${capabilityNames.join(', ')}.`,
    );
  }
  return rules;
}
