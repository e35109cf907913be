/** Kinds that lie in no namespace, by group. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'cert-manager.io': ['ClusterIssuer'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'generators.external-secrets.io': ['ClusterGenerator'],
  'networking.k8s.io': ['IngressClass'],
  'node.k8s.io': ['RuntimeClass'],
  'postgresql.cnpg.io': ['ClusterImageCatalog'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
  'trust.cert-manager.io': ['Bundle'],
};

/** Groups whose kinds are all known: what is not listed above lies in a namespace. */
const namespaced =
  /^$|^(?:apps|batch|autoscaling|policy)$|^(?:networking|rbac\.authorization|coordination|discovery|gateway\.networking)\.k8s\.io$|\.toolkit\.fluxcd\.io$|^(?:generators\.)?external-secrets\.io$|^(?:postgresql|barmancloud)\.cnpg\.io$|^cert-manager\.io$/;

/** Whether objects of a kind lie in no namespace; undefined for kinds that are not known. */
export function clusterScoped(group: string, kind: string): boolean | undefined {
  let known = groups.get(group);
  if (known === undefined) {
    known = { wide: (Object.hasOwn(kinds, group) && kinds[group]) || [], namespaced: namespaced.test(group) };
    groups.set(group, known);
  }
  if (known.wide.includes(kind)) return true;
  return known.namespaced ? false : undefined;
}

/** What is known of a group: asked for every object, by several rules. */
const groups = new Map<string, { readonly wide: readonly string[]; readonly namespaced: boolean }>();
