import { nameOf } from '../graph/kustomization';
import type { Resource } from '../graph/resource';
import { at } from '../json/read';
import type { Context } from './context';
import type { Found } from './effect';
import type { Changed } from './pairs';
import { skippedBy } from './skipped';
import { stageOf } from './stages';

/** Why an effect does not happen for now: nobody applies what leads to it. */
export interface Delay {
  readonly why: string;
  /** Whether it does as soon as somebody fixes what is wrong with the change itself: it is as dangerous as it would be. */
  readonly soon: boolean;
}

/**
 * Finds what holds an effect back, among all that a change does.
 *
 * @param missing by Kustomization, the namespace that is missing, so that it fails
 */
export function delays(
  found: readonly Found[],
  context: Context,
  missing: ReadonlyMap<string, string> = new Map(),
): (one: Found) => Delay | undefined {
  const refusals = found.filter(({ kind, by }) => kind === 'refused' && context.delayedBy(by) === undefined);
  const refused = new Set(found.flatMap(({ kind, change }) => (kind === 'refused' ? (change ?? []) : [])));
  /** By Kustomization, the first stage in which something is refused. */
  const failing = new Map<string, number>();
  const failingReleases = new Set<Resource>();
  for (const { by, change } of refusals) {
    if (by === undefined || change === undefined) continue;
    if (change.after?.chart !== undefined) {
      failingReleases.add(change.after.chart.release);
      continue;
    }
    failing.set(nameOf(by), Math.min(stageOf(change), failing.get(nameOf(by)) ?? Number.POSITIVE_INFINITY));
  }
  return (one) => {
    const { kind, by, change, cause = change } = one;
    if (kind === 'suspended' || kind === 'blocked') return undefined;
    const why =
      context.delayedBy(by) ??
      suspendedRelease(one, context) ??
      (kind === 'refused' ? undefined : ofChange(cause, refused));
    if (why !== undefined) return { why, soon: false };
    if (kind === 'refused' || by === undefined) return undefined;
    const made = (cause?.after ?? cause?.before)?.chart;
    const namespace = missing.get(nameOf(by));
    const own = made === undefined ? cause : context.changeOf(made.release);
    // Flux applies the definitions and classes of such a Kustomization, and deletes nothing.
    if (namespace !== undefined && (own === undefined ? made === undefined : stageOf(own) === stageOf({})))
      return { why: `Kustomization ${nameOf(by)} fails as long as there is no namespace ${namespace}`, soon: true };
    if (made !== undefined) {
      const release = context.releaseOf(made.release)?.after;
      return cause?.after === undefined && release !== undefined && failingReleases.has(release)
        ? { why: 'its release fails before Helm deletes anything, because another change of it is refused', soon: true }
        : undefined;
    }
    const failed = failing.get(nameOf(by));
    if (failed === undefined || (cause !== undefined && stageOf(cause) < failed)) return undefined;
    return { why: 'its Kustomization fails, because another change of it is refused', soon: true };
  };
}

/** A release that is suspended is not upgraded, whatever changes that it takes its values or its chart from. */
function suspendedRelease({ kind, on }: Found, { head }: Context): string | undefined {
  if (kind !== 'upgrade' || on.kind !== 'HelmRelease') return undefined;
  const { namespace, name } = on;
  const [release] = head?.cluster.find({ group: 'helm.toolkit.fluxcd.io', kind: on.kind, namespace, name }) ?? [];
  return release !== undefined && isSuspendedRelease(release) ? 'it is suspended' : undefined;
}

function isSuspendedRelease({ kind, value }: Resource): boolean {
  return kind === 'HelmRelease' && at(value, 'spec', 'suspend') === true;
}

/** Why nothing that an object says happens for now: it is suspended, or what applies it is. */
export function heldBack(resource: Resource, context: Context): string | undefined {
  return context.delayedBy(resource.appliedBy) ?? (isSuspendedRelease(resource) ? 'it is suspended' : undefined);
}

function ofChange(cause: Changed | undefined, refused: ReadonlySet<Changed>): string | undefined {
  if (cause === undefined) return undefined;
  const skipped = skippedBy(cause);
  if (skipped !== undefined) return `\`${skipped.annotation}\` keeps Flux from applying it`;
  return refused.has(cause) ? 'the change is refused' : undefined;
}
