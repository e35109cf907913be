import type { Path } from '../../json/json';
import type { KvKey } from '../../systems/external-secrets/vault-paths';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';

/** What External Secrets does at a Vault path. */
export type VaultVerb = 'read' | 'find' | 'push' | 'delete';

/** One read or write of Vault that an object asks External Secrets for. */
export interface VaultAccess extends KvKey {
  readonly verb: VaultVerb;
  /** The SecretStore or ClusterSecretStore. */
  readonly store: Resource;
  readonly property: string | undefined;
  /** `metadataPolicy: Fetch`: the metadata is read instead of the values. */
  readonly fetchesMetadata: boolean;
  /** The object that asks for it. */
  readonly resource: Resource;
  /** Where it is asked from: the object's namespace, or that of what it makes; '' where labels select that. */
  readonly namespace: string;
  /** Where it names the key. */
  readonly path: Path;
}

/** Whether it is known where in Vault it leads. */
export function isClear({ key, mount }: Pick<VaultAccess, 'key' | 'mount'>): boolean {
  return isKnown(key) && (mount === undefined || isKnown(mount));
}
