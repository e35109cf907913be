import { identityKey } from '../identity';
import type { VaultAccess } from './vault-access';

/** Which store and which key a path is made of. */
type Keyed = Pick<VaultAccess, 'mount' | 'version' | 'key'>;

/** Where ESO reads and writes the values of a key (providers/v1/vault/client_get.go, buildPath). */
export function dataPath({ mount, version, key }: Keyed): string {
  if (mount === undefined) {
    if (version === 'v1' || key.includes('/data/')) return tidy(key);
    const [first, ...rest] = key.split('/');
    return tidy([first, 'data', ...rest].join('/'));
  }
  let below = key;
  if (below.startsWith(`${mount}/`)) {
    below = below.slice(mount.length + 1);
    if (version === 'v2' && below.startsWith('data/')) below = below.slice('data/'.length);
  }
  return tidy(version === 'v2' ? `${mount}/data/${below}` : `${mount}/${below}`);
}

/**
 * Where ESO reads, writes and lists the metadata of a key (buildMetadataPath): unlike dataPath it does not take the mount off the
 * key. Undefined where it refuses: "provided Path isn't a valid kv v2 path".
 */
export function metadataPath({ mount, version, key }: Keyed): string | undefined {
  if (version === 'v1') return tidy(mount === undefined ? key : `${mount}/${key}`);
  if (mount !== undefined) return tidy(`${mount}/metadata/${key}`);
  return key.includes('data') ? tidy(key.replace('/data/', '/metadata/')) : undefined;
}

/** Which secret of Vault is read or written, as a key: the store with the path of its values. */
export function vaultSecretKey(access: Keyed & Pick<VaultAccess, 'store'>): string {
  return `${identityKey(access.store)} ${dataPath(access)}`;
}

/** A place in Vault as people name it: the mount and the key, `kv/acme/prod/shop`. */
export function vaultPath(access: Keyed): string {
  const path = dataPath(access);
  if (access.version === 'v1') return path;
  const { mount } = access;
  if (mount === undefined) return path.replace('/data/', '/');
  return path.startsWith(`${mount}/data/`) ? `${mount}/${path.slice(mount.length + 6)}` : path;
}

/** As the HTTP client sends it. */
function tidy(path: string): string {
  if (!path.includes('//') && !path.startsWith('/')) return path;
  return path.replace(/\/{2,}/g, '/').replace(/^\//, '');
}
