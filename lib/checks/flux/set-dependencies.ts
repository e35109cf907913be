import type { Cluster } from '../../graph/cluster';
import { describe } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { listAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import { lazy } from '../../text/memoize';
import type { Problem } from '../check';
import { hintFor } from '../hint';
import { absent, operatedNamespaces } from './health-check-missing';

/** What ResourceSets wait for that is not there: objects of any kind. */
export function* ofResourceSets(cluster: Cluster): Generator<Problem> {
  // What a tree without Flux lacks may be anywhere.
  if (!cluster.flux) return;
  const operated = lazy(() => operatedNamespaces(cluster));
  for (const resource of cluster.ofKind('fluxcd.controlplane.io', 'ResourceSet')) {
    if (resource.uncertain) continue;
    for (const [i, dependency] of listAt(resource.value, 'spec', 'dependsOn').entries()) {
      const [kind, name] = [textAt(dependency, 'kind'), textAt(dependency, 'name')];
      if (kind === undefined || name === undefined) continue;
      const { group } = groupVersion(textAt(dependency, 'apiVersion') ?? '');
      const identity = { group, kind, namespace: textAt(dependency, 'namespace') ?? '', name };
      if (![kind, name, identity.namespace].every(isKnown)) continue;
      // Definitions come with charts and operators.
      if (kind === 'CustomResourceDefinition') continue;
      const at = { resource, path: ['spec', 'dependsOn', i, 'name'] };
      if (isClusterScoped(identity) === false && identity.namespace === '') {
        yield {
          at,
          message: `the dependency on ${kind} ${name} has no namespace, so the operator does not find it`,
          remedy: 'write its namespace: it is not that of the ResourceSet by default',
        };
        continue;
      }
      const unless = absent(identity, cluster, operated);
      if (unless === undefined) continue;
      yield {
        at,
        message: `there is no ${describe(identity)}${hintFor(identity, cluster.ofKind(group, kind))}`,
        ...unless,
      };
    }
  }
}
