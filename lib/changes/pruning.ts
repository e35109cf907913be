import { isForbidden } from '../graph/account-rights';
import { describe } from '../graph/identity';
import { isSame, isSuspended, nameOf, neverPruned } from '../graph/kustomization';
import type { FluxKustomization, Resource } from '../graph/resource';
import { at, textAt } from '../json/read';
import { accountOf } from '../systems/flux/lockdown';
import type { Context } from './context';
import { type Pruning, pruningByHelm } from './pruning-by-helm';

/** Bootstrap, a Kustomization of another repository, or a person, who deletes nothing. */
const unseen = 'what applies it is not in the tree';

/**
 * What Flux does with an object that leaves a Kustomization, by what the cluster knows of both before the change is merged
 * (kustomize-controller internal/controller/kustomization_controller.go: prune, deleteObjects, finalizerShouldDeleteResources).
 */
export function pruningOf(resource: Resource, context: Context): Pruning {
  if (resource.chart !== undefined) return pruningByHelm(resource, resource.chart, context, pruningOf);
  const by = resource.appliedBy;
  if (neverPruned(resource)) return { end: 'kept', why: 'its annotations keep Flux from deleting it', by };
  if (resource.madeBy !== undefined) return pruningWithSet(resource, resource.madeBy, context);
  if (by === undefined) return { end: 'unknown', why: unseen, by };
  const now = context.now(by);
  if (now === undefined) return pruningWithKustomization(by, context);
  if (at(now.spec, 'prune') !== true) return { end: 'kept', why: `Kustomization ${nameOf(by)} does not prune`, by };
  if (now.contents.type === 'elsewhere') return { end: 'unknown', why: now.contents.why, by };
  const account = accountOf(now.resource);
  const cluster = context.head?.cluster;
  if (
    account !== undefined &&
    cluster &&
    isForbidden(cluster, { namespace: now.namespace, name: account }, 'delete', resource)
  ) {
    const why = `ServiceAccount ${now.namespace}/${account}, as which Kustomization ${nameOf(by)} applies, may not delete it, and the Kustomization fails`;
    return { end: 'kept', why, by };
  }
  const delay = context.delayedBy(by);
  // What is missing from a build that fails may be in it once that is fixed.
  if (delay !== undefined && context.failuresOf(by).length === 0) return { end: 'later', why: delay, by };
  if (now.contents.type === 'missing') {
    return { end: 'later', why: `Kustomization ${nameOf(by)} fails, because its folder is not there`, by };
  }
  return { end: 'deleted', why: `Kustomization ${nameOf(by)} prunes it`, by };
}

/** Of what a ResourceSet has made: the operator deletes what it makes no more, and all of it with the ResourceSet. */
function pruningWithSet({ appliedBy: by }: Resource, set: Resource, context: Context): Pruning {
  const change = context.changeOf(set);
  if (change !== undefined && change.after === undefined) {
    const own = pruningOf(set, context);
    return own.end === 'deleted' ? { ...own, why: `${describe(set)} is deleted with all that it makes` } : own;
  }
  const delay = context.delayedBy(by);
  if (delay !== undefined) return { end: 'later', why: delay, by };
  return { end: 'deleted', why: `${describe(set)} prunes it`, by };
}

/** Of an object whose Kustomization is gone as well: what its finalizer does. */
function pruningWithKustomization(by: FluxKustomization, context: Context): Pruning {
  const own = pruningOfKustomization(by, context);
  const name = nameOf(by);
  if (own.end === 'kept')
    return { end: 'kept', why: `Kustomization ${name} itself stays in the cluster: ${own.why}`, by, goesOn: true };
  if (isSuspended(by)) return { end: 'kept', why: `Kustomization ${name} is suspended when it is deleted`, by };
  const policy = textAt(by.spec, 'deletionPolicy') ?? 'MirrorPrune';
  if (policy === 'Orphan') return { end: 'kept', why: `the deletionPolicy of Kustomization ${name} is Orphan`, by };
  if (policy === 'MirrorPrune' && at(by.spec, 'prune') !== true) {
    return { end: 'kept', why: `Kustomization ${name} does not prune`, by };
  }
  if (own.end === 'later') return { end: 'later', why: own.why, by };
  // Of those above each other, the first decides.
  if (own.end === 'unknown')
    return {
      end: 'unknown',
      why: own.why === unseen ? `Kustomization ${name} deletes it when it is deleted itself, and ${unseen}` : own.why,
      by,
    };
  return { end: 'deleted', why: `Kustomization ${name} is deleted with all that it applies`, by };
}

/** What becomes of a Kustomization that is not in the tree any more. */
export function pruningOfKustomization(kustomization: FluxKustomization, context: Context): Pruning {
  const parent = kustomization.resource.appliedBy;
  if (parent === undefined) return { end: 'unknown', why: unseen, by: parent };
  // One that applies itself has nobody to delete it.
  return isSame(parent, kustomization)
    ? { end: 'kept', why: 'it has applied itself, and its folder is gone', by: parent }
    : pruningOf(kustomization.resource, context);
}
