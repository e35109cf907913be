import { describe, step } from '../../graph/identity';
import { isSuspended, nameOf, neverPruned } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { dataByNamespace, isKept } from '../../graph/stored-data';
import { at } from '../../json/read';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck, Problem } from '../check';

export const prunesData: ClusterCheck = {
  id: 'flux/prunes-data',
  severity: 'warning',
  title: 'Pruning that deletes data',
  atRunTime:
    'when the object leaves the tree, even when it is renamed or its file moves, Flux deletes it with all its data',
  remedy: 'annotate the object with kustomize.toolkit.fluxcd.io/prune: disabled',
  fixes: 'annotate the object',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomizetoolkitfluxcdioprune',
  *check(cluster) {
    for (const database of cluster.ofKind(group, 'Cluster')) {
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

const kept = 'kustomize.toolkit.fluxcd.io/prune';

function* prunable(resource: Resource, what: string, data: Resource = resource): Generator<Problem> {
  const { appliedBy, madeBy, chart } = resource;
  // Helm deletes what a chart makes, when its release goes.
  if (appliedBy === undefined || chart !== undefined || neverPruned(resource)) return;
  // A ResourceSet prunes, whatever its Kustomization does.
  if (madeBy === undefined ? !prunes(appliedBy) : isSuspended(appliedBy) || resource.uncertain) return;
  const by = madeBy === undefined ? `Kustomization ${nameOf(appliedBy)}` : describe(madeBy);
  yield {
    at: { resource, path: ['metadata', 'name'] },
    ...(madeBy === undefined && {
      fix: {
        title: `annotate it with ${kept}: disabled`,
        changes: [{ path: ['metadata', 'annotations', kept], set: 'disabled' }],
      },
    }),
    message: `${what} once it leaves the tree: ${by} prunes`,
    ...(madeBy !== undefined && { remedy: 'annotate the object with fluxcd.controlplane.io/prune: disabled' }),
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
