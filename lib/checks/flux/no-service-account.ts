import { bindingsOf, mayBind } from '../../graph/account-rights';
import type { Cluster } from '../../graph/cluster';
import { controllersIn, isOnEverywhere, saidEverywhere } from '../../graph/flux/controllers';
import { syncIn } from '../../graph/flux/sync';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { at } from '../../json/read';
import { controllerOf, lockdownFlags } from '../../systems/flux/controllers';
import { accountOf, impersonates } from '../../systems/flux/lockdown';
import type { ClusterCheck, Problem } from '../check';

export const noServiceAccount: ClusterCheck = {
  id: 'flux/no-service-account',
  severity: 'error',
  title: 'No service account where the controllers are locked down',
  atRunTime:
    'it is applied as the default service account, which may do nothing ("forbidden") or, where no default is set, with all the rights of the controller',
  remedy: 'set spec.serviceAccountName to an account that a RoleBinding of its namespace gives what it applies',
  source: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  *check(cluster, graph) {
    const controllers = controllersIn(cluster, graph);
    if (controllers.length === 0) return;
    const own = new Set(['flux-system', ...controllers.map(({ namespace }) => namespace)]);
    for (const resource of cluster.resources) {
      if (!impersonates(resource) || accountOf(resource) !== undefined || isLeftOut(resource)) continue;
      const controller = controllerOf(resource);
      if (controller === undefined) continue;
      const account = saidEverywhere(controllers, controller, lockdownFlags.account);
      if (account !== undefined) yield* withoutRights(cluster, resource, account);
      else if (!own.has(resource.namespace) && isLocked(controller) && !isTold(controller)) {
        yield {
          at: { resource, path: ['spec'], on: 'key' },
          severity: 'warning',
          message: `${describe(resource)} has no serviceAccountName: it is applied with the rights of ${controller}, which has no --${lockdownFlags.account}`,
        };
      }
    }

    function isLocked(controller: Parameters<typeof isOnEverywhere>[1]): boolean {
      return isOnEverywhere(controllers, controller, lockdownFlags.ownNamespace);
    }

    /** Whether there may be a default that is not known. */
    function isTold(controller: Parameters<typeof isOnEverywhere>[1]): boolean {
      return controllers.some(({ component, open, args }) => component === controller && (open || hasDefault(args)));
    }
  },
};

function hasDefault(args: readonly string[]): boolean {
  return args.some((arg) => arg.startsWith(`--${lockdownFlags.account}`));
}

/** What the Flux Operator syncs has an account of its own (flux-operator 0.58 internal/builder/profiles.go). */
function isLeftOut({ namespace, value, uncertain, document }: Resource): boolean {
  return (
    uncertain ||
    namespace === '' ||
    !isKnown(namespace) ||
    at(value, 'spec', 'suspend') === true ||
    syncIn(document) !== undefined
  );
}

function* withoutRights(cluster: Cluster, resource: Resource, account: string): Generator<Problem> {
  const { namespace } = resource;
  if (bindingsOf(cluster, { namespace, name: account }).length > 0) return;
  const by = cluster.unknownSources.find((source) => mayBind(source, namespace));
  yield {
    at: { resource, path: ['spec'], on: 'key' },
    message: `${describe(resource)} has no serviceAccountName: it is applied as ServiceAccount ${namespace}/${account}, which no binding gives rights`,
    chain: [step(resource), `ServiceAccount/${account}`],
    ...(by !== undefined && { unless: { kind: 'RoleBinding', namespace, name: account, by } }),
  };
}
