import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import { type Labelled, labelsOf, podsOf } from '../../graph/pods';
import type { Resource } from '../../graph/resource';
import type { PodTemplate } from '../../graph/workload';
import { objectAt } from '../../json/read';
import { isSetAtRunTime } from '../../systems/kubernetes/labels';
import { lazy } from '../../text/memoize';
import { nearest as slipOf } from '../../text/nearest';
import type { ClusterCheck } from '../check';

export const serviceSelectsNothing: ClusterCheck = {
  id: 'workload/service-selects-nothing',
  severity: 'error',
  title: 'Service whose selector matches no pod',
  atRunTime: 'the Service has no endpoints: connections to it are refused or time out, and a Gateway answers 503',
  remedy: 'select labels that the pod template has, in the same namespace',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  *check(cluster) {
    const pods = podsOf(cluster);
    const served = lazy(() => servedIn(cluster));
    for (const service of cluster.ofKind('', 'Service')) {
      const path = ['spec', 'selector'];
      const selector = labelsOf(objectAt(service.value, ...path));
      if (selector === undefined || selector.size === 0) continue;
      if ([...selector.keys()].some(isSetAtRunTime)) continue;
      const here = pods.in(service.namespace);
      if (here.length === 0 || pods.selected(service.namespace, selector).length > 0) continue;
      const near = nearest(selector, here);
      const isOpen = pods.mayHaveOthers(service.namespace) && !(isSlip(selector, near) && !served().has(near.resource));
      const by = isOpen
        ? cluster.othersIn({ group: 'apps', kind: 'Deployment', namespace: service.namespace })
        : undefined;
      if (isOpen && by === undefined) continue;
      yield {
        ...(by !== undefined && { unless: { kind: 'Pod', namespace: service.namespace, name: text(selector), by } }),
        at: { resource: service, path, on: 'key' },
        message: `${describe(service)} selects ${text(selector)}, but no pod in namespace ${service.namespace} has that: ${describe(near.resource)} has ${lacks(selector, near)}`,
        chain: [step(service), step(near.resource)],
      };
    }
  },
};

/** The workloads whose pods some Service selects. */
function servedIn(cluster: Cluster): ReadonlySet<Resource> {
  const pods = podsOf(cluster);
  const found = cluster.ofKind('', 'Service').flatMap(({ namespace, value }) => {
    const selector = labelsOf(objectAt(value, 'spec', 'selector'));
    return selector === undefined || selector.size === 0 ? [] : pods.selected(namespace, selector);
  });
  return new Set(found.map(({ resource }) => resource));
}

/** Whether a selector is that of a pod but for a slip in one value. */
function isSlip(selector: ReadonlyMap<string, string>, { metadata }: PodTemplate): boolean {
  const labels = labelsOf(objectAt(metadata, 'labels')) ?? new Map<string, string>();
  const other = [...selector].filter(([key, value]) => labels.get(key) !== value);
  const [[key, value] = ['', '']] = other;
  return other.length === 1 && value.length > 3 && slipOf(value, [labels.get(key) ?? '']) !== undefined;
}

function text(labels: ReadonlyMap<string, string>): string {
  return [...labels].map(([key, value]) => `${key}: ${value}`).join(', ');
}

/** The pod that has the most of it; of several, that of the same name. */
function nearest(selector: ReadonlyMap<string, string>, pods: readonly Labelled[]): PodTemplate {
  const score = ({ pod, labels = new Map() }: Labelled) => {
    const values = new Set<string>([pod.resource.name, ...labels.values()]);
    const same = [...selector].filter(([key, value]) => labels.get(key) === value).length;
    return same * 4 + [...selector.values()].filter((value) => values.has(value)).length;
  };
  return pods.reduce((best, pod) => (score(pod) > score(best) ? pod : best)).pod;
}

function lacks(selector: ReadonlyMap<string, string>, { metadata }: PodTemplate): string {
  const labels = labelsOf(objectAt(metadata, 'labels')) ?? new Map<string, string>();
  const other = [...selector.keys()].filter((key) => labels.get(key) !== selector.get(key));
  return other.map((key) => (labels.has(key) ? `${key}: ${labels.get(key)}` : `no label ${key}`)).join(', ');
}
