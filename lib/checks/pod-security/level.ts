import { podTemplates } from '../../graph/workload';
import type { RuleOptions } from '../../rules/rule';
import type { PodSecurity } from '../../systems/kubernetes/pod-security';
import type { ClusterCheck } from '../check';
import { podFaults } from '../pod-faults';
import { refusedFields } from '../refused-fields';

interface Options extends RuleOptions {
  readonly level: string;
}

const levels: readonly PodSecurity['level'][] = ['baseline', 'restricted'];

export const level: ClusterCheck<Options> = {
  id: 'pod-security/level',
  severity: 'error',
  title: 'Pod that does more than a Pod Security Standard allows',
  atRunTime: 'whoever breaks into the container has more of the node, or of other pods, than the program needs',
  remedy:
    'write what the message allows; or give the rule the level that the cluster keeps (options: { level: baseline })',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  options: { level: 'restricted' },
  optionsFault: (options) =>
    levels.some((one) => one === options.level)
      ? undefined
      : `level is ${JSON.stringify(options.level)}, and must be ${levels.map((one) => JSON.stringify(one)).join(' or ')}.`,
  *check(cluster, graph, options) {
    const asked = {
      level: options.level as PodSecurity['level'],
      minor: graph.schemasOf(cluster).release ?? Number.POSITIVE_INFINITY,
    };
    for (const pod of podTemplates(cluster.resources))
      yield* refusedFields(pod.resource, podFaults(pod, asked), cluster, graph);
  },
};
