import type { Cluster } from '../../graph/cluster';
import { managedRoles } from '../../graph/cnpg/roles';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { listAt, textAt } from '../../json/read';
import { applicationOf } from '../../systems/cnpg/made';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';

export const twoPasswords: ClusterCheck = {
  id: 'cnpg/two-passwords',
  severity: 'error',
  title: 'Owner with two passwords',
  atRunTime:
    "CloudNativePG sets the owner's password from both Secrets in turn: which of the two works may change with every restart",
  remedy: 'name the same Secret in the bootstrap and in the role',
  source: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/6762',
  *check(cluster) {
    for (const database of cluster.ofKind(group, 'Cluster')) {
      const roles = managedRoles(cluster, database);
      const application = roles.length === 0 ? undefined : applicationOf(database.value);
      if (application === undefined) continue;
      for (const { resource, path, value, name } of roles) {
        const secret = textAt(value, 'passwordSecret', 'name');
        if (name !== application.owner || secret === undefined || secret === application.secret) continue;
        if (!isKnown(secret) || isSamePassword(cluster, database.namespace, secret, application.secret)) continue;
        const other = application.ownSecret ? 'which CloudNativePG creates' : 'the one of the bootstrap';
        yield {
          at: { resource, path: [...path, 'passwordSecret', 'name'] },
          message: `"${name}" owns the database of ${describe(database)} and has two passwords: one in Secret ${secret}, one in ${application.secret}, ${other}`,
          chain: [step(database), `Secret/${application.secret}`, `Secret/${secret}`],
        };
      }
    }
  },
};

/** Whether two ExternalSecrets read the password from the same place. */
function isSamePassword(cluster: Cluster, namespace: string, one: string, other: string): boolean {
  const source = passwordOf(cluster, namespace, one);
  return source !== undefined && source === passwordOf(cluster, namespace, other);
}

function passwordOf({ secrets }: Cluster, namespace: string, name: string): string | undefined {
  const found = secrets.lookup('Secret', namespace, name);
  const resource: Resource | undefined = found.state === 'found' ? found.producers[0].resource : undefined;
  if (resource?.kind !== 'ExternalSecret') return undefined;
  const remote = listAt(resource.value, 'spec', 'data').filter((item) => textAt(item, 'secretKey') === 'password');
  return JSON.stringify(remote.length > 0 ? remote : listAt(resource.value, 'spec', 'dataFrom'));
}
