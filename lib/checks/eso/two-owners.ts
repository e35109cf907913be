import { type Asked, externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import { describe, identityKey, step } from '../../graph/identity';
import { objectAt } from '../../json/read';
import { creationPolicy } from '../../systems/external-secrets/spec';
import { push } from '../../text/group-by';
import type { ClusterCheck } from '../check';

export const twoOwners: ClusterCheck = {
  id: 'eso/two-owners',
  severity: 'error',
  title: 'One Secret with two ExternalSecrets',
  atRunTime: 'one of them never syncs: "target is owned by another ExternalSecret"',
  remedy:
    'read everything in one ExternalSecret, or write two Secrets; where another ExternalSecret owns the Secret, even creationPolicy: Merge fails',
  source: 'https://github.com/external-secrets/external-secrets/issues/4225',
  *check(cluster) {
    const groups = new Map<string, Asked[]>();
    for (const asked of externalSecrets(cluster)) {
      const name = targetOf(asked);
      if (name === undefined || !writes(asked)) continue;
      for (const namespace of asked.namespaces) push(groups, `${namespace}/${name}`, asked);
    }
    for (const [name, writers] of groups) {
      if (writers.length === 1) continue;
      const all = [...new Map(writers.map((asked) => [identityKey(asked.resource), asked])).values()];
      const owner = all.find(({ spec }) => creationPolicy(spec) === 'Owner');
      if (owner === undefined || owner.resource.uncertain) continue;
      for (const { resource, spec, path } of all) {
        if (resource === owner.resource) continue;
        const named = objectAt(spec, 'target')?.name !== undefined;
        yield {
          at: { resource, path: named ? [...path, 'target', 'name'] : ['metadata', 'name'] },
          message: `Secret ${name} is owned by ${describe(owner.resource)}; creationPolicy ${creationPolicy(spec)} cannot write it as well`,
          chain: [step(resource), `Secret/${name.slice(name.indexOf('/') + 1)}`, step(owner.resource)],
        };
      }
    }
  },
};

/** Whether it writes a Secret, and refuses one that another owns. */
function writes({ spec }: Asked): boolean {
  return (
    ['Owner', 'Orphan', 'Merge'].includes(creationPolicy(spec)) && objectAt(spec, 'target', 'manifest') === undefined
  );
}
