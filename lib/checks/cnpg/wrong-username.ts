import { chainOf, credentialsOf } from '../../graph/cnpg/roles';
import { step } from '../../graph/identity';
import { literalOf } from '../../graph/secrets/literal';
import type { ClusterCheck } from '../check';

export const wrongUsername: ClusterCheck = {
  id: 'cnpg/wrong-username',
  severity: 'error',
  title: 'Secret with the username of another role',
  atRunTime:
    "CloudNativePG does not set the password and retries forever: \"wrong username '…' in secret, expected '…'\"",
  remedy: "write the role's name as the Secret's username, or name the Secret that has it",
  source: 'cloudnative-pg internal/management/controller/instance_controller.go (reconcileUser), roles/runnable.go',
  *check(cluster) {
    for (const { reference, role, whose, trimmed } of credentialsOf(cluster)) {
      const { kind, namespace, name } = reference;
      const found = cluster.secrets.lookup(kind, namespace, name);
      if (found.state !== 'found' || found.producers.length > 1) continue;
      const [producer] = found.producers;
      const username = literalOf(producer, 'username');
      if (username === undefined) continue;
      // One that only ends otherwise has a line break too many, which is another rule's.
      if (username.text.trim() === role || (!trimmed && username.text === role)) continue;
      yield {
        at: { resource: producer.resource, path: username.path },
        message: `username "${username.text.trim()}" of Secret ${namespace}/${name} is not "${role}", ${whose}`,
        chain: [...chainOf(reference, 'username'), step(producer.resource)],
        sensitive: true,
      };
    }
  },
};
