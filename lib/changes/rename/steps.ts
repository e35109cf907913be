import type { Fix, FixChange } from '../../checks/check';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { at, textAt } from '../../json/read';
import type { SourceDocument } from '../../tree/source/source';
import { kustomizationsCalled, type Renaming } from './called';
import { following } from './following';

/**
 * Whether a Kustomization is deleted without its objects. Its finalizer deletes those of its inventory otherwise that still have its
 * labels, which the new one has not put its own on by then (kustomize-controller 1.9 internal/controller/kustomization_controller.go:
 * finalize, finalizerShouldDeleteResources, deleteObjects).
 */
export function leavesItsObjects({ spec }: FluxKustomization): boolean {
  const policy = textAt(spec, 'deletionPolicy') ?? 'MirrorPrune';
  return policy === 'Orphan' || (policy === 'MirrorPrune' && at(spec, 'prune') !== true);
}

/** The first step: a Kustomization lets go of its objects when it is deleted. */
export function lettingGo(renamed: readonly FluxKustomization[]): Fix {
  const changes = renamed
    .filter((one) => !leavesItsObjects(one))
    .map(({ resource }) => ({ of: resource, path: ['spec', 'deletionPolicy'], set: 'Orphan', after: ['prune'] }));
  return { title: 'set spec.deletionPolicy to Orphan', changes };
}

/** The second step: the new name and namespace, wherever the old ones stand, and the policy of before. */
export function renaming(wanted: Renaming): Fix {
  const { from, to, clusters } = wanted;
  const changes: FixChange[] = [];
  for (const { resource: of, spec } of kustomizationsCalled(clusters, from)) {
    if (to.name !== from.name) changes.push({ of, path: ['metadata', 'name'], set: to.name });
    if (to.namespace !== from.namespace) changes.push({ of, path: ['metadata', 'namespace'], set: to.namespace });
    if (at(spec, 'deletionPolicy') === 'Orphan') changes.push({ of, path: ['spec', 'deletionPolicy'], remove: true });
  }
  for (const cluster of clusters) changes.push(...following(cluster, wanted));
  const moves = to.namespace !== from.namespace;
  const title = moves ? `move it to ${to.namespace}/${to.name}` : `rename it to ${to.name}`;
  return { title, changes: distinct(changes) };
}

/** What several clusters have of one file is changed once. */
function distinct(changes: readonly FixChange[]): readonly FixChange[] {
  const known = new Map<SourceDocument, Set<string>>();
  return changes.filter(({ of, path }) => {
    const document = of === undefined || !('document' in of) ? of : (of as Resource).document;
    if (document === undefined) return true;
    const paths = known.get(document) ?? new Set();
    known.set(document, paths);
    const key = JSON.stringify([of !== undefined && 'document' in of ? of.path : [], path]);
    return !paths.has(key) && paths.add(key) !== undefined;
  });
}
