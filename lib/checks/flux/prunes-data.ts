import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import { isSuspended, nameOf, neverPruned } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { at, listAt, textAt } from '../../json/read';
import type { ClusterCheck, Problem } from '../check';

export const prunesData: ClusterCheck = {
  id: 'flux/prunes-data',
  severity: 'warning',
  title: 'Pruning that deletes data',
  atRunTime:
    'when the object leaves the tree, even when it is renamed or its file moves, Flux deletes it with all its data',
  remedy: 'annotate the object with kustomize.toolkit.fluxcd.io/prune: disabled',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomizetoolkitfluxcdioprune',
  *check(cluster) {
    for (const database of cluster.ofKind('postgresql.cnpg.io', 'Cluster')) {
      yield* prunable(database, `${describe(database)} and its volumes are deleted`);
    }
    for (const claim of cluster.ofKind('', 'PersistentVolumeClaim')) {
      if (isKept(claim, cluster)) continue;
      yield* prunable(claim, `${describe(claim)} and its volume are deleted`);
    }
    const contents = dataByNamespace(cluster);
    for (const namespace of cluster.ofKind('', 'Namespace')) {
      const data = contents.get(namespace.name);
      if (data === undefined) continue;
      yield* prunable(namespace, `${describe(namespace)} and ${describe(data)} in it are deleted`, data);
    }
  },
};

function* prunable(resource: Resource, what: string, data: Resource = resource): Generator<Problem> {
  const { appliedBy } = resource;
  if (appliedBy === undefined || !prunes(appliedBy) || neverPruned(resource)) return;
  yield {
    at: { resource, path: ['metadata', 'name'] },
    message: `${what} once it leaves the tree: Kustomization ${nameOf(appliedBy)} prunes`,
    ...(resource.kind !== 'Cluster' && {
      together: {
        key: resource.kind,
        message: (count) => `${count} ${resource.kind}s are deleted with their data once they leave the tree`,
      },
    }),
    ...(data === resource ? {} : { chain: [step(resource), step(data)] }),
  };
}

function prunes(kustomization: FluxKustomization): boolean {
  const { spec, resource } = kustomization;
  return at(spec, 'prune') === true && !isSuspended(kustomization) && !resource.uncertain;
}

/** Whether the tree shows that the data outlives the claim. */
export function isKept({ value }: Resource, cluster: Cluster): boolean {
  if (isRestored(value)) return true;
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
 * Whether a volume populator, such as VolSync's, fills each new claim from a backup; a snapshot is one of the storage itself
 * (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-populators-and-data-sources).
 */
function isRestored(claim: Resource['value']): boolean {
  const group = textAt(claim, 'spec', 'dataSourceRef', 'apiGroup') ?? '';
  return group !== '' && group !== 'snapshot.storage.k8s.io';
}

/** What of a namespace's objects holds data: a database before anything else. */
export function dataByNamespace(cluster: Cluster): ReadonlyMap<string, Resource> {
  const sets = cluster.ofKind('apps', 'StatefulSet');
  return new Map(
    [
      ...sets.filter(({ value }) => listAt(value, 'spec', 'volumeClaimTemplates').length > 0),
      ...cluster.ofKind('', 'PersistentVolumeClaim').filter((claim) => !isKept(claim, cluster)),
      ...cluster.ofKind('postgresql.cnpg.io', 'Cluster'),
    ].map((resource) => [resource.namespace, resource]),
  );
}
