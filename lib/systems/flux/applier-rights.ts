import { groupBy } from '../../text/group-by';
import { type GroupKind, groupKind } from '../api-version';
import { readyBy } from '../kinds/kinds';
import { pluralOf } from '../kinds/short-names';

/** A rule of a Role. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * What kustomize-controller does, as the account of a Kustomization, with what that applies: it compares, applies on the server, waits and
 * prunes (github.com/fluxcd/pkg ssa v0.77 manager_apply.go, manager_delete.go, manager_wait.go). A patch makes what is not there, for
 * which the API server asks for `create` as well.
 */
const applies = ['create', 'delete', 'get', 'list', 'patch', 'watch'];
const reads = ['get', 'list', 'watch'];

/** The rights that the account of a Kustomization needs to apply objects of these kinds, and no others. */
export function rightsToApply(kinds: readonly GroupKind[]): PolicyRule[] {
  const applied = new Set(kinds.map(groupKind));
  const read = new Set(kinds.flatMap(readyBy).filter((kind) => !applied.has(kind)));
  return [...rulesFor(applied, applies), ...rulesFor(read, reads)];
}

/** A rule for each group. */
function rulesFor(kinds: Iterable<string>, verbs: readonly string[]): PolicyRule[] {
  const groups = groupBy([...kinds].sort(), (kind) => kind.slice(0, kind.indexOf('/')));
  return [...groups].map(([group, own]) => {
    const resources = own.map((kind) => pluralOf(kind.slice(group.length + 1).toLowerCase()));
    return { apiGroups: [group], resources, verbs };
  });
}
