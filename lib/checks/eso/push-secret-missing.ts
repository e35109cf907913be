import { pushSecrets } from '../../graph/external-secrets/specs';
import { step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { textAt } from '../../json/read';
import type { ClusterCheck } from '../check';
import { hintFor } from '../hint';
import { respelled, secretsWritten } from '../meant';
import { missingUnless } from '../unless';

export const pushSecretMissing: ClusterCheck = {
  id: 'eso/push-secret-missing',
  severity: 'error',
  title: 'Push of a Secret that nothing creates',
  atRunTime: 'nothing is pushed: "could not get source secret"',
  remedy:
    'name an existing Secret of the same namespace; if something outside the tree creates it, list it under `external` in the configuration',
  fixes: 'write the one name that is a slip away',
  source: 'external-secrets pkg/controllers/pushsecret/pushsecret_controller.go (resolveSecrets)',
  *check(cluster) {
    for (const { resource, spec, path, namespaces } of pushSecrets(cluster)) {
      const name = textAt(spec, 'selector', 'secret', 'name');
      if (!name || !isKnown(name)) continue;
      const missing = namespaces.flatMap((namespace) => {
        const found = cluster.secrets.lookup('Secret', namespace, name);
        const unless = missingUnless(found, { kind: 'Secret', namespace, name });
        return unless === undefined ? [] : [{ namespace, unless }];
      });
      const first = missing.find(({ unless }) => unless.unless === undefined) ?? missing[0];
      if (first === undefined) continue;
      const { namespace, unless } = first;
      const made = cluster.secrets.producers.filter(({ kind }) => kind === 'Secret');
      yield {
        at: { resource, path: [...path, 'selector', 'secret', 'name'] },
        message: `nothing creates Secret ${namespace}/${name}${hintFor({ namespace, name }, made)}`,
        chain: [step(resource), `Secret/${name}`],
        ...respelled([...path, 'selector', 'secret', 'name'], name, secretsWritten(made, namespace)),
        ...unless,
      };
    }
  },
};
