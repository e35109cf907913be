import type { Resource } from '../graph/resource';
import { groupBy } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Context } from './context';

/** What is created in another namespace by the kind and name of an object that leaves; undefined for none, and for several. */
export function createdElsewhere(before: Resource, context: Context): Resource | undefined {
  const [one, ...others] = createdByName(context).get(nameInKind(before)) ?? [];
  return others.length > 0 || one === undefined || [before.namespace, ''].includes(one.namespace) ? undefined : one;
}

const createdByName = memoize(({ changes }: Context) =>
  groupBy(
    changes.flatMap(({ before, after }) => (before === undefined && after !== undefined ? [after] : [])),
    nameInKind,
  ),
);

function nameInKind({ group, kind, name }: Resource): string {
  return `${group}/${kind} ${name}`;
}
