/**
 * Kinds that lie in no namespace, in any version, by group: every other kind of these groups lies in one. Kubernetes: those marked
 * `+genclient:nonNamespaced` in k8s.io/api 0.36, and PodSecurityPolicy and ClusterCIDR, which it had before; the others: `scope` in the
 * definitions of Flux 2.9, External Secrets 2.9, CloudNativePG 1.30 with the Barman plugin 0.12, cert-manager 1.20, trust-manager 0.20
 * and Gateway API 1.5.
 */
const clusterScoped: Readonly<Record<string, string>> = {
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

  'helm.toolkit.fluxcd.io': '',
  'image.toolkit.fluxcd.io': '',
  'kustomize.toolkit.fluxcd.io': '',
  'notification.toolkit.fluxcd.io': '',
  'source.toolkit.fluxcd.io': '',

  'barmancloud.cnpg.io': '',
  'cert-manager.io': 'ClusterIssuer',
  'external-secrets.io': 'ClusterExternalSecret ClusterPushSecret ClusterSecretStore',
  'gateway.networking.k8s.io': 'GatewayClass',
  'generators.external-secrets.io': 'ClusterGenerator',
  'postgresql.cnpg.io': 'ClusterImageCatalog',
  'trust.cert-manager.io': 'Bundle ClusterBundle',
};

/** Whether objects of a kind lie in no namespace; undefined for kinds of which nobody knows. A definition at hand is asked first. */
export function isClusterScoped({ group, kind }: { readonly group: string; readonly kind: string }) {
  return groups.get(group)?.includes(kind);
}

const groups = new Map(Object.entries(clusterScoped).map(([group, kinds]) => [group, kinds.split(' ')]));
