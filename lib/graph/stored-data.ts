import { listAt, textAt } from '../json/read';
import { group } from '../systems/cnpg/names';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import type { Resource } from './resource';

/** Whether the tree shows that the data outlives the claim. */
export function isKept(claim: Resource, cluster: Cluster): boolean {
  const { value } = claim;
  if (restoredBy(claim) !== undefined) return true;
  const volume = textAt(value, 'spec', 'volumeName');
  if (volume !== undefined) {
    const [found] = cluster.find({ group: '', kind: 'PersistentVolume', namespace: '', name: volume });
    // One that is written down, or made by hand, is kept unless it says otherwise.
    return (textAt(found?.value, 'spec', 'persistentVolumeReclaimPolicy') ?? 'Retain') === 'Retain';
  }
  const name = textAt(value, 'spec', 'storageClassName');
  if (name === undefined) return false;
  const [storage] = cluster.find({ group: 'storage.k8s.io', kind: 'StorageClass', namespace: '', name });
  return textAt(storage?.value, 'reclaimPolicy') === 'Retain';
}

/**
 * The volume populator, such as VolSync's, that fills each new claim from a backup: "ReplicationDestination shop/files"; undefined for none. A
 * snapshot is one of the storage itself (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-populators-and-data-sources).
 */
export function restoredBy({ value, namespace }: Resource): string | undefined {
  const [group, kind, name, where = namespace] = ['apiGroup', 'kind', 'name', 'namespace'].map((field) =>
    textAt(value, 'spec', 'dataSourceRef', field),
  );
  return (group ?? '') === '' || group === 'snapshot.storage.k8s.io' ? undefined : `${kind} ${where}/${name}`;
}

/** What of each namespace's objects holds data: a database before anything else. */
export const dataByNamespace = memoize((cluster: Cluster): ReadonlyMap<string, Resource> => {
  const sets = cluster.ofKind('apps', 'StatefulSet');
  return new Map(
    [
      ...sets.filter(({ value }) => listAt(value, 'spec', 'volumeClaimTemplates').length > 0),
      ...cluster.ofKind('', 'PersistentVolumeClaim').filter((claim) => !isKept(claim, cluster)),
      ...cluster.ofKind(group, 'Cluster'),
    ].map((resource) => [resource.namespace, resource]),
  );
});
