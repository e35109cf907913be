import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { servicesMade } from '../../systems/cnpg/made';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';

export const poolerName: ClusterCheck = {
  id: 'cnpg/pooler-name',
  severity: 'error',
  title: 'Pooler that takes the name of a Service or Deployment',
  atRunTime:
    'CloudNativePG makes no pooler ("found invalid ownership for managed resources"): the Service, Deployment, Role and RoleBinding of a Pooler have its name, and it touches none that is not its own',
  remedy: 'give the Pooler a name that no Service or Deployment of the namespace has, such as shop-db-pooler-rw',
  source: 'cloudnative-pg 1.30 internal/controller/pooler_controller.go (ensureManagedResourcesAreOwned)',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'Pooler')) {
      const other = otherOf(cluster, resource);
      if (other === undefined) continue;
      const [kind, maker] = other;
      const whose = maker.kind === kind ? `${describe(maker)} has it` : `${describe(maker)} makes one`;
      yield {
        at: { resource, path: ['metadata', 'name'] },
        message: `${describe(resource)} cannot make the ${kind} of its name: ${whose}`,
        chain: [step(resource), `${kind}/${resource.name}`, step(maker)],
      };
    }
  },
};

/** What CloudNativePG makes for a Pooler, under its name. */
const made = [
  ['', 'Service'],
  ['apps', 'Deployment'],
  ['rbac.authorization.k8s.io', 'Role'],
  ['rbac.authorization.k8s.io', 'RoleBinding'],
] as const;

/** Who has the name: a Service of a Cluster, or one of the tree's own. */
function otherOf(
  cluster: Cluster,
  { namespace, name }: Resource,
): readonly [kind: string, maker: Resource] | undefined {
  const database = cluster
    .ofKind(group, 'Cluster')
    .find((each) => each.namespace === namespace && servicesMade(each.value).includes(name));
  if (database !== undefined) return ['Service', database];
  for (const [ofGroup, kind] of made) {
    const [own] = cluster.find({ group: ofGroup, kind, namespace, name });
    if (own !== undefined) return [kind, own];
  }
  return undefined;
}
