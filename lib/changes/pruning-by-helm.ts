import { describe } from '../graph/identity';
import type { ChartOrigin, FluxKustomization, Resource } from '../graph/resource';
import type { JsonObject } from '../json/json';
import { textAt } from '../json/read';
import { isKeptByHelm, isOfCrdsFolder } from '../systems/helm/labels';
import type { Context } from './context';
import { counterpart } from './side';

/** What becomes of an object that a Kustomization does not apply any more. */
export interface Pruning {
  /** `later`: nothing for now, but deleted once its Kustomization goes on, since that keeps what it has applied in its inventory. */
  readonly end: 'deleted' | 'later' | 'kept' | 'unknown';
  /** Why: a clause about the object. */
  readonly why: string;
  /** The Kustomization that deletes it, before the change. */
  readonly by: FluxKustomization | undefined;
  /** Whether that stays in the cluster, too, although it has left the tree. */
  readonly goesOn?: boolean;
}

/**
 * What Helm does with an object that its chart no longer makes, or whose release goes: what Flux's labels say of it does not count
 * (helm v4.2 pkg/kube/client.go: update; pkg/action/uninstall.go: deleteRelease).
 *
 * @param pruningOf of the release itself
 */
export function pruningByHelm(
  { value, appliedBy: by }: Resource,
  { release, template, hooks }: ChartOrigin,
  context: Context,
  pruningOf: (release: Resource, context: Context) => Pruning,
): Pruning {
  const kept = outlives(value, { template, hooks });
  if (kept !== undefined) return { end: 'kept', why: kept, by };
  if (context.head !== undefined && counterpart(release, context.head) !== undefined) {
    const delay = context.delayedBy(by);
    return delay === undefined
      ? { end: 'deleted', why: 'its chart no longer makes it', by }
      : { end: 'later', why: delay, by };
  }
  const own = pruningOf(release, context);
  return own.end === 'deleted' ? { ...own, why: `${describe(release)} is uninstalled` } : own;
}

/** Why an object of a chart stays when Helm no longer has it; undefined where it does not. */
export function outlives(
  value: JsonObject,
  { template, hooks }: Pick<ChartOrigin, 'template' | 'hooks'>,
): string | undefined {
  if (isKeptByHelm(textAt(value, 'metadata', 'annotations', 'helm.sh/resource-policy')))
    return 'its annotation `helm.sh/resource-policy: keep` says so';
  if (isOfCrdsFolder(template)) return "Helm never deletes what is in a chart's `crds/`";
  return hooks.length > 0 ? 'Helm forgets what is of a hook' : undefined;
}
