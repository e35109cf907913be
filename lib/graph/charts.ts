import { at, textAt } from '../json/read';
import type { Cluster } from './cluster';
import type { Resource } from './resource';

/** API groups whose definitions a chart installs unless its values say otherwise. */
const installed: Readonly<Record<string, readonly string[]>> = {
  'external-secrets': ['external-secrets.io', 'generators.external-secrets.io'],
  'cloudnative-pg': ['postgresql.cnpg.io'],
  'plugin-barman-cloud': ['barmancloud.cnpg.io'],
  'kube-prometheus-stack': ['monitoring.coreos.com'],
  'prometheus-operator-crds': ['monitoring.coreos.com'],
  keda: ['keda.sh'],
  kyverno: ['kyverno.io'],
  metallb: ['metallb.io'],
  'rook-ceph': ['ceph.rook.io'],
  'strimzi-kafka-operator': ['kafka.strimzi.io'],
  'eck-operator': ['elasticsearch.k8s.elastic.co', 'kibana.k8s.elastic.co', 'beat.k8s.elastic.co'],
  'sealed-secrets': ['bitnami.com'],
  velero: ['velero.io'],
  longhorn: ['longhorn.io'],
  'vault-operator': ['vault.banzaicloud.com'],
  'vault-config-operator': ['redhatcop.redhat.io'],
  'vault-secrets-operator': ['secrets.hashicorp.com'],
  'grafana-operator': ['grafana.integreatly.org'],
  'victoria-metrics-operator': ['operator.victoriametrics.com'],
};

/** Charts that install definitions only when they are asked to, and how. */
const onRequest: Readonly<Record<string, { groups: readonly string[]; values: readonly (readonly string[])[] }>> = {
  'cert-manager': {
    groups: ['cert-manager.io', 'acme.cert-manager.io'],
    values: [['installCRDs'], ['crds', 'enabled']],
  },
};

/** Values by which these charts leave their definitions out. */
const switches = [['installCRDs'], ['crds', 'enabled'], ['crds', 'create'], ['crds', 'install']];

/** The API groups whose definitions a HelmRelease is sure to install. */
export function groupsInstalledBy(release: Resource, cluster: Cluster): readonly string[] {
  const chart = chartOf(release, cluster);
  if (chart === undefined || textAt(release.value, 'spec', 'install', 'crds') === 'Skip') return [];
  const value = (path: readonly string[]) => at(release.value, 'spec', 'values', ...path);
  const asked = Object.hasOwn(onRequest, chart) ? onRequest[chart] : undefined;
  if (asked) return asked.values.some((path) => value(path) === true) ? asked.groups : [];
  if (switches.some((path) => value(path) === false)) return [];
  return Object.hasOwn(installed, chart) ? (installed[chart] ?? []) : [];
}

/** The API groups whose objects a HelmRelease's chart looks after, whoever installs their definitions. */
export function groupsOperatedBy(release: Resource, cluster: Cluster): readonly string[] {
  const chart = chartOf(release, cluster);
  if (chart === undefined) return [];
  if (Object.hasOwn(onRequest, chart)) return onRequest[chart]?.groups ?? [];
  return Object.hasOwn(installed, chart) ? (installed[chart] ?? []) : [];
}

/** A chart of nothing but definitions, of groups that its name does not tell. */
export function bringsDefinitions(release: Resource, cluster: Cluster): boolean {
  return /crds?$/i.test(chartOf(release, cluster) ?? '');
}

/** The name of the chart: of `spec.chart`, or the last part of the address that `chartRef` leads to. */
export function chartOf({ value, namespace }: Resource, cluster: Cluster): string | undefined {
  const chart = textAt(value, 'spec', 'chart', 'spec', 'chart') ?? referencedChart(value, namespace, cluster);
  return chart?.split('/').at(-1);
}

/** The version of the chart, or the range of versions, as it is written. */
export function chartVersionOf(release: Resource, cluster: Cluster): string | undefined {
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
