import { describe, identityKey } from '../../graph/identity';
import { expectedIn } from '../../graph/vault/expected-keys';
import { neededPolicy } from '../../graph/vault/needed';
import { type VaultPolicy, vaultPolicies } from '../../graph/vault/policies';
import { vaultRoles } from '../../graph/vault/roles';
import { loginOf, policiesOf } from '../../graph/vault/store-policy';
import { isClear, type VaultAccess } from '../../graph/vault/vault-access';
import { allows } from '../../systems/vault/allows';
import type { PolicyRule } from '../../systems/vault/policy';
import { groupBy } from '../../text/group-by';
import { listed, listedCode } from '../../text/listed';
import type { Context } from '../context';
import type { EffectRule, Found } from '../effect';
import type { Side } from '../side';

/** What has to be in Vault, and what its policies have to allow, before the change is merged. */
export const vault: EffectRule = function* (context) {
  if (context.head === undefined) return;
  yield* values(context, context.head);
  yield* policies(context, context.head);
};

/** Secrets and keys that an ExternalSecret reads from now on: it fails where Vault does not have them. */
function* values({ base, changeOf }: Context, head: Side): Generator<Found> {
  const before = base === undefined ? undefined : expectedIn(base.cluster);
  for (const [path, { shown, keys, readers }] of expectedIn(head.cluster)) {
    const known = before?.get(path);
    const missing = [...keys].filter((key) => known?.keys.has(key) !== true);
    const [reader] = readers;
    if (reader === undefined || (known !== undefined && missing.length === 0)) continue;
    const names = listedCode(missing, 8);
    const what = known === undefined ? `\`${shown}\`` : `${names} of \`${shown}\``;
    const todo =
      known === undefined
        ? `write \`${shown}\`${missing.length > 0 ? ` with ${names}` : ''} to Vault`
        : `add ${names} to \`${shown}\` in Vault`;
    yield {
      kind: 'vault',
      danger: 'medium',
      on: reader,
      change: changeOf(reader),
      by: reader.appliedBy,
      message: `now reads ${what} from Vault, and fails if it is not there`,
      todo: [`Before the merge, ${todo}, unless it is there already.`],
    };
  }
}

/** What the policy of a store's role has to allow beside what it did: said once for each store. */
function* policies({ base, changeOf }: Context, head: Side): Generator<Found> {
  const { inVault, written } = policiesIn(base, head);
  const given = { policies: inVault, roles: vaultRoles(head.cluster) };
  for (const accesses of byStore(head.cluster.vault).values()) {
    const [{ store }] = accesses;
    const before = (base?.cluster.vault ?? []).filter(
      (access) => identityKey(access.store) === identityKey(store) && isClear(access),
    );
    const had = new Map(neededPolicy(before).map(({ path, capabilities }) => [path, new Set<string>(capabilities)]));
    const rules = policiesOf(store, accesses, given)?.flatMap((policy) => policy.rules);
    const lacking = (those: readonly PolicyRule[]) =>
      neededPolicy(accesses).flatMap(({ path, capabilities }) => {
        const more = capabilities.filter((one) => had.get(path)?.has(one) !== true && !allows(those, path, one));
        return more.length === 0 ? [] : [`\`${path}\` (${more.join(', ')})`];
      });
    const lacks = lacking(rules ?? []);
    if (lacks.length === 0) continue;
    const role = loginOf(store)?.role;
    const whose = role === undefined ? describe(store) : `role \`${role}\``;
    const files = policiesOf(store, accesses, { ...given, policies: written })?.filter(({ applied }) => !applied) ?? [];
    const isWritten = files.length > 0 && lacking(files.flatMap((policy) => policy.rules)).length === 0;
    yield {
      kind: 'vault',
      danger: 'medium',
      on: store,
      change: changeOf(store),
      by: store.appliedBy,
      message: `needs access to ${lacks.length} more ${lacks.length === 1 ? 'path' : 'paths'} in Vault`,
      todo: [
        isWritten
          ? `Before the merge, write ${files.map(({ where }) => `\`${where}\``).join(' and ')} to Vault (Flux does not): the policy of ${whose} has to allow ${listed(lacks, 6)}.`
          : `Before the merge, extend the policy of ${whose} to allow ${listed(lacks, 6)}; \`espalier policy\` prints it.`,
      ],
    };
  }
}

/** The policies as they are in Vault when Flux applies the change, and as they are written: nobody has written a changed file yet. */
function policiesIn(base: Side | undefined, head: Side): Record<'inVault' | 'written', readonly VaultPolicy[]> {
  const written = vaultPolicies(head.cluster, head.graph);
  const before = base === undefined ? [] : vaultPolicies(base.cluster, base.graph);
  const inVault = written.map((policy) => {
    if (policy.applied) return policy;
    return before.find(({ name, where }) => name === policy.name && where === policy.where) ?? { ...policy, rules: [] };
  });
  return { inVault, written };
}

function byStore(accesses: readonly VaultAccess[]): Map<string, [VaultAccess, ...VaultAccess[]]> {
  return groupBy(accesses.filter(isClear), ({ store }) => identityKey(store));
}
