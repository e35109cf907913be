import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { at, listAt, textAt } from '../../json/read';
import { listed } from '../../text/listed';
import type { Context } from '../context';
import type { EffectRule } from '../effect';

/**
 * Versions of a kind that its definition no longer serves: what is written in them is refused, and the definition itself as long as objects
 * are stored in one that is gone (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/).
 */
export const definitions: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after?.kind !== 'CustomResourceDefinition') continue;
    const now = servedBy(after);
    const gone = [...servedBy(before)].filter((version) => !now.has(version));
    if (gone.length === 0) continue;
    const users = usersOf(after, new Set(gone), context);
    const removed = gone.filter((version) => !versionsOf(after).includes(version));
    yield {
      kind: users.length > 0 ? 'blocked' : 'other',
      danger: 'high',
      on: after,
      change,
      by: after.appliedBy,
      message: `no longer serves ${gone.map((version) => `\`${version}\``).join(', ')}${users.length > 0 ? `: ${listed(users, 4)} ${users.length === 1 ? 'is' : 'are'} still written in it, and refused` : ': whoever asks for it is refused'}`,
      todo:
        removed.length === 0
          ? []
          : [
              `Before the merge, see that nothing is stored in it: \`kubectl get crd ${after.name} -o jsonpath='{.status.storedVersions}'\` must not list ${removed.map((version) => `\`${version}\``).join(', ')}.`,
            ],
    };
  }
};

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
