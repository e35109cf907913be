import { type Account, isForbidden } from '../../graph/account-rights';
import { describe, step } from '../../graph/identity';
import { isSuspended, nameOf } from '../../graph/kustomization';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { accountOf } from '../../systems/flux/lockdown';
import { count } from '../../text/count';
import type { ClusterCheck } from '../check';

export const forbidden: ClusterCheck = {
  id: 'flux/forbidden',
  severity: 'error',
  title: 'Object that the service account of its Kustomization may not apply',
  atRunTime:
    'kustomize-controller applies nothing of the whole Kustomization: "dry-run failed (Forbidden): … cannot patch resource …"',
  remedy: 'let a Role of the namespace allow the kind, and bind it to the account; or apply the object elsewhere',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control',
  *check(cluster) {
    for (const kustomization of cluster.kustomizations) {
      const { resource, namespace, resources } = kustomization;
      const name = accountOf(resource);
      if (name === undefined || !isKnown(name) || resource.uncertain || isSuspended(kustomization)) continue;
      const account: Account = { namespace, name };
      const refused = resources.filter((one) => isJudged(one) && isForbidden(cluster, account, 'patch', one));
      const [first] = refused;
      if (first === undefined) continue;
      const more = refused.length === 1 ? '' : ` and ${count(refused.length - 1, 'other object')}`;
      yield {
        at: { resource: first, path: ['kind'] },
        message: `ServiceAccount ${namespace}/${name}, as which Kustomization ${nameOf(kustomization)} applies, may not apply ${describe(first)}${more}`,
        chain: [step(resource), `ServiceAccount/${name}`, step(first)],
      };
    }
  },
};

function isJudged({ uncertain, name, namespace }: Resource): boolean {
  return !uncertain && isKnown(name) && isKnown(namespace);
}
