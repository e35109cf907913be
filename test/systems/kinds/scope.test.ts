import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isClusterScoped } from '../../../lib/systems/kinds/scope';
import { mergeShapeOf } from '../../../lib/tree/kustomize/merge-keys';
import { repository } from '../../repository';

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
  const folder = join(repository, 'imports/schemas');
  const files = readdirSync(folder).filter((file) => file !== 'definitions.json');
  const different = files.filter((file) => {
    const { group, kind, scope } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return isClusterScoped({ group: group === 'core' ? '' : group, kind }) !== (scope === 'Cluster');
  });
  expect(files.length).toBeGreaterThan(50);
  expect(different).toEqual([]);
});

test('kustomize knows what it knew of Kubernetes 1.21 alone', () => {
  expect(mergeShapeOf('flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema')).toBeDefined();
  expect(mergeShapeOf('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema')).toBeUndefined();
});
