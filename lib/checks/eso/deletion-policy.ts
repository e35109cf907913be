import { creationPolicy, externalSecrets } from '../../graph/external-secrets/specs';
import { at, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

/** Deletion policies with the creation policies that they must not be used with. */
const refused: Readonly<Record<string, readonly string[]>> = {
  Delete: ['Merge', 'None', 'CreateOrMerge'],
  Merge: ['None'],
};

export const deletionPolicy: ClusterCheck = {
  id: 'eso/deletion-policy',
  severity: 'error',
  title: 'Deletion policy for a Secret that is not owned',
  atRunTime:
    'the ExternalSecret is refused, and with it the whole Kustomization: "deletionPolicy=… must not be used when the controller doesn\'t own the secret"',
  remedy: 'set deletionPolicy: Retain, or creationPolicy: Owner',
  source: 'external-secrets apis/externalsecrets/v1/externalsecret_validator.go (validatePolicies)',
  *check(cluster) {
    for (const { resource, spec, path } of externalSecrets(cluster)) {
      if (at(spec, 'target') === undefined) continue;
      const policy = textAt(spec, 'target', 'deletionPolicy') ?? 'Retain';
      const creation = creationPolicy(spec);
      if (!Object.hasOwn(refused, policy) || !refused[policy]?.includes(creation)) continue;
      yield {
        at: { resource, path: [...path, 'target', 'deletionPolicy'] },
        message: `deletionPolicy ${policy} is refused with creationPolicy ${creation}`,
      };
    }
  },
};
