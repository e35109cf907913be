import { bindingsOf, mayBind } from '../../graph/account-rights';
import { controllersIn, saidEverywhere } from '../../graph/flux/controllers';
import { syncIn } from '../../graph/flux/sync';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { at } from '../../json/read';
import { controllerOf, lockdownFlags } from '../../systems/flux/controllers';
import { accountOf, impersonates } from '../../systems/flux/lockdown';
import type { ClusterCheck } from '../check';

export const accountWithoutRights: ClusterCheck = {
  id: 'flux/account-without-rights',
  severity: 'error',
  title: 'Applied as a service account that has no rights',
  atRunTime: 'the controller acts as that account, which may neither read nor write: "is forbidden"',
  remedy: 'bind a role to the account, or set spec.serviceAccountName to one that has what is applied',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control',
  *check(cluster, graph) {
    const controllers = controllersIn(cluster, graph);
    for (const resource of cluster.resources) {
      if (!impersonates(resource) || isLeftOut(resource)) continue;
      const { namespace } = resource;
      const given = accountOf(resource);
      const controller = controllerOf(resource);
      const byDefault = controller && saidEverywhere(controllers, controller, lockdownFlags.account);
      const name = given ?? byDefault;
      if (!name || !isKnown(name)) continue;
      // What is given and not there is another rule's; the account called default is in every namespace.
      const account = { group: '', kind: 'ServiceAccount', namespace, name };
      if (given !== undefined && given !== 'default' && cluster.find(account).length === 0) continue;
      if (bindingsOf(cluster, account).length > 0) continue;
      const by = cluster.unknownSources.find((source) => mayBind(source, namespace));
      yield {
        at:
          given === undefined
            ? { resource, path: ['spec'], on: 'key' }
            : { resource, path: ['spec', 'serviceAccountName'] },
        message: `no binding gives rights to ${describe(account)}, as which ${describe(resource)} is applied${given === undefined ? ` by --${lockdownFlags.account}` : ''}`,
        chain: [step(resource), step(account)],
        ...(by !== undefined && { unless: { kind: 'RoleBinding', namespace, name, by } }),
      };
    }
  },
};

/** What the Flux Operator syncs has an account of its own (flux-operator 0.58 internal/builder/profiles.go). */
function isLeftOut({ namespace, value, uncertain, document }: Resource): boolean {
  if (uncertain || namespace === '' || !isKnown(namespace)) return true;
  return at(value, 'spec', 'suspend') === true || syncIn(document) !== undefined;
}
