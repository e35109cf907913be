import { controllersIn, isOnEverywhere } from '../../graph/flux/controllers';
import { describe, step } from '../../graph/identity';
import { crossingsOf } from '../../graph/references/crossings';
import { isKnown } from '../../graph/substitution';
import { at } from '../../json/read';
import { controllerOf, lockdownFlags } from '../../systems/flux/controllers';
import type { ClusterCheck } from '../check';

export const crossNamespace: ClusterCheck = {
  id: 'flux/cross-namespace',
  severity: 'error',
  title: 'Reference to another namespace that locked down controllers refuse',
  atRunTime:
    'the controller runs with --no-cross-namespace-refs and does nothing with the object: "cross-namespace references have been blocked"',
  remedy: 'refer to an object in the same namespace, or move one of them',
  source: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  *check(cluster, graph) {
    const controllers = controllersIn(cluster, graph);
    if (controllers.length === 0) return;
    for (const resource of cluster.resources) {
      if (controllerOf(resource) === undefined || resource.uncertain || !isKnown(resource.namespace)) continue;
      if (resource.namespace === '' || at(resource.value, 'spec', 'suspend') === true) continue;
      for (const { path, namespace, by } of crossingsOf(resource)) {
        if (!isKnown(namespace) || !isOnEverywhere(controllers, by, lockdownFlags.ownNamespace)) continue;
        const place = controllers.find(({ component }) => component === by);
        yield {
          at: { resource, path },
          message: `${describe(resource)} refers to namespace ${namespace}, and ${by} runs with --${lockdownFlags.ownNamespace} (${place?.file})`,
          chain: [step(resource), `namespace ${namespace}`],
        };
      }
    }
  },
};
