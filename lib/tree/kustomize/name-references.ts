import type { FieldSpec, NameReference } from './specs';

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
const admission = 'admissionregistration.k8s.io';
const bindings = ['RoleBinding', 'ClusterRoleBinding'];

/** The fields in which built-in kinds name others (namereference.go of kustomize 5.8), in the order in which it follows them. */
export const nameReferences: readonly NameReference[] = [
  references({ kind: 'ServiceAccount', version: 'v1' }, [
    ...inPods(schedulable, ['serviceAccountName']),
    ...bindings.flatMap((kind) => of(kind, ['subjects'], { group: rbac })),
  ]),
  references({ kind: 'Role', group: rbac }, of('RoleBinding', ['roleRef/name'], { group: rbac })),
  references(
    { kind: 'ClusterRole', group: rbac },
    bindings.flatMap((kind) => of(kind, ['roleRef/name'], { group: rbac })),
  ),
  references({ kind: 'ConfigMap', version: 'v1' }, [
    ...inPods(
      mountable,
      [
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ],
      { version: 'v1' },
    ),
    ...of('Node', ['spec/configSource/configMap']),
    ...['Role', 'ClusterRole'].flatMap((kind) => of(kind, ['rules/resourceNames'])),
    ...of('Ingress', ['metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap']),
  ]),
  references({ kind: 'Secret', version: 'v1' }, [
    ...inPods(
      mountable,
      [
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ],
      { version: 'v1' },
    ),
    ...['Role', 'ClusterRole'].flatMap((kind) => of(kind, ['rules/resourceNames'])),
    ...of('Ingress', [
      'spec/tls/secretName',
      'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
      'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret',
      'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
    ]),
    ...of('ServiceAccount', ['imagePullSecrets/name']),
    ...of(
      'StorageClass',
      ['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) => `parameters/${name}`),
    ),
    ...of('Service', ['spec/template/spec/containers/env/valueFrom/secretKeyRef/name'], {
      group: 'serving.knative.dev',
      version: 'v1',
    }),
    ...of('PersistentVolume', ['spec/azureFile/secretName']),
  ]),
  references({ kind: 'Service', version: 'v1' }, [
    ...of('StatefulSet', ['spec/serviceName'], { group: 'apps' }),
    ...of('Ingress', [
      'spec/rules/http/paths/backend/serviceName',
      'spec/backend/serviceName',
      'spec/rules/http/paths/backend/service/name',
      'spec/defaultBackend/service/name',
    ]),
    ...of('APIService', ['spec/service/name'], { group: 'apiregistration.k8s.io' }),
    ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap((kind) =>
      of(kind, ['webhooks/clientConfig/service'], { group: admission }),
    ),
  ]),
  references(
    { kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io' },
    inPods(schedulable, ['priorityClassName']),
  ),
  references({ kind: 'PersistentVolume', version: 'v1' }, [
    ...of('PersistentVolumeClaim', ['spec/volumeName']),
    ...of('ClusterRole', ['rules/resourceNames']),
  ]),
  references(
    { kind: 'PersistentVolumeClaim', version: 'v1' },
    inPods(schedulable, ['volumes/persistentVolumeClaim/claimName']),
  ),
  ...['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].map((kind) =>
    references({ kind }, of('HorizontalPodAutoscaler', ['spec/scaleTargetRef/name'])),
  ),
  references({ kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io' }, [
    ...of('PersistentVolume', ['spec/storageClassName']),
    ...of('PersistentVolumeClaim', ['spec/storageClassName']),
    ...of('StatefulSet', ['spec/volumeClaimTemplates/spec/storageClassName']),
  ]),
  references(
    { kind: 'ValidatingAdmissionPolicy', group: admission },
    of('ValidatingAdmissionPolicyBinding', ['spec/policyName'], { group: admission }),
  ),
];

function references(target: NameReference['target'], fields: readonly FieldSpec[]): NameReference {
  return { target, fields };
}

function of(kind: string, paths: readonly string[], where: Omit<FieldSpec, 'path' | 'kind'> = {}): FieldSpec[] {
  return paths.map((path) => ({ ...where, kind, path }));
}

/** @param where of a Pod itself */
function inPods(
  kinds: readonly PodKind[],
  paths: readonly string[],
  where: Omit<FieldSpec, 'path' | 'kind'> = {},
): FieldSpec[] {
  return kinds.flatMap((kind) =>
    of(
      kind,
      paths.map((path) => `${podSpecs[kind]}/${path}`),
      kind === 'Pod' ? where : {},
    ),
  );
}
