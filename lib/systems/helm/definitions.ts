import type { Json } from '../../json/json';
import { at } from '../../json/read';

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

/** The API groups whose definitions a chart is sure to install with these values. */
export function groupsInstalled(chart: string, values: Json | undefined): readonly string[] {
  const asked = Object.hasOwn(onRequest, chart) ? onRequest[chart] : undefined;
  if (asked) return asked.values.some((path) => at(values, ...path) === true) ? asked.groups : [];
  return switches.some((path) => at(values, ...path) === false) ? [] : groupsOperated(chart);
}

/** The API groups whose objects a chart looks after, whoever installs their definitions. */
export function groupsOperated(chart: string): readonly string[] {
  if (Object.hasOwn(onRequest, chart)) return onRequest[chart]?.groups ?? [];
  return Object.hasOwn(installed, chart) ? (installed[chart] ?? []) : [];
}

/** Whether a chart is of nothing but definitions, of groups that its name does not tell. */
export function isOfDefinitions(chart: string): boolean {
  return /crds?$/i.test(chart);
}
