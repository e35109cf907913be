import { packedSchemas } from '../../../lib/graph/schema/read-schemas';
import { isClusterScoped } from '../../../lib/systems/kinds/scope';
import { mergeShapeOf } from '../../../lib/tree/kustomize/merge-keys';

test.each([
  ['', 'Node', true],
  ['', 'Pod', false],
  ['acme.org', 'Node', undefined],
  ['servicebus.azure.com', 'Namespace', undefined],
  ['admissionregistration.k8s.io', 'MutatingAdmissionPolicy', true],
  ['certificates.k8s.io', 'CertificateSigningRequest', true],
  ['certificates.k8s.io', 'PodCertificateRequest', false],
  ['flowcontrol.apiserver.k8s.io', 'FlowSchema', true],
  ['policy', 'PodSecurityPolicy', true],
  ['policy', 'PodDisruptionBudget', false],
  ['resource.k8s.io', 'DeviceClass', true],
  ['resource.k8s.io', 'ResourceClaim', false],
  ['scheduling.k8s.io', 'PriorityClass', true],
  ['storage.k8s.io', 'CSIStorageCapacity', false],
  ['kustomize.toolkit.fluxcd.io', 'Kustomization', false],
  ['constructor', 'toString', undefined],
])('%s %s lies in no namespace: %s', (group, kind, expected) => {
  expect(isClusterScoped({ group, kind })).toBe(expected);
});

test('the table agrees with every definition of imports/', () => {
  const defined = packedSchemas()
    .kinds()
    .filter(([, , { scope }]) => scope !== undefined);
  const different = defined.filter(
    ([group, , { kind = '', scope }]) => isClusterScoped({ group, kind }) !== (scope === 'Cluster'),
  );
  expect(defined.length).toBeGreaterThan(60);
  expect(different).toEqual([]);
});

test('kustomize knows what it knew of Kubernetes 1.21 alone', () => {
  expect(mergeShapeOf('flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema')).toBeDefined();
  expect(mergeShapeOf('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema')).toBeUndefined();
});
