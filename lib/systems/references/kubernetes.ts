import type { JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import {
  configMap,
  configMapKey,
  imagePullSecret,
  named,
  own,
  type Row,
  type Rows,
  secret,
  secretKey,
  within,
} from './row';

/** What Kubernetes' own kinds refer to (k8s.io/api 0.36). */

const serviceAccount = own('/ServiceAccount', 'no pod is created ("error looking up service account … not found")');
export const storageClass = own('storage.k8s.io/StorageClass', 'no volume is made, and pods stay Pending');
export const claim = own('/PersistentVolumeClaim', 'the pod stays Pending ("persistentvolumeclaim … not found")');

/** `env` and `envFrom` of anything that has them, containers above all. */
export const environment: Rows = {
  'env[].valueFrom.secretKeyRef': secretKey('env'),
  'env[].valueFrom.configMapKeyRef': configMapKey('env'),
  'envFrom[].secretRef': secret('envFrom'),
  'envFrom[].configMapRef': configMap('envFrom'),
};

/** The sources of a projected volume. */
export const projected: Rows = {
  'sources[].secret': secretKey('volume'),
  'sources[].configMap': configMapKey('volume'),
};

/** Secrets and ConfigMaps as files: the keys of their `items`, or all of them. */
export const volumeFiles: Rows = {
  secret: secretKey('volume', { name: 'secretName' }),
  configMap: configMapKey('volume'),
  ...within('projected.', projected),
};

/** What a pod refers to, from its `spec`. */
export const pod: Rows = {
  ...within('initContainers[].', environment),
  ...within('containers[].', environment),
  ...within('volumes[].', volumeFiles),
  'volumes[].persistentVolumeClaim.claimName': claim,
  'volumes[].ephemeral.volumeClaimTemplate.spec.storageClassName': storageClass,
  'volumes[].csi.nodePublishSecretRef': secret('credentials', { namespace: 'own' }),
  'volumes[].csi.volumeAttributes.secretProviderClass': own(
    'secrets-store.csi.x-k8s.io/SecretProviderClass',
    'the pod stays in ContainerCreating ("failed to get secretproviderclass")',
  ),
  'imagePullSecrets[]': imagePullSecret,
  serviceAccountName: serviceAccount,
  serviceAccount: serviceAccount,
  priorityClassName: own(
    'scheduling.k8s.io/PriorityClass',
    'no pod is created ("no PriorityClass with name … was found")',
  ),
  runtimeClassName: own('node.k8s.io/RuntimeClass', 'no pod is created ("pod rejected: RuntimeClass … not found")'),
};

const scaled = ['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', '/ReplicationController'];

const service = named('/Service', 'the API server cannot call it', {
  parts: [{ field: 'port', what: 'port', of: (target) => portsOf(target, 'port') }],
});

/** The numbers or the names of a Service's ports. */
function portsOf(target: JsonObject, field: 'port' | 'name') {
  const ports = listAt(target, 'spec', 'ports');
  return ports.length === 0 ? undefined : ports.flatMap((port) => at(port, field) ?? []);
}

/** A Service that requests are sent to. */
export const backend = { rule: 'workload/backend-missing' } as const;

const binding: Rows = {
  'subjects[]': named('/ServiceAccount', 'the binding gives no rights to anybody', { severity: 'warning' }),
};
const grantsNothing = 'the binding gives no right ("… not found")';

/** The issuer by which cert-manager's ingress-shim makes the certificates of an Ingress or Gateway (cert-manager 1.19 pkg/apis/certmanager/v1/types.go). */
export const annotatedIssuers: Rows = {
  'metadata.annotations[cert-manager.io/issuer]': own(
    'cert-manager.io/Issuer',
    'no certificate is issued ("Referenced \\"Issuer\\" not found")',
    { unless: hasForeignIssuer },
  ),
  'metadata.annotations[cert-manager.io/cluster-issuer]': own(
    'cert-manager.io/ClusterIssuer',
    'no certificate is issued ("Referenced \\"ClusterIssuer\\" not found")',
    { unless: hasForeignIssuer },
  ),
};

function hasForeignIssuer(object: JsonObject): boolean {
  const annotations = objectAt(object, 'metadata', 'annotations');
  return (
    (textAt(annotations, 'cert-manager.io/issuer-group') ?? 'cert-manager.io') !== 'cert-manager.io' ||
    textAt(annotations, 'cert-manager.io/issuer-kind') !== undefined
  );
}

/** The Certificate whose authority cert-manager's cainjector writes into a webhook, `namespace/name`. */
const injectedFrom: Row = named('cert-manager.io/Certificate', 'nobody writes caBundle, and every call fails', {
  read: (text) => {
    const [namespace = '', name, more] = text.split('/');
    return name === undefined || more !== undefined ? undefined : { namespace, name };
  },
});

const webhooks: Rows = {
  'webhooks[].clientConfig.service': service,
  'metadata.annotations[cert-manager.io/inject-ca-from]': injectedFrom,
};

const csiSecret = secret('credentials');

export const kubernetes: Readonly<Record<string, Rows>> = {
  '/ServiceAccount': { 'imagePullSecrets[]': imagePullSecret },
  '/PersistentVolumeClaim': {
    'spec.storageClassName': storageClass,
    'spec.dataSource': own(
      ['/PersistentVolumeClaim', 'snapshot.storage.k8s.io/VolumeSnapshot', 'volsync.backube/ReplicationDestination'],
      'the claim stays Pending',
    ),
    'spec.dataSourceRef': named(
      ['/PersistentVolumeClaim', 'snapshot.storage.k8s.io/VolumeSnapshot', 'volsync.backube/ReplicationDestination'],
      'the claim stays Pending',
    ),
  },
  '/PersistentVolume': {
    'spec.csi.nodeStageSecretRef': csiSecret,
    'spec.csi.nodePublishSecretRef': csiSecret,
    'spec.csi.controllerPublishSecretRef': csiSecret,
    'spec.csi.controllerExpandSecretRef': csiSecret,
    'spec.csi.nodeExpandSecretRef': csiSecret,
  },
  'apps/StatefulSet': {
    'spec.serviceName': own('/Service', 'its pods have no names in DNS', { severity: 'warning' }),
    'spec.volumeClaimTemplates[].spec.storageClassName': storageClass,
  },
  'autoscaling/HorizontalPodAutoscaler': {
    'spec.scaleTargetRef': own(scaled, 'nothing is scaled ("FailedGetScale: … not found")'),
  },
  'autoscaling.k8s.io/VerticalPodAutoscaler': {
    'spec.targetRef': own([...scaled, 'apps/DaemonSet', 'batch/Job', 'batch/CronJob'], 'nothing is recommended'),
  },
  'rbac.authorization.k8s.io/RoleBinding': {
    ...binding,
    roleRef: own(['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole'], grantsNothing),
  },
  'rbac.authorization.k8s.io/ClusterRoleBinding': {
    ...binding,
    roleRef: own('rbac.authorization.k8s.io/ClusterRole', grantsNothing),
  },
  'networking.k8s.io/Ingress': {
    ...annotatedIssuers,
    'spec.defaultBackend.service': own('/Service', undefined, backend),
    'spec.rules[].http.paths[].backend.service': own('/Service', undefined, backend),
    'spec.tls[]': secret('tls', { name: 'secretName' }),
    'spec.ingressClassName': own('networking.k8s.io/IngressClass', 'no controller serves it'),
  },
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': {
    'spec.policyName': own('admissionregistration.k8s.io/ValidatingAdmissionPolicy', 'nothing is validated'),
  },
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': {
    'spec.policyName': own('admissionregistration.k8s.io/MutatingAdmissionPolicy', 'nothing is mutated'),
  },
  'apiregistration.k8s.io/APIService': {
    'spec.service': service,
    'metadata.annotations[cert-manager.io/inject-ca-from]': injectedFrom,
  },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    'spec.conversion.webhook.clientConfig.service': service,
    'metadata.annotations[cert-manager.io/inject-ca-from]': injectedFrom,
  },
  'snapshot.storage.k8s.io/VolumeSnapshot': {
    'spec.source.persistentVolumeClaimName': own('/PersistentVolumeClaim', 'no snapshot is taken'),
    'spec.volumeSnapshotClassName': own('snapshot.storage.k8s.io/VolumeSnapshotClass', 'no snapshot is taken'),
  },
};
