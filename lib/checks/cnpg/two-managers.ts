import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { textAt } from '../../json/read';
import { group } from '../../systems/cnpg/names';
import { groupBy } from '../../text/group-by';
import type { ClusterCheck } from '../check';

/** What each of them makes in the database, by the name in its spec. */
const made = { Database: 'database', DatabaseRole: 'role', Publication: 'publication', Subscription: 'subscription' };

export const twoManagers: ClusterCheck = {
  id: 'cnpg/two-managers',
  severity: 'error',
  title: 'Two objects for one database, role, publication or subscription',
  atRunTime: 'CloudNativePG applies the first, and the other fails for ever: "… is already managed by object …"',
  remedy: 'keep one of the objects, or give each its own spec.name',
  source: 'cloudnative-pg 1.30 api/v1/generic_funcs.go (ensureManagedResourceExclusivity)',
  *check(cluster) {
    for (const [kind, what] of Object.entries(made)) {
      const all = cluster.ofKind(group, kind).filter(({ uncertain }) => !uncertain);
      for (const [first, ...others] of groupBy(all, managed).values()) {
        const name = textAt(first.value, 'spec', 'name');
        const database = textAt(first.value, 'spec', 'cluster', 'name');
        if (name === undefined || database === undefined || !isKnown(name) || !isKnown(database)) continue;
        for (const resource of others) {
          // One object that two Kustomizations apply is told otherwise.
          if (resource.name === first.name) continue;
          yield {
            at: { resource, path: ['spec', 'name'] },
            message: `${describe(resource)} and ${describe(first)} both manage ${what} ${name} of Cluster ${database}`,
            chain: [step(resource), `${what} ${name}`, step(first)],
          };
        }
      }
    }
  },
};

function managed({ namespace, value }: Resource): string {
  return JSON.stringify([namespace, textAt(value, 'spec', 'cluster', 'name'), textAt(value, 'spec', 'name')]);
}
