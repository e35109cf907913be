import { isSame, isSuspended, nameOf, neverPruned } from '../../checks/flux/kustomization';
import { at, textAt } from '../../graph/json';
import type { FluxKustomization, Resource } from '../../graph/resource';
import type { Context } from './context';

/** What becomes of an object that a Kustomization does not apply any more. */
export interface Fate {
  readonly end: 'deleted' | 'kept' | 'unknown';
  /** Why: a clause about the object. */
  readonly why: string;
  /** The Kustomization that deletes it, before the change. */
  readonly by: FluxKustomization | undefined;
}

/**
 * What Flux does with an object that leaves a Kustomization, by what the cluster knows of both before the change is merged
 * (kustomize-controller internal/controller/kustomization_controller.go: prune, finalizerShouldDeleteResources).
 */
export function fateOf(resource: Resource, context: Context): Fate {
  const by = resource.appliedBy;
  if (by === undefined) return { end: 'kept', why: 'no Kustomization of the tree has applied it', by };
  if (neverPruned(resource)) return { end: 'kept', why: 'its annotations keep Flux from deleting it', by };
  const now = context.now(by);
  if (now === undefined) return fateWithKustomization(by, context);
  if (context.heldBy(by) !== undefined) return { end: 'kept', why: `${context.heldBy(by)}`, by };
  if (now.contents.type === 'missing') {
    return {
      end: 'kept',
      why: `Kustomization ${nameOf(by)} fails, for its folder is not there, and deletes nothing`,
      by,
    };
  }
  if (now.contents.type === 'elsewhere') return { end: 'unknown', why: now.contents.why, by };
  if (at(now.spec, 'prune') !== true) return { end: 'kept', why: `Kustomization ${nameOf(by)} does not prune`, by };
  return { end: 'deleted', why: `Kustomization ${nameOf(by)} prunes it`, by };
}

/** Of an object whose Kustomization is gone as well: what its finalizer does. */
function fateWithKustomization(by: FluxKustomization, context: Context): Fate {
  const own = ownFate(by, context);
  const name = nameOf(by);
  if (own.end !== 'deleted') {
    return { end: own.end, why: `Kustomization ${name} itself stays in the cluster: ${own.why}`, by };
  }
  if (isSuspended(by)) return { end: 'kept', why: `Kustomization ${name} is suspended as it goes`, by };
  const policy = textAt(by.spec, 'deletionPolicy') ?? 'MirrorPrune';
  if (policy === 'Orphan') return { end: 'kept', why: `the deletionPolicy of Kustomization ${name} is Orphan`, by };
  if (policy === 'MirrorPrune' && at(by.spec, 'prune') !== true) {
    return { end: 'kept', why: `Kustomization ${name} does not prune`, by };
  }
  return { end: 'deleted', why: `Kustomization ${name} goes and takes it along`, by };
}

/** What becomes of a Kustomization that is not in the tree any more. */
export function ownFate(kustomization: FluxKustomization, context: Context): Fate {
  const parent = kustomization.resource.appliedBy;
  // One that applies itself has nobody to delete it.
  return parent !== undefined && isSame(parent, kustomization)
    ? { end: 'kept', why: 'it has applied itself, and its folder is gone', by: parent }
    : fateOf(kustomization.resource, context);
}
