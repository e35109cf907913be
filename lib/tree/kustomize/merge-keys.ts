import type { Json } from '../../json/json';

/** How a strategic-merge patch goes into a value of a kind that kustomize knows. */
export interface MergeShape {
  readonly fields?: { readonly [field: string]: MergeShape };
  /** Of a list whose items are merged: the keys that items are known by, none where the items are plain texts. */
  readonly keys?: readonly string[];
  readonly items?: MergeShape;
}

/**
 * The shape of an object, by its own apiVersion and kind. kustomize knows the kinds of Kubernetes 1.21 in the versions that it had
 * then; any other object's lists are replaced (kyaml 0.21, openapi/kubernetesapi/v1_21_2, the fields with x-kubernetes-patch-strategy
 * merge, by x-kubernetes-list-map-keys or x-kubernetes-patch-merge-key).
 */
export function mergeShapeOf(apiVersion: Json | undefined, kind: Json | undefined): MergeShape | undefined {
  return shapes.get(`${String(apiVersion)} ${String(kind)}`);
}

const by = (...keys: string[]): MergeShape => ({ keys });
const plain: MergeShape = { keys: [] };

const metadata: MergeShape = { fields: { finalizers: plain, ownerReferences: by('uid') } };
const ofContainer = { env: by('name'), volumeDevices: by('devicePath'), volumeMounts: by('mountPath') };
const containers: MergeShape = {
  ...by('name'),
  items: { fields: { ...ofContainer, ports: by('containerPort', 'protocol') } },
};
const podSpec: MergeShape = {
  fields: {
    containers,
    initContainers: containers,
    ephemeralContainers: { ...by('name'), items: { fields: ofContainer } },
    hostAliases: by('ip'),
    imagePullSecrets: by('name'),
    topologySpreadConstraints: by('topologyKey', 'whenUnsatisfiable'),
    volumes: {
      ...by('name'),
      items: { fields: { ephemeral: { fields: { volumeClaimTemplate: { fields: { metadata } } } } } },
    },
  },
};
const template: MergeShape = { fields: { metadata, spec: podSpec } };
const jobSpec: MergeShape = { fields: { template } };
const conditions: MergeShape = { fields: { conditions: by('type') } };

/** What kinds have beside their metadata. */
const ofKinds: { readonly [kind: string]: { readonly [field: string]: MergeShape } } = {
  ...Object.fromEntries(
    ['DaemonSet', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].map((kind) => [
      kind,
      { spec: { fields: { template } }, status: conditions },
    ]),
  ),
  ...Object.fromEntries(
    ['APIService', 'Namespace', 'PersistentVolumeClaim', 'PodDisruptionBudget'].map((kind) => [
      kind,
      { status: conditions },
    ]),
  ),
  ComponentStatus: { conditions: by('type') },
  CronJob: { spec: { fields: { jobTemplate: { fields: { metadata, spec: jobSpec } } } } },
  CSINode: { spec: { fields: { drivers: by('name') } } },
  Job: { spec: jobSpec, status: conditions },
  MutatingWebhookConfiguration: { webhooks: by('name') },
  Node: {
    spec: { fields: { podCIDRs: plain } },
    status: { fields: { addresses: by('type'), conditions: by('type') } },
  },
  Pod: { spec: podSpec, status: { fields: { conditions: by('type'), podIPs: by('ip') } } },
  PodTemplate: { template },
  Service: { spec: { fields: { ports: by('port', 'protocol') } }, status: conditions },
  ServiceAccount: { secrets: by('name') },
  ValidatingWebhookConfiguration: { webhooks: by('name') },
};

const shapes = new Map<string, MergeShape>();

for (const [group, versions] of Object.entries({
  '': {
    v1: 'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  },
  'admissionregistration.k8s.io': { 'v1 v1beta1': 'MutatingWebhookConfiguration ValidatingWebhookConfiguration' },
  'apiextensions.k8s.io': { 'v1 v1beta1': 'CustomResourceDefinition' },
  'apiregistration.k8s.io': { 'v1 v1beta1': 'APIService' },
  apps: { v1: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet' },
  autoscaling: { 'v1 v2beta1 v2beta2': 'HorizontalPodAutoscaler' },
  batch: { v1: 'CronJob Job', v1beta1: 'CronJob' },
  'certificates.k8s.io': { 'v1 v1beta1': 'CertificateSigningRequest' },
  'coordination.k8s.io': { 'v1 v1beta1': 'Lease' },
  'discovery.k8s.io': { 'v1 v1beta1': 'EndpointSlice' },
  'events.k8s.io': { 'v1 v1beta1': 'Event' },
  extensions: { v1beta1: 'Ingress' },
  'flowcontrol.apiserver.k8s.io': { v1beta1: 'FlowSchema PriorityLevelConfiguration' },
  'networking.k8s.io': { v1: 'Ingress IngressClass NetworkPolicy', v1beta1: 'Ingress IngressClass' },
  'node.k8s.io': { 'v1 v1beta1': 'RuntimeClass' },
  policy: { v1: 'PodDisruptionBudget', v1beta1: 'PodDisruptionBudget PodSecurityPolicy' },
  'rbac.authorization.k8s.io': { 'v1 v1beta1': 'ClusterRole ClusterRoleBinding Role RoleBinding' },
  'scheduling.k8s.io': { 'v1 v1beta1': 'PriorityClass' },
  'storage.k8s.io': {
    v1: 'CSIDriver CSINode StorageClass VolumeAttachment',
    v1beta1: 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment',
  },
})) {
  for (const [of, kinds] of Object.entries(versions)) {
    for (const version of of.split(' ')) {
      for (const kind of kinds.split(' ')) {
        const fields = { metadata, ...ofKinds[kind] };
        shapes.set(`${group === '' ? version : `${group}/${version}`} ${kind}`, { fields });
      }
    }
  }
}
