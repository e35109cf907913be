import { textAt } from '../../json/read';
import { push } from '../../text/group-by';
import { groupsInstalledBy } from '../charts';
import type { Cluster } from '../cluster';
import type { FluxKustomization, Resource } from '../resource';

/** What installs the definitions of some kinds: the definition itself, or the release of a chart. */
export interface Installer {
  readonly resource: Resource;
  readonly by: FluxKustomization;
}

/**
 * What installs the definitions of kinds, by `group/kind`; of charts that are not opened, by group.
 *
 * @param chartless whether charts do not count, since something installs their definitions before Flux runs
 */
export function installersIn(cluster: Cluster, chartless: boolean): ReadonlyMap<string, readonly Installer[]> {
  const found = new Map<string, Installer[]>();
  const add = (key: string, resource: Resource) => {
    if (resource.appliedBy !== undefined) push(found, key, { resource, by: resource.appliedBy });
  };
  for (const definition of cluster.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const { value, chart } = definition;
    if (chart !== undefined && chartless) continue;
    const installer = chart === undefined ? definition : topRelease(chart.release);
    add(`${textAt(value, 'spec', 'group')}/${textAt(value, 'spec', 'names', 'kind')}`, installer);
  }
  if (chartless) return found;
  for (const release of cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    if (cluster.charts.get(release)?.type === 'opened') continue;
    for (const group of groupsInstalledBy(release, cluster)) add(group, release);
  }
  return found;
}

/** The release that stands in the tree, of one that a chart makes. */
function topRelease(release: Resource): Resource {
  return release.chart === undefined ? release : topRelease(release.chart.release);
}
