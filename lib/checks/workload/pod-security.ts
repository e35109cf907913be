import type { Cluster } from '../../graph/cluster';
import { podTemplates } from '../../graph/workload';
import type { JsonObject } from '../../json/json';
import { at, listAt } from '../../json/read';
import { podSecurityOf } from '../../systems/kubernetes/pod-security';
import type { ClusterCheck } from '../check';
import { podFaults } from '../pod-faults';
import { refusedFields } from '../refused-fields';

export const podSecurity: ClusterCheck = {
  id: 'workload/pod-security',
  severity: 'error',
  title: 'Pod that the Pod Security level of its namespace forbids',
  atRunTime:
    'the API server takes the workload with a warning and refuses each of its pods ("violates PodSecurity"): none ever runs, and Flux waits for it until the timeout',
  remedy:
    'write what the message allows, or a lower level in the label pod-security.kubernetes.io/enforce of the Namespace',
  source: 'kubernetes 1.36 staging/src/k8s.io/pod-security-admission/policy',
  *check(cluster, graph) {
    const levels = new Map(
      cluster.resources.flatMap((resource) => {
        const isNamespace = resource.kind === 'Namespace' && resource.group === '' && !resource.uncertain;
        const level = isNamespace ? podSecurityOf(resource.value) : undefined;
        return level === undefined ? [] : [[resource.name, level] as const];
      }),
    );
    if (levels.size === 0 || changesPods(cluster)) return;
    for (const pod of podTemplates(cluster.resources)) {
      const { resource } = pod;
      const level = levels.get(resource.namespace);
      if (level === undefined || resource.uncertain) continue;
      const version = level.minor === Number.POSITIVE_INFINITY ? 'latest' : `v1.${level.minor}`;
      const says = `violates PodSecurity ${level.level}:${version}`;
      const faults = podFaults(pod, level).map((fault) => ({ ...fault, says }));
      yield* refusedFields(resource, faults, cluster, graph);
    }
  },
};

/** Whether something in the cluster may make the pods what they must be, before they are judged. */
function changesPods({ resources }: Cluster): boolean {
  return resources.some((resource) => {
    if (resource.kind === 'MutatingAdmissionPolicy') return true;
    if (resource.kind === 'MutatingWebhookConfiguration')
      return listAt(resource.value, 'webhooks').some((webhook) => asksFor(webhook as JsonObject, 'pods'));
    return (
      resource.group === 'kyverno.io' &&
      listAt(resource.value, 'spec', 'rules').some((rule) => at(rule, 'mutate') !== undefined)
    );
  });
}

function asksFor(webhook: JsonObject, name: string): boolean {
  return listAt(webhook, 'rules').some((rule) =>
    listAt(rule, 'resources').some((resource) => resource === name || resource === '*'),
  );
}
