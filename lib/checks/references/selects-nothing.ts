import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import { labelsOf, matches, podsOf, portsOf } from '../../graph/pods';
import type { Resource } from '../../graph/resource';
import type { Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { group as cnpg } from '../../systems/cnpg/names';
import { isSetAtRunTime } from '../../systems/kubernetes/labels';
import { listed } from '../../text/listed';
import { nearest } from '../../text/nearest';
import { isKnown } from '../../text/symbolic';
import type { ClusterCheck, Problem } from '../check';
import { didYouMean } from '../hint';

/** What selects by `spec.selector`, and where it names a port of what it selects. */
const selecting = [
  { group: 'policy', kind: 'PodDisruptionBudget', what: 'pod', ports: undefined },
  { group: 'monitoring.coreos.com', kind: 'PodMonitor', what: 'pod', ports: 'podMetricsEndpoints' },
  { group: 'monitoring.coreos.com', kind: 'ServiceMonitor', what: 'Service', ports: 'endpoints' },
] as const;

type Selecting = (typeof selecting)[number];

/** What may be selected. */
interface Candidate {
  readonly resource: Resource;
  readonly labels: ReadonlyMap<string, string> | undefined;
  /** The names of its ports. */
  readonly ports: readonly string[];
}

export const selectsNothing: ClusterCheck = {
  id: 'references/selects-nothing',
  severity: 'error',
  title: 'Selector that matches nothing, or a port that nothing selected has',
  atRunTime: 'nothing is protected by the budget, or measured by the monitor, and nobody says so',
  remedy: 'select labels that are there, in the right namespace, and name a port of what is selected',
  source: 'https://prometheus-operator.dev/docs/developer/troubleshooting/',
  *check(cluster) {
    for (const kind of selecting) {
      for (const resource of cluster.ofKind(kind.group, kind.kind)) yield* judge(cluster, resource, kind);
    }
  },
};

function* judge(cluster: Cluster, resource: Resource, { what, ports }: Selecting): Generator<Problem> {
  const selector = labelsOf(objectAt(resource.value, 'spec', 'selector', 'matchLabels') ?? {});
  const namespaces = namespacesOf(resource);
  if (selector === undefined || namespaces === undefined || resource.uncertain) return;
  if (listAt(resource.value, 'spec', 'selector', 'matchExpressions').length > 0) return;
  if ([...selector.keys()].some(isSetAtRunTime) || namespaces.some((each) => mayHaveOthers(cluster, each))) return;
  const candidates = namespaces.flatMap((namespace) => candidatesIn(cluster, namespace, what));
  const selected = candidates.filter(({ labels }) => labels === undefined || matches(selector, labels));
  if (selected.length === 0) {
    // Where there is nothing to select, it is to come.
    if (candidates.length === 0 || selector.size === 0) return;
    const has = candidates.map((one) => `${describe(one.resource)} has ${shown(one.labels, [...selector.keys()])}`);
    yield {
      at: { resource, path: ['spec', 'selector'], on: 'key' },
      message: `${describe(resource)} selects ${shown(selector, [...selector.keys()])}, but no ${what} in namespace ${namespaces.join(', ')} has that: ${listed(has, 3)}`,
      chain: [step(resource)],
    };
  } else if (ports !== undefined) yield* portless(resource, what, ports, selected);
}

function* portless(
  resource: Resource,
  what: string,
  field: string,
  selected: readonly Candidate[],
): Generator<Problem> {
  const names = [...new Set(selected.flatMap((one) => one.ports))];
  if (!names.every(isKnown) || selected.some(({ resource: { uncertain } }) => uncertain)) return;
  for (const [i, endpoint] of listAt(resource.value, 'spec', field).entries()) {
    const path: Path = ['spec', field, i, 'port'];
    const port = textAt(endpoint, 'port');
    if (port === undefined || !isKnown(port) || names.includes(port)) continue;
    const has = names.length === 0 ? 'names no port' : `has ${listed(names)}`;
    yield {
      at: { resource, path },
      message: `${describe(resource)} reads port ${port}, but the ${what} that it selects (${listed(
        selected.map((one) => one.resource.name),
        3,
      )}) ${has}${didYouMean(nearest(port, names))}`,
      chain: [step(resource), ...selected.slice(0, 1).map((one) => step(one.resource))],
    };
  }
}

/** The namespaces that are looked at: its own, unless it says others; undefined for any. */
function namespacesOf({ value, namespace }: Resource): readonly string[] | undefined {
  if (at(value, 'spec', 'namespaceSelector', 'any') === true || namespace === '') return undefined;
  const said = listAt(value, 'spec', 'namespaceSelector', 'matchNames').flatMap((name) =>
    typeof name === 'string' && isKnown(name) ? [name] : [],
  );
  return said.length > 0 ? said : [namespace];
}

/** Charts and operators run pods with labels of their own, and CloudNativePG is one of them. */
function mayHaveOthers(cluster: Cluster, namespace: string): boolean {
  const databases = ['Cluster', 'Pooler'].flatMap((kind) => cluster.ofKind(cnpg, kind));
  return podsOf(cluster).mayHaveOthers(namespace) || databases.some((each) => each.namespace === namespace);
}

function candidatesIn(cluster: Cluster, namespace: string, what: 'pod' | 'Service'): readonly Candidate[] {
  if (what === 'pod') {
    return podsOf(cluster)
      .in(namespace)
      .map(({ pod, labels }) => ({ resource: pod.resource, labels, ports: portsOf(pod).map(({ name }) => name) }));
  }
  const services = cluster.ofKind('', 'Service').filter((service) => service.namespace === namespace);
  return services.map((resource) => ({
    resource,
    labels: resource.uncertain ? undefined : labelsOf(objectAt(resource.value, 'metadata', 'labels') ?? {}),
    ports: listAt(resource.value, 'spec', 'ports').flatMap((port) => textAt(port, 'name') ?? []),
  }));
}

function shown(labels: ReadonlyMap<string, string> | undefined, keys: readonly string[]): string {
  const own = keys.flatMap((key) => (labels?.has(key) ? [`${key}: ${labels.get(key)}`] : []));
  return own.length === 0 ? `no label ${keys.join(', ')}` : own.join(', ');
}
