import { isSameToKubernetes, pullPolicyOf } from '../../../lib/systems/kubernetes/defaults';

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
  [deployment, 'spec.template.spec.containers[app].volumeMounts[/data].readOnly', false, undefined, true],
  [deployment, 'spec.template.spec.volumes[data].persistentVolumeClaim.readOnly', undefined, false, true],
  [deployment, 'spec.template.spec.volumes', [], undefined, true],
  [deployment, 'spec.template.spec.securityContext.readOnly', false, undefined, false],
  [deployment, 'metadata.annotations', {}, undefined, true],
  [{ group: '', kind: 'ServiceAccount' }, 'automountServiceAccountToken', undefined, true, true],
  [deployment, 'spec.template.spec.automountServiceAccountToken', undefined, true, false],
  [deployment, 'spec.paused', null, undefined, true],
])('%j %s: %j and %j are the same: %s', (kind, path, before, after, expected) => {
  expect(isSameToKubernetes(kind, path, before, after)).toBe(expected);
});

test.each([
  ['nginx', 'Always'],
  ['registry.example.org:5000/nginx', 'Always'],
  ['nginx:latest', 'Always'],
  ['nginx:1.29', 'IfNotPresent'],
  [`nginx@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
])('%s is pulled %s', (image, policy) => expect(pullPolicyOf(image)).toBe(policy));
