import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';
import type { Container, PodTemplate } from '../workload';

/** A ConfigMap's key as a file in a container. */
export interface MountedFile {
  readonly map: Resource;
  readonly key: string;
  /** Where it is found: `/app/app-config.yaml`. */
  readonly path: string;
}

export interface Mounts {
  readonly files: readonly MountedFile[];
  /** Folders that hold a ConfigMap's files and nothing else. */
  readonly folders: ReadonlyMap<string, Resource>;
}

/** The files that a container has from ConfigMaps of the tree. */
export function mountsOf(pod: PodTemplate, container: Container, cluster: Cluster): Mounts {
  const files: MountedFile[] = [];
  const folders = new Map<string, Resource>();
  for (const mount of listAt(container.value, 'volumeMounts')) {
    const place = textAt(mount, 'mountPath')?.replace(/\/+$/, '');
    const volume = listAt(pod.spec, 'volumes').find((other) => textAt(other, 'name') === textAt(mount, 'name'));
    const name = textAt(volume, 'configMap', 'name');
    if (place === undefined || name === undefined || !isKnown(name)) continue;
    const [map] = cluster.find({ group: '', kind: 'ConfigMap', namespace: pod.resource.namespace, name });
    if (map === undefined || map.uncertain) continue;
    const subPath = textAt(mount, 'subPath');
    for (const { key, file } of filesOf(map, volume)) {
      if (subPath === undefined) files.push({ map, key, path: `${place}/${file}` });
      else if (subPath === file) files.push({ map, key, path: place });
    }
    if (subPath === undefined && textAt(mount, 'subPathExpr') === undefined) folders.set(place, map);
  }
  return { files, folders };
}

function filesOf(map: Resource, volume: Parameters<typeof listAt>[0]): { key: string; file: string }[] {
  const keys = [...keysAt(map.value, 'data'), ...keysAt(map.value, 'binaryData')];
  const items = listAt(volume, 'configMap', 'items');
  if (items.length === 0) return keys.map((key) => ({ key, file: key }));
  return items.flatMap((item) => {
    const [key, file] = [textAt(item, 'key'), textAt(item, 'path')];
    return objectAt(item) === undefined || key === undefined || file === undefined || !keys.includes(key)
      ? []
      : [{ key, file }];
  });
}
