import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { at, listAt, textAt } from '../../json/read';
import { listed, listedCode } from '../../text/listed';
import type { Context } from '../context';
import { effect, ofUpdated, type Updated } from '../effect';

/**
 * Versions of a kind that its definition no longer serves: what is written in them is refused, and the definition itself as long as objects
 * are stored in one that is gone (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/).
 */
export const definitions = ofUpdated(/\/CustomResourceDefinition$/, function* ({ before, after }, context) {
  const gone = versionsLeft({ before, after });
  if (gone.length === 0) return;
  const users = usersLeft({ before, after }, context);
  const removed = gone.filter((version) => !versionsOf(after).includes(version));
  const refused =
    users.length > 0
      ? `${listed(users, 4)} ${users.length === 1 ? 'still uses it, and is' : 'still use it, and are'} refused`
      : 'requests for it are refused';
  const stored = `Before the merge, check that nothing is stored in it: \`kubectl get crd ${after.name} -o jsonpath='{.status.storedVersions}'\` must not list ${listedCode(removed)}.`;
  yield effect(
    users.length > 0 ? 'blocked' : 'other',
    'high',
    `no longer serves ${listedCode(gone)}: ${refused}`,
    ...(removed.length === 0 ? [] : [stored]),
  );
});

/** The versions that are served no more. */
export function versionsLeft({ before, after }: Pick<Updated, 'before' | 'after'>): string[] {
  const now = servedBy(after);
  return [...servedBy(before)].filter((version) => !now.has(version));
}

/** The objects of the tree that are still written in one of these. */
export function usersLeft({ before, after }: Pick<Updated, 'before' | 'after'>, context: Context): string[] {
  return usersOf(after, new Set(versionsLeft({ before, after })), context);
}

function versionsOf({ value }: Resource): string[] {
  return listAt(value, 'spec', 'versions').flatMap((version) => textAt(version, 'name') ?? []);
}

function servedBy({ value }: Resource): ReadonlySet<string> {
  const served = listAt(value, 'spec', 'versions').filter((version) => at(version, 'served') !== false);
  return new Set(served.flatMap((version) => textAt(version, 'name') ?? []));
}

function usersOf({ value }: Resource, versions: ReadonlySet<string>, { head }: Context): string[] {
  const group = textAt(value, 'spec', 'group') ?? '';
  const kind = textAt(value, 'spec', 'names', 'kind') ?? '';
  return (head?.cluster.ofKind(group, kind) ?? []).filter(({ version }) => versions.has(version)).map(describe);
}
