import { type at, objectAt, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { address } from './address';
import { mark } from './markdown';

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
  const mount = textAt(vault, 'path');
  const version = textAt(vault, 'version') === 'v1' ? 'v1' : 'v2';
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

/** ESO's own defaults: https://external-secrets.io/latest/provider/hashicorp-vault/ */
function loginText(vault: Parameters<typeof at>[0]): string {
  const kubernetes = objectAt(vault, 'auth', 'kubernetes');
  if (kubernetes === undefined) {
    const method = Object.keys(objectAt(vault, 'auth') ?? {}).find((name) => name !== 'namespace');
    return method === undefined ? 'no auth method' : `auth method ${mark(method.replace(/SecretRef$/, ''))}`;
  }
  const role = textAt(kubernetes, 'role');
  const mount = textAt(kubernetes, 'mountPath') ?? 'kubernetes';
  return `Kubernetes auth at ${mark(mount)}${role === undefined ? '' : `, role ${mark(role)}`}`;
}
