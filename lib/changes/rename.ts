import type { Fix, FixChange } from '../checks/check';
import type { Graph } from '../graph/graph';
import { identityKey } from '../graph/identity';
import { healthChecksOf } from '../graph/kustomization';
import { namePath } from '../graph/references/find';
import type { FluxKustomization, Resource } from '../graph/resource';
import { at, listAt, textAt } from '../json/read';
import type { SourceDocument } from '../tree/source/source';

const kind = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' };

/** The Kustomizations of a name, of all clusters of a tree, those once that stand in one file. */
export function kustomizationsCalled(graph: Graph, namespace: string, name: string): readonly FluxKustomization[] {
  const all = graph.clusters.flatMap((cluster) => cluster.kustomization(namespace, name) ?? []);
  return [...new Map(all.map((one) => [one.resource.document, one])).values()];
}

/**
 * Whether a Kustomization is deleted without its objects. Its finalizer deletes all that it has applied otherwise, be it that another
 * Kustomization has it too (kustomize-controller 1.9 internal/controller/kustomization_controller.go: finalize,
 * finalizerShouldDeleteResources).
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

/** The second step: the new name, wherever the old one stands, and the policy of before. */
export function renaming(graph: Graph, renamed: readonly FluxKustomization[], name: string): Fix {
  const [first] = renamed;
  if (first === undefined) return { title: '', changes: [] };
  const target = { ...kind, namespace: first.namespace, name: first.name };
  const changes: FixChange[] = [];
  for (const { resource, spec } of renamed) {
    changes.push({ of: resource, path: ['metadata', 'name'], set: name });
    if (at(spec, 'deletionPolicy') === 'Orphan') {
      changes.push({ of: resource, path: ['spec', 'deletionPolicy'], remove: true });
    }
  }
  for (const cluster of graph.clusters) {
    if (cluster.kustomization(target.namespace, target.name) === undefined) continue;
    for (const reference of cluster.references.to(target)) {
      changes.push({ of: reference.resource, path: namePath(reference), set: name });
    }
    for (const { resource, ...other } of cluster.kustomizations) {
      for (const check of healthChecksOf({ resource, ...other })) {
        if (identityKey(check) !== identityKey(target)) continue;
        changes.push({ of: resource, path: ['spec', 'healthChecks', check.index, 'name'], set: name });
      }
    }
  }
  for (const document of new Set(graph.builds.flatMap(({ kustomizations }) => kustomizations))) {
    for (const [i, patch] of listAt(document.value, 'patches').entries()) {
      if (textAt(patch, 'target', 'kind') !== kind.kind || textAt(patch, 'target', 'name') !== target.name) continue;
      changes.push({ of: document, path: ['patches', i, 'target', 'name'], set: name });
    }
  }
  return { title: `rename it to ${name}`, changes: distinct(changes) };
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
