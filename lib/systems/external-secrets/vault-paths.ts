import type { JsonObject } from '../../json/json';
import { textAt } from '../../json/read';
import type { Format } from '../format';

/** A key/value engine of Vault, as a store's settings (`spec.provider.vault`) say it. */
export interface KvEngine {
  /** undefined when the store says none: then each key begins with it. */
  readonly mount: string | undefined;
  /** v2 unless the store says v1. */
  readonly version: 'v1' | 'v2';
}

export interface KvKey extends KvEngine {
  readonly key: string;
}

export function engineIn(provider: JsonObject): KvEngine {
  return { mount: textAt(provider, 'path'), version: textAt(provider, 'version') === 'v1' ? 'v1' : 'v2' };
}

/** Whether a mount ends with the `data` that External Secrets adds itself. (providers/v1/vault/client_get.go, buildPath) */
export function repeatsData(mount: string): boolean {
  return /\/data\/?$/.test(mount);
}

/** What a key of KV version 2 should not begin with: the mount, or the `data/` of the API, which External Secrets adds. */
export function surplusOf(mount: string, key: string): 'mount' | 'data' | undefined {
  if (key === mount || key.startsWith(`${mount}/`)) return 'mount';
  return key.startsWith('data/') ? 'data' : undefined;
}

/** Where External Secrets 2.9 reads and writes the values of a key (providers/v1/vault/client_get.go, buildPath). */
export function dataPath({ mount, version, key }: KvKey): string {
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
 * Where External Secrets 2.9 reads, writes and lists the metadata of a key (buildMetadataPath): unlike dataPath it does not take the mount off the
 * key. Undefined where it refuses: "provided Path isn't a valid kv v2 path".
 */
export function metadataPath({ mount, version, key }: KvKey): string | undefined {
  if (version === 'v1') return tidy(mount === undefined ? key : `${mount}/${key}`);
  if (mount !== undefined) return tidy(`${mount}/metadata/${key}`);
  return key.includes('data') ? tidy(key.replace('/data/', '/metadata/')) : undefined;
}

/** The name of a property: KV v2 stores a JSON object, and a push without one fails. (providers/v1/vault/client_push.go) */
export const vaultProperty: Format = {
  allowed: 'the name of a property in Vault, without white space at either end',
  example: '"password"',
  accepts: (value) => value !== '' && value === value.trim(),
};

/** A place in Vault as people name it: the mount and the key, `kv/acme/prod/shop`. */
export function vaultPath(access: KvKey): string {
  const path = dataPath(access);
  if (access.version === 'v1') return path;
  const { mount } = access;
  if (mount === undefined) return path.replace('/data/', '/').replace(/\/data$/, '');
  return path.startsWith(`${mount}/data/`) ? `${mount}/${path.slice(mount.length + 6)}` : path;
}

/** As the HTTP client sends it. */
function tidy(path: string): string {
  if (!path.includes('//') && !path.startsWith('/')) return path;
  return path.replace(/\/{2,}/g, '/').replace(/^\//, '');
}
