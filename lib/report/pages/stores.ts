import { identityKey } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import type { Resource } from '../../graph/resource';
import type { VaultAccess } from '../../graph/vault/vault-access';
import type { JsonObject } from '../../json/json';
import { keysAt, objectAt, textAt } from '../../json/read';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { engineIn, vaultPath } from '../../systems/external-secrets/vault-paths';
import { address } from '../../text/address';
import { groupBy } from '../../text/group-by';
import { mark, paragraphs, table } from './markdown';
import { named, type Section } from './page';

/** A store that is Vault. */
export interface VaultStoreFacts {
  /** "Vault at `http://…`, KV version 2 mounted at `kv`". */
  readonly text: string;
  readonly mount: string | undefined;
  readonly version: 'v1' | 'v2';
  /** Vault's own namespace (Enterprise, HCP). */
  readonly namespace: string | undefined;
  /** How it logs in, for people: "Kubernetes auth at `kubernetes`, role `external-secrets`". */
  readonly login: string;
}

/** What a store says of Vault; undefined for another provider's. */
export function vaultOf({ value }: Resource): VaultStoreFacts | undefined {
  const vault = objectAt(value, 'spec', 'provider', 'vault');
  if (vault === undefined) return undefined;
  const { mount, version } = engineIn(vault);
  const server = textAt(vault, 'server');
  const where = server === undefined ? 'Vault' : `Vault at ${mark(address(server))}`;
  const engine = `KV version ${version.slice(1)}${mount === undefined ? '' : ` mounted at ${mark(mount)}`}`;
  return {
    text: `${where}, ${engine}`,
    mount,
    version,
    namespace: textAt(vault, 'namespace'),
    login: loginText(vault),
  };
}

/** What a store is of, behind its name: ": Vault at …", ": the provider `aws`". */
export function providerText(store: Resource): string {
  const vault = vaultOf(store);
  if (vault !== undefined) return `: ${vault.text}; ${vault.login}`;
  const [provider] = keysAt(store.value, 'spec', 'provider');
  return provider === undefined ? '' : `: the provider ${mark(provider)}`;
}

/** ESO's own defaults: https://external-secrets.io/latest/provider/hashicorp-vault/ */
function loginText(vault: JsonObject): string {
  const kubernetes = objectAt(vault, 'auth', 'kubernetes');
  if (kubernetes === undefined) {
    const method = Object.keys(objectAt(vault, 'auth') ?? {}).find((name) => name !== 'namespace');
    return method === undefined ? 'no auth method' : `auth method ${mark(method.replace(/SecretRef$/, ''))}`;
  }
  const role = textAt(kubernetes, 'role');
  const mount = textAt(kubernetes, 'mountPath') ?? 'kubernetes';
  return `Kubernetes auth at ${mark(mount)}${role === undefined ? '' : `, role ${mark(role)}`}`;
}

function serverOf({ store }: VaultAccess): string {
  const vault = objectAt(store.value, 'spec', 'provider', 'vault');
  return [address(textAt(vault, 'server') ?? 'Vault'), textAt(vault, 'namespace') ?? ''].join(' ').trim();
}

/** For an app that holds stores: what is read and written by each. */
export const stores: Section = {
  heading: 'Stores and who uses them',
  body({ app, cluster }) {
    const held = app.resources.filter(
      ({ group, kind }) => group === externalSecretsGroup && /^(?:Cluster)?SecretStore$/.test(kind),
    );
    if (held.length === 0) return undefined;
    return paragraphs(
      ...held.map((store) => {
        const uses = cluster.vault.filter((access) => identityKey(access.store) === identityKey(store));
        const vault = vaultOf(store);
        return paragraphs(
          `${named(store, app.namespace)}${providerText(store)}.`,
          usesTable(uses) ?? (vault === undefined ? undefined : 'Nothing in the tree reads or writes it.'),
        );
      }),
    );
  },
};

/** Each place in Vault with who reads and writes it; undefined for none. */
export function usesTable(accesses: readonly VaultAccess[]): string | undefined {
  const names = (verbs: RegExp, own: readonly VaultAccess[]) =>
    [...new Set(own.filter(({ verb }) => verbs.test(verb)).map(({ resource }) => mark(nameOf(resource))))].join(', ');
  // Stores of one server mean the same by the same path; paths of several servers say which.
  const places = [...groupBy(accesses, (access) => `${vaultPath(access)} ${serverOf(access)}`).values()];
  const byPath = groupBy(places, ([access]) => vaultPath(access));
  const rows = places
    .map((own) => {
      const path = vaultPath(own[0]);
      const where = byPath.get(path)?.length === 1 ? '' : ` at ${mark(serverOf(own[0]))}`;
      return [mark(path) + where, names(/^(?:read|find)$/, own), names(/^push$/, own)];
    })
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return rows.length === 0 ? undefined : table(['Path', 'Read by', 'Written by'], rows);
}
