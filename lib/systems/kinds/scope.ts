import type { GroupKind, GroupVersion } from '../api-version';

/**
 * Kinds that lie in no namespace, in any version, by group: every other kind of these groups lies in one. Those that k8s.io/api 0.36,
 * apiextensions-apiserver and kube-aggregator mark `+genclient:nonNamespaced`, and ClusterCIDR, PodSecurityPolicy and ResourceClass,
 * which Kubernetes had before.
 */
const ofKubernetes: Readonly<Record<string, string>> = {
  '': 'ComponentStatus Namespace Node PersistentVolume',
  'admissionregistration.k8s.io':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ' +
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  'apiregistration.k8s.io': 'APIService',
  apps: '',
  'authentication.k8s.io': 'SelfSubjectReview TokenReview',
  'authorization.k8s.io': 'SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  autoscaling: '',
  batch: '',
  'certificates.k8s.io': 'CertificateSigningRequest ClusterTrustBundle',
  'coordination.k8s.io': '',
  'discovery.k8s.io': '',
  'events.k8s.io': '',
  extensions: 'PodSecurityPolicy',
  'flowcontrol.apiserver.k8s.io': 'FlowSchema PriorityLevelConfiguration',
  'imagepolicy.k8s.io': 'ImageReview',
  'internal.apiserver.k8s.io': 'StorageVersion',
  'networking.k8s.io': 'ClusterCIDR IngressClass IPAddress ServiceCIDR',
  'node.k8s.io': 'RuntimeClass',
  policy: 'PodSecurityPolicy',
  'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding',
  'resource.k8s.io': 'DeviceClass DeviceTaintRule ResourceClass ResourcePoolStatusRequest ResourceSlice',
  'scheduling.k8s.io': 'PriorityClass',
  'storage.k8s.io': 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass',
  'storagemigration.k8s.io': 'StorageVersionMigration',
};

/**
 * The same of others, by `scope` in their definitions: External Secrets 2.9, CloudNativePG 1.30 and its Barman plugin 0.14, Gateway API
 * 1.6, Flux 2.9 and the Flux Operator 0.58, which a test holds against imports/ as far as they are there; cert-manager, trust-manager,
 * KEDA 2.18, Kyverno 1.16, external-snapshotter 8 and VolSync 0.14.
 */
const ofOthers: Readonly<Record<string, string>> = {
  'helm.toolkit.fluxcd.io': '',
  'image.toolkit.fluxcd.io': '',
  'kustomize.toolkit.fluxcd.io': '',
  'notification.toolkit.fluxcd.io': '',
  'source.toolkit.fluxcd.io': '',
  'barmancloud.cnpg.io': '',
  'acme.cert-manager.io': '',
  'cert-manager.io': 'ClusterIssuer',
  'external-secrets.io': 'ClusterExternalSecret ClusterPushSecret ClusterSecretStore',
  'fluxcd.controlplane.io': '',
  'gateway.networking.k8s.io': 'GatewayClass',
  'gateway.networking.x-k8s.io': 'XMesh',
  'generators.external-secrets.io': 'ClusterGenerator',
  'postgresql.cnpg.io': 'ClusterImageCatalog',
  'source.extensions.fluxcd.io': '',
  'trust.cert-manager.io': 'Bundle',
  'keda.sh': 'ClusterTriggerAuthentication',
  'kyverno.io': 'ClusterCleanupPolicy ClusterPolicy GlobalContextEntry',
  'snapshot.storage.k8s.io': 'VolumeSnapshotClass VolumeSnapshotContent',
  'volsync.backube': '',
};

/** Whether objects of a kind lie in no namespace; undefined for kinds of which nobody knows. A definition at hand is asked first. */
export function isClusterScoped({ group, kind }: GroupKind): boolean | undefined {
  return groups.get(group)?.includes(kind);
}

const groups = new Map(
  Object.entries({ ...ofKubernetes, ...ofOthers }).map(([group, kinds]) => [group, kinds.split(' ')]),
);

/** The kinds of the core group that objects are written of, in any version: whatever Kubernetes has added since 1.2 has a group. (k8s.io/api 0.36, core/v1/register.go) */
const ofCore =
  'Binding ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ' +
  'ReplicationController ResourceQuota Secret Service ServiceAccount';

/** Whether the core group, which has no name, has a kind. */
export function isCoreKind(kind: string): boolean {
  return ofCore.split(' ').includes(kind);
}

/**
 * Whether Flux reads an object through its Go type, which has no room for a field that the kind does not have: a type of client-go's
 * scheme (kubernetes/scheme/register.go, v0.36). Of Roles and ClusterRoles it does not (fluxcd/pkg ssa 0.76, normalize/normalize.go:
 * UnstructuredListWithScheme).
 */
export function isReadTyped({ group, version, kind }: GroupVersion & GroupKind): boolean {
  const isRole = group === 'rbac.authorization.k8s.io' && version === 'v1' && /^(?:Cluster)?Role$/.test(kind);
  const isDefinition = group === 'apiextensions.k8s.io' || group === 'apiregistration.k8s.io';
  return Object.hasOwn(ofKubernetes, group) && !isRole && !isDefinition;
}
