import { posix } from 'node:path';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Format } from '../../systems/format';
import { ConfigMapKey } from '../config-map-key';
import { requireFormat } from '../formats';
import { refuse } from '../input-error';
import { NamedObject, PersistentVolumeClaim } from '../kinds';
import { namespaceAt } from '../scopes';
import { Secret, type SecretKey } from '../secret';
import { isWholeConfigMap, type WholeConfigMap } from './config-map';
import { imported, importedConfigMap } from './environment';

/**
 * What a container finds at a path: the keys of a ConfigMap or Secret as files of a folder, one key of either as a file, a
 * volume that outlives the pod, or a Volume of cdk8s-plus.
 */
export type Mount = WholeConfigMap | ConfigMapKey | Secret | SecretKey | Claim | kplus.Volume;

type Claim = PersistentVolumeClaim | NamedObject<'PersistentVolumeClaim'>;

export const containerPath: Format = {
  allowed: 'an absolute path in the container, without ".." and ":"',
  example: '"/etc/shop"',
  accepts: (path) => /^\/[^:]+$/.test(path) && !path.split('/').includes('..'),
};

/** The name of the volume at a path: `/var/lib/shop` is `var-lib-shop`. */
export function volumeName(path: string): string {
  return path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-63)
    .replace(/^-+|-+$/g, '');
}

/** Mounts what a container reads, and empty folders that it may write. */
export function mountAll(
  reader: Construct,
  container: kplus.Container,
  mounts: Readonly<Record<string, Mount>>,
  emptyDirs: readonly string[],
): void {
  for (const [path, source] of Object.entries(mounts)) {
    requireFormat(reader, 'mounts: a path', path, containerPath);
    mount(reader, container, path, source);
  }
  for (const path of emptyDirs) {
    requireFormat(reader, 'emptyDirs', path, containerPath);
    const name = volumeName(path);
    container.mount(path, kplus.Volume.fromEmptyDir(reader, volumeId(reader, path), name));
  }
}

function mount(reader: Construct, container: kplus.Container, path: string, source: Mount): void {
  const options = { name: volumeName(path) };
  const id = volumeId(reader, path);
  const readOnly = true;
  const file = posix.basename(path);
  if (isWholeConfigMap(source)) {
    const configMap = importedConfigMap(reader, source);
    container.mount(path, kplus.Volume.fromConfigMap(reader, id, configMap, options), { readOnly });
  } else if (source instanceof Secret) {
    container.mount(path, kplus.Volume.fromSecret(reader, id, imported(reader, source), options), { readOnly });
  } else if (source instanceof PersistentVolumeClaim || source instanceof NamedObject) {
    container.mount(path, kplus.Volume.fromPersistentVolumeClaim(reader, id, claimed(reader, path, source), options));
  } else if (source instanceof kplus.Volume) {
    container.mount(path, source);
  } else if (source instanceof ConfigMapKey) {
    const items = { [source.key]: { path: file } };
    const configMap = importedConfigMap(reader, source.configMap as WholeConfigMap);
    const volume = kplus.Volume.fromConfigMap(reader, id, configMap, { ...options, items });
    container.mount(path, volume, { readOnly, subPath: file });
  } else if (source?.secret instanceof Secret) {
    // key() once more: a handle may be written by hand.
    const { key } = source.secret.key(source.key as never);
    const items = { [key]: { path: file } };
    const volume = kplus.Volume.fromSecret(reader, id, imported(reader, source.secret), { ...options, items });
    container.mount(path, volume, { readOnly, subPath: file });
  } else {
    refuse(reader, {
      field: `mounts["${path}"]`,
      allowed: 'a ConfigMap, a Secret, a key of either, a PersistentVolumeClaim, or a Volume of cdk8s-plus',
      example: 'secrets.secret',
    });
  }
}

/** The claim as cdk8s-plus knows it, by name. */
function claimed(reader: Construct, path: string, claim: Claim): kplus.IPersistentVolumeClaim {
  const { name } = claim;
  const namespace = namespaceAt(reader);
  if (claim.kind !== 'PersistentVolumeClaim' || (claim.namespace ?? namespace) !== (namespace ?? claim.namespace)) {
    refuse(reader, {
      field: `mounts["${path}"]`,
      value: `${claim.kind} ${claim.namespace === undefined ? '' : `${claim.namespace}/`}${name}`,
      allowed: `a PersistentVolumeClaim of namespace ${namespace}: a pod cannot use one from elsewhere`,
    });
  }
  if (claim instanceof NamedObject) claim.referredBy(reader);
  else reader.node.addDependency(claim);
  const id = `claim-${name}`;
  const known = reader.node.tryFindChild(id) as kplus.IPersistentVolumeClaim | undefined;
  return known ?? kplus.PersistentVolumeClaim.fromClaimName(reader, id, name);
}

/** @throws EspalierError for two paths that name one volume */
function volumeId(reader: Construct, path: string): string {
  const id = `volume-${volumeName(path)}`;
  if (reader.node.tryFindChild(id) === undefined) return id;
  return refuse(reader, {
    field: 'mounts and emptyDirs',
    value: path,
    allowed: 'paths that differ in more than punctuation: their volumes are named after them',
    example: '"/etc/shop"',
  });
}
