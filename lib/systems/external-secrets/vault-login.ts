import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import type { Format } from '../format';

/** How External Secrets logs in to Vault, and where. Any text may hold what is not known (see isKnown). */
export interface VaultLogin {
  /** Vault's address as External Secrets sees it. */
  readonly server: string;
  /** The namespace of Vault in which it logs in, and in which role and policy are; '' for the topmost. */
  readonly authNamespace: string;
  /** The namespace of Vault in which the secrets are. */
  readonly namespace: string;
  /** undefined where the settings name no method. */
  readonly method: LoginMethod | undefined;
  /** Where the method is mounted, below `auth/`. */
  readonly mount: string | undefined;
  /** The role that it logs in with; undefined where a Secret holds it, or where the method has none. */
  readonly role: string | undefined;
  /** Of the method `kubernetes`: whose token it shows; undefined for that of its own pod, or for one in a Secret. */
  readonly account: ServiceAccountRef | undefined;
}

/** A service account, its namespace undefined where the settings leave it out. */
export interface ServiceAccountRef {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly audiences: readonly string[];
}

/** Addresses that Vault's client can ask; it takes any text for one. (providers/v1/vault/client.go, newConfig; vault/api, ParseAddress) */
export const vaultServer: Format = {
  allowed: 'an address that begins with http:// or https://',
  example: '"https://vault.example.org:8200"',
  accepts: (text) => /^(?:https?:\/\/[^\s/]|unix:\/\/)\S*$/i.test(text),
};

/** The methods that External Secrets knows, as `spec.provider.vault.auth` calls them. */
export type LoginMethod = (typeof methods)[number][0];

/**
 * In the order in which External Secrets looks for them, with where each is mounted by default and which field names its role.
 * (providers/v1/vault/auth.go, setAuth; apis/externalsecrets/v1/secretstore_vault_types.go)
 */
const methods = [
  ['tokenSecretRef', undefined, undefined],
  ['appRole', 'approle', undefined],
  ['kubernetes', 'kubernetes', 'role'],
  ['ldap', 'ldap', undefined],
  ['userPass', 'userpass', undefined],
  ['jwt', 'jwt', 'role'],
  ['cert', 'cert', 'vaultRole'],
  ['iam', 'aws', 'vaultRole'],
  ['gcp', 'gcp', 'role'],
] as const;

/** How a store's settings (`spec.provider.vault`), or a generator's (`spec.provider`), say that External Secrets logs in. */
export function loginIn(provider: JsonObject): VaultLogin {
  const found = methods.find(([name]) => objectAt(provider, 'auth', name) !== undefined);
  const namespace = textAt(provider, 'namespace') ?? '';
  const common = {
    // A name and password before an @ are nobody's business.
    server: (textAt(provider, 'server') ?? '').replace(/^([a-z]+:\/\/)?[^/?#]*@/i, '$1'),
    namespace,
    authNamespace: textAt(provider, 'auth', 'namespace') ?? namespace,
  };
  if (found === undefined) {
    return { ...common, method: undefined, mount: undefined, role: undefined, account: undefined };
  }
  const [method, mount, role] = found;
  const auth = objectAt(provider, 'auth', method);
  return {
    ...common,
    method,
    mount: mount && (textAt(auth, method === 'kubernetes' ? 'mountPath' : 'path') || mount),
    role: role && (textAt(auth, role) || undefined),
    account: method === 'kubernetes' ? accountIn(objectAt(auth, 'serviceAccountRef')) : undefined,
  };
}

function accountIn(ref: Json | undefined): ServiceAccountRef | undefined {
  const name = textAt(ref, 'name');
  if (name === undefined) return undefined;
  const audiences = listAt(ref, 'audiences').filter((item) => typeof item === 'string');
  return { name, namespace: textAt(ref, 'namespace'), audiences };
}

/** The namespaces in which the account may be: a SecretStore's own, the one that it names, or those of all that use it. (provider.go, isReferentSpec) */
export function accountNamespaces(account: ServiceAccountRef, own: string, users: Iterable<string>): readonly string[] {
  if (own !== '') return [own];
  return account.namespace !== undefined ? [account.namespace] : [...users];
}

/** The references in a cluster-wide store's settings that name no namespace, and so are followed in that of each ExternalSecret. (provider.go, isReferentSpec) */
export function* withoutNamespace(settings: JsonObject, at: Path = []): Generator<Path> {
  for (const [name, value] of Object.entries(settings)) {
    if (!isJsonObject(value)) continue;
    const path = [...at, name];
    const refers = /(?:secret|role|serviceAccount)Ref$|^caProvider$/i.test(name);
    if (refers && value.namespace === undefined) yield path;
    yield* withoutNamespace(value, path);
  }
}

/**
 * What a policy is called that belongs to a login: as its role; where the method is mounted elsewhere than by default, because
 * several clusters use one Vault, the mount stands before it. Vault keeps names in lower case.
 */
export function policyNameOf({
  method,
  mount,
  role,
}: Pick<VaultLogin, 'method' | 'mount' | 'role'>): string | undefined {
  if (role === undefined) return undefined;
  const usual = methods.some(([name, at]) => name === method && at === mount);
  return plainName(usual || mount === undefined ? role : `${mount}-${role}`);
}

/** A name of which neither a shell, nor a file system, nor Vault makes anything else, and that is none of Vault's own policies. */
export function plainName(text: string): string {
  const short = text.slice(0, 100).toLowerCase();
  const plain = short.replace(/(?:-*[^a-z0-9_.-]+)+-*/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  if (plain === '') return 'policy';
  return vaultsOwn.has(plain) ? `eso-${plain}` : plain;
}

/** Policies that are not for External Secrets to write: every token has `default`, and Vault keeps the others. (policy_store.go) */
const vaultsOwn = new Set(['default', 'root', 'response-wrapping', 'control-group']);
