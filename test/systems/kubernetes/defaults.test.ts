import { isSameToKubernetes } from '../../../lib/systems/kubernetes/defaults';

const deployment = { group: 'apps', kind: 'Deployment' };
const daemons = { group: 'apps', kind: 'DaemonSet' };

test.each([
  [deployment, 'spec.replicas', undefined, 1, true],
  [deployment, 'spec.replicas', undefined, 2, false],
  [deployment, 'spec.replicas', 1, undefined, true],
  [daemons, 'spec.replicas', undefined, 1, false],
  [daemons, 'spec.updateStrategy.type', undefined, 'RollingUpdate', true],
  [{ group: '', kind: 'ReplicationController' }, 'spec.template.spec.dnsPolicy', 'ClusterFirst', undefined, true],
  [{ group: 'acme.org', kind: 'Deployment' }, 'spec.replicas', undefined, 1, false],
  [deployment, 'spec.template.spec.containers[app].resources.limits.cpu', '1', '1000m', true],
  [deployment, 'spec.template.spec.containers[app].resources.limits.cpu', 1, '1500m', false],
  [deployment, 'spec.paused', null, undefined, true],
])('%j %s: %j and %j are the same: %s', (kind, path, before, after, expected) => {
  expect(isSameToKubernetes(kind, path, before, after)).toBe(expected);
});
