import { containersOf, podTemplates } from '../../graph/workload';
import { at, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const rootUser: ClusterCheck = {
  id: 'workload/root-user',
  severity: 'error',
  title: 'Container that must not run as root, and must run as user 0',
  atRunTime:
    'the kubelet never starts the container ("container\'s runAsUser breaks non-root policy"): the pod stays in CreateContainerConfigError',
  remedy: 'write another user in runAsUser, or runAsNonRoot: false for this container',
  source: 'kubernetes 1.36 pkg/kubelet/kuberuntime/security_context_others.go (verifyRunAsNonRoot)',
  *check(cluster) {
    for (const pod of podTemplates(cluster.resources)) {
      if (pod.resource.uncertain) continue;
      for (const { value, path } of containersOf(pod)) {
        // What the container does not say the pod says for it.
        const placeOf = (field: string) =>
          [
            { of: value, path },
            { of: pod.spec, path: pod.path },
          ].find(({ of }) => (at(of, 'securityContext', field) ?? null) !== null);
        const [user, nonRoot] = [placeOf('runAsUser'), placeOf('runAsNonRoot')];
        if (user === undefined || at(user.of, 'securityContext', 'runAsUser') !== 0) continue;
        if (nonRoot === undefined || at(nonRoot.of, 'securityContext', 'runAsNonRoot') !== true) continue;
        const container = textAt(value, 'name') ?? path.at(-1);
        yield {
          at: { resource: pod.resource, path: [...user.path, 'securityContext', 'runAsUser'] },
          message: `runAsUser is 0, but container ${container} has runAsNonRoot: true${nonRoot.of === value ? '' : ' from its pod'}`,
        };
      }
    }
  },
};
