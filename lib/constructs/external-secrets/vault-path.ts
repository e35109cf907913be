import type { IConstruct } from 'constructs';
import { dataPath, type KvEngine, surplusOf, vaultProperty } from '../../systems/external-secrets/vault-paths';
import type { Format } from '../../systems/format';
import { requireFormat } from '../formats';
import { refuse } from '../input-error';

/** One property of a secret in Vault. */
export interface VaultProperty {
  readonly path: VaultPath;
  readonly property: string;
}

// Each segment is none of "." and "..".
const segments = /^(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$/;

/** A segment of a Vault path: what ESO and Vault's policies take literally. */
export const vaultSegments: Format = {
  allowed:
    'segments of letters, digits, "-", "_" and "." separated by "/", without ".." and without a leading or trailing "/"',
  example: '"apps/backstage/app"',
  accepts: (value) => segments.test(value),
};

/**
 * A secret in a KV engine: it knows its store, its mount, its path below it, and the API paths that policies speak of.
 * Made by `vault.path(…)` and `vault.app(…)`; the same path of another store is another secret.
 */
export class VaultPath {
  /** The store that made it. */
  readonly store: IConstruct;
  /** Where the engine is mounted, such as `kv`. */
  readonly mount: string;
  /** The path below the mount: what ESO's remoteRef.key takes. */
  readonly key: string;
  /** The engine's version. */
  readonly version: KvEngine['version'];

  /** @throws EspalierError for `..`, empty segments, and a path that repeats the mount or the API's `data/` */
  constructor(store: IConstruct, mount: string, key: string, version: KvEngine['version'] = 'v2') {
    requireFormat(store, 'a Vault path', key, vaultSegments);
    const surplus = surplusOf(mount, key);
    if (surplus === 'mount') {
      const below = key.slice(mount.length + 1);
      const why =
        version === 'v2'
          ? `ESO puts it in front, so it would read ${mount}/data/${below} but write its metadata to ${mount}/metadata/${key}`
          : 'ESO puts it in front';
      refuse(store, {
        field: 'a Vault path',
        value: key,
        allowed: `a path below the mount, without the mount "${mount}": ${why}`,
        example: JSON.stringify(below || 'apps/shop/app'),
      });
    }
    if (surplus === 'data' && version === 'v2') {
      refuse(store, {
        field: 'a Vault path',
        value: key,
        allowed: `a path without "data/": External Secrets adds it, so it would read ${mount}/data/${key}`,
        example: JSON.stringify(key.slice('data/'.length)),
      });
    }
    this.store = store;
    this.mount = mount;
    this.key = key;
    this.version = version;
  }

  /** As a person names it: `kv/webgrip/prod/…`. */
  get display(): string {
    return `${this.mount}/${this.key}`;
  }

  /** The path of the values, as policies name it. */
  get dataPath(): string {
    return dataPath(this);
  }

  /** The path of the metadata, as policies name it; KV v1 keeps none, and has the values there. */
  get metadataPath(): string {
    return this.version === 'v1' ? this.dataPath : `${this.mount}/metadata/${this.key}`;
  }

  /** One property of the secret there. */
  property(name: string): VaultProperty {
    return { path: this, property: requireFormat(this.store, `a property of ${this.display}`, name, vaultProperty) };
  }
}

/** Whether something is a path, rather than a reference that holds one. */
export function isVaultPath(value: unknown): value is VaultPath {
  return typeof value === 'object' && value !== null && 'store' in value && 'mount' in value;
}
