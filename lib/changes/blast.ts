import { dependentsOf } from '../graph/dependents';
import { describe } from '../graph/identity';
import { nameOf } from '../graph/kustomization';
import type { FluxKustomization, Resource } from '../graph/resource';
import { groupBy } from '../text/group-by';
import type { Context } from './context';
import type { Blast } from './review';

/** The Kustomizations that change, who waits for them, and who else reads what changes in them: those of the most dependents first. */
export function blastOf(context: Context): Blast[] {
  const changed = context.changes.filter(({ before, after }) => (after ?? before)?.appliedBy !== undefined);
  const groups = groupBy(changed, ({ before, after }) => nameOf((after ?? before)?.appliedBy as FluxKustomization));
  const found = [...groups].map(([kustomization, changes]) => {
    const by = (changes[0].after ?? changes[0].before)?.appliedBy as FluxKustomization;
    const cluster = (context.now(by) === undefined ? context.base : context.head)?.cluster;
    const dependents = cluster === undefined ? [] : dependentsOf(by, cluster).map(nameOf);
    const readers = new Set(changes.flatMap(({ before, after }) => readersOf((after ?? before) as Resource, context)));
    return { kustomization, changes: changes.length, dependents, readers: [...readers] };
  });
  return found.sort((a, b) => b.dependents.length - a.dependents.length || b.changes - a.changes);
}

/** Objects of other Kustomizations that read a Secret or ConfigMap that an object makes. */
function readersOf(resource: Resource, { head, base }: Context): string[] {
  const cluster = (head ?? base)?.cluster;
  const made = cluster?.secrets.producersOf(resource) ?? [];
  return made.flatMap(({ kind, namespace, name }) =>
    (cluster?.secrets.readersOf(kind, namespace, name) ?? [])
      .filter((reference) => nameOfOwner(reference.resource) !== nameOfOwner(resource))
      .map((reference) => `${describe(reference.resource)} reads ${kind} ${namespace}/${name}`),
  );
}

function nameOfOwner({ appliedBy }: Resource): string {
  return appliedBy === undefined ? '' : nameOf(appliedBy);
}
