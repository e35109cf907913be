import { type Asked, externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import { describe, identityKey, step } from '../../graph/identity';
import { objectAt } from '../../json/read';
import { creationPolicy, isWrittenOnce } from '../../systems/external-secrets/spec';
import { push } from '../../text/group-by';
import type { ClusterCheck } from '../check';

export const twoOwners: ClusterCheck = {
  id: 'eso/two-owners',
  severity: 'error',
  title: 'One Secret with two ExternalSecrets',
  atRunTime:
    'one of them never syncs: "target is owned by another ExternalSecret"; of creationPolicy Orphan, each refresh removes the keys of the others',
  remedy:
    'read everything in one ExternalSecret, write two Secrets, or set creationPolicy: CreateOrMerge in all of them; where another ExternalSecret owns the Secret, even creationPolicy: Merge fails',
  source:
    'external-secrets 2.9 pkg/controllers/externalsecret/externalsecret_controller.go (applyOwnership), externalsecret_controller_template.go (ApplyTemplate)',
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
      const owner = all.find(({ spec }) => creationPolicy(spec) === 'Owner') ?? all.find(removesOthers);
      if (owner === undefined || owner.resource.uncertain) continue;
      const owns = creationPolicy(owner.spec) === 'Owner';
      for (const { resource, spec, path } of all) {
        if (resource === owner.resource) continue;
        const named = objectAt(spec, 'target')?.name !== undefined;
        const policy = creationPolicy(spec);
        yield {
          at: { resource, path: named ? [...path, 'target', 'name'] : ['metadata', 'name'] },
          message: owns
            ? `Secret ${name} is owned by ${describe(owner.resource)}; creationPolicy ${policy} cannot write it as well`
            : `at each refresh, ${describe(owner.resource)} with creationPolicy Orphan removes all other keys of Secret ${name}, also those of ${describe(resource)} with creationPolicy ${policy}`,
          chain: [step(resource), `Secret/${name.slice(name.indexOf('/') + 1)}`, step(owner.resource)],
        };
      }
    }
  },
};

/** Whether it writes a Secret. */
function writes({ spec }: Asked): boolean {
  return creationPolicy(spec) !== 'None' && objectAt(spec, 'target', 'manifest') === undefined;
}

/** Whether it writes its own keys again and again, and keeps no others. */
function removesOthers({ spec }: Asked): boolean {
  return creationPolicy(spec) === 'Orphan' && !isWrittenOnce(spec);
}
