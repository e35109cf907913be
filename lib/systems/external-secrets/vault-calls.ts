import type { JsonObject } from '../../json/json';
import { at, objectAt, textAt } from '../../json/read';
import { dataPath, type KvKey, metadataPath } from './vault-paths';

export type Capability = 'create' | 'read' | 'update' | 'delete' | 'list';

/** A call of Vault's API that External Secrets makes; undefined path where it makes none, since it refuses the key itself. */
export interface VaultCall {
  readonly path: string | undefined;
  /** What it does there, as the end of a sentence: "reads it". */
  readonly purpose: string;
  readonly capabilities: readonly Capability[];
  /** Whether the `*` at its end is meant for all below it; a key may end so, too. */
  readonly below?: true;
}

/** One read or write of Vault. */
interface Access extends KvKey {
  readonly verb: 'read' | 'find' | 'push' | 'delete';
  readonly property: string | undefined;
  /** `metadataPolicy: Fetch`. */
  readonly fetchesMetadata: boolean;
}

/**
 * The calls that External Secrets makes for its own token (auth.go: checkToken, revokeTokenIfValid), which Vault's `default` policy allows
 * every token (https://developer.hashicorp.com/vault/docs/concepts/policies#default-policy).
 */
export const selfCalls: readonly { readonly path: string; readonly capabilities: readonly Capability[] }[] = [
  { path: 'auth/token/lookup-self', capabilities: ['read'] },
  { path: 'auth/token/revoke-self', capabilities: ['update'] },
];

/**
 * What External Secrets calls for one read or write.
 *
 * - Read: the values, or with `metadataPolicy: Fetch` the metadata instead; never both. (client_get.go, GetSecret)
 * - Push: it reads the values; where there are some, it reads the metadata to see that they are its own, once more for the version
 *   where check-and-set is required; it writes the mark `managed-by` to the metadata, which may be there or not, then the
 *   values. Where the metadata exists, Vault asks for `update` on the values, never for `create` (seen with OpenBao 2.6 and every state of a
 *   secret). `IfNotExists` reads first, and may write the same. (client_push.go of External Secrets 2.9, PushSecret)
 * - Delete: it reads both; with a property it writes back what remains; with the last one, or without a property, it deletes the
 *   values and the metadata. (client_push.go, DeleteSecret)
 * - Version 1 has no metadata: the mark lies among the values.
 *
 * @param ref the reference, of which a search says more than its path
 */
export function vaultCalls(access: Access, ref: JsonObject | undefined): VaultCall[] {
  const { verb, version, property, fetchesMetadata } = access;
  if (verb === 'find') return callsOfFind(access, ref);
  const v2 = version === 'v2';
  const data = (purpose: string, ...capabilities: Capability[]): VaultCall => {
    return { path: dataPath(access), purpose, capabilities };
  };
  const metadata = (purpose: string, ...capabilities: Capability[]): VaultCall => {
    return { path: metadataPath(access), purpose, capabilities };
  };
  if (verb === 'read') {
    if (!fetchesMetadata) return [data('reads it', 'read')];
    // "cannot perform metadata fetch operations with kv version v1"
    return v2 ? [metadata('reads its metadata', 'read')] : [];
  }
  if (verb === 'push') {
    return [
      v2 ? data('pushes to it', 'read', 'update') : data('pushes to it', 'create', 'read', 'update'),
      v2
        ? metadata('marks it as managed by External Secrets', 'create', 'read', 'update')
        : metadata('looks for the mark of External Secrets', 'read'),
    ];
  }
  const rewrites: Capability[] = property ? ['update'] : [];
  return [
    data('deletes what it pushed', 'read', ...rewrites, 'delete'),
    v2
      ? metadata('deletes what it pushed', 'read', 'delete')
      : metadata('looks for the mark of External Secrets', 'read'),
  ];
}

/**
 * Folders are listed one after the other, then each secret whose name fits is read. Without a name it is found by its tags, for
 * which the metadata of each is read first; with both, tags are not looked at. (client_get_all_secrets.go, GetAllSecrets)
 */
function callsOfFind(access: Access, find: JsonObject | undefined): VaultCall[] {
  const byName = objectAt(find, 'name') !== undefined;
  // "cannot perform find by tag operations with kv version v1"
  if (access.version === 'v1' && at(find, 'tags') !== undefined) return [];
  const folder = { ...access, key: textAt(find, 'path') === undefined ? '' : `${access.key}/` };
  const metadata = metadataPath(folder);
  if (metadata === undefined) return [];
  const call = (path: string, purpose: string, capability: Capability): VaultCall => {
    return { path: `${path}*`, purpose, capabilities: [capability], below: true };
  };
  return [
    call(metadata, 'looks for secrets there', 'list'),
    ...(byName ? [] : [call(metadata, 'looks for tags there', 'read')]),
    call(dataPath(folder), 'reads what it finds there', 'read'),
  ];
}

/** What the method of a VaultDynamicSecret needs; what is no reading is a write. (generators/v1/vault/vault.go, fetchVaultSecret) */
export function capabilitiesOfGenerator(method: string | undefined): readonly Capability[] {
  switch (method || 'GET') {
    case 'GET':
      return ['read'];
    case 'LIST':
      return ['list'];
    case 'DELETE':
      return ['delete'];
    default:
      return ['create', 'update'];
  }
}
