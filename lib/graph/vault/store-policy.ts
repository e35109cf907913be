import { textAt } from '../../json/read';
import { policyNameOf } from '../../systems/external-secrets/vault-login';
import { allows } from '../../systems/vault/allows';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';
import { neededPolicy } from './needed';
import type { VaultPolicy, VaultRole } from './policies';
import type { VaultAccess } from './vault-access';

/** How External Secrets logs in to Vault as a store says it. */
export interface Login {
  readonly role: string;
  readonly mount: string;
}

/** The role that a store logs in with; undefined when it uses none, or its name is not known. */
export function loginOf({ value }: Resource): Login | undefined {
  const auth = ['spec', 'provider', 'vault', 'auth', 'kubernetes'];
  const role = textAt(value, ...auth, 'role');
  const mount = textAt(value, ...auth, 'mountPath') ?? 'kubernetes';
  return role === undefined || !isKnown(role) || !isKnown(mount) ? undefined : { role, mount };
}

/** The one role of the tree that a store logs in with. */
export function roleOf(store: Resource, roles: readonly VaultRole[]): VaultRole | undefined {
  const login = loginOf(store);
  const found = roles.filter(({ name, mount }) => name === login?.role && mount === login.mount);
  return found.length === 1 ? found[0] : undefined;
}

/**
 * The policies that a store's token has, all of them; undefined when the tree does not tell. A role of the tree names them.
 * Otherwise it is the one that
 * Espalier writes for the role, or one that is called like it, or the only one there is when it fits.
 */
export function policiesOf(
  store: Resource,
  accesses: readonly VaultAccess[],
  { policies, roles }: { readonly policies: readonly VaultPolicy[]; readonly roles: readonly VaultRole[] },
): readonly VaultPolicy[] | undefined {
  const role = roleOf(store, roles);
  if (role !== undefined) return policiesOfRole(role, policies);
  const login = loginOf(store);
  // Policies of another namespace of Vault are written with, or without, its name.
  if (login === undefined || textAt(store.value, 'spec', 'provider', 'vault', 'namespace') !== undefined)
    return undefined;
  const own = policyNameOf({ ...login, method: 'kubernetes' });
  const written = policies.filter(({ name }) => name === own);
  const called = written.length > 0 ? written : policies.filter(({ name }) => isCalledLike(name, login.role));
  if (called.length > 0) return new Set(called.map(({ name }) => name)).size === called.length ? called : undefined;
  const [only] = policies;
  return policies.length === 1 && only !== undefined && fits(only, accesses) ? [only] : undefined;
}

function policiesOfRole(role: VaultRole, policies: readonly VaultPolicy[]): readonly VaultPolicy[] | undefined {
  const names = role.policies.filter((name) => name !== 'default');
  const found = names.map((name) => policies.filter((policy) => policy.name === name));
  if (names.length === 0 || found.some(({ length }) => length !== 1)) return undefined;
  return found.flat();
}

/** Words that a policy's name has besides that of its role. */
const besides = /^(?:policy|read|reader|readonly|ro|write|writer|rw|kv|secrets?|vault|eso)$/;

/** `external-secrets`, `external-secrets-policy` and `read_external_secrets`, for a role `external-secrets`. */
function isCalledLike(policy: string, role: string): boolean {
  const words = policy.toLowerCase().split(/[-_./]+/);
  const wanted = role.toLowerCase().split(/[-_./]+/);
  for (let start = 0; start + wanted.length <= words.length; start += 1) {
    if (!wanted.every((word, i) => words[start + i] === word)) continue;
    return [...words.slice(0, start), ...words.slice(start + wanted.length)].every((word) => besides.test(word));
  }
  return false;
}

/** Whether a policy allows something that the store is asked for: then it is most likely the store's. */
function fits({ rules }: VaultPolicy, accesses: readonly VaultAccess[]): boolean {
  return neededPolicy(accesses).some(({ path, capabilities }) =>
    capabilities.some((capability) => allows(rules, path, capability)),
  );
}
