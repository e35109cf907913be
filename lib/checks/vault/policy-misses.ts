import { identityKey, step } from '../../graph/identity';
import { neededPolicy } from '../../graph/vault/needed';
import { type VaultPolicy, vaultPolicies } from '../../graph/vault/policies';
import { vaultRoles } from '../../graph/vault/roles';
import { loginOf, policiesOf } from '../../graph/vault/store-policy';
import { isClear, type VaultAccess } from '../../graph/vault/vault-access';
import type { Capability } from '../../systems/external-secrets/vault-calls';
import { allows } from '../../systems/vault/allows';
import type { PolicyRule } from '../../systems/vault/policy';
import { groupBy } from '../../text/group-by';
import type { ClusterCheck, Problem } from '../check';

export const policyMisses: ClusterCheck = {
  id: 'vault/policy-misses',
  severity: 'error',
  title: 'Vault policy that does not allow a request',
  atRunTime: 'the secret fails to sync: "cannot read secret data from Vault: … Code: 403 … permission denied"',
  remedy: 'allow the path in the policy, or correct the key',
  source: 'external-secrets providers/v1/vault/client_get.go, client_push.go',
  *check(cluster, graph) {
    const accesses = cluster.vault.filter(isClear);
    if (accesses.length === 0) return;
    const known = { policies: vaultPolicies(cluster, graph), roles: vaultRoles(cluster) };
    if (known.policies.length === 0) return;
    for (const all of groupBy(accesses, ({ store }) => identityKey(store)).values()) {
      const policies = policiesOf(all[0].store, all, known);
      if (policies === undefined || policies.some(({ rules }) => rules.length === 0)) continue;
      const rules = policies.flatMap((policy) => policy.rules);
      // An object that asks for several properties of a key asks once.
      const asked = groupBy(all, (access) => `${identityKey(access.resource)} ${access.key}`);
      for (const same of asked.values()) yield* problems(same, policies, rules);
    }
  },
};

function* problems(
  same: readonly [VaultAccess, ...VaultAccess[]],
  policies: readonly VaultPolicy[],
  rules: readonly PolicyRule[],
): Generator<Problem> {
  const missing = neededPolicy(same).flatMap(({ path, capabilities }) => {
    const lacks = capabilities.filter((capability) => !isAllowed(rules, path, capability));
    return lacks.length === 0 ? [] : [`${lacks.join(', ')} on ${path}`];
  });
  if (missing.length === 0) return;
  const [{ resource, path, store }] = same;
  const names = policies.map(({ name }) => name);
  const one = names.length === 1;
  yield {
    at: { resource, path },
    message: `the ${one ? 'policy' : 'policies'} ${names.join(' and ')} ${one ? 'does' : 'do'} not allow ${missing.join(' and ')}; ${allowed(policies)}`,
    chain: [
      step(resource),
      `${step(store)} role ${loginOf(store)?.role}`,
      ...policies.map(({ name, where }) => `policy ${name} in ${where}`),
    ],
  };
}

/** At paths below a folder it is enough that something below it is allowed: which are asked for, only Vault knows. */
function isAllowed(rules: readonly PolicyRule[], path: string, capability: Capability): boolean {
  if (!path.endsWith('*')) return allows(rules, path, capability);
  const folder = path.slice(0, -1);
  return (
    allows(rules, capability === 'list' ? folder : `${folder}any`, capability) ||
    (capability !== 'list' &&
      rules.some(({ pattern, capabilities }) => pattern.startsWith(folder) && capabilities.has(capability)))
  );
}

const shown = 4;

function allowed(policies: readonly VaultPolicy[]): string {
  const patterns = policies.flatMap(({ rules }) => rules.map(({ pattern }) => pattern));
  const more = patterns.length > shown ? ` and ${patterns.length - shown} more` : '';
  return `${policies.length === 1 ? 'it covers' : 'they cover'} ${patterns.slice(0, shown).join(', ')}${more}`;
}
