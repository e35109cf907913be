import { controllersIn, isOnEverywhere } from '../../graph/flux/controllers';
import { describe } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { at } from '../../json/read';
import { controllerOf, flagOf, lockdownFlags } from '../../systems/flux/controllers';
import { accountOf, impersonates } from '../../systems/flux/lockdown';
import type { ClusterCheck } from '../check';

export const noServiceAccount: ClusterCheck = {
  id: 'flux/no-service-account',
  severity: 'warning',
  title: 'No service account where the controllers are locked down',
  atRunTime:
    'controllers with --no-cross-namespace-refs and without --default-service-account apply it with all of their own rights, those of the whole cluster',
  remedy: 'set spec.serviceAccountName, or --default-service-account of the controller',
  source: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  *check(cluster, graph) {
    const controllers = controllersIn(cluster, graph);
    const own = new Set(['flux-system', ...controllers.map(({ namespace }) => namespace)]);
    for (const resource of cluster.resources) {
      if (!impersonates(resource) || accountOf(resource) !== undefined || resource.uncertain) continue;
      const { namespace, value } = resource;
      if (namespace === '' || !isKnown(namespace) || own.has(namespace) || at(value, 'spec', 'suspend') === true)
        continue;
      const controller = controllerOf(resource);
      if (controller === undefined || !isOnEverywhere(controllers, controller, lockdownFlags.ownNamespace)) continue;
      // A default may be set where nobody sees it.
      const its = controllers.filter(({ component }) => component === controller);
      if (its.some(({ open, args }) => open || flagOf(args, lockdownFlags.account))) continue;
      yield {
        at: { resource, path: ['spec'], on: 'key' },
        message: `${describe(resource)} has no serviceAccountName, and ${controller} no --${lockdownFlags.account}`,
      };
    }
  },
};
