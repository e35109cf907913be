import type { FluxKustomization } from '../graph/resource';
import { groupBy } from '../text/group-by';
import type { Context } from './context';

/** The Kustomization that applies at least half of what one applied that is gone: it has been renamed. */
export function successorOf(kustomization: FluxKustomization, context: Context): FluxKustomization | undefined {
  if (context.now(kustomization) !== undefined) return undefined;
  const appliers = kustomization.resources.flatMap((resource) => context.changeOf(resource)?.after?.appliedBy ?? []);
  const groups = [...groupBy(appliers, (applier) => applier).entries()];
  const [found] = groups.find(([, all]) => all.length * 2 >= kustomization.resources.length) ?? [];
  return found;
}
