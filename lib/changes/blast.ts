import { dependentsOf } from '../graph/dependents';
import { describe } from '../graph/identity';
import { nameOf } from '../graph/kustomization';
import type { FluxKustomization, Resource } from '../graph/resource';
import { groupBy } from '../text/group-by';
import { isRoutineChange } from './charts/routine';
import type { Context } from './context';
import type { Blast } from './review';

/** The Kustomizations that change, who waits for them, and who else reads what changes in them: those of the most dependents first. */
export function blastOf(context: Context): Blast[] {
  const changed = context.changes.filter(
    (change) => (change.after ?? change.before)?.appliedBy !== undefined && !isRoutineChange(change),
  );
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

/** Objects of other Kustomizations that read a Secret or ConfigMap that an object makes, or refer to the object itself. */
function readersOf(resource: Resource, { head, base }: Context): string[] {
  const cluster = (head ?? base)?.cluster;
  if (cluster === undefined) return [];
  const isElsewhere = (other: Resource) => nameOfOwner(other) !== nameOfOwner(resource);
  const read = cluster.secrets.producersOf(resource).flatMap(({ kind, namespace, name }) =>
    cluster.secrets
      .readersOf(kind, namespace, name)
      .filter((reference) => isElsewhere(reference.resource))
      .map((reference) => `${describe(reference.resource)} reads ${kind} ${namespace}/${name}`),
  );
  // Sources and dependsOn are said otherwise: half of a tree has them.
  const referring = cluster.references
    .to(resource)
    .filter(({ use, row, resource: from }) => use === undefined && row.rule === undefined && isElsewhere(from))
    .map((reference) => `${describe(reference.resource)} refers to ${describe(resource)}`);
  return [...read, ...referring];
}

function nameOfOwner({ appliedBy }: Resource): string {
  return appliedBy === undefined ? '' : nameOf(appliedBy);
}
