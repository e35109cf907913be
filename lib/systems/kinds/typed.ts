import type { GroupKind, GroupVersion } from '../kubernetes/api-version';

/** Groups of Kubernetes' own whose objects are what they say without a definition: those of client-go's scheme (kubernetes/scheme/register.go, v0.36). */
const groups =
  /^$|^(?:apps|autoscaling|batch|extensions|policy)$|^(?:admissionregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|imagepolicy|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;

/**
 * Whether Flux reads an object through its Go type, which has no room for a field that the kind does not have. Of Roles and
 * ClusterRoles it does not (fluxcd/pkg ssa 0.76, normalize/normalize.go: UnstructuredListWithScheme).
 */
export function isReadTyped({ group, version, kind }: GroupVersion & GroupKind): boolean {
  const isRole = group === 'rbac.authorization.k8s.io' && version === 'v1' && /^(?:Cluster)?Role$/.test(kind);
  return groups.test(group) && !isRole;
}
