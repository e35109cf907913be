import { at, textAt } from '../json/read';
import { groupsInstalled, groupsOperated, isOfDefinitions } from '../systems/helm/definitions';
import type { Cluster } from './cluster';
import type { Resource } from './resource';

/** The API groups whose definitions a HelmRelease is sure to install. */
export function groupsInstalledBy(release: Resource, cluster: Cluster): readonly string[] {
  const contents = cluster.charts.get(release);
  if (contents?.type === 'opened') {
    const definitions = contents.objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
    return [...new Set(definitions.map(({ value }) => textAt(value, 'spec', 'group') ?? ''))];
  }
  const chart = chartOf(release, cluster);
  if (chart === undefined || textAt(release.value, 'spec', 'install', 'crds') === 'Skip') return [];
  return groupsInstalled(chart, at(release.value, 'spec', 'values'));
}

/** The API groups whose objects a HelmRelease's chart looks after, whoever installs their definitions. */
export function groupsOperatedBy(release: Resource, cluster: Cluster): readonly string[] {
  return groupsOperated(chartOf(release, cluster) ?? '');
}

/** A chart of nothing but definitions, of groups that its name does not tell, where nobody has opened it. */
export function bringsDefinitions(release: Resource, cluster: Cluster): boolean {
  return cluster.charts.get(release)?.type !== 'opened' && isOfDefinitions(chartOf(release, cluster) ?? '');
}

/** The name of the chart: of `spec.chart`, or the last part of the address that `chartRef` leads to. */
export function chartOf(release: Resource, cluster: Cluster): string | undefined {
  const { value, namespace } = release;
  const contents = cluster.charts.get(release);
  if (contents?.type === 'opened') return contents.chart.name;
  const chart = textAt(value, 'spec', 'chart', 'spec', 'chart') ?? referencedChart(value, namespace, cluster);
  return chart?.split('/').at(-1);
}

/** The version of the chart; where nobody has opened it, that or the range of versions, as it is written. */
export function chartVersionOf(release: Resource, cluster: Cluster): string | undefined {
  const contents = cluster.charts.get(release);
  if (contents?.type === 'opened') return contents.chart.version;
  const given = textAt(release.value, 'spec', 'chart', 'spec', 'version');
  if (given !== undefined) return given;
  const source = chartSource(release.value, release.namespace, cluster)?.value;
  return (
    textAt(source, 'spec', 'ref', 'tag') ?? textAt(source, 'spec', 'ref', 'semver') ?? textAt(source, 'spec', 'version')
  );
}

function referencedChart(value: Resource['value'], namespace: string, cluster: Cluster): string | undefined {
  const source = chartSource(value, namespace, cluster);
  return textAt(source?.value, 'spec', source?.kind === 'HelmChart' ? 'chart' : 'url');
}

/** What `spec.chartRef` leads to. */
function chartSource(value: Resource['value'], namespace: string, cluster: Cluster): Resource | undefined {
  const kind = textAt(value, 'spec', 'chartRef', 'kind');
  const name = textAt(value, 'spec', 'chartRef', 'name');
  if (kind === undefined || name === undefined) return undefined;
  const where = textAt(value, 'spec', 'chartRef', 'namespace') || namespace;
  return cluster.find({ group: 'source.toolkit.fluxcd.io', kind, namespace: where, name })[0];
}
