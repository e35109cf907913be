import { chainOf, credentialsOf } from '../../graph/cnpg/roles';
import { listed } from '../../text/listed';
import type { ClusterCheck } from '../check';

export const secretKeys: ClusterCheck = {
  id: 'cnpg/secret-keys',
  severity: 'error',
  title: "Secret that lacks a role's username or password",
  atRunTime:
    'for the owner of the database, the first pod waits for the key, so the database is never created; for another role: "username key doesn\'t exist inside the secret"',
  remedy: 'put both username and password into the Secret',
  source: 'cloudnative-pg pkg/specs/jobs.go, internal/management/utils/secrets.go',
  *check(cluster) {
    for (const { reference, whose } of credentialsOf(cluster)) {
      const { kind, namespace, name, resource, path } = reference;
      const found = cluster.secrets.lookup(kind, namespace, name);
      if (found.state !== 'found' || found.open || found.keys.size === 0) continue;
      const lacking = ['username', 'password'].filter((key) => !found.keys.has(key));
      if (lacking.length === 0) continue;
      yield {
        at: { resource, path },
        message: `Secret ${namespace}/${name} of ${whose} has no ${lacking.join(' and no ')}: it has ${listed(found.keys)}`,
        chain: chainOf(reference, lacking[0]),
      };
    }
  },
};
