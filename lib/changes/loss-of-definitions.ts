import { groupsInstalledBy } from '../graph/charts';
import { describe } from '../graph/identity';
import type { Resource } from '../graph/resource';
import { releaseOf } from '../systems/flux/helm-release';
import { listed } from '../text/listed';
import type { Side } from './context';
import { effect, type Happening } from './effect';

/**
 * What goes with a release that installs definitions of kinds: Helm keeps those of a chart's `crds` folder, and those of its templates
 * only where the chart says so, which External Secrets' does not (https://helm.sh/docs/chart_best_practices/custom_resource_definitions/).
 */
export function definitionsOf(release: Resource, base: Side | undefined): Happening[] {
  const groups = new Set(base === undefined ? [] : groupsInstalledBy(release, base.cluster));
  const objects = (base?.cluster.resources ?? []).filter(({ group }) => groups.has(group)).map(describe);
  if (objects.length === 0) return [];
  const { name, storage } = releaseOf(release);
  return [
    effect(
      'data',
      'critical',
      `may delete the definitions of its kinds, and with them every object of ${listed(groups, 4)} in the cluster, such as ${listed(objects, 4)}`,
      `Before the merge, check that the chart keeps them: \`helm -n ${storage} get manifest ${name}\` has to show \`helm.sh/resource-policy: keep\` on each CustomResourceDefinition. Otherwise, set that in its values, in a commit of its own before this one.`,
    ),
  ];
}
