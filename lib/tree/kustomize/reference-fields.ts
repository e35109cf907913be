import { push } from '../../group-by';

/** A field in which a built-in kind names another object (namereference.go of kustomize 5.8). */
export interface Reference {
  readonly target: { readonly kind: string; readonly group?: string; readonly version?: string };
  readonly path: string;
  /** Of the object that holds the field. */
  readonly group?: string;
  readonly version?: string;
}

/** The references that objects of a kind hold. */
export function referencesOf(kind: string): readonly Reference[] {
  return byKind.get(kind) ?? [];
}

const podSpecs = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
} as const;
type PodKind = keyof typeof podSpecs;

const byKind = new Map<string, Reference[]>();

const mountable: readonly PodKind[] = [
  'Pod',
  'PodTemplate',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
];
const schedulable: readonly PodKind[] = [
  'Pod',
  'StatefulSet',
  'Deployment',
  'ReplicationController',
  'CronJob',
  'Job',
  'DaemonSet',
];

const rbac = 'rbac.authorization.k8s.io';
const configMap = { kind: 'ConfigMap', version: 'v1' };
const secret = { kind: 'Secret', version: 'v1' };
const service = { kind: 'Service', version: 'v1' };
const serviceAccount = { kind: 'ServiceAccount', version: 'v1' };
const claim = { kind: 'PersistentVolumeClaim', version: 'v1' };
const volume = { kind: 'PersistentVolume', version: 'v1' };
const storageClass = { kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io' };
const priorityClass = { kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io' };
const policy = { kind: 'ValidatingAdmissionPolicy', group: 'admissionregistration.k8s.io' };

for (const kind of ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet']) {
  add({ kind }, 'HorizontalPodAutoscaler', 'spec/scaleTargetRef/name');
}
inPods(configMap, mountable, [
  'volumes/configMap/name',
  'containers/env/valueFrom/configMapKeyRef/name',
  'initContainers/env/valueFrom/configMapKeyRef/name',
  'containers/envFrom/configMapRef/name',
  'initContainers/envFrom/configMapRef/name',
  'volumes/projected/sources/configMap/name',
]);
inPods(secret, mountable, [
  'volumes/secret/secretName',
  'containers/env/valueFrom/secretKeyRef/name',
  'initContainers/env/valueFrom/secretKeyRef/name',
  'containers/envFrom/secretRef/name',
  'initContainers/envFrom/secretRef/name',
  'imagePullSecrets/name',
  'volumes/projected/sources/secret/name',
]);
inPods(serviceAccount, schedulable, ['serviceAccountName']);
inPods(claim, schedulable, ['volumes/persistentVolumeClaim/claimName']);
inPods(priorityClass, schedulable, ['priorityClassName']);

add(configMap, 'Node', 'spec/configSource/configMap');
for (const kind of ['Role', 'ClusterRole']) {
  add(configMap, kind, 'rules/resourceNames');
  add(secret, kind, 'rules/resourceNames');
}
add(configMap, 'Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap');
add(secret, 'Ingress', 'spec/tls/secretName');
for (const name of ['ingress.kubernetes.io\\/auth-secret', 'nginx.ingress.kubernetes.io\\/auth-secret']) {
  add(secret, 'Ingress', `metadata/annotations/${name}`);
}
add(secret, 'Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret');
add(secret, 'ServiceAccount', 'imagePullSecrets/name');
for (const name of ['secretName', 'adminSecretName', 'userSecretName', 'secretRef']) {
  add(secret, 'StorageClass', `parameters/${name}`);
}
add(secret, 'Service', 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name', {
  group: 'serving.knative.dev',
  version: 'v1',
});
add(secret, 'PersistentVolume', 'spec/azureFile/secretName');

add(service, 'StatefulSet', 'spec/serviceName', { group: 'apps' });
for (const path of ['rules/http/paths/backend/serviceName', 'backend/serviceName']) {
  add(service, 'Ingress', `spec/${path}`);
}
for (const path of ['rules/http/paths/backend/service/name', 'defaultBackend/service/name']) {
  add(service, 'Ingress', `spec/${path}`);
}
add(service, 'APIService', 'spec/service/name', { group: 'apiregistration.k8s.io' });
for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
  add(service, kind, 'webhooks/clientConfig/service', { group: 'admissionregistration.k8s.io' });
}

add({ kind: 'Role', group: rbac }, 'RoleBinding', 'roleRef/name', { group: rbac });
for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
  add({ kind: 'ClusterRole', group: rbac }, kind, 'roleRef/name', { group: rbac });
  add(serviceAccount, kind, 'subjects', { group: rbac });
}
add(volume, 'PersistentVolumeClaim', 'spec/volumeName');
add(volume, 'ClusterRole', 'rules/resourceNames');
add(storageClass, 'PersistentVolume', 'spec/storageClassName');
add(storageClass, 'PersistentVolumeClaim', 'spec/storageClassName');
add(storageClass, 'StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName');
add(policy, 'ValidatingAdmissionPolicyBinding', 'spec/policyName', { group: 'admissionregistration.k8s.io' });

function inPods(target: Reference['target'], kinds: readonly PodKind[], paths: readonly string[]): void {
  for (const kind of kinds) {
    const version = kind === 'Pod' && (target === configMap || target === secret) ? { version: 'v1' } : {};
    for (const path of paths) add(target, kind, `${podSpecs[kind]}/${path}`, version);
  }
}

function add(target: Reference['target'], kind: string, path: string, where: Partial<Reference> = {}): void {
  push(byKind, kind, { ...where, target, path });
}
